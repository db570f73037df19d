"""The files of an image, as far as the Dockerfile says where they come from: ``Layer``, and looking one up."""

from __future__ import annotations

import posixpath

from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.repository.dockerignore import is_ignored

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import Literal, TypeAlias

    from pinhook.repository.dockerignore import Pattern
    from pinhook.repository.repository import Tree
    from pinhook.source import SourceText

    State: TypeAlias = Literal["file", "lock", "generated", "outside", "ambiguous", "unknown"]


class Context(NamedTuple):
    """A build context: a folder of the repository, and what the build does not see of it.

    ``named`` gives the contexts that the build has besides, by their names in lower case.
    """

    tree: Tree
    folder: str
    ignored: tuple[Pattern, ...]
    named: Callable[[str], Context | None] = lambda _: None

    def path(self, source: str) -> str:
        """The path in the repository; ``..`` does not lead out of the context, as in BuildKit."""
        return posixpath.join(self.folder, posixpath.normpath("/" + source).lstrip("/")).rstrip("/")

    def sees(self, path: str) -> bool:
        """Whether a file of the repository is seen by the build."""
        inside = path[len(self.folder) :].lstrip("/")
        return not is_ignored(inside, self.ignored)


class Copied(NamedTuple):
    """From a build context: a path in the repository, without what ``--exclude`` names."""

    path: str
    context: Context | None = None
    excluded: tuple[Pattern, ...] = ()


class Written(NamedTuple):
    """The Dockerfile itself says what is in it: a here-document, or what ``echo`` prints, in some ``pieces``."""

    text: SourceText
    pieces: int = 1


class FromStage(NamedTuple):
    """From an earlier stage, as it was at its end."""

    layers: Layers
    path: str


class Elsewhere(NamedTuple):
    """From where pinhook cannot look, or nobody can say. The reason is a clause: ``is written by the build``."""

    reason: str
    state: State = "unknown"


class Relocked(NamedTuple):
    """A lock file that ``uv lock`` wrote anew: with the versions of the one that was there, if there was one."""

    layers: Layers
    path: str


Origin: TypeAlias = "Copied | Written | FromStage | Relocked | Elsewhere"


class Layer(NamedTuple):
    """What is at a path of the image; with ``is_tree``, and at what is below it.

    With ``is_anywhere`` the path is seen from a folder that is not known, and may be below any.
    """

    target: str
    origin: Origin
    is_tree: bool = False
    is_anywhere: bool = False


class Layers:
    """The layers of an image, the last one first. They stay as they are when more are put on them.

    What is below is shared: copying it for each command would take the square of the number of commands.
    """

    __slots__ = ("_below", "_top")

    def __init__(self, top: Layer | None = None, below: Layers | None = None) -> None:
        self._top = top
        self._below = below

    def __iter__(self) -> Iterator[Layer]:
        layers: Layers | None = self
        while layers and layers._top:
            yield layers._top
            layers = layers._below

    def below(self, layers: Iterable[Layer]) -> Layers:
        """These with others on them, each on the one before it."""
        whole = self
        for layer in layers:
            whole = Layers(layer, whole)
        return whole


Answer: TypeAlias = "Copied | Written | Elsewhere"

NOWHERE = Elsewhere("comes from nowhere that the Dockerfile names")
GENERATED = Elsewhere("is written by the build", "generated")
OUTSIDE = Elsewhere("comes from outside of the repository", "outside")
REMOVED = Elsewhere("is removed by the build", "generated")
CHOSEN = Elsewhere("is made by the build", "generated")
"""A lock file whose versions the build has chosen."""
IGNORED = Elsewhere("is kept out of the build by .dockerignore")
MISSING = Elsewhere("is not in the repository")
TOO_MANY = Elsewhere("is behind more layers than are followed")

MOST_LAYERS = 500
"""Layers that one file is looked for in."""

DEEPEST = 50
"""Stages that a file is followed through from one to the other."""


def look_up(path: str, layers: Layers, context: Context) -> Answer:
    """Where the file at a path of the image comes from; a later layer hides the earlier ones.

    Folders are merged: where a copied folder has no such file, an earlier layer may have.
    """
    return _Search(context).look_up(path, layers)


class _Search:
    """One search, which ends after ``MOST_LAYERS`` of all stages together."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.left = MOST_LAYERS

    def look_up(self, path: str, layers: Layers, depth: int = 0) -> Answer:
        if depth > DEEPEST:
            return TOO_MANY
        for layer in layers:
            self.left -= 1
            if self.left < 0:
                return TOO_MANY
            rest = _below(path, layer)
            if rest is not None and (answer := self.look_into(layer, rest, depth)):
                return answer
        return NOWHERE

    def look_into(self, layer: Layer, rest: str, depth: int) -> Answer | None:
        """What a layer has at a path; ``None`` where it has nothing."""
        origin, context = layer.origin, self.context
        if isinstance(origin, Written | Elsewhere):
            return origin
        if isinstance(origin, Relocked):
            answer = self.look_up(origin.path, origin.layers, depth + 1)
            return CHOSEN if answer in {NOWHERE, REMOVED, IGNORED} else answer
        found = posixpath.join(origin.path, rest) if rest else origin.path
        if isinstance(origin, FromStage):
            answer = self.look_up(found, origin.layers, depth + 1)
            return None if answer is NOWHERE and layer.is_tree else answer
        inside = found[len(origin.path) :].lstrip("/")
        if not context.tree.is_file(found) or is_ignored(inside, origin.excluded):
            return None
        return Copied(found) if (origin.context or context).sees(found) else IGNORED


def _below(path: str, layer: Layer) -> str | None:
    """The path as seen from a layer, ``""`` for the layer's own; ``None`` when it is not there."""
    if path == layer.target or (layer.is_anywhere and path.endswith(f"/{layer.target}")):
        return ""
    above = layer.target.rstrip("/") + "/"
    return path[len(above) :] if layer.is_tree and path.startswith(above) else None
