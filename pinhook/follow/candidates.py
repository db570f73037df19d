"""The build contexts that a Dockerfile may have, and the origin of a file in them."""

from __future__ import annotations

from functools import cache, partial

from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.follow.contexts import context_in, contexts
from pinhook.follow.declared_builds import declared, is_near_compose_file
from pinhook.follow.layers import NOT_FOUND, CopiedFromContext, Unresolved, find_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import TypeAlias

    from pinhook.follow.build import FilesAtCommand
    from pinhook.follow.layers import BuildContext, FoundOrigin
    from pinhook.repository.repository import Repository

    FilesIn: TypeAlias = "Callable[[BuildContext], FilesAtCommand | None]"
    """The files that a command finds in a build with a context; ``None`` if that build does not reach the command."""

_AMBIGUOUS = Unresolved("may be one of several files, depending on the build context", "ambiguous")
_NO_CONTEXT = Unresolved("comes from a build context that is not in the repository")


class _Candidate(NamedTuple):
    context: BuildContext
    is_complete: bool


class Candidates:
    """The build contexts that a Dockerfile may have.

    ``missing`` gives the sources that the Dockerfile copies and that are not in a context. A context with missing
    sources is not the right one.
    """

    def __init__(self, repository: Repository, missing: Callable[[BuildContext], Sequence[str]]) -> None:
        self.repository = repository
        self.missing = missing
        self.declared = cache(partial(declared, repository))
        self.is_configured = repository.context is not None
        self.contexts = [self._candidate(each) for each in contexts(repository, self.declared)]
        self.is_near_compose_file = cache(partial(is_near_compose_file, repository))
        self.declared_contexts = cache(self._declared_contexts)

    def _candidate(self, context: BuildContext) -> _Candidate:
        return _Candidate(context, self.is_configured or not self.missing(context))

    def _declared_contexts(self) -> list[_Candidate]:
        """The contexts of compose files. A context need not be a parent of the Dockerfile."""
        known = {each.context.folder: each for each in self.contexts}
        folders = dict.fromkeys(each.folder for each in self.declared())
        return [
            known.get(folder) or self._candidate(context_in(folder, self.repository, self.declared))
            for folder in folders
        ]

    def every_context(self) -> list[BuildContext]:
        """The contexts that ``find`` may use."""
        complete = [each for each in self.contexts if each.is_complete]
        is_certain = self.is_configured or (len(complete or self.contexts) == 1 and not self.is_near_compose_file())
        candidates = {each.context.folder: each.context for each in self.contexts}
        if not is_certain:
            candidates |= {each.context.folder: each.context for each in self.declared_contexts()}
        return list(candidates.values())

    def find(self, path: str, files_in: FilesIn) -> FoundOrigin:
        """The origin of a file, in every context in which the Dockerfile can be built."""
        complete = [each for each in self.contexts if each.is_complete]
        origins = _origins(path, files_in, complete or self.contexts)
        if not self.is_configured and (len(origins) > 1 or self.is_near_compose_file()):
            declared_contexts = self.declared_contexts()
            declared_complete = [each for each in declared_contexts if each.is_complete]
            candidates = declared_complete if complete else declared_complete or declared_contexts
            if found := _origins(path, files_in, candidates):
                origins, complete = found, declared_complete
        if len(origins) > 1:
            return _AMBIGUOUS
        origin = origins[0] if origins else NOT_FOUND
        return _NO_CONTEXT if isinstance(origin, CopiedFromContext) and not complete else origin


def _origins(path: str, files_in: FilesIn, candidates: Iterable[_Candidate]) -> list[FoundOrigin]:
    """The possible origins of a path. Contexts in which the file does not exist are ignored."""
    states = ((files_in(each.context), each.context) for each in candidates)
    origins = dict.fromkeys(find_file(path, files.layers, context) for files, context in states if files)
    return [origin for origin in origins if origin is not NOT_FOUND]
