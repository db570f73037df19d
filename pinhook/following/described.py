"""What a compose or bake file says of one build: ``Described``."""

from __future__ import annotations

from pinhook.light_typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Described(NamedTuple):
    """A build, with its paths as they are written; ``named`` are its contexts besides, by their names."""

    context: str
    dockerfile: str
    named: Mapping[str, str]


class UnclearError(ValueError):
    """A file that may describe other builds than those that can be read from it."""
