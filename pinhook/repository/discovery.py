"""Find the files to check: names of Dockerfiles, the search for them, and reading them.

Uses only ``os``: importing ``pathlib`` would take 4 ms of every start.
"""

from __future__ import annotations

import os
import re
import sys
from contextlib import suppress

from pinhook._startup.lazy_re import regex
from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.repository.opening import IrregularError, open_regular
from pinhook.source import Source, SourceError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import IO, Literal, TypeAlias

    FileKind: TypeAlias = Literal["Dockerfile", "requirements file", "script"]

FILES = r"(?i:(^|/)([^/]*[._-])?(docker|container)file[0-9]*([._-][^/]*)?$)"
"""Paths that are Dockerfiles by name, with some false matches (see ``EXCLUDE``). The ``files`` of the hook manifest."""

EXCLUDE = r"""(?x)
\.(?i:dockerignore|containerignore)$
| \.(?i:adoc|html?|markdown|md|mdx|pdf|rst|txt)$
| \.(?i:erb|hbs|in|j2|jinja2?|mustache|template|tmpl|tpl)$
| \.(?i:cfg|conf|csv|ini|json5?|jsonc|lock|log|snap|toml|xml|ya?ml)$
| \.(?i:bak|diff|orig|patch|rej|swp|tmp)$
| ((docker|container)file[0-9.]*|(?i:file)[._-][^/]*)
  \.(c|cc|cpp|cs|go|h|java|js|jsx|kt|lua|mjs|php|pl|py|pyi|rb|rs|sh|swift|ts|tsx|vim)$"""
"""The false matches: ignore files, documents, templates, data, backups and source code.

The ``exclude`` of the hook manifest. ``Dockerfile.go`` is a Dockerfile for a Go program; ``dockerfile.go`` is Go source
code.
"""

REQUIREMENTS_FILES = r"(^|/)((requirements|constraints)[^/]*|requirements/[^/]*)\.txt$"
"""Paths that are requirements or constraints files by name. The ``files`` of the second hook in the manifest."""

SCRIPT_ENDINGS = (".sh", ".bash", ".dash", ".ash", ".ksh", ".zsh")
"""The ends of the names of shell scripts."""

_INTERPRETER_LINE = regex(r"#!.*\b(?:sh|bash|dash|ash|ksh|zsh)\b")

UNSEARCHED = frozenset({".git", ".hg", ".svn", ".nox", ".tox", ".venv", "__pycache__", "node_modules", "venv"})
"""Directories without Dockerfiles of the user."""


def is_dockerfile(path: str) -> bool:
    """Whether a file is a Dockerfile by its name."""
    return re.search(FILES, path) is not None and re.search(EXCLUDE, path) is None


def is_requirements_file(path: str) -> bool:
    """Whether a file named on the command line is a requirements or constraints file, not a Dockerfile."""
    return re.search(REQUIREMENTS_FILES, path) is not None or (
        path.endswith((".txt", ".in")) and re.search(FILES, path) is None
    )


def is_script(path: str, text: str) -> bool:
    """Whether a file that is named on the command line is a shell script: by its name, or by its ``#!`` line."""
    return path.endswith(SCRIPT_ENDINGS) or (
        _INTERPRETER_LINE.match(text) is not None and not is_dockerfile(path) and not is_requirements_file(path)
    )


def kind_of(source: Source) -> FileKind:
    """What a file that is named on the command line is."""
    if is_requirements_file(source.path):
        return "requirements file"
    return "script" if is_script(source.path, source.text) else "Dockerfile"


def search(
    folder: str, on_error: Callable[[OSError], None], is_excluded: Callable[[str], bool] = lambda _: False
) -> Iterator[str]:
    """The Dockerfiles below a directory, in a stable order, without excluded paths.

    In a git checkout, files that git ignores are left out. A directory without any file known to git is searched
    completely, because the user named it.
    """
    files_by_git = _unignored(folder, on_error, is_excluded)
    paths = sorted(files_by_git, key=order) if files_by_git is not None else _walk(folder, on_error, is_excluded)
    for path in paths:
        found = os.path.normpath(os.path.join(folder, path))
        if not is_excluded(found) and os.path.isfile(found):
            yield found


