"""``text``: for people. The finding, the line it is in, a caret under the word, and a summary."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pinhook.reporters.display import location, snippet, visible
from pinhook.reporters.reporter import Reporter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import TypeAlias

    from pinhook.finding import Finding
    from pinhook.reporters.reporter import Outcome, Style

    Paint: TypeAlias = Callable[[str, str], str]

# readable on a light and on a dark terminal, as ruff and rustc have them
LOCATION = "1"
CODE = CARET = "1;91"
GUTTER = "1;94"


def render(outcome: Outcome, style: Style) -> str:
    """Findings with their lines, a blank line between them, and the summary."""
    paint = _painted if style.color else _plain
    blocks = ["\n".join(_finding(finding, paint)) for finding in outcome.findings]
    if style.summary:
        blocks.append(summary(outcome))
    return "\n\n".join(blocks) + "\n" if blocks else ""


def _painted(text: str, color: str) -> str:
    return f"\x1b[{color}m{text}\x1b[0m"


def _plain(text: str, _color: str) -> str:
    return text


def _finding(finding: Finding, paint: Paint) -> Iterator[str]:
    place = finding.place
    shown = snippet(place.source, place.span)
    number = str(shown.line)
    bar = paint("|", GUTTER)
    yield f"{paint(location(place), LOCATION)}: {paint(finding.code, CODE)} {visible(finding.message)}"
    yield f"  {paint(number, GUTTER)} {bar} {shown.text}".rstrip()
    yield f"  {' ' * len(number)} {bar} {' ' * shown.indent}{paint('^' * shown.width, CARET)}"
    for related in finding.related:
        yield f"  related: {paint(location(related.place), LOCATION)} {visible(related.message)}"


def summary(outcome: Outcome) -> str:
    """One sentence on the whole run."""
    return "; ".join(_clauses(outcome)) + "."


def _clauses(outcome: Outcome) -> Iterator[str]:
    reports = outcome.reports
    findings = sum(len(report.findings) for report in reports)
    files = sum(1 for report in reports if report.findings)
    if findings:
        of_all = f"{files} of " if files < len(reports) else ""
        yield f"Found {_count(findings, 'finding')} in {of_all}{_count(len(reports), 'file')}"
    elif reports:
        installations = _count(sum(report.installations for report in reports), "installation")
        targets = _count(sum(report.targets for report in reports), "target")
        yield f"No findings in {_count(len(reports), 'file')} ({installations}, {targets})"
    elif not outcome.troubles:
        yield "No Dockerfile found"
    if unknown := sum(report.unknown_targets for report in reports):
        yield f"{_count(unknown, 'target')} {'is' if unknown == 1 else 'are'} known only to the build"
    if outcome.troubles:
        yield f"{_count(len(outcome.troubles), 'file')} could not be checked"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


REPORTER = Reporter("text", "for people: the line, a caret under the word, a summary", render)
