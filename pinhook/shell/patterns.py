"""Pattern matching of the Bash manual, for ``${name#pattern}``, ``${name%pattern}`` and ``${name/pattern/string}``.

The results are slices of the value, so that every character keeps its place.
"""

from __future__ import annotations

import re

from pinhook.light_typing import TYPE_CHECKING
from pinhook.source import SourceText

if TYPE_CHECKING:
    from collections.abc import Callable


def remove_prefix(value: SourceText, pattern: str, *, longest: bool) -> SourceText:
    """The value without the shortest, or longest, prefix that the pattern matches."""
    matches = _matcher(pattern)
    string = str(value)
    ends = range(len(string), -1, -1) if longest else range(len(string) + 1)
    return next((value[end:] for end in ends if matches(string[:end])), value)


def remove_suffix(value: SourceText, pattern: str, *, longest: bool) -> SourceText:
    """The value without the shortest, or longest, suffix that the pattern matches."""
    matches = _matcher(pattern)
    string = str(value)
    starts = range(len(string) + 1) if longest else range(len(string), -1, -1)
    return next((value[:start] for start in starts if matches(string[start:])), value)


def replace(value: SourceText, operand: SourceText, operator: str) -> SourceText | None:
    """The value after ``/pattern/string``; ``//`` replaces all. ``None`` for a pattern that is more than characters."""
    pattern, _, _ = str(operand).partition("/")
    if not pattern or re.search(r"[*?\[\\]", pattern) or operator not in {"/", "//"}:
        return None
    string = operand[len(pattern) + 1 :]
    pieces = [value[:0]]
    at = 0
    while (found := str(value).find(pattern, at)) >= 0:
        pieces += [value[at:found], string]
        at = found + len(pattern)
        if operator == "/":
            break
    return SourceText.join([*pieces, value[at:]])


def _matcher(pattern: str) -> Callable[[str], object]:
    import fnmatch  # few scripts cut values

    return re.compile(fnmatch.translate(pattern)).match