def _unignored(
    folder: str, on_error: Callable[[OSError], None], is_excluded: Callable[[str], bool]
) -> list[str] | None:
    """The Dockerfiles below a directory that git does not ignore; ``None`` if git knows no file there."""
    root = repository_root(folder)
    if root is None:
        return None
    from pinhook.repository import worktree  # not needed if files are named

    return worktree.files(root, folder, worktree.Wanted(is_dockerfile, is_excluded, on_error))


def _walk(folder: str, on_error: Callable[[OSError], None], is_excluded: Callable[[str], bool]) -> Iterator[str]:
    for directory, directories, names in os.walk(folder, onerror=on_error):
        inside = os.path.relpath(directory, folder)
        searched = set(directories) - UNSEARCHED
        directories[:] = sorted(name for name in searched if not is_excluded(os.path.join(directory, name)))
        yield from (os.path.join(inside, name) for name in sorted(filter(is_dockerfile, names)))


def order(path: str) -> list[tuple[bool, str]]:
    """Sort key for paths: the files of a directory first, then its subdirectories."""
    *directories, name = os.path.normpath(path).split(os.sep)
    return [*((True, directory) for directory in directories), (False, name)]


def repository_root(folder: str) -> str | None:
    """The root of the git repository that contains a folder."""
    *_, top = to_root(os.path.realpath(folder))
    return top if os.path.exists(os.path.join(top, ".git")) else None


def to_root(folder: str) -> Iterator[str]:
    """A folder and its parents, up to the root of its git repository, or else of the file system."""
    while True:
        yield folder
        above = os.path.dirname(folder)
        if above == folder or os.path.exists(os.path.join(folder, ".git")):
            return
        folder = above


def is_below(path: str, folder: str) -> bool:
    """Whether a path is this folder or inside it. Both are real paths."""
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def names_in(folder: str) -> list[str]:
    """The names of the entries of a folder and of its subfolder ``requirements``; empty if there is none."""
    found: list[str] = []
    for inside in ("", "requirements"):
        with suppress(OSError):
            found += [os.path.join(inside, name) for name in os.listdir(os.path.join(folder, inside))]
    return found


def canonical_path(path: str, real_folders: dict[str, str]) -> str:
    """A path that is the same for all paths of a file. A path with a slash at its end names no file and is not changed.

    ``real_folders`` caches the real paths of folders: each one takes a system call for every parent.
    """
    folder, name = os.path.split(path)
    if not name:
        return path
    if folder not in real_folders:
        real_folders[folder] = os.path.realpath(folder)
    real = os.path.join(real_folders[folder], name)
    return os.path.realpath(real) if os.path.islink(real) else real


def read_stdin(name: str, max_size: int) -> Source:
    """The text of stdin under a name; otherwise like ``read_file``."""
    if sys.stdin is None:  # stdin is closed
        raise SourceError("is closed")
    return decode(name, _content(sys.stdin.buffer, max_size, max_size))


def read_file(path: str, max_size: int) -> Source:
    """The text of a file. Raises ``OSError``; ``SourceError`` if it is not text or has too many bytes."""
    try:
        with open_regular(path) as file:
            return decode(path, _content(file, max_size, os.fstat(file.fileno()).st_size))
    except IrregularError as error:
        raise SourceError("is not a regular file; - reads stdin") from error


def _content(file: IO[bytes], max_size: int, expected: int) -> bytes:
    """The bytes of a file. If the file has the expected size, no larger buffer is allocated."""
    data = file.read(min(expected, max_size) + 1)
    if len(data) > expected:  # it has grown, or is a file in /proc, whose size is given as 0
        data += file.read(max_size + 1 - len(data))
    if len(data) > max_size:
        raise SourceError(f"is larger than {max_size >> 10} kB; the setting max-file-size allows more")
    return data


def decode(path: str, data: bytes) -> Source:
    """The text of a file from its bytes. Raises ``SourceError``."""
    if not is_requirements_file(path):
        return Source.decode(path, data)
    from pinhook.requirements import encoding  # not needed in most runs

    return encoding.decode(path, data)
