"""The fixes that are known without looking anywhere else, as part of the findings."""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.fix import requirements_equivalence
from pinhook.fix.requests import Proposal, wishes
from pinhook.fix.steps import read
from pinhook.fix.typos import quotes, respell
from pinhook.fix.verified import DEFAULT, is_one, verified
from pinhook.installers.requirements_list import listed
from pinhook.requirements.file import parse_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pinhook.check import Report
    from pinhook.fix.requests import Wish
    from pinhook.fix.verified import Checks
    from pinhook.installers import Installation
    from pinhook.source import Source

SUGGESTED = frozenset({"PIN004", "PIN005"})
"""The rules whose findings may have a fix without a version from elsewhere."""


def suggest(report: Report, checks: Checks = DEFAULT) -> Report:
    """The report with a fix in each finding that has a certain one; they have been tried out together."""
    if not any(finding.code in SUGGESTED for finding in report.findings):
        return report
    return _with_fixes(report, [step.installation for step in read(report.source, checks.also)], checks)


def suggest_in_list(report: Report, checks: Checks) -> Report:
    """The same for a requirements file."""
    checks = checks._replace(difference=requirements_equivalence.difference)
    return _with_fixes(report, [listed(parse_file(report.source))], checks)


def _with_fixes(report: Report, installations: Sequence[Installation | None], checks: Checks) -> Report:
    by_finding: dict[int, list[Wish]] = {}
    for wish in wishes(installations, [finding for finding in report.findings if finding.code in SUGGESTED]):
        by_finding.setdefault(id(wish.finding), []).append(wish)
    known = {id(each[0].wish.finding): each[0].fix for each in suggestions(report.source, by_finding.values(), checks)}
    return report._replace(findings=tuple(each._replace(fix=known.get(id(each))) for each in report.findings))


def suggestions(source: Source, wanted: Iterable[Sequence[Wish]], checks: Checks) -> list[Sequence[Proposal]]:
    """For each finding, given by its wishes, the first spelling that makes it go and changes nothing else.

    The first spellings of all findings are tried together, then the second ones of those that are left.
    """
    left = [list(zip(*map(spellings, each), strict=False)) for each in wanted]
    found: list[Sequence[Proposal]] = []
    while left := [each for each in left if each and is_one(each[0])]:
        made, _ = verified(source, [each[0] for each in left], checks)
        found += made
        done = set(map(id, made))
        left = [each[1:] for each in left if id(each[0]) not in done]
    return found


def suggestion(source: Source, wanted: Sequence[Wish], checks: Checks) -> list[Proposal]:
    """The same for one finding; empty where there is no such spelling."""
    return [each for group in suggestions(source, [wanted], checks) for each in group]


def spellings(wish: Wish) -> Iterable[Proposal]:
    """What could be written for a target without knowing a version, the best first."""
    spelling = respell(wish)
    return [spelling] if isinstance(spelling, Proposal) else quotes(wish) if wish.target.swallowed else []
