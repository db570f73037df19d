"""The files of an image, as far as the Dockerfile names their origin: ``Layer``, and the search in layers."""

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

    ``named`` maps the names of additional contexts, in lower case, to these.
    """

    repository: Repository
    folder: str
    ignored: tuple[Pattern, ...]
    named: Callable[[str], BuildContext | None] = lambda _: None

    def path(self, source: str) -> str:
        """The path in the repository. As in BuildKit, ``..`` does not lead out of the context."""
        return posixpath.join(self.folder, posixpath.normpath("/" + source).lstrip("/")).rstrip("/")

    def sees(self, path: str) -> bool:
        """Whether the build sees a file of the repository."""
        inside = path[len(self.folder) :].lstrip("/")
        return not is_ignored(inside, self.ignored)


class CopiedFromContext(NamedTuple):
    """From a build context: a path in the repository, without files that ``--exclude`` matches."""

    path: str
    context: BuildContext | None = None
    excluded: tuple[Pattern, ...] = ()


class WrittenByDockerfile(NamedTuple):
    """Written by the Dockerfile: the text of a here-document, or the output of ``echo``, in ``pieces``."""

    text: SourceText
    pieces: int = 1


class CopiedFromStage(NamedTuple):
    """From an earlier stage, at its end."""

    layers: Layers
    path: str


class Unresolved(NamedTuple):
    """An origin that pinhook cannot read, or that is unknown. The reason is a clause: ``is written by the build``."""

    reason: str
    state: State = "unknown"


class Relocked(NamedTuple):
    """A lock file rewritten by ``uv lock``. The versions of an existing lock file are kept."""

    layers: Layers
    path: str


Origin: TypeAlias = "CopiedFromContext | WrittenByDockerfile | CopiedFromStage | Relocked | Unresolved"


class Layer(NamedTuple):
    """The origin of the file at a path of the image; with ``is_folder``, of the files below it.

    ``in_unknown_folder``: the path is relative to an unknown folder, so it may be below any folder.
    """

    target: str
    origin: Origin
    is_folder: bool = False
    in_unknown_folder: bool = False


class Layers:
    """The layers of an image, the last one first. Immutable.

    The layers below are shared. Copying them for each command would be quadratic.
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
        """These layers with others on top, in their order."""
        whole = self
        for layer in layers:
            whole = Layers(layer, whole)
        return whole


FoundOrigin: TypeAlias = "CopiedFromContext | WrittenByDockerfile | Unresolved"

NOT_FOUND = Unresolved("is not put into the image by the Dockerfile")
GENERATED = Unresolved("is written by the build", "generated")
OUTSIDE = Unresolved("comes from outside of the repository", "outside")
REMOVED = Unresolved("is removed by the build", "generated")
CHOSEN = Unresolved("is made by the build", "generated")
"""A lock file whose versions the build has chosen."""
IGNORED = Unresolved("is excluded from the build context by .dockerignore")
MISSING = Unresolved("is not in the repository")
TOO_MANY = Unresolved("is below more layers than pinhook searches")

MAX_LAYERS = 500
"""Maximum number of layers that are searched for one file."""

MAX_STAGES = 50
"""Maximum number of stages that are followed for one file."""


def find_file(path: str, layers: Layers, context: BuildContext) -> FoundOrigin:
    """The origin of the file at a path of the image. A later layer hides earlier ones.

    Folders are merged: if a copied folder does not contain the file, earlier layers are searched.
    """
    return _Search(context).find(path, layers)


def files_below(path: str, layers: Layers, context: BuildContext) -> Iterator[str]:
    """The names of the files that may be in a folder of the image, those of earlier stages aside."""
    for _, layer in zip(range(MAX_LAYERS), layers, strict=False):
        if posixpath.dirname(layer.target) == path and not layer.is_folder and not layer.in_unknown_folder:
            yield posixpath.basename(layer.target)
        elif layer.is_folder and isinstance(layer.origin, CopiedFromContext):
            inside = _path_in_layer(posixpath.join(path, "-"), layer)
            if inside is not None:
                folder = posixpath.join(layer.origin.path, posixpath.dirname(inside)).rstrip("/")
                yield from (posixpath.basename(each) for each in _files_in(folder, context))


def _files_in(folder: str, context: BuildContext) -> Iterator[str]:
    return (each for each in context.repository.files() if posixpath.dirname(each) == folder)


class _Search:
    """One search. It ends after ``MAX_LAYERS`` layers of all stages together."""

    def __init__(self, context: BuildContext) -> None:
        self.context = context
        self.remaining = MAX_LAYERS

    def find(self, path: str, layers: Layers, depth: int = 0) -> FoundOrigin:
        if depth > MAX_STAGES:
            return TOO_MANY
        for layer in layers:
            self.remaining -= 1
            if self.remaining < 0:
                return TOO_MANY
            rest = _path_in_layer(path, layer)
            if rest is not None and (resolved := self.find_in_layer(layer, rest, depth)):
                return resolved
        return NOT_FOUND

    def find_in_layer(self, layer: Layer, rest: str, depth: int) -> FoundOrigin | None:
        """The origin of a path in a layer; ``None`` if the layer does not contain it."""
        origin, context = layer.origin, self.context
        if isinstance(origin, WrittenByDockerfile | Unresolved):
            return origin
        if isinstance(origin, Relocked):
            resolved = self.find(origin.path, origin.layers, depth + 1)
            return CHOSEN if resolved in {NOT_FOUND, REMOVED, IGNORED} else resolved
        found = posixpath.join(origin.path, rest) if rest else origin.path
        if isinstance(origin, CopiedFromStage):
            resolved = self.find(found, origin.layers, depth + 1)
            return None if resolved is NOT_FOUND and layer.is_folder else resolved
        inside = found[len(origin.path) :].lstrip("/")
        if not context.repository.is_file(found) or is_ignored(inside, origin.excluded):
            return None
        return CopiedFromContext(found) if (origin.context or context).sees(found) else IGNORED


def _path_in_layer(path: str, layer: Layer) -> str | None:
    """The path relative to a layer; ``""`` for the layer's own path; ``None`` if it is outside."""
    if path == layer.target or (layer.in_unknown_folder and path.endswith(f"/{layer.target}")):
        return ""
    above = layer.target.rstrip("/") + "/"
    return path[len(above) :] if layer.is_folder and path.startswith(above) else None
