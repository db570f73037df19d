"""``json``: one document for programs, stable and versioned. Columns are code points, from 1."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pinhook.reporters.reporter import Reporter, rule_page

if TYPE_CHECKING:
    from pinhook.finding import Edit, Finding, Fix, Related
    from pinhook.reporters.reporter import Outcome, Style
    from pinhook.source import Place

VERSION = 1

# a lone surrogate is a byte that is not UTF-8; JSON has no way to write it that every reader accepts
_REPLACE_BYTES = dict.fromkeys(range(0xDC80, 0xDD00), "\ufffd")


def render(outcome: Outcome, _style: Style) -> str:
    """The document, in ASCII, whatever the encoding of the terminal."""
    import json  # 5 ms that no other format should pay

    return json.dumps(_document(outcome), indent=2) + "\n"


def _document(outcome: Outcome) -> dict[str, Any]:
    findings = [_finding(finding) for finding in outcome.findings]
    return {
        "version": VERSION,
        "findings": findings,
        "errors": [{"path": _text(path), "message": _text(message)} for path, message in outcome.troubles],
        "summary": {
            "files": len(outcome.reports),
            "installations": sum(report.installations for report in outcome.reports),
            "targets": sum(report.targets for report in outcome.reports),
            "unknown_targets": sum(report.unknown_targets for report in outcome.reports),
            "findings": len(findings),
            "suppressed": 0,
        },
    }


def _finding(finding: Finding) -> dict[str, Any]:
    document = {
        "path": _text(finding.place.source.path),
        **_region(finding.place),
        "code": finding.code,
        "name": finding.name,
        "target": _text(finding.target),
        "written": _text(finding.written),
        "installer": finding.installer,
        "message": _text(finding.message),
        "url": rule_page(finding.code),
    }
    if finding.related:
        document["related"] = [_related(related) for related in finding.related]
    if finding.fix:
        document["fix"] = _fix(finding.fix, finding.place)
    return document


def _related(related: Related) -> dict[str, Any]:
    line, column = related.place.source.position(related.place.span.start)
    path = _text(related.place.source.path)
    return {"path": path, "line": line, "column": column, "message": _text(related.message)}


def _fix(fix: Fix, place: Place) -> dict[str, Any]:
    return {"description": _text(fix.description), "edits": [_edit(edit, place) for edit in fix.edits]}


def _edit(edit: Edit, place: Place) -> dict[str, Any]:
    return {**_region(place._replace(span=edit.span)), "text": _text(edit.text)}


def _region(place: Place) -> dict[str, int]:
    start, end = (place.source.position(offset) for offset in place.span)
    return {"line": start.line, "column": start.column, "end_line": end.line, "end_column": end.column}


def _text(text: str) -> str:
    return text.translate(_REPLACE_BYTES)


REPORTER = Reporter("json", "one document for programs", render)
