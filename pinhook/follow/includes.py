"""The files that a requirements file includes, when it is checked by itself."""

from __future__ import annotations

import posixpath

from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.follow.followed import Followed, Name, everything, with_lists
from pinhook.follow.image_paths import path_of
from pinhook.follow.layers import MISSING, Elsewhere
from pinhook.follow.requirements_cache import Shelf
from pinhook.installers.requirements_list import listed

if TYPE_CHECKING:
    from pinhook.installers import Installation
    from pinhook.repository.repository import Tree
    from pinhook.requirements.file import RequirementsFile

_OF_THE_IMAGE = Elsewhere("is a path of the machine that installs it")


def with_nested(file: RequirementsFile, tree: Tree) -> tuple[Installation, tuple[Followed, ...]]:
    """What a requirements file lists, with the lists behind its ``-r`` and ``-c``, and what became of each of these."""
    shelf = Shelf(tree, {tree.path: file})

    def look(name: Name, path: str) -> Followed:
        found = _found(shelf, path)
        if isinstance(found, Elsewhere):
            return Followed(name.text, name.is_constraint, found.state, reason=found.reason)
        return Followed(name.text, name.is_constraint, "file", path=path, file=found)

    folder = posixpath.dirname(tree.path)
    names = [Name(each.path, path_of(each.path, folder), each.is_constraint) for each in file.includes]
    found = [each for each in everything(names, look) if each.file is not file or each.is_constraint]
    return with_lists(listed(file), found), tuple(found)


def _found(shelf: Shelf, path: str) -> RequirementsFile | Elsewhere:
    if path.startswith("/"):
        return _OF_THE_IMAGE
    return shelf.read(path) if shelf.tree.is_file(path) else MISSING
