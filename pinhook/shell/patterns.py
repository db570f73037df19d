"""Pattern matching of the Bash manual, for ``${name#pattern}``, ``${name%pattern}`` and ``${name/pattern/string}``.

The results are slices of the value, so every character keeps its place. ``None`` means: releases of bash and dash
differ, or the pattern is not supported. Quoted characters are literal.
"""

from __future__ import annotations

import re

from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.source import SourceText

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_BRACKETS = r"\[!?[^]\[\\^:=!\0]+\]"
_QUOTED = "\0"


class Operand:
    """The text behind the operator; in ``masked``, quoted characters are masked."""

    def __init__(self, pieces: Sequence[tuple[SourceText, bool]]) -> None:
        self.text = SourceText.join(text for text, _ in pieces)
        self.masked = "".join(_QUOTED * len(text) if is_quoted else str(text) for text, is_quoted in pieces)

    @property
    def is_anything(self) -> bool:
        """Whether it matches any value."""
        return self.masked == "*"


def matches(value: SourceText, operand: Operand) -> bool | None:
    """Whether the pattern matches the whole value."""
    if operand.masked.strip(_QUOTED) == "":
        return str(value) == str(operand.text)
    matcher = _matcher(operand)
    return bool(matcher(str(value))) if matcher else None


def remove_prefix(value: SourceText, operand: Operand, *, longest: bool) -> SourceText | None:
    """The value without the shortest, or longest, prefix that the pattern matches."""
    matches = _matcher(operand)
    if not matches:
        return None
    string = str(value)
    ends = range(len(string), -1, -1) if longest else range(len(string) + 1)
    return next((value[end:] for end in ends if matches(string[:end])), value)


def remove_suffix(value: SourceText, operand: Operand, *, longest: bool) -> SourceText | None:
    """The value without the shortest, or longest, suffix that the pattern matches."""
    matches = _matcher(operand)
    if not matches:
        return None
    string = str(value)
    starts = range(len(string) + 1) if longest else range(len(string), -1, -1)
    return next((value[:start] for start in starts if matches(string[start:])), value)


def replace(value: SourceText, operand: Operand, operator: str) -> SourceText | None:
    """The value after ``/pattern/string``; ``//`` replaces all matches. Wildcards are not supported."""
    masked, slash, masked_replacement = operand.masked.partition("/")
    if (
        not masked
        or re.search(r"[*?\[\\]", masked)
        or re.search(r"[&\\]", masked_replacement)
        or operator not in {"/", "//"}
    ):
        return None
    pattern = str(operand.text)[: len(masked)]
    string = operand.text[len(masked + slash) :]
    return value.sub(re.compile(re.escape(pattern)), lambda _text, _match: string, 1 if operator == "/" else 0)


def _matcher(operand: Operand) -> Callable[[str], object] | None:
    import fnmatch  # rarely needed

    if re.search(r"[\[\\]", re.sub(_BRACKETS, "", operand.masked)):
        return None
    pattern = "".join(
        f"[{character}]" if masked == _QUOTED and character in "*?[" else character
        for character, masked in zip(str(operand.text), operand.masked, strict=True)
    )
    return re.compile(fnmatch.translate(pattern)).match
