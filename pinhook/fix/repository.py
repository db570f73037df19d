"""What the repository says about versions: the files beside a Dockerfile and in the root."""

from __future__ import annotations

import posixpath
import re
from functools import cache

from pinhook.fix.locked import CONSTRAINTS, LOCKS, versions
from pinhook.light_typing import TYPE_CHECKING, NamedTuple
from pinhook.requirements.versions import admits

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from pinhook.fix.locked import Kind, Versions
    from pinhook.fix.wishes import Wish


class Folder(NamedTuple):
    """A folder that may hold such files: what messages call it, and how its files are listed and read."""

    name: str
    names: Callable[[], Collection[str]]
    read: Callable[[str], bytes | None]


class Known(NamedTuple):
    """A version, and the file that it comes from."""

    version: str
    origin: str


class Repository:
    """The files that say versions, each read once. ``kinds`` are those that are asked, as in ``fix-from``.

    The first folder is that of the file which is fixed.
    """

    def __init__(self, folders: Sequence[Folder], kinds: Collection[str]) -> None:
        self.folders = folders
        self.kinds = kinds
        self.read = cache(_read)

    def find(self, wish: Wish, name: str, specifier: str) -> Known | None:
        """The version of a project in the first file that has exactly one, if the specifier admits it."""
        for origin, known in self.files(wish):
            found = known.get(name, set())
            if len(found) == 1 and admits(specifier, version := next(iter(found))):
                return Known(version, origin)
        return None

    def beside(self, path: str) -> bytes | None:
        """A file, as seen from the one that is fixed."""
        return self.folders[0].read(path) if self.folders else None

    def files(self, wish: Wish) -> Iterator[tuple[str, Versions]]:
        """What each file says, in the order in which they are asked."""
        if CONSTRAINTS.name in self.kinds:
            for file in wish.installation.constraints_files:
                path = posixpath.basename(str(file))
                yield from (self.read(folder, path, CONSTRAINTS) for folder in self.folders if file.is_known)
        for kind in LOCKS:
            if kind.name in self.kinds:
                for folder in self.folders:
                    paths = sorted(path for path in folder.names() if re.fullmatch(kind.pattern, path))
                    yield from (self.read(folder, path, kind) for path in paths)


def _read(folder: Folder, path: str, kind: Kind) -> tuple[str, Versions]:
    content = folder.read(path)
    return posixpath.join(folder.name, path), {} if content is None else versions(kind, content)
