"""The files that a requirements file includes, when it is checked by itself."""

from __future__ import annotations

import posixpath

from pinhook.following.followed import Followed, Name, everything, with_lists
from pinhook.following.layers import MISSING, Elsewhere
from pinhook.following.names import path_of
from pinhook.following.shelf import Shelf
from pinhook.installers.listed import listed
from pinhook.light_typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pinhook.following.tree import Tree
    from pinhook.installers import Installation
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
