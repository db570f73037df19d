"""The last lines of a report for people."""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.rule_codes import UNUSED_IGNORE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pinhook.reporters.reporter import Outcome, Style


def summary(outcome: Outcome) -> str:
    """One sentence about the whole run."""
    return "; ".join(_clauses(outcome)) + "."


def next_step(outcome: Outcome, style: Style) -> str:
    """One sentence about the findings that ``--fix`` may fix; empty if there are none, or with ``--fix``."""
    if not style.advice or not any(True for _ in outcome.findings):
        return ""
    from pinhook.repository.discovery import is_requirements_file  # a run without findings imports neither
    from pinhook.rules import FIXABLE

    fixable = [each for each in outcome.findings if each.code in FIXABLE and each.project]
    if not fixable:
        return ""
    in_files = sum(is_requirements_file(each.place.source.path) for each in fixable)
    needs_version = f", {in_files} of them may need --python-version" if in_files else ""
    return (
        f"{len(fixable)} may be fixed with --fix{'' if style.has_python_version else needs_version}; "
        f"pinhook --explain {fixable[0].code} says more."
    )


def _clauses(outcome: Outcome) -> Iterator[str]:
    reports = outcome.reports
    findings = sum(len(report.findings) for report in reports)
    files = sum(1 for report in reports if report.findings)
    if outcome.fixed:
        fixed_files = sum(1 for report in reports if report.fixed)
        yield f"Fixed {_count(len(outcome.fixed), 'finding')} in {_count(fixed_files, 'file')}"
        if findings:
            yield f"{_count(findings, 'finding')} {_are(findings)} left"
    elif outcome.ignored:
        yield from _ignored(outcome, findings)
    elif findings:
        of_all = f"{files} of " if files < len(reports) else ""
        yield f"Found {_count(findings, 'finding')} in {of_all}{_count(len(reports), 'file')}"
    elif reports:
        installations = _count(sum(report.installations for report in reports), "installation")
        targets = _count(sum(report.targets for report in reports), "target")
        yield f"No findings in {_count(len(reports), 'file')} ({installations}, {targets})"
    elif not outcome.file_errors:
        yield "No Dockerfile found"
    if unsafe := outcome.fixable_unsafely:
        yield f"{unsafe} more with --unsafe-fixes"
    if suppressed := sum(1 for _ in outcome.suppressed):
        yield f"{_count(suppressed, 'finding')} {_are(suppressed)} ignored by comments"
    if unknown := sum(report.unknown_targets for report in reports):
        yield f"{_count(unknown, 'target')} {_are(unknown)} known only to the build"
    yield from _followed(outcome)
    checked = {report.source.path for report in reports}  # a checked file can also be one that could not be fixed
    if unread := sum(file_error.path not in checked for file_error in outcome.file_errors):
        yield f"{_count(unread, 'file')} could not be checked"


def _ignored(outcome: Outcome, left: int) -> Iterator[str]:
    """The number of findings with new ignore comments, and the number of removed unused comments."""
    removed = sum(finding.code == UNUSED_IGNORE for finding in outcome.ignored)
    if added := [finding for finding in outcome.ignored if finding.code != UNUSED_IGNORE]:
        files = len({finding.place.source.path for finding in added})
        yield f"Wrote ignore comments for {_count(len(added), 'finding')} in {_count(files, 'file')}"
    if removed:
        parts = "part of one" if removed == 1 else "parts of them"
        yield f"{'removed' if added else 'Removed'} {_count(removed, 'unused ignore comment')} or {parts}"
    if left:
        yield f"{_count(left, 'finding')} {_are(left)} left"


def _followed(outcome: Outcome) -> Iterator[str]:
    """The numbers of requirements files and scripts that were followed, and of those that could not be."""
    for noun, is_script in (("requirements file", False), ("script", True)):
        followed = [each for report in outcome.reports for each in report.followed if each.is_script is is_script]
        read = len({each.path for each in followed if not each.reason and each.path})
        missed = len({each.name.place for each in followed if each.reason and each.state != "lock"})
        if read:
            yield f"{_count(read, noun)} {_were(read)} read"
        if missed:
            yield f"{_count(missed, noun)} {_were(missed)} not read (--show-files says why)"


def _were(number: int) -> str:
    return "was" if number == 1 else "were"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _are(number: int) -> str:
    return "is" if number == 1 else "are"
