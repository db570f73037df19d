"""Suggest the word that was probably meant."""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_MAX_LENGTH = 60  # code points; comparing is quadratic


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate that a word probably misspells; ``None`` if there is none."""
    from difflib import get_close_matches  # needed only after a mistake

    plain = {_plain(candidate): candidate for candidate in candidates}
    matches = get_close_matches(_plain(word[:_MAX_LENGTH]), plain, n=1)
    return plain[matches[0]] if matches else None


def _plain(word: str) -> str:
    return word.casefold().replace("_", "-")
