"""Versions in the repository: in the files beside a Dockerfile and in the root."""

from __future__ import annotations

import posixpath
import re
from functools import cache
from operator import itemgetter

from pinhook._startup.lazy_re import regex
from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.fix.lock_files import CONSTRAINTS, LOCKS, versions
from pinhook.requirements.versions import admits, holds

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from pinhook.fix.lock_files import LockFileKind, Versions
    from pinhook.fix.requests import FixRequest
    from pinhook.source import Source

_WORD = regex(r"[\w.-]+")
_COMMENT = regex(r"(?m)^[ \t]*#.*")


class VersionFolder(NamedTuple):
    """A folder that may contain such files: its name in messages, and functions that list and read its files."""

    name: str
    names: Callable[[], Collection[str]]
    read: Callable[[str], bytes | None]


class LockedVersion(NamedTuple):
    """A version, its file, and the URL of its index if the file names one."""

    version: str
    origin: str
    index_url: str = ""


class LockedVersions:
    """The files with versions, each read once. ``kinds`` are the enabled kinds, as in ``fix-from``."""

    def __init__(self, folders: Sequence[VersionFolder], kinds: Collection[str]) -> None:
        self.folders = folders
        self.kinds = kinds
        self.read_versions = cache(_read_versions)
        self._sorted = cache(self._order)

    def find(self, request: FixRequest, name: str, specifier: str, python: str = "") -> LockedVersion | None:
        """The version of a project in the first file that has exactly one, if the specifier admits it.

        Entries for other environments than the given version of Python are ignored.
        """
        for origin, locked in self.files(request):
            found = {each.version: each for each in locked.get(name, ()) if holds(each.marker, python)}
            if len(found) == 1 and admits(specifier, version := next(iter(found))):
                return LockedVersion(version, origin, found[version].index_url)
        return None

    def files(self, request: FixRequest) -> Iterator[tuple[str, Versions]]:
        """The versions of each file, in the order of priority.

        First constraints files, then files that the Dockerfile names, in its order, then other files by their kind.
        ``requirements.txt`` comes before ``requirements-dev.txt``.
        """
        if CONSTRAINTS.name in self.kinds:
            for file in request.installation.constraints_files:
                path = posixpath.basename(str(file))
                yield from (self.read_versions(folder, path, CONSTRAINTS) for folder in self.folders if file.is_known)
        for folder, path, kind in self._sorted(request.finding.place.source):
            yield self.read_versions(folder, path, kind)

    def _order(self, source: Source) -> list[tuple[VersionFolder, str, LockFileKind]]:
        """The files of the folders, in the order of priority for a file."""
        named: dict[str, int] = {}
        for word in _WORD.finditer(_COMMENT.sub("", source.text)):
            named.setdefault(word[0], word.start())
        found: list[tuple[tuple[int, int, int, bool, str], VersionFolder, str, LockFileKind]] = []
        for rank, kind in enumerate(LOCKS):
            for near, folder in enumerate(self.folders if kind.name in self.kinds else ()):
                for path in filter(re.compile(kind.pattern).fullmatch, folder.names()):
                    at = named.get(posixpath.basename(path), len(source.text))
                    found.append(((at, rank, near, path != "requirements.txt", path), folder, path, kind))
        return [(folder, path, kind) for _, folder, path, kind in sorted(found, key=itemgetter(0))]


def _read_versions(folder: VersionFolder, path: str, kind: LockFileKind) -> tuple[str, Versions]:
    content = folder.read(path)
    return posixpath.join(folder.name, path), {} if content is None else versions(kind, content)
