"""``gitlab``: a code quality report for merge requests of GitLab.

https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.reporters._machine_formats import dump, relative, replace_surrogates, results
from pinhook.reporters.severity import is_error

if TYPE_CHECKING:
    from typing import Any

    from pinhook.reporters._machine_formats import Result
    from pinhook.reporters.reporter import Outcome, Style


def render(outcome: Outcome, _style: Style) -> str:
    """A list of issues. Fixed findings are included, because they are still in the commit that GitLab shows."""
    return dump([_issue(result, outcome.folder) for result in results(outcome) if not result.suppressed])


def _issue(result: Result, folder: str) -> dict[str, Any]:
    finding = result.finding
    source, span = finding.place
    return {
        "type": "issue",
        "check_name": finding.code,
        "description": replace_surrogates(f"{finding.code} {finding.message}"),  # GitLab shows only this
        "fingerprint": result.fingerprint,
        "severity": "info" if result.is_fixed else "major" if is_error(finding.code) else "minor",
        "location": {
            "path": replace_surrogates(relative(source.path, folder)),
            "lines": {"begin": source.position(span.start).line, "end": source.position(span.end).line},
        },
    }
