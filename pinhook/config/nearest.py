"""Which word was meant."""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_MAX_LENGTH = 60  # comparing takes the square of it


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate that a word is likely to be a misspelling of, if any."""
    from difflib import get_close_matches  # only for those who have made a mistake

    plain = {_plain(candidate): candidate for candidate in candidates}
    matches = get_close_matches(_plain(word[:_MAX_LENGTH]), plain, n=1)
    return plain[matches[0]] if matches else None


def _plain(word: str) -> str:
    return word.casefold().replace("_", "-")
