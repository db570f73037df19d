"""Wrap text to the width of a terminal. A word is never broken."""

from __future__ import annotations

from itertools import groupby
from textwrap import wrap as _wrap

from pinhook._startup.namedtuple import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

MIN_WIDTH = 80
"""Assumed minimum width of a terminal, in columns."""

MAX_WIDTH = 120
"""Maximum length of a line in columns: longer lines are hard to read."""


def fitting(columns: int) -> int:
    """The length of lines for a terminal with this many columns: from ``MIN_WIDTH`` to ``MAX_WIDTH``."""
    return min(max(columns, MIN_WIDTH), MAX_WIDTH)


def wrap(text: str, width: int) -> list[str]:
    """A paragraph in lines of ``width`` columns. A longer word is on its own line."""
    return _wrap(text, width, break_long_words=False, break_on_hyphens=False)


def fill(text: str, width: int) -> str:
    """A text with its paragraphs in lines of ``width`` columns. Headings and indented lines are not changed."""
    return "\n".join(_lines(text, width))


def _lines(text: str, width: int) -> Iterator[str]:
    for is_prose, group in groupby(text.split("\n"), _is_prose):
        lines = tuple(group)
        yield from wrap(" ".join(lines), width) if is_prose else lines


def _is_prose(line: str) -> bool:
    return line.strip() != "" and not line.startswith((" ", "#"))
