"""The input of a report format and its type: ``Outcome``, ``Style`` and ``Reporter``.

All are ``NamedTuple``: they are defined at every start, and defining a dataclass takes several times as long.
"""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pinhook.check import Report
    from pinhook.finding import Finding, Suppressed


class FileError(NamedTuple):
    """A file that could not be checked, and the reason. The message does not name the file."""

    path: str
    message: str


class Outcome(NamedTuple):
    """The result of a run: a report for each checked file, and errors for the other files.

    ``folder`` is the working directory, for formats with relative paths. ``exit_code`` is that of the process.
    """

    reports: tuple[Report, ...]
    file_errors: tuple[FileError, ...] = ()
    folder: str = ""
    exit_code: int = 0

    @property
    def findings(self) -> Iterator[Finding]:
        """The findings of all files, in the order of the files."""
        return (finding for report in self.reports for finding in report.findings)

    @property
    def fixable_unsafely(self) -> int:
        """How many of the findings only an unsafe fix would fix."""
        return sum(finding.python is not None for finding in self.findings)

    @property
    def suppressed(self) -> Iterator[Suppressed]:
        """The suppressed findings of all files."""
        return (each for report in self.reports for each in report.suppressed)

    @property
    def fixed(self) -> tuple[Finding, ...]:
        """The findings that fixes removed, in the order of the files."""
        return tuple(finding for report in self.reports for finding in report.fixed)

    @property
    def ignored(self) -> tuple[Finding, ...]:
        """The findings for which an ignore comment was written or removed, in the order of the files."""
        return tuple(finding for report in self.reports for finding in report.ignored)


class Style(NamedTuple):
    """How a report for people looks. Formats for programs ignore it.

    ``width`` is that of the terminal in columns; 0 if there is none. ``advice`` asks for a line on what ``--fix`` could
    do. ``has_python_version``: the Python version to resolve for is set.
    """

    color: bool = False
    summary: bool = True
    width: int = 0
    advice: bool = False
    has_python_version: bool = False


class Reporter(NamedTuple):
    """A report format. The module of its name in this package has its ``render``."""

    name: str
    description: str

    def render(self, outcome: Outcome, style: Style) -> str:
        """The report: empty, or ended by a newline. Pure."""
        from importlib import import_module  # a run needs one format, and importing all seven takes some milliseconds

        rendered: str = import_module(f"{__package__}.{self.name}").render(outcome, style)
        return rendered
