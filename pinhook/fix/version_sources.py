"""What the repository says about versions: the files beside a Dockerfile and in the root."""

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
    """A folder that may hold such files: what messages call it, and how its files are listed and read."""

    name: str
    names: Callable[[], Collection[str]]
    read: Callable[[str], bytes | None]


class LockedVersion(NamedTuple):
    """A version, the file that it comes from, and the URL of the index that the file names for it, if any."""

    version: str
    origin: str
    registry: str = ""


class LockedVersions:
    """The files that say versions, each read once. ``kinds`` are those that are asked, as in ``fix-from``."""

    def __init__(self, folders: Sequence[VersionFolder], kinds: Collection[str]) -> None:
        self.folders = folders
        self.kinds = kinds
        self.read_versions = cache(_read_versions)
        self._sorted = cache(self._order)

    def find(self, request: FixRequest, name: str, specifier: str, python: str = "") -> LockedVersion | None:
        """The version of a project in the first file that has exactly one, if the specifier admits it.

        What a file has for other environments than that of a version of Python does not count.
        """
        for origin, locked in self.files(request):
            found = {each.version: each for each in locked.get(name, ()) if holds(each.marker, python)}
            if len(found) == 1 and admits(specifier, version := next(iter(found))):
                return LockedVersion(version, origin, found[version].registry)
        return None

    def files(self, request: FixRequest) -> Iterator[tuple[str, Versions]]:
        """What each file says, in the order in which they are asked.

        That are constraints files, then what the Dockerfile names, the first of it first, then the other files by their
        kind; a ``requirements.txt`` goes before ``requirements-dev.txt``.
        """
        if CONSTRAINTS.name in self.kinds:
            for file in request.installation.constraints_files:
                path = posixpath.basename(str(file))
                yield from (self.read_versions(folder, path, CONSTRAINTS) for folder in self.folders if file.is_known)
        for folder, path, kind in self._sorted(request.finding.place.source):
            yield self.read_versions(folder, path, kind)

    def _order(self, source: Source) -> list[tuple[VersionFolder, str, LockFileKind]]:
        """The files of the folders, in the order in which they are asked for a file that is fixed."""
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
