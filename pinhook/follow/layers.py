"""The files of an image, as far as the Dockerfile says where they come from: ``Layer``, and looking one up."""

from __future__ import annotations

import posixpath

from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.repository.dockerignore import is_ignored

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import Literal, TypeAlias

    from pinhook.repository.dockerignore import Pattern
    from pinhook.repository.repository import Repository
    from pinhook.source import SourceText

    State: TypeAlias = Literal["file", "lock", "generated", "outside", "ambiguous", "unknown"]


class BuildContext(NamedTuple):
    """A build context: a folder of the repository, and what the build does not see of it.

    ``named`` gives the contexts that the build has besides, by their names in lower case.
    """

    repository: Repository
    folder: str
    ignored: tuple[Pattern, ...]
    named: Callable[[str], BuildContext | None] = lambda _: None

    def path(self, source: str) -> str:
        """The path in the repository; ``..`` does not lead out of the context, as in BuildKit."""
        return posixpath.join(self.folder, posixpath.normpath("/" + source).lstrip("/")).rstrip("/")

    def sees(self, path: str) -> bool:
        """Whether a file of the repository is seen by the build."""
        inside = path[len(self.folder) :].lstrip("/")
        return not is_ignored(inside, self.ignored)


class CopiedFromContext(NamedTuple):
    """From a build context: a path in the repository, without what ``--exclude`` names."""

    path: str
    context: BuildContext | None = None
    excluded: tuple[Pattern, ...] = ()


class WrittenByDockerfile(NamedTuple):
    """The Dockerfile itself says what is in it: a here-document, or what ``echo`` prints, in some ``pieces``."""

    text: SourceText
    pieces: int = 1


class CopiedFromStage(NamedTuple):
    """From an earlier stage, as it was at its end."""

    layers: Layers
    path: str


class Unresolved(NamedTuple):
    """From where pinhook cannot look, or nobody can say. The reason is a clause: ``is written by the build``."""

    reason: str
    state: State = "unknown"


class Relocked(NamedTuple):
    """A lock file that ``uv lock`` wrote anew: with the versions of the one that was there, if there was one."""

    layers: Layers
    path: str


Origin: TypeAlias = "CopiedFromContext | WrittenByDockerfile | CopiedFromStage | Relocked | Unresolved"


class Layer(NamedTuple):
    """What is at a path of the image; with ``is_folder``, and at what is below it.

    With ``in_unknown_folder`` the path is seen from a folder that is not known, and may be below any.
    """

    target: str
    origin: Origin
    is_folder: bool = False
    in_unknown_folder: bool = False


class Layers:
    """The layers of an image, the last one first. They stay as they are when more are put on them.

    What is below is shared: copying it for each command would take the square of the number of commands.
    """

    __slots__ = ("_lower", "_top")

    def __init__(self, top: Layer | None = None, lower: Layers | None = None) -> None:
        self._top = top
        self._lower = lower

    def __iter__(self) -> Iterator[Layer]:
        layers: Layers | None = self
        while layers and layers._top:
            yield layers._top
            layers = layers._lower

    def with_layers(self, layers: Iterable[Layer]) -> Layers:
        """These with others on them, each on the one before it."""
        whole = self
        for layer in layers:
            whole = Layers(layer, whole)
        return whole


ResolvedOrigin: TypeAlias = "CopiedFromContext | WrittenByDockerfile | Unresolved"

NOWHERE = Unresolved("comes from nowhere that the Dockerfile names")
GENERATED = Unresolved("is written by the build", "generated")
OUTSIDE = Unresolved("comes from outside of the repository", "outside")
REMOVED = Unresolved("is removed by the build", "generated")
CHOSEN = Unresolved("is made by the build", "generated")
"""A lock file whose versions the build has chosen."""
IGNORED = Unresolved("is kept out of the build by .dockerignore")
MISSING = Unresolved("is not in the repository")
TOO_MANY = Unresolved("is behind more layers than are followed")

MAX_LAYERS = 500
"""Layers that one file is looked for in."""

MAX_STAGES = 50
"""Stages that a file is followed through from one to the other."""


def find_file(path: str, layers: Layers, context: BuildContext) -> ResolvedOrigin:
    """Where the file at a path of the image comes from; a later layer hides the earlier ones.

    Folders are merged: where a copied folder has no such file, an earlier layer may have.
    """
    return _Search(context).find(path, layers)


class _Search:
    """One search, which ends after ``MAX_LAYERS`` of all stages together."""

    def __init__(self, context: BuildContext) -> None:
        self.context = context
        self.remaining = MAX_LAYERS

    def find(self, path: str, layers: Layers, depth: int = 0) -> ResolvedOrigin:
        if depth > MAX_STAGES:
            return TOO_MANY
        for layer in layers:
            self.remaining -= 1
            if self.remaining < 0:
                return TOO_MANY
            rest = _path_in_layer(path, layer)
            if rest is not None and (resolved := self.find_in_layer(layer, rest, depth)):
                return resolved
        return NOWHERE

    def find_in_layer(self, layer: Layer, rest: str, depth: int) -> ResolvedOrigin | None:
        """What a layer has at a path; ``None`` where it has nothing."""
        origin, context = layer.origin, self.context
        if isinstance(origin, WrittenByDockerfile | Unresolved):
            return origin
        if isinstance(origin, Relocked):
            resolved = self.find(origin.path, origin.layers, depth + 1)
            return CHOSEN if resolved in {NOWHERE, REMOVED, IGNORED} else resolved
        found = posixpath.join(origin.path, rest) if rest else origin.path
        if isinstance(origin, CopiedFromStage):
            resolved = self.find(found, origin.layers, depth + 1)
            return None if resolved is NOWHERE and layer.is_folder else resolved
        inside = found[len(origin.path) :].lstrip("/")
        if not context.repository.is_file(found) or is_ignored(inside, origin.excluded):
            return None
        return CopiedFromContext(found) if (origin.context or context).sees(found) else IGNORED


def _path_in_layer(path: str, layer: Layer) -> str | None:
    """The path as seen from a layer, ``""`` for the layer's own; ``None`` when it is not there."""
    if path == layer.target or (layer.in_unknown_folder and path.endswith(f"/{layer.target}")):
        return ""
    above = layer.target.rstrip("/") + "/"
    return path[len(above) :] if layer.is_folder and path.startswith(above) else None
