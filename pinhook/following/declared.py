"""The builds of a Dockerfile that compose and bake files describe: their contexts."""

from __future__ import annotations

import posixpath

from pinhook.following import bake, compose
from pinhook.following.described import UnclearError
from pinhook.light_re import regex
from pinhook.light_typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from pinhook.following.described import Described
    from pinhook.following.tree import Tree

_READERS: tuple[tuple[re.Pattern[str], Callable[[str], Iterable[Described]]], ...] = (
    (regex(r"(?:.*/)?(?:docker-)?compose[\w.-]*\.ya?ml"), compose.read),
    (regex(r"(?:.*/)?docker-bake[\w.-]*\.hcl"), bake.read_hcl),
    (regex(r"(?:.*/)?docker-bake[\w.-]*\.json"), bake.read_json),
)
PLAIN = regex(r"[\w./@+ -]+")
"""The paths that mean what they say; others may have variables, or be no paths."""


class Declared(NamedTuple):
    """A build of the Dockerfile: the folder that is its context, and folders that it has under other names.

    Paths are those of the repository. A name that stands for something else than a folder of it has ``None``.
    """

    folder: str
    named: Mapping[str, str | None]


def declared(tree: Tree) -> tuple[Declared, ...]:
    """The builds of the Dockerfile that some compose or bake file describes.

    None at all where one of these files builds something that only it knows: that may be this Dockerfile, elsewhere.
    """
    try:
        return tuple(each for path in tree.files() for each in _in_file(tree, path))
    except UnclearError:
        return ()


def _in_file(tree: Tree, path: str) -> Iterator[Declared]:
    reader = next((reader for pattern, reader in _READERS if pattern.fullmatch(path)), None)
    data = tree.read(path) if reader else None
    if not reader or data is None:
        return
    folder = posixpath.dirname(path)
    folders = {folder} if reader is compose.read else {folder, ""}  # bake starts where it is called
    for each in reader(data.decode("utf-8", "replace")):
        if not (PLAIN.fullmatch(each.context) and PLAIN.fullmatch(each.dockerfile)):
            raise UnclearError
        for base in folders:
            context = _inside(base, each.context)
            if context is not None and _inside(context, each.dockerfile) == tree.path:
                yield Declared(context, {name.lower(): _named(base, value) for name, value in each.named.items()})


def _named(folder: str, value: str) -> str | None:
    return _inside(folder, value) if PLAIN.fullmatch(value) else None


def _inside(folder: str, path: str) -> str | None:
    """A path of the repository; ``None`` for one that leads out of it."""
    whole = posixpath.normpath(posixpath.join(folder, path))
    return None if whole.startswith(("/", "..")) else "" if whole == "." else whole
