"""``text``: for people. The finding, its line, a caret under the word, and a summary."""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.reporters.display import MAX_COLUMNS, escape_unprintable, location, snippet, snippets
from pinhook.reporters.summary import next_step, summary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import TypeAlias

    from pinhook.finding import Finding
    from pinhook.reporters.display import Snippet
    from pinhook.reporters.reporter import Outcome, Style
    from pinhook.source import Place

    Paint: TypeAlias = Callable[[str, str], str]

# readable on light and dark terminals, as in ruff and rustc
LOCATION = "1"
CODE = CARET = "1;91"
GUTTER = RELATED = "1;94"
NARROW = 40


def render(outcome: Outcome, style: Style) -> str:
    """Findings with their lines, a blank line between them, and the summary."""
    edited = (*outcome.fixed, *outcome.ignored)
    blocks = ["\n".join(_heading(finding, style) for finding in edited)] if edited else []
    blocks += [block(finding, style) for finding in outcome.findings]
    if style.summary:
        blocks.append("\n".join(filter(None, (summary(outcome), next_step(outcome, style)))))
    return "\n\n".join(blocks) + "\n" if blocks else ""


def block(finding: Finding, style: Style) -> str:
    """One finding: its heading and its lines."""
    paint = _painted if style.color else _plain
    return "\n".join([_heading(finding, style), *_snippet_lines(finding, paint, style.width)])


def _heading(finding: Finding, style: Style) -> str:
    """The place of a finding, its code and its message."""
    paint = _painted if style.color else _plain
    return (
        f"{paint(location(finding.place), LOCATION)}: {paint(finding.code, CODE)} {escape_unprintable(finding.message)}"
    )


def _painted(text: str, color: str) -> str:
    return f"\x1b[{color}m{text}\x1b[0m"


def _plain(text: str, _color: str) -> str:
    return text


def _snippet_lines(finding: Finding, paint: Paint, width: int) -> Iterator[str]:
    """The lines of a finding with carets under the words, then those of its related places with dashes.

    If the line of a related place is already shown, the dashes are under the carets.
    """
    places = [finding.place, *(related.place for related in finding.related)]
    digits = max(len(str(place.source.position(place.span.end).line)) for place in places)
    max_width = max(width - digits - 5, NARROW) if width else MAX_COLUMNS

    shown = list(snippets(*finding.place, max_width))
    for each in shown:
        yield from _lines(each, "^", CARET, digits, paint)
    last = (finding.place.source, shown[-1])
    for related in finding.related:
        first = snippet(*related.place, max_width=max_width)
        if related.place.source is not finding.place.source:
            yield f"{' ' * digits}{paint('-->', GUTTER)} {_location_line(related.place, paint)}"
        row = list(_lines(first, "-", RELATED, digits, paint, related.message))
        is_there = last[0] is related.place.source and last[1][:2] == first[:2]
        yield from row[1:] if is_there else row
        last = (related.place.source, first)


def _location_line(place: Place, paint: Paint) -> str:
    return paint(location(place), LOCATION)


def _lines(shown: Snippet, mark: str, color: str, digits: int, paint: Paint, label: str = "") -> Iterator[str]:
    """A line of the file, and the marks under it."""
    bar = paint("|", GUTTER)
    yield f"  {paint(f'{shown.line:>{digits}}', GUTTER)} {bar} {shown.text}".rstrip()
    marks = paint(f"{mark * shown.width} {escape_unprintable(label)}".rstrip(), color)
    yield f"  {' ' * digits} {bar} {' ' * shown.indent}{marks}"
