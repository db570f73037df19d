"""Make text safe to print: nothing in it controls a terminal or a CI system, and its width in columns is known."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from itertools import accumulate

from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.source import SourceText, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pinhook.source import Place, Source

MAX_COLUMNS = 120
"""Maximum width of a source line in columns, if the width of the terminal is unknown."""

CONTEXT_COLUMNS = 40
"""Columns kept in front of the marked word if the line is cut."""

MAX_LINES = 4
"""Maximum number of lines shown of a span."""

TAB = 4
ELLIPSIS = "…"

# a CI system reads commands anywhere in a line of the log: ##[error] GitHub, ##vso[…] Azure, ##teamcity[…]
_LOG_COMMAND = r"#(?=#\w*\[)"

_CONTINUATION = r"[\\`][ \t]*\r?\n(?:[ \t]*#.*\n)*"


def escape_unprintable(text: str) -> str:
    r"""The text with every unprintable character replaced by an escape: ``\x1b``, ``\n``, ``\u202e``.

    A byte that is not UTF-8 is shown as that byte. A command for a CI system is changed so that the system ignores it.
    """
    if not text.isprintable():
        text = "".join(map(_escape_character, text))
    return re.sub(_LOG_COMMAND, r"\\x23", text) if "##" in text else text


def _escape_character(character: str) -> str:
    if character.isprintable():
        return character
    if "\udc80" <= character <= "\udcff":  # a byte, kept by surrogateescape
        return f"\\x{ord(character) - 0xDC00:02x}"
    return character.encode("unicode_escape").decode("ascii")


def columns(text: str) -> int:
    """The width of a printable text in columns of a terminal."""
    return len(text) if text.isascii() else sum(map(_character_columns, text))


def _character_columns(character: str) -> int:
    from unicodedata import category, east_asian_width

    if category(character) in {"Mn", "Me"} or "\u1160" <= character <= "\u11ff":  # accents, combining Hangul
        return 0
    return 2 if east_asian_width(character) in "WF" else 1


def location(place: Place) -> str:
    """``path:line:column``, safe at the start of a line."""
    line, column = place.source.position(place.span.start)
    text = f"{escape_unprintable(place.source.path)}:{line}:{column}"
    return text.replace(":", "\\x3a", 1) if text.lstrip().startswith("::") else text  # :: starts a command of GitHub


class Snippet(NamedTuple):
    """One line of a file and the columns to mark in it: ``width`` columns after ``indent`` columns."""

    line: int
    text: str
    indent: int
    width: int


def snippets(source: Source, span: Span, max_width: int = MAX_COLUMNS) -> Iterator[Snippet]:
    """The lines of a span, at most ``MAX_LINES``. Lines on which the span has only a comment are left out."""
    first = source.position(span.start).line
    last = source.position(max(span.start, span.end - 1)).line
    yield snippet(source, span, first, max_width)
    shown = 1
    for number in range(first + 1, last + 1):
        start, end = source.line_span(number)
        text = source.text[start : min(end, span.end)]
        if shown < MAX_LINES and text.strip() and not text.lstrip().startswith("#"):
            yield snippet(source, span, number, max_width)
            shown += 1


def snippet(source: Source, span: Span, line: int = 0, max_width: int = MAX_COLUMNS) -> Snippet:
    """A line with the part of a span on it, without credentials. A long line is cut around that part.

    The default line is the one in which the span starts.
    """
    number = line or source.position(span.start).line
    window, start, end = _part(source, span, number, max_width)
    text = source.text[slice(*window)]

    first = max(0, start - max_width)
    last = max(start, min(end, start + max_width)) + max_width
    cells = _cells(text[first:last], _secret_offsets(source, window.start + first, window.start + last))
    before, rest, marked = cells[: start - first], cells[start - first :], end - start
    is_cut = first > 0
    if is_cut or columns(_joined(cells[: end - first])) >= max_width:
        kept = _fitting(before[::-1], min(CONTEXT_COLUMNS, max_width // 3))
        is_cut = is_cut or len(kept) < len(before)
        before = kept[::-1]
    indent = is_cut + columns(_joined(before))
    rest = _fitting(rest, max_width - indent)
    ends = start + len(rest) >= len(text)
    if not ends:
        rest = _fitting(rest, max_width - indent - 1)
    width = columns(_joined(rest[:marked])) + (not ends and len(rest) < marked)
    shown = f"{ELLIPSIS * is_cut}{_joined(before)}{_joined(rest)}{ELLIPSIS * (not ends)}"
    return Snippet(number, shown, indent, max(width, 1))


def _part(source: Source, span: Span, number: int, max_width: int) -> tuple[Span, int, int]:
    """A line, and the start and end offset of the part to mark.

    The part does not include the indentation of a continued line and the escape character at its end. A very long line
    is cut at spaces, far enough on both sides that credentials are still recognized.
    """
    line = source.line_span(number)
    start, end = (min(max(offset, line.start), line.end) for offset in span)
    marked = source.text[start:end]
    if span.start < line.start:
        start += len(marked) - len(marked.lstrip())
    if span.end > line.end:
        end = start + len(_without_escape(source.text[start:end]))
    first = max(line.start, source.text.rfind(" ", line.start, max(line.start, start - 2 * max_width)))
    last = source.text.find(" ", min(line.end, start + 4 * max_width), line.end)
    return Span(first, line.end if last < 0 else last), start - first, end - first


def _without_escape(text: str) -> str:
    """The end of a line without the escape character that continues it, and without white space around that."""
    text = text.rstrip()
    return text[:-1].rstrip() if text.endswith(("\\", "`")) else text


@lru_cache(maxsize=1)
def _secrets(source: Source) -> tuple[Span, ...]:
    """The spans of the credentials in a file, in order. A span that is continued on another line is split."""
    if not any(sign in source.text for sign in (":", "?", "#", "&")):
        return ()
    from pinhook.redact import credentials  # imported only if there may be credentials

    found = credentials(re.sub(_CONTINUATION, "", source.text))
    if not found:
        return ()
    gaps = [gap.span() for gap in re.finditer(_CONTINUATION, source.text)]
    starts, ends = (0, *(end for _, end in gaps)), (*(start for start, _ in gaps), len(source.text))
    text = SourceText.of_lines(source, tuple(zip(starts, ends, strict=True)))
    return tuple(piece for start, end in found if start < end for _, piece in text[start:end].pieces)


def _secret_offsets(source: Source, start: int, end: int) -> set[int]:
    """The offsets between ``start`` and ``end`` that belong to credentials, relative to ``start``."""
    secrets = _secrets(source)
    first, last = (bisect_right(secrets, (offset, 0)) for offset in (start, end))
    near = secrets[max(0, first - 1) : last]
    return {offset - start for secret in near for offset in range(max(secret.start, start), min(secret.end, end))}


def _cells(text: str, secrets: set[int]) -> Sequence[str]:
    """Each character as it is shown: a tab as spaces up to the next multiple of ``TAB``, a secret as ``***``.

    If no character changes, the result is the text itself.
    """
    if text.isascii() and text.isprintable() and not secrets and "##" not in text:
        return text
    cells: list[str] = []
    commands = {found.start() for found in re.finditer(_LOG_COMMAND, text)} if "##" in text else ()
    column = 0
    for at, character in enumerate(text):
        if at in secrets:
            cells.append("" if at - 1 in secrets and at else "***")
        else:
            shown = " " * (TAB - column % TAB) if character == "\t" else escape_unprintable(character)
            cells.append("\\x23" if at in commands else shown)
        column += columns(cells[-1])
    return cells


def _joined(cells: Sequence[str]) -> str:
    return cells if isinstance(cells, str) else "".join(cells)


def _fitting(cells: Sequence[str], max_width: int) -> Sequence[str]:
    """As many cells as fit into some columns."""
    text = _joined(cells)
    if text.isascii() and len(text) == len(cells):  # the usual case: every character has one column
        return cells[: max(max_width, 0)]
    if columns(text) <= max_width:
        return cells
    ends = accumulate(map(columns, cells))
    return [cell for cell, end in zip(cells, ends, strict=True) if end <= max_width]
