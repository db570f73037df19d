"""The reports on followed files, which several Dockerfiles may name: one for each file."""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from pinhook.check import Report
    from pinhook.finding import Finding, Suppressed
    from pinhook.source import Span


def with_followed_reports(
    reports: Iterable[Report], identity: Callable[[str], str], codes_for: Callable[[str], Collection[str]]
) -> tuple[Report, ...]:
    """The reports, and then one for each followed file with findings.

    ``identity`` maps a path to a key that is the same for all paths of a file. ``codes_for`` gives the enabled rules of
    a file. A finding that is suppressed through one Dockerfile is still reported if another Dockerfile names the file.
    Findings at places in the file's own report are left out. So are all findings of a file that this run has edited,
    because its offsets have changed.
    """
    reports = tuple(reports)
    merged: dict[str, Report] = {}
    for report in reports:
        for each in report.included:
            key = identity(each.source.path)
            merged[key] = _merge(merged[key], each) if key in merged else each
    own_reports = {identity(report.source.path): report for report in reports} if merged else {}
    kept = {key: each for key, each in merged.items() if key not in own_reports or not own_reports[key].is_edited}
    remaining = (_without(each, own_reports.get(key), codes_for(each.source.path)) for key, each in kept.items())
    return (*reports, *(each for each in remaining if each.findings or each.suppressed))


def _merge(first: Report, second: Report) -> Report:
    findings = {each.key: each for each in first.findings}
    for each in second.findings:
        before = findings.setdefault(each.key, each)
        if before is not each:
            more = tuple(related for related in each.related if related not in before.related)
            findings[each.key] = before._replace(related=(*before.related, *more))
    suppressed = {each.finding.key: each for each in (*second.suppressed, *first.suppressed)}
    return first._replace(
        findings=tuple(findings[key] for key in sorted(findings)),
        suppressed=tuple(suppressed[key] for key in sorted(suppressed.keys() - findings.keys())),
    )


def _without(report: Report, own_report: Report | None, codes: Collection[str]) -> Report:
    reported_spans = set(_spans(own_report)) if own_report else set()

    def stays(finding: Finding) -> bool:
        return finding.code in codes and finding.place.span not in reported_spans

    suppressed: tuple[Suppressed, ...] = tuple(each for each in report.suppressed if stays(each.finding))
    return report._replace(findings=tuple(filter(stays, report.findings)), suppressed=suppressed)


def _spans(report: Report) -> Iterator[Span]:
    yield from (finding.place.span for finding in report.findings)
    yield from (each.finding.place.span for each in report.suppressed)
