"""The places for an ignore comment of a finding: ``Slot``.

A comment must not change the build. So it is on its own line above an instruction, between the continued lines of an
instruction (Docker removes it before a shell or a JSON parser sees it), or above a line of a script in a here-document.
In a requirements file it is at the end of the line, or above a continued line.
"""

from __future__ import annotations

from bisect import bisect_right

from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TypeAlias

    from pinhook.dockerfile import Dockerfile
    from pinhook.dockerfile.instruction import Heredoc
    from pinhook.source import Source

    LogicalLines: TypeAlias = dict[int, tuple[int, int]]
    """A cache: for a line, the first and the last line of its logical line."""

_CONTINUING = "\\`^"  # at the end of a line: of sh and bash, PowerShell, cmd


class Slot(NamedTuple):
    """A place for an ignore comment.

    ``offset``         the start of the line below the comment; with ``is_at_end``, the end of the line in front of it
    ``lines``          the whole lines that it covers
    ``is_in_script``   a shell reads it
    """

    offset: int
    lines: Span
    is_at_end: bool = False
    is_in_script: bool = False


def slots_in_dockerfile(dockerfile: Dockerfile, offset: int, known: LogicalLines) -> Iterator[Slot]:
    """The slots for a finding at an offset, narrowest first; none outside of the instructions.

    ``known`` is empty at first, and is given again for the other findings of the file.
    """
    source, line = dockerfile.source, dockerfile.source.position(offset).line
    at = bisect_right(dockerfile.instructions, source.line_span(line).end, key=lambda each: each.span.start) - 1
    if at < 0:
        return
    instruction = dockerfile.instructions[at]
    first, last = (source.position(each).line for each in instruction.span)
    if line > last:
        return
    heredoc = next((each for each in instruction.heredocs if each.span.start <= offset <= each.span.end), None)
    if heredoc:
        if (instruction.inner or instruction).keyword == "RUN":
            yield from _slots_in_heredoc(source, heredoc, offset, known)
    elif line > first:
        yield Slot(source.line_starts[line - 1], source.line_span(line))
    yield Slot(source.line_starts[first - 1], Span(source.line_starts[first - 1], source.line_span(last).end))


def _slots_in_heredoc(source: Source, heredoc: Heredoc, offset: int, known: LogicalLines) -> Iterator[Slot]:
    """The slot above a line of a here-document; none above its ``#!`` line and above the line that ends it."""
    top, bottom = (source.position(each).line for each in heredoc.span)
    first, last = _logical_line(source, source.position(offset).line, top, known)
    start, end = source.line_starts[first - 1], source.line_span(last).end
    is_interpreter = first == top and source.text.startswith("#!", start)
    if not is_interpreter and first < bottom:
        yield Slot(start, Span(start, end), is_in_script=True)


def slots_in_script(source: Source, offset: int, known: LogicalLines) -> Iterator[Slot]:
    """The slot above the line of a script; none above its ``#!`` line. ``known`` as in ``slots_in_dockerfile``."""
    first, last = _logical_line(source, source.position(offset).line, 1, known)
    start, end = source.line_starts[first - 1], source.line_span(last).end
    if not (first == 1 and source.text.startswith("#!")):
        yield Slot(start, Span(start, end), is_in_script=True)


def slots_in_requirements_file(source: Source, offset: int, known: LogicalLines) -> Iterator[Slot]:
    """The slots for a finding at an offset, narrowest first; ``known`` as in ``slots_in_dockerfile``."""
    first, last = _logical_line(source, source.position(offset).line, 1, known)
    start, end = source.line_starts[first - 1], source.line_span(last).end
    if first == last:
        yield Slot(end, Span(start, end), is_at_end=True)
    yield Slot(start, Span(start, end))


def _logical_line(source: Source, line: int, top: int, known: LogicalLines) -> tuple[int, int]:
    """The first and the last of the lines that form one logical line, from the line ``top`` on."""
    if line in known:
        return known[line]
    first = last = line
    while first > top and _is_continued(source, first - 1):
        first -= 1
    while last < len(source.line_starts) and _is_continued(source, last):
        last += 1
    known.update(dict.fromkeys(range(first, last + 1), (first, last)))
    return first, last


def _is_continued(source: Source, line: int) -> bool:
    start, end = source.line_span(line)
    return end > start and source.text[end - 1] in _CONTINUING
