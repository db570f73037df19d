"""The part of a file that an ignore comment covers, by the position of the comment."""

from __future__ import annotations

import enum
from bisect import bisect_left

from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.source import Span

if TYPE_CHECKING:
    from pinhook.dockerfile import Dockerfile
    from pinhook.source import Source, SourceText


class CommentPosition(enum.Enum):
    """The position of a comment."""

    ABOVE_INSTRUCTION = "above an instruction"
    BETWEEN_LINES = "between the continued lines of an instruction"
    OWN_LINE = "on a line of its own in a script or a requirements file"
    END_OF_LINE = "at the end of a line"


class Coverage(NamedTuple):
    """The part of a file that a comment covers."""

    position: CommentPosition
    span: Span


def find_coverage(
    dockerfile: Dockerfile, comment: SourceText, below: dict[int, int | None], *, is_of_script: bool
) -> Coverage | None:
    """The part that a comment covers; ``None`` if a blank line follows its block of comment lines.

    ``below`` is a cache for ``_line_below``.

    * Above an instruction: the instruction, its heredocs included.
    * Between its continued lines: the line below.
    * On its own line in a script: the line below, with its continuation lines.
    * At the end of a line: that line.
    """
    source = dockerfile.source
    line = source.position(comment.span.start).line
    if is_of_script or _has_text_before(comment, line):
        return find_coverage_in_script(comment, below)
    following = _line_below(source, line, below)
    if following is None:
        return None
    span = source.line_span(following)
    first = bisect_left(dockerfile.instructions, span.start, key=lambda instruction: instruction.span.start)
    for instruction in dockerfile.instructions[first : first + 1]:
        if instruction.span.start <= span.end:
            return Coverage(CommentPosition.ABOVE_INSTRUCTION, instruction.span)
    return Coverage(CommentPosition.BETWEEN_LINES, span)


def find_coverage_in_script(comment: SourceText, below: dict[int, int | None]) -> Coverage | None:
    """The part that a comment of a script covers: its line, or else the line below, with its continuation lines."""
    source = comment.source
    line = source.position(comment.span.start).line
    if _has_text_before(comment, line):
        return Coverage(CommentPosition.END_OF_LINE, source.line_span(line))
    following = _line_below(source, line, below)
    return None if following is None else Coverage(CommentPosition.OWN_LINE, _with_continued(source, following))


def _has_text_before(comment: SourceText, line: int) -> bool:
    """Whether there is anything but blanks before a comment in its line."""
    source = comment.source
    return bool(source.text[source.line_span(line).start : comment.span.start].strip(" \t"))


def find_coverage_in_requirements(
    comment: SourceText, line: Span | None, below: dict[int, int | None]
) -> Coverage | None:
    """The part that a comment of a requirements file covers: its logical line, or else the line below."""
    source = comment.source
    if line is not None:
        return Coverage(CommentPosition.END_OF_LINE, Span(line.start, comment.span.end))
    following = _line_below(source, source.position(comment.span.start).line, below)
    return None if following is None else Coverage(CommentPosition.OWN_LINE, _with_continued(source, following))


def _line_below(source: Source, line: int, below: dict[int, int | None]) -> int | None:
    """The line below a block of comment lines; ``None`` if it is blank or the file ends.

    ``below`` caches the results, so that a long block is read only once.
    """
    block = [line]
    while block[-1] not in below:
        following = block[-1] + 1
        if following > len(source.line_starts):
            below[block[-1]] = None
        elif (text := source.text[slice(*source.line_span(following))].strip()).startswith("#"):
            block.append(following)
        else:
            below[block[-1]] = following if text else None
    found = below[block[-1]]
    below.update(dict.fromkeys(block, found))
    return found


def _with_continued(source: Source, line: int) -> Span:
    start, end = source.line_span(line)
    while source.text.endswith("\\", start, end) and line < len(source.line_starts):
        line += 1
        end = source.line_span(line).end
    return Span(start, end)
