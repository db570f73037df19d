"""The folders of the repository that may be the build context of a Dockerfile."""

from __future__ import annotations

import posixpath

from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.follow.layers import BuildContext
from pinhook.repository import dockerignore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pinhook.follow.declared_builds import DeclaredBuild
    from pinhook.repository.repository import Repository


def contexts(repository: Repository, declared: Callable[[], Sequence[DeclaredBuild]]) -> Iterator[BuildContext]:
    """The context of a setting; else the folder of the Dockerfile and its parents; see ``context_in``."""
    for folder in _folders(repository.path) if repository.context is None else [repository.context]:
        yield context_in(folder, repository, declared)


def context_in(folder: str, repository: Repository, declared: Callable[[], Sequence[DeclaredBuild]]) -> BuildContext:
    """A folder as the context.

    ``declared`` finds the builds in compose files. It may be slow, and is called only for contexts with names.
    """

    def named(name: str) -> BuildContext | None:
        found = {each.named.get(name) for each in declared() if each.folder == folder}
        path = found.pop() if len(found) == 1 else None
        return (
            None
            if path is None
            else BuildContext(repository, path, _ignored(repository, posixpath.join(path, ".dockerignore")))
        )

    dockerfile_ignore = f"{repository.path}.dockerignore"  # it is used before that of the context
    return BuildContext(
        repository, folder, _ignored(repository, dockerfile_ignore, posixpath.join(folder, ".dockerignore")), named
    )


def _folders(path: str) -> Iterator[str]:
    while path:
        path = posixpath.dirname(path)
        yield path


def _ignored(repository: Repository, *paths: str) -> tuple[dockerignore.Pattern, ...]:
    """The patterns of files that the build does not see, from the first ignore file that exists."""
    for path in paths:
        if repository.is_file(path) and (data := repository.read(path)) is not None:
            return dockerignore.parse(data.decode("utf-8", "replace"))
    return ()
