"""``json``: one document for programs, stable and versioned. Columns are code points, from 1.

``pinhook/schemas/report.json`` describes it.
"""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.redact import redact
from pinhook.reporters._machine_formats import dump, region, replace_surrogates

if TYPE_CHECKING:
    from typing import Any

    from pinhook.finding import Edit, Finding, Fix, ForPython, Related
    from pinhook.follow import Followed, FollowedScript
    from pinhook.reporters.reporter import Outcome, Style
    from pinhook.source import Place

VERSION = 1


def render(outcome: Outcome, _style: Style) -> str:
    """The document."""
    findings = [_finding(finding) for finding in outcome.findings]
    document = {
        "version": VERSION,
        "findings": findings,
        "fixed": [_finding(finding) for finding in outcome.fixed],
        "errors": [
            {"path": replace_surrogates(path), "message": replace_surrogates(message)}
            for path, message in outcome.file_errors
        ],
        "followed": [_followed(each) for report in outcome.reports for each in report.followed],
        "summary": {
            "files": len(outcome.reports),
            "installations": sum(report.installations for report in outcome.reports),
            "targets": sum(report.targets for report in outcome.reports),
            "unknown_targets": sum(report.unknown_targets for report in outcome.reports),
            "findings": len(findings),
            "suppressed": sum(1 for _ in outcome.suppressed),
            "fixed": len(outcome.fixed),
            "fixable_unsafely": outcome.fixable_unsafely,
        },
    }
    return dump(document)


def _finding(finding: Finding) -> dict[str, Any]:
    document = {
        "path": replace_surrogates(finding.place.source.path),
        **_region(finding.place),
        "code": finding.code,
        "name": finding.name,
        "target": replace_surrogates(finding.target),
        "written": replace_surrogates(finding.written),
        "installer": finding.installer,
        "message": replace_surrogates(finding.message),
    }
    if finding.related:
        document["related"] = [_related(related) for related in finding.related]
    if finding.fix:
        document["fix"] = _fix(finding.fix, finding.place)
    if finding.python:
        document["python"] = _python(finding.python)
    if finding.unfixed:
        document["not_fixed"] = replace_surrogates(finding.unfixed)
    return document


def _python(python: ForPython) -> dict[str, Any]:
    """The Python that a version is for, with the evidence for it."""
    document: dict[str, Any] = {
        "version": python.version,
        "evidence": [_related(each) for each in python.evidence],
    }
    if python.caveats:
        document["unsafe"] = [replace_surrogates(caveat) for caveat in python.caveats]
    return document


def _followed(followed: Followed | FollowedScript) -> dict[str, Any]:
    """The result for the name of a requirements file, a constraints file or a script."""
    place = followed.name.place
    line, column = place.source.position(place.span.start)
    document: dict[str, Any] = {
        "path": replace_surrogates(place.source.path),
        "line": line,
        "column": column,
        "name": replace_surrogates(redact(str(followed.name))),
        "is_constraint": followed.is_constraint,
        "state": followed.state,
    }
    if followed.is_script:
        document["is_script"] = True
    if followed.image_path:
        document["image_path"] = replace_surrogates(followed.image_path)
    if followed.source:
        document["file"] = replace_surrogates(followed.source.path)
    if followed.reason:
        document["reason"] = replace_surrogates(followed.reason)
    return document


def _related(related: Related) -> dict[str, Any]:
    line, column = related.place.source.position(related.place.span.start)
    path = replace_surrogates(related.place.source.path)
    return {"path": path, "line": line, "column": column, "message": replace_surrogates(related.message)}


def _fix(fix: Fix, place: Place) -> dict[str, Any]:
    return {"description": replace_surrogates(fix.description), "edits": [_edit(edit, place) for edit in fix.edits]}


def _edit(edit: Edit, place: Place) -> dict[str, Any]:
    return {**_region(place._replace(span=edit.span)), "text": replace_surrogates(edit.text)}


def _region(place: Place) -> dict[str, int]:
    return region(place, "line", "column", "end_line", "end_column")
