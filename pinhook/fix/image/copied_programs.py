"""``COPY`` and ``ADD``: the programs that they bring into a stage from another stage or image."""

from __future__ import annotations

import posixpath

from pinhook._startup.lazy_re import regex
from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.fix.image.interpreters import Runs
from pinhook.fix.image.python import Evidence, Python, UnknownPython
from pinhook.follow.copies import copy_words, flag_values
from pinhook.follow.image_paths import join_path
from pinhook.source import Place

if TYPE_CHECKING:
    from collections.abc import Callable

    from pinhook.dockerfile import Instruction
    from pinhook.fix.image.base import Base
    from pinhook.fix.image.interpreters import Interpreters
    from pinhook.source import SourceText

_ROOTS = frozenset({"/", "/usr", "/usr/local", "/usr/local/bin", "/usr/bin"})
_TREES = frozenset({"", ".", "rootfs", "root", "fs", "files", "overlay", "image", "system"})
_NAME = regex(r"(?:python|pip)[0-9.]*")
_PIP = regex(r".*/bin/pip[0-9.]*")
_ARCHIVE = regex(r".*\.(?:tar|tgz|tar\.\w+)")


class CopiedPrograms:
    """Applies the ``COPY`` and ``ADD`` instructions of one stage to its state.

    ``find`` returns the state of the stage or image that ``--from`` names; it gets the name and the place.
    """

    def __init__(self, state: Interpreters, find: Callable[[str, Place], Interpreters], escape: str) -> None:
        self.state = state
        self.find = find
        self.escape = escape
        self.sources: set[str] = set()  # those that were copied from other stages

    def apply(self, instruction: Instruction, value: Callable[[SourceText], SourceText]) -> None:
        """``COPY --from=builder /venv /venv``: an environment is copied with its Python."""
        words = [str(word) for word in copy_words(instruction, value, self.escape)]
        if len(words) < 2:
            return
        *sources, target = words
        origin = next((str(value(each)) for each in flag_values(instruction, "from")), "")
        self.state.named_folders.add(join_path(self.state.folder, target))
        place = Place(instruction.arguments.source, instruction.span)
        if not origin:
            path = join_path(self.state.folder, target)
            if _NAME.fullmatch(posixpath.basename(path)) and posixpath.basename(posixpath.dirname(path)) == "bin":
                self.state.put(path, UnknownPython(f"{path} is copied into the image", place))
            if path == "/" and any(map(_is_tree, sources)):
                self.state.forget(UnknownPython("a tree of files is copied over the image", place))
            return
        other = self.find(origin, place)
        for source in sources:
            self.copy_programs(other, source, target, place)

    def copy_programs(self, other: Interpreters, source: str, target: str, place: Place) -> None:
        """Copy the programs of another stage that are in a folder, or the single file."""
        source = other.absolute(source.rstrip("/") or "/").rstrip("/")
        target_path = join_path(self.state.folder, target)
        below = [path for path in other.programs if _real(path, other).startswith(source + "/")]
        evidence = Evidence(place, f"COPY of {source or '/'}")
        if _is_musl(other.base) is not _is_musl(self.state.base) and below:
            self.state.forget(UnknownPython(f"{source} is of a system with another C library", place))
            return
        is_whole = self.is_whole(source)
        if _PIP.fullmatch(source):
            self.copy_script(other.python_at(source), source, target, evidence)
        for path in below:
            real = _real(path, other)
            python = other.python_at(path)
            program: Python | UnknownPython = python
            if isinstance(python, Python):
                program = python._replace(evidence=(*python.evidence, evidence))
            new = posixpath.join(target_path, real[len(source) + 1 :])
            is_own = path.rpartition("/bin/")[0] in other.environments
            if is_own:
                self.state.environments.add(self.state.canonical(new).rpartition("/bin/")[0])
            elif not is_whole:
                program = UnknownPython(f"{source} has programs of Python, but not its library", place)
            self.state.put(new, program)
        if not below and not other.is_known and target_path in _ROOTS and not posixpath.basename(source).strip("/"):
            self.state.forget(UnknownPython(f"{source or '/'} is copied over the image", place))

    def copy_script(self, python: Python | UnknownPython, source: str, target: str, evidence: Evidence) -> None:
        """Copy the script of a pip, whose first line names the interpreter by its path and version."""
        path = join_path(self.state.folder, target + posixpath.basename(source) if target.endswith("/") else target)
        unknown = UnknownPython(f"{path} is copied into the image", evidence.place)
        interpreter = f"{posixpath.dirname(source)}/python{python.series}" if isinstance(python, Python) else ""
        self.state.put(path, Runs(interpreter, evidence) if interpreter else unknown)

    def is_whole(self, source: str) -> bool:
        """Whether an interpreter is copied with its library."""
        self.sources.add(source)
        has_library = "/usr/local/lib" in self.sources
        return source in {"", "/usr/local", "/usr"} or not source.startswith("/usr/") or has_library


def _real(path: str, state: Interpreters) -> str:
    """The path in the image of a program that has another name here."""
    if path.startswith("conda:base/"):
        return path.replace("conda:base", next(iter(sorted(state.roots))), 1)
    if path.startswith("conda:"):
        return f"{next(iter(sorted(state.roots)))}/envs/{path[6:]}"
    return path


def _is_musl(base: Base) -> bool:
    return base.platform.target.endswith("musl")


def _is_tree(source: str) -> bool:
    """Whether a source may be a tree of files."""
    name = posixpath.basename(source.rstrip("/"))
    return source.endswith("/") or name in _TREES or _ARCHIVE.fullmatch(source) is not None
