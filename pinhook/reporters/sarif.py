"""``sarif``: SARIF 2.1.0, for code scanning of GitHub, Datadog and others.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

import re
import sys
from urllib.parse import quote

from pinhook import __version__
from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.reporters._machine_formats import dump, region, relative, replace_surrogates, results
from pinhook.reporters.sarif_rules import INDEX, descriptors, level
from pinhook.source import Place

if TYPE_CHECKING:
    from typing import Any

    from pinhook.finding import Finding, Fix, Related, Suppressed
    from pinhook.reporters._machine_formats import Result
    from pinhook.reporters.reporter import FileError, Outcome, Style

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
ROOT = "%SRCROOT%"
"""The base of relative paths, under the name that GitHub and others use for the root of the repository."""


def render(outcome: Outcome, _style: Style) -> str:
    """A log with one run."""
    return dump({"$schema": SCHEMA, "version": "2.1.0", "runs": [_run(outcome)]})


def _run(outcome: Outcome) -> dict[str, Any]:
    driver = {"name": "pinhook", "version": __version__, "semanticVersion": __version__}
    return {
        "tool": {"driver": {**driver, "rules": descriptors()}},
        "invocations": [_invocation(outcome)],
        "originalUriBaseIds": {ROOT: {"description": {"text": "The working directory of pinhook."}}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(result, outcome.folder) for result in results(outcome) if not result.is_fixed],
    }


def _invocation(outcome: Outcome) -> dict[str, Any]:
    notifications = [_notification(file_error, outcome.folder) for file_error in outcome.file_errors]
    return {
        "executionSuccessful": bool(outcome.reports) or not notifications,
        "exitCode": outcome.exit_code,
        "toolExecutionNotifications": notifications + [_note(finding, outcome.folder) for finding in outcome.fixed],
    }


def _notification(file_error: FileError, folder: str) -> dict[str, Any]:
    location = {"physicalLocation": {"artifactLocation": _artifact(file_error.path, folder)}}
    return {"level": "error", "message": _message(file_error.message), "locations": [location]}


def _note(finding: Finding, folder: str) -> dict[str, Any]:
    """A notification about a fixed finding; a result would be shown as an alert."""
    return {
        "level": "note",
        "message": _message(f"{finding.code} {finding.message}"),
        "locations": [_location(finding.place, folder)],
        "associatedRule": {"id": finding.code, "index": INDEX[finding.code]},
    }


def _result(result: Result, folder: str) -> dict[str, Any]:
    finding, fingerprint, suppressed, _ = result
    document = {
        "ruleId": finding.code,
        "ruleIndex": INDEX[finding.code],
        "level": level(finding.code),
        "message": _message(finding.message),
        "locations": [_location(finding.place, folder)],
        "partialFingerprints": {"pinhook/v1": fingerprint},
        "suppressions": [_suppression(suppressed, folder)] if suppressed else [],
        "properties": {"tags": ["DATADOG_CATEGORY:BEST_PRACTICES"]},
    }
    if finding.related:
        document["relatedLocations"] = [
            _related(number, related, folder) for number, related in enumerate(finding.related, start=1)
        ]
    if finding.fix:
        document["fixes"] = [_fix(finding.fix, finding.place, folder)]
    return document


def _suppression(suppressed: Suppressed, folder: str) -> dict[str, Any]:
    justification = {"justification": replace_surrogates(suppressed.reason)} if suppressed.reason else {}
    return {"kind": "inSource", **justification, "location": _location(suppressed.place, folder)}


def _related(number: int, related: Related, folder: str) -> dict[str, Any]:
    return {"id": number, **_location(related.place, folder), "message": _message(related.message)}


def _fix(fix: Fix, place: Place, folder: str) -> dict[str, Any]:
    replacements = [
        {
            "deletedRegion": _region(Place(place.source, edit.span)),
            "insertedContent": {"text": replace_surrogates(edit.text)},
        }
        for edit in fix.edits
    ]
    change = {"artifactLocation": _artifact(place.source.path, folder), "replacements": replacements}
    return {"description": _message(fix.description), "artifactChanges": [change]}


def _location(place: Place, folder: str) -> dict[str, Any]:
    return {
        "physicalLocation": {
            "artifactLocation": _artifact(place.source.path, folder),
            "region": _region(place),
        }
    }


def _region(place: Place) -> dict[str, int]:
    return region(place, "startLine", "startColumn", "endLine", "endColumn")


def _artifact(path: str, folder: str) -> dict[str, str]:
    path = relative(path, folder)
    uri = quote(path, errors=sys.getfilesystemencodeerrors())
    if path.startswith("/"):
        return {"uri": f"file://{uri}"}
    return {"uri": uri, "uriBaseId": ROOT}


def _message(text: str) -> dict[str, str]:
    """A message without links: the text of a Dockerfile could contain one."""
    return {
        "text": re.sub(r"[\[\]]", r"\\\g<0>", replace_surrogates(text)) if "](" in text else replace_surrogates(text)
    }
