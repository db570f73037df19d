"""What a report format is given and what it is: ``Outcome``, ``Style`` and ``Reporter``.

``NamedTuple`` throughout: these are made at every start, and a dataclass costs several times as much to define.
"""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pinhook.check import Report
    from pinhook.finding import Finding, Suppressed


class FileError(NamedTuple):
    """A file that could not be checked, and why; the message does not name the file."""

    path: str
    message: str


class Outcome(NamedTuple):
    """What came of a run: a report for each file that was checked, and the trouble with the others.

    ``folder`` is the working directory, for the formats in which paths are relative; ``exit_code`` is what the process
    is going to say. ``fixed`` are findings that are no more, with what was written in their messages.
    """

    reports: tuple[Report, ...]
    file_errors: tuple[FileError, ...] = ()
    folder: str = ""
    exit_code: int = 0
    fixed: tuple[Finding, ...] = ()

    @property
    def findings(self) -> Iterator[Finding]:
        """The findings of all files, in the order of the files."""
        return (finding for report in self.reports for finding in report.findings)

    @property
    def suppressed(self) -> Iterator[Suppressed]:
        """What ignore comments have kept from the findings."""
        return (each for report in self.reports for each in suppressed_in(report))


def suppressed_in(report: Report) -> tuple[Suppressed, ...]:
    """What ignore comments have kept from the findings of a file."""
    return getattr(report, "suppressed", ())


class Style(NamedTuple):
    """How a report for people should look; formats for programs have no use for it.

    ``width`` is that of the terminal, 0 where there is none.
    """

    color: bool = False
    summary: bool = True
    width: int = 0


class Reporter(NamedTuple):
    """A report format. The module of its name in this package has its ``render``."""

    name: str
    description: str

    def render(self, outcome: Outcome, style: Style) -> str:
        """The report: pure, and empty or ended by a newline."""
        from importlib import import_module  # a run needs one format, and seven take some milliseconds

        rendered: str = import_module(f"{__package__}.{self.name}").render(outcome, style)
        return rendered
