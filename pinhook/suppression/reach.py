"""What an ignore comment covers, by where it stands."""

from __future__ import annotations

import enum

from pinhook.light_typing import TYPE_CHECKING, NamedTuple
from pinhook.source import Span

if TYPE_CHECKING:
    from pinhook.dockerfile import Dockerfile
    from pinhook.source import Source, SourceText


class Standing(enum.Enum):
    """Where a comment stands."""

    ABOVE = "above an instruction"
    BETWEEN = "between the continued lines of an instruction"
    IN_SCRIPT = "on a line of its own in a script"
    BEHIND = "at the end of a line"


class Reach(NamedTuple):
    """The part of a file that a comment covers."""

    standing: Standing
    span: Span


def reach(dockerfile: Dockerfile, comment: SourceText, *, is_of_script: bool) -> Reach | None:
    """What a comment covers; ``None`` when nothing stands directly below its block of comment lines.

    * Above an instruction: the instruction, its heredocs included.
    * Between its continued lines: the line below.
    * On a line of its own in a script: the line below, with those that it is continued on.
    * At the end of a line: that line.
    """
    source = dockerfile.source
    line = source.position(comment.span.start).line
    if source.text[source.line_span(line).start : comment.span.start].strip(" \t"):
        return Reach(Standing.BEHIND, source.line_span(line))
    below = _line_below(source, line)
    if below is None:
        return None
    span = source.line_span(below)
    if is_of_script:
        return Reach(Standing.IN_SCRIPT, _with_continued(source, below))
    for instruction in dockerfile.instructions:
        if span.start <= instruction.span.start <= span.end:
            return Reach(Standing.ABOVE, instruction.span)
    return Reach(Standing.BETWEEN, span)


def reach_in_list(comment: SourceText, line: Span | None) -> Reach | None:
    """What a comment of a requirements file covers: its logical line, or else the line below, as in a script."""
    source = comment.source
    if line is not None:
        return Reach(Standing.BEHIND, Span(line.start, comment.span.end))
    below = _line_below(source, source.position(comment.span.start).line)
    return None if below is None else Reach(Standing.IN_SCRIPT, _with_continued(source, below))


def _line_below(source: Source, line: int) -> int | None:
    """The line below a block of comment lines; ``None`` when it is blank, or the file has ended."""
    while (line := line + 1) <= len(source.line_starts):
        text = source.text[slice(*source.line_span(line))].strip()
        if not text.startswith("#"):
            return line if text else None
    return None


def _with_continued(source: Source, line: int) -> Span:
    start, end = source.line_span(line)
    while source.text.endswith("\\", start, end) and line < len(source.line_starts):
        line += 1
        end = source.line_span(line).end
    return Span(start, end)
