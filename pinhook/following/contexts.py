"""Which folders of the repository may be the build context of a Dockerfile."""

from __future__ import annotations

import posixpath

from pinhook.following import ignored
from pinhook.following.layers import Context
from pinhook.light_typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pinhook.following.tree import Tree


def contexts(tree: Tree) -> Iterator[Context]:
    """The one that a setting names; or else the folder of the Dockerfile, and those above it."""
    folder = tree.path
    if tree.context is not None:
        yield Context(tree, tree.context, _ignored(tree, tree.context))
        return
    while folder:
        folder = posixpath.dirname(folder)
        yield Context(tree, folder, _ignored(tree, folder))


def _ignored(tree: Tree, folder: str) -> tuple[ignored.Pattern, ...]:
    """What the build does not see; the file that is called as the Dockerfile goes before that of the context."""
    for path in (f"{tree.path}.dockerignore", posixpath.join(folder, ".dockerignore")):
        if tree.is_file(path) and (data := tree.read(path)) is not None:
            return ignored.parse(data.decode("utf-8", "replace"))
    return ()
