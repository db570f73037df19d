"""The fixes that are known without looking anywhere else, as part of the findings."""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.fix import requirements_equivalence
from pinhook.fix.requests import PlannedFix, fix_requests
from pinhook.fix.steps import read_steps
from pinhook.fix.typos import fix_typo, quotes
from pinhook.fix.verified import DEFAULT, is_one, verified
from pinhook.installers.requirements_list import as_installation
from pinhook.requirements.file import parse_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pinhook.check import Report
    from pinhook.fix.requests import FixRequest
    from pinhook.fix.verified import Checks
    from pinhook.installers import Installation
    from pinhook.source import Source

SUGGESTED = frozenset({"PIN004", "PIN005"})
"""The rules whose findings may have a fix without a version from elsewhere."""


def suggest(report: Report, checks: Checks = DEFAULT) -> Report:
    """The report with a fix in each finding that has a certain one; they have been tried out together."""
    if not any(finding.code in SUGGESTED for finding in report.findings):
        return report
    return _with_fixes(
        report, [step.installation for step in read_steps(report.source, checks.optional_installers)], checks
    )


def suggest_in_requirements(report: Report, checks: Checks) -> Report:
    """The same for a requirements file."""
    checks = checks._replace(first_difference=requirements_equivalence.first_difference)
    return _with_fixes(report, [as_installation(parse_file(report.source))], checks)


def _with_fixes(report: Report, installations: Sequence[Installation | None], checks: Checks) -> Report:
    by_finding: dict[int, list[FixRequest]] = {}
    for request in fix_requests(installations, [finding for finding in report.findings if finding.code in SUGGESTED]):
        by_finding.setdefault(id(request.finding), []).append(request)
    fix_by_finding = {
        id(each[0].request.finding): each[0].fix for each in suggestions(report.source, by_finding.values(), checks)
    }
    return report._replace(findings=tuple(each._replace(fix=fix_by_finding.get(id(each))) for each in report.findings))


def suggestions(source: Source, requests: Iterable[Sequence[FixRequest]], checks: Checks) -> list[Sequence[PlannedFix]]:
    """For each finding, given by its wishes, the first spelling that makes it go and changes nothing else.

    The first spellings of all findings are tried together, then the second ones of those that are left.
    """
    left = [list(zip(*map(spellings, each), strict=False)) for each in requests]
    found: list[Sequence[PlannedFix]] = []
    while left := [each for each in left if each and is_one(each[0])]:
        made, _ = verified(source, [each[0] for each in left], checks)
        found += made
        done = set(map(id, made))
        left = [each[1:] for each in left if id(each[0]) not in done]
    return found


def suggestion(source: Source, requests: Sequence[FixRequest], checks: Checks) -> list[PlannedFix]:
    """The same for one finding; empty where there is no such spelling."""
    return [each for group in suggestions(source, [requests], checks) for each in group]


def spellings(request: FixRequest) -> Iterable[PlannedFix]:
    """What could be written for a target without knowing a version, the best first."""
    spelling = fix_typo(request)
    return [spelling] if isinstance(spelling, PlannedFix) else quotes(request) if request.target.swallowed else []
