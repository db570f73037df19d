"""Fixes that need no version source, added to the findings."""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.fix.editable import Checks, open_editable
from pinhook.fix.requests import PlannedFix, fix_requests
from pinhook.fix.typos import fix_typo, quotes
from pinhook.fix.verified import have_same_edits, verified
from pinhook.rule_codes import SUGGESTING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pinhook.check import Report
    from pinhook.documents import Document
    from pinhook.fix.editable import Editable
    from pinhook.fix.requests import FixRequest

_DEFAULT = Checks()


def suggest(document: Document, report: Report, checks: Checks = _DEFAULT) -> Report:
    """The report on a document with a fix in each finding that has a certain one.

    All of them were verified together.
    """
    suggested = [finding for finding in report.findings if finding.code in SUGGESTING]
    if not suggested:
        return report
    editable = open_editable(document, checks)
    by_finding: dict[object, list[FixRequest]] = {}
    for request in fix_requests(editable.installations, suggested):
        by_finding.setdefault(request.finding.key, []).append(request)
    fixes = {each[0].request.finding.key: each[0].fix for each in suggestions(editable, by_finding.values())}
    return report._replace(findings=tuple(each._replace(fix=fixes.get(each.key)) for each in report.findings))


def suggestions(editable: Editable, requests: Iterable[Sequence[FixRequest]]) -> list[Sequence[PlannedFix]]:
    """For each finding, given by its requests, the first spelling that resolves it and changes nothing else.

    The first spellings of all findings are tried together, then the second ones of the remaining findings.
    """
    left = [list(zip(*map(spellings, each), strict=False)) for each in requests]
    found: list[Sequence[PlannedFix]] = []
    while left := [each for each in left if each and have_same_edits(each[0])]:
        made, _ = verified(editable, [each[0] for each in left])
        found += made
        done = {group[0].request.finding.key for group in made}
        left = [each[1:] for each in left if each[0][0].request.finding.key not in done]
    return found


def spellings(request: FixRequest) -> Iterable[PlannedFix]:
    """The possible texts for a target without a version source, the best first."""
    spelling = fix_typo(request)
    return [spelling] if isinstance(spelling, PlannedFix) else quotes(request) if request.target.swallowed else []
