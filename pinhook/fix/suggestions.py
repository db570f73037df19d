"""The fixes that are known without looking anywhere else, as part of the findings."""

from __future__ import annotations

from pinhook.fix import list_sameness
from pinhook.fix.fixing import DEFAULT, make
from pinhook.fix.spelling import quotes, respell
from pinhook.fix.steps import read
from pinhook.fix.wishes import Proposal, wishes
from pinhook.installers.listed import listed
from pinhook.light_typing import TYPE_CHECKING
from pinhook.requirements.file import parse_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pinhook.check import Report
    from pinhook.fix.fixing import Checks
    from pinhook.fix.wishes import Wish
    from pinhook.installers import Installation
    from pinhook.source import Source

SUGGESTED = frozenset({"PIN004", "PIN005"})
"""The rules whose findings may have a fix without a version from elsewhere."""


def suggest(report: Report, checks: Checks = DEFAULT) -> Report:
    """The report with a fix in each finding that has a certain one; every fix has been tried out by itself."""
    if not any(finding.code in SUGGESTED for finding in report.findings):
        return report
    return _with_fixes(report, [step.installation for step in read(report.source, checks.also)], checks)


def suggest_in_list(report: Report, checks: Checks) -> Report:
    """The same for a requirements file."""
    checks = checks._replace(difference=list_sameness.difference)
    return _with_fixes(report, [listed(parse_file(report.source))], checks)


def _with_fixes(report: Report, installations: Sequence[Installation | None], checks: Checks) -> Report:
    wanted = list(wishes(installations, [finding for finding in report.findings if finding.code in SUGGESTED]))
    by_finding = {id(wish.finding): [each for each in wanted if each.finding is wish.finding] for wish in wanted}
    fixes = {key: suggestion(report.source, each, checks) for key, each in by_finding.items()}
    known = {key: tried[0].fix for key, tried in fixes.items() if tried}
    return report._replace(findings=tuple(each._replace(fix=known.get(id(each))) for each in report.findings))


def suggestion(source: Source, wanted: Sequence[Wish], checks: Checks) -> list[Proposal]:
    """The first spelling that makes one finding go and changes nothing else; none when there is no such."""
    for answers in zip(*map(spellings, wanted), strict=False):
        if make(source, answers, checks).made:
            return list(answers)
    return []


def spellings(wish: Wish) -> Iterable[Proposal]:
    """What could be written for a target without knowing a version, the best first."""
    spelling = respell(wish)
    return [spelling] if isinstance(spelling, Proposal) else quotes(wish) if wish.target.swallowed else []
