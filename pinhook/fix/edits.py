"""Apply edits to a file, and find the span of a value in the file."""

from __future__ import annotations

from bisect import bisect_left, insort

from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.finding import apply_edits

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pinhook.finding import Edit, Fix
    from pinhook.source import Source, SourceText, Span


class EditedSource(NamedTuple):
    """A file with fixes applied, and the fixes that overlap with an earlier one."""

    source: Source
    overlapping: tuple[Fix, ...]


def apply_fixes(source: Source, fixes: Iterable[Fix]) -> EditedSource:
    """Apply fixes, each completely or not at all. Of overlapping fixes, the first one. Equal edits are applied once.

    Every character outside of the edits is kept, also bytes that are not UTF-8 and the byte order mark.
    """
    made: list[Edit] = []  # in the order of the file
    overlapping: list[Fix] = []
    for fix in fixes:
        if any(_collides(edit, other) for edit in fix.edits for other in _neighbours(made, edit)):
            overlapping.append(fix)
        else:
            for edit in fix.edits:
                if edit not in _neighbours(made, edit):
                    insort(made, edit, key=_span)
    return EditedSource(apply_edits(source, made), tuple(overlapping))


def _span(edit: Edit) -> Span:
    return edit.span


def _neighbours(made: list[Edit], edit: Edit) -> list[Edit]:
    """The edits next to another one. Because no two of them overlap, only these can collide with it."""
    at = bisect_left(made, edit.span, key=_span)
    return made[max(at - 1, 0) : at + 2]


def _collides(edit: Edit, other: Edit) -> bool:
    """Whether two edits share a character or insert at the same place."""
    if edit == other:
        return False
    return edit.span == other.span or (edit.span.start < other.span.end and other.span.start < edit.span.end)


def contiguous_span(text: SourceText) -> Span | None:
    """The span of a text in its file, if no quotes, escapes or continuations are inside."""
    span = text.span
    return span if len(text.pieces) == 1 and text.source.text[span.start : span.end] == str(text) else None


def end_of(text: SourceText) -> int | None:
    """The offset in the file after the last character of a text; ``None`` if that is part of an escape sequence."""
    last = contiguous_span(text[-1:]) if len(text) else None
    return last.end if last else None
