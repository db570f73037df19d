"""Text for a terminal: nothing in it acts on the terminal or on what reads a log, and its width in columns is known."""

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
"""Columns of a source line that are shown at most, unless the terminal has a width of its own."""

CONTEXT_COLUMNS = 40
"""Columns kept before the marked word where a line has to be cut there."""

MAX_LINES = 4
"""Lines shown of a span that runs over several."""

TAB = 4
ELLIPSIS = "…"

# a CI system takes commands from the log of a job, wherever in a line: ##[error] GitHub, ##vso[…] Azure, ##teamcity[…]
_LOG_COMMAND = r"#(?=#\w*\[)"

_CONTINUATION = r"[\\`][ \t]*\r?\n(?:[ \t]*#.*\n)*"


def escape_unprintable(text: str) -> str:
    r"""The text with everything that is not a plain character as an escape: ``\x1b``, ``\n``, ``\u202e``.

    A byte that is not UTF-8 is shown as that byte. What a CI system would read as a command is no longer one.
    """
    if not text.isprintable():
        text = "".join(map(_escape_character, text))
    return re.sub(_LOG_COMMAND, r"\\x23", text) if "##" in text else text


def _escape_character(character: str) -> str:
    if character.isprintable():
        return character
    if "\udc80" <= character <= "\udcff":  # a byte, as surrogateescape keeps it
        return f"\\x{ord(character) - 0xDC00:02x}"
    return character.encode("unicode_escape").decode("ascii")


def columns(text: str) -> int:
    """How many columns of a terminal a printable text takes."""
    return len(text) if text.isascii() else sum(map(_character_columns, text))


def _character_columns(character: str) -> int:
    from unicodedata import category, east_asian_width

    if category(character) in {"Mn", "Me"} or "\u1160" <= character <= "\u11ff":  # accents, joining Hangul
        return 0
    return 2 if east_asian_width(character) in "WF" else 1


def location(place: Place) -> str:
    """``path:line:column``, fit to stand at the start of a line."""
    line, column = place.source.position(place.span.start)
    text = f"{escape_unprintable(place.source.path)}:{line}:{column}"
    return text.replace(":", "\\x3a", 1) if text.lstrip().startswith("::") else text  # for GitHub, a command


class Snippet(NamedTuple):
    """One line of a file, ready to be shown, with the columns of it to mark: ``width`` of them after ``indent``."""

    line: int
    text: str
    indent: int
    width: int


def snippets(source: Source, span: Span, max_width: int = MAX_COLUMNS) -> Iterator[Snippet]:
    """The lines of a span, ``MAX_LINES`` of them at most: those on which it has more than a comment."""
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
    """A line with what a span has on it, cut around that where it is long, and without credentials.

    It is the line that the span starts in unless one is given.
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
    """A line, and the offsets in it between which a span has something to mark.

    That leaves out the indentation of a continued line, and the escape character at its end. Of a very long line it is
    a part with more on both sides than can be shown, and with whole words, so that credentials are seen as such.
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
    """The end of a line without the escape character that continues it, and the white space around that."""
    text = text.rstrip()
    return text[:-1].rstrip() if text.endswith(("\\", "`")) else text


@lru_cache(maxsize=1)
def _secrets(source: Source) -> tuple[Span, ...]:
    """The spans of a file's credentials, in the file's order; one that is continued on another line is in pieces."""
    if not any(sign in source.text for sign in (":", "?", "#", "&")):
        return ()
    from pinhook.redact import credentials  # for those who have something to hide

    gaps = [gap.span() for gap in re.finditer(_CONTINUATION, source.text)]
    starts, ends = (0, *(end for _, end in gaps)), (*(start for start, _ in gaps), len(source.text))
    text = SourceText.of_lines(source, tuple(zip(starts, ends, strict=True)))
    return tuple(piece for start, end in credentials(str(text)) if start < end for _, piece in text[start:end].pieces)


def _secret_offsets(source: Source, start: int, end: int) -> set[int]:
    """Which characters between two offsets belong to credentials, counted from the first."""
    secrets = _secrets(source)
    first, last = (bisect_right(secrets, (offset, 0)) for offset in (start, end))
    near = secrets[max(0, first - 1) : last]
    return {offset - start for secret in near for offset in range(max(secret.start, start), min(secret.end, end))}


def _cells(text: str, secrets: set[int]) -> Sequence[str]:
    """Each character as it is shown: a tab as the spaces to the next multiple of ``TAB``, a secret as ``***``.

    Where every character stands for itself, as nearly always, that is the text.
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
    """As many cells as fit in some columns."""
    text = _joined(cells)
    if text.isascii() and len(text) == len(cells):  # a column each, as nearly always
        return cells[: max(max_width, 0)]
    if columns(text) <= max_width:
        return cells
    ends = accumulate(map(columns, cells))
    return [cell for cell, end in zip(cells, ends, strict=True) if end <= max_width]
