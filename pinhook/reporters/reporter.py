"""What a report format is given and what it is: ``Outcome``, ``Style`` and ``Reporter``.

``NamedTuple`` throughout: these are made at every start, and a dataclass costs several times as much to define.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pinhook.check import Report
    from pinhook.finding import Finding

RULE_PAGES = "https://example.org/pinhook/rules/"
"""Where the manual pages of the rules are."""


def rule_page(code: str) -> str:
    """The address of a rule's manual page."""
    return RULE_PAGES + code


class Trouble(NamedTuple):
    """A file that could not be checked, and why; the message does not name the file."""

    path: str
    message: str


class Outcome(NamedTuple):
    """What came of a run: a report for each file that was checked, and the trouble with the others."""

    reports: tuple[Report, ...]
    troubles: tuple[Trouble, ...] = ()

    @property
    def findings(self) -> Iterator[Finding]:
        """The findings of all files, in the order of the files."""
        return (finding for report in self.reports for finding in report.findings)


class Style(NamedTuple):
    """How a report for people should look; formats for programs have no use for it."""

    color: bool = False
    summary: bool = True


class Reporter(NamedTuple):
    """A report format. ``render`` is pure; what it returns is empty or ends with a newline."""

    name: str
    description: str
    render: Callable[[Outcome, Style], str]
