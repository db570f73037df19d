"""Text for a terminal: nothing in it acts on the terminal, and its width in columns is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pinhook.source import Place, Source, Span

WIDTH = 120
"""Columns of a source line that are shown at most."""

CONTEXT = 40
"""Columns kept before the marked word where a line has to be cut there."""

TAB = 4
ELLIPSIS = "…"


def visible(text: str) -> str:
    r"""The text with everything that is not a plain character as an escape: ``\x1b``, ``\n``, ``\u202e``.

    A byte that is not UTF-8 is shown as that byte.
    """
    return text if text.isprintable() else "".join(map(_visible_character, text))


def _visible_character(character: str) -> str:
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
    """``path:line:column``."""
    line, column = place.source.position(place.span.start)
    return f"{visible(place.source.path)}:{line}:{column}"


class Snippet(NamedTuple):
    """One line of a file, ready to be shown, with the columns of it to mark: ``width`` of them after ``indent``."""

    line: int
    text: str
    indent: int
    width: int


def snippet(source: Source, span: Span) -> Snippet:
    """The line that a span starts in, without credentials. It is cut around the span's part of it where it is long."""
    number = source.position(span.start).line
    line_span = source.line_span(number)
    start, end = (min(offset, line_span.end) - line_span.start for offset in span)
    line, start, end = _without_credentials(source.text[slice(*line_span)], start, end)

    before = _cells(line[max(0, start - WIDTH) : start])
    marked = _cells(line[start : min(end, start + WIDTH)], sum(map(columns, before)))
    after = _cells(line[end : end + WIDTH])
    is_cut = start > WIDTH
    if is_cut or sum(map(columns, (*before, *marked))) >= WIDTH:
        kept = _fitting(reversed(before), CONTEXT)
        is_cut = is_cut or len(kept) < len(before)
        before = kept[::-1]
    shown = ELLIPSIS * is_cut + "".join(before)
    indent = columns(shown)
    rest = _fitting([*marked, *after], WIDTH - indent)
    if start + len(rest) < len(line):
        rest = [*_fitting(rest, WIDTH - indent - 1), ELLIPSIS]
    width = sum(map(columns, rest[: len(marked)]))
    return Snippet(number, shown + "".join(rest), indent, max(width, 1))


def _without_credentials(line: str, start: int, end: int) -> tuple[str, int, int]:
    """A line as it may be shown, and where two offsets into it have gone."""
    from pinhook.masking import mask  # for those who have something to show

    masked = mask(line)
    if masked == line:
        return line, start, end
    return masked, _common_length(mask(line[:start]), masked), _common_length(mask(line[:end]), masked)


def _common_length(first: str, second: str) -> int:
    """How many characters two texts have in common from the start."""
    pairs = enumerate(zip(first, second, strict=False))
    return next((at for at, (one, other) in pairs if one != other), min(len(first), len(second)))


def _cells(text: str, column: int = 0) -> list[str]:
    """Each character as it is shown; a tab as the spaces to the next multiple of ``TAB``."""
    cells: list[str] = []
    for character in text:
        cells.append(" " * (TAB - column % TAB) if character == "\t" else visible(character))
        column += columns(cells[-1])
    return cells


def _fitting(cells: Iterable[str], room: int) -> list[str]:
    """As many cells as fit in some columns."""
    kept: list[str] = []
    for cell in cells:
        room -= columns(cell)
        if room < 0:
            break
        kept.append(cell)
    return kept
