"""Which folders of the repository may be the build context of a Dockerfile."""

from __future__ import annotations

import posixpath

from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.follow.layers import Context
from pinhook.repository import dockerignore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pinhook.follow.declared_builds import Declared
    from pinhook.repository.repository import Tree


def contexts(tree: Tree, declared: Callable[[], Sequence[Declared]]) -> Iterator[Context]:
    """The one that a setting names; or else the folder of the Dockerfile, and those above it; see ``context_in``."""
    for folder in _folders(tree.path) if tree.context is None else [tree.context]:
        yield context_in(folder, tree, declared)


def context_in(folder: str, tree: Tree, declared: Callable[[], Sequence[Declared]]) -> Context:
    """A folder as the context.

    ``declared`` finds the builds that compose files describe. It may be slow, and is called only for contexts that
    have names.
    """

    def named(name: str) -> Context | None:
        found = {each.named.get(name) for each in declared() if each.folder == folder}
        path = found.pop() if len(found) == 1 else None
        return None if path is None else Context(tree, path, _ignored(tree, posixpath.join(path, ".dockerignore")))

    own = f"{tree.path}.dockerignore"  # goes before that of the context
    return Context(tree, folder, _ignored(tree, own, posixpath.join(folder, ".dockerignore")), named)


def _folders(path: str) -> Iterator[str]:
    while path:
        path = posixpath.dirname(path)
        yield path


def _ignored(tree: Tree, *paths: str) -> tuple[dockerignore.Pattern, ...]:
    """What the build does not see, by the first of some files that is there."""
    for path in paths:
        if tree.is_file(path) and (data := tree.read(path)) is not None:
            return dockerignore.parse(data.decode("utf-8", "replace"))
    return ()
