"""The program of a word: a search in the folders of ``PATH``, as far as they are known."""

from __future__ import annotations

import posixpath
import re

from pinhook._startup.lazy_re import regex
from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.fix.image.interpreters import HOME, SYSTEM_FOLDERS, VERSIONED
from pinhook.fix.image.python import Python, UnknownPython
from pinhook.follow.image_paths import join_path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pinhook.fix.image.interpreters import Interpreters
    from pinhook.source import SourceText

MAX_PATH, MAX_FOLDERS = 4096, 48
"""Characters and folders of ``PATH`` that are read."""

_UNKNOWN_PATH = ""  # comes before the default folders of an image whose PATH is unknown
_COLON = regex(":")
_BASE_PATH = regex(r"\$PATH|\$\{PATH\}")
_WITHOUT_PYTHON = regex(
    r"cuda|nvidia|cargo|rust|(?:^|/)go\b|node|npm|yarn|pnpm|jvm|java|jdk|maven|gradle|\.local/bin|ccache|rocm|"
    r"mpi|ucx|llvm|clang|cmake|gcc|android|flutter|dart|hadoop|tensorrt|hpcx|/ros|snap|dotnet|poetry/bin|"
    r"games|linuxbrew|/sbin|protoc|bazel|ninja|shims|pyenv/bin|google-cloud-sdk|julia|texlive|nvm",
    re.IGNORECASE,
)
"""Folders of ``PATH`` that usually contain no Python."""


def find(state: Interpreters, name: str, paths: tuple[SourceText, ...], conda: str = "") -> str | UnknownPython:
    """The path of the program of a word, with the values of ``PATH`` and an active conda environment."""
    if "/" in name:
        return state.absolute(name)
    path, doubt = _search(state, name, paths, conda)
    found = doubt or path
    if isinstance(found, UnknownPython) and VERSIONED.fullmatch(name):
        return f"/usr/bin/{name}"
    return found


def likely_python(
    state: Interpreters, name: str, paths: tuple[SourceText, ...], conda: str = ""
) -> Python | UnknownPython:
    """The Python of the first known program for a word, with a caveat if another program may come before it."""
    path, doubt = _search(state, name, paths, conda)
    python = state.python_at(path) if isinstance(path, str) else path
    if isinstance(python, UnknownPython) or doubt is None:
        return python
    image = f"whether {state.base.name or 'the image'} has another {name} in its PATH is not known"
    return python._replace(caveats=(*python.caveats, image if doubt is state.base.own else doubt.reason))


def _search(
    state: Interpreters, name: str, paths: tuple[SourceText, ...], conda: str
) -> tuple[str | UnknownPython, UnknownPython | None]:
    """The path of the first known program, and why another program may come before it."""
    folders: list[str] = []
    doubt: UnknownPython | None = None
    for folder in _folders(state, paths, conda):
        if isinstance(folder, UnknownPython):
            return folder, doubt
        if folder == _UNKNOWN_PATH:
            doubt = doubt or _unknown_image(state)
            continue
        folders.append(folder)
        path = state.canonical(f"{folder}/{name}")
        if path in state.programs or (path.startswith("pyenv:") and state.locals):
            return path, doubt
        if state.forgotten and folder in SYSTEM_FOLDERS and not folder.endswith("/sbin"):
            doubt = doubt or state.forgotten
        if folder not in SYSTEM_FOLDERS and folder not in state.base.path and not _is_known(state, folder):
            return UnknownPython(f"what {folder} has is not known, and it comes first in PATH"), doubt
    is_of_system = state.system is not None and name in {"python3", *state.system.pip}
    if is_of_system and not state.forgotten and "/usr/bin" in folders:
        return f"/usr/bin/{name}", doubt
    image = state.base.name or "the image"
    return doubt or state.forgotten or UnknownPython(f"nothing says which Python {name} runs on in {image}"), None


def _is_known(state: Interpreters, folder: str) -> bool:
    """Whether all Python programs in a folder are known; a folder that no command has named has none."""
    prefix = state.canonical(f"{folder}/python").removesuffix("/bin/python")
    is_known = prefix in state.environments or not state.named_folders.has(posixpath.dirname(folder))
    return is_known or _WITHOUT_PYTHON.search(folder) is not None


def _folders(state: Interpreters, paths: tuple[SourceText, ...], conda: str) -> Iterator[str | UnknownPython]:
    """The folders in which a program is searched, in order."""
    if conda:
        yield conda.rstrip("/") + "/bin" if "/" in conda else f"conda:{conda}/bin"
    if len({str(path) for path in paths}) != 1:
        yield UnknownPython("the PATH of the command is not known")
        return
    if len(paths[0]) > MAX_PATH or str(paths[0]).count(":") > MAX_FOLDERS:
        yield UnknownPython("the PATH of the command is very long")
        return
    for text in paths[0].split(_COLON):
        if _BASE_PATH.fullmatch(str(text)):
            yield from state.base.path if state.is_known else (_UNKNOWN_PATH, *state.base.path)
        elif text.is_known or HOME.match(str(text)):
            yield state.absolute(f"{text}/x").removesuffix("/x") if text else state.folder
        elif _is_environment(state, str(text)):
            yield join_path(state.folder, str(text))
        elif not _WITHOUT_PYTHON.search(str(text)):
            yield UnknownPython(f"only the build knows what {text} is, which comes first in PATH")


def _is_environment(state: Interpreters, folder: str) -> bool:
    return join_path(state.folder, folder).removesuffix("/bin") in state.environments


def _unknown_image(state: Interpreters) -> UnknownPython:
    return state.base.own if isinstance(state.base.own, UnknownPython) else UnknownPython("its PATH is not known")
