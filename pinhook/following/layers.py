"""The files of an image, as far as the Dockerfile says where they come from: ``Layer``, and looking one up."""

from __future__ import annotations

import posixpath

from pinhook.following.ignored import is_ignored
from pinhook.light_typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Literal, TypeAlias

    from pinhook.following.ignored import Pattern
    from pinhook.following.tree import Tree
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
    """The Dockerfile itself says what is in it: a here-document, or what ``echo`` prints."""

    text: SourceText


class FromStage(NamedTuple):
    """From an earlier stage, as it was at its end."""

    layers: tuple[Layer, ...]
    path: str


class Elsewhere(NamedTuple):
    """From where pinhook cannot look, or nobody can say. The reason is a clause: ``is written by the build``."""

    reason: str
    state: State = "unknown"


Origin: TypeAlias = "Copied | Written | FromStage | Elsewhere"


class Layer(NamedTuple):
    """What is at a path of the image; with ``is_tree``, and at what is below it.

    With ``is_anywhere`` the path is seen from a folder that is not known, and may be below any.
    """

    target: str
    origin: Origin
    is_tree: bool = False
    is_anywhere: bool = False


Answer: TypeAlias = "Copied | Written | Elsewhere"

NOWHERE = Elsewhere("comes from nowhere that the Dockerfile names")
GENERATED = Elsewhere("is written by the build", "generated")
OUTSIDE = Elsewhere("comes from outside of the repository", "outside")
IGNORED = Elsewhere("is kept out of the build by .dockerignore")
MISSING = Elsewhere("is not in the repository")


def look_up(path: str, layers: Sequence[Layer], context: Context) -> Answer:
    """Where the file at a path of the image comes from; a later layer hides the earlier ones.

    Folders are merged: where a copied folder has no such file, an earlier layer may have.
    """
    for layer in reversed(layers):
        rest = _below(path, layer)
        if rest is not None and (answer := _look_into(layer, rest, context)):
            return answer
    return NOWHERE


def _below(path: str, layer: Layer) -> str | None:
    """The path as seen from a layer, ``""`` for the layer's own; ``None`` when it is not there."""
    if path == layer.target or (layer.is_anywhere and path.endswith(f"/{layer.target}")):
        return ""
    above = layer.target.rstrip("/") + "/"
    return path[len(above) :] if layer.is_tree and path.startswith(above) else None


def _look_into(layer: Layer, rest: str, context: Context) -> Answer | None:
    """What a layer has at a path; ``None`` where it has nothing."""
    origin = layer.origin
    if isinstance(origin, Written | Elsewhere):
        return origin
    found = posixpath.join(origin.path, rest) if rest else origin.path
    if isinstance(origin, FromStage):
        answer = look_up(found, origin.layers, context)
        return None if answer is NOWHERE and layer.is_tree else answer
    inside = found[len(origin.path) :].lstrip("/")
    if not context.tree.is_file(found) or is_ignored(inside, origin.excluded):
        return None
    return Copied(found) if (origin.context or context).sees(found) else IGNORED
