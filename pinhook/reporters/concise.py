"""``concise``: one line for each finding, for editors and ``grep``."""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.reporters.display import escape_unprintable, location

if TYPE_CHECKING:
    from pinhook.reporters.reporter import Outcome, Style


def render(outcome: Outcome, _style: Style) -> str:
    """``path:line:column: CODE message`` for each finding. Fixed findings come first and say what was written."""
    return "".join(
        f"{location(finding.place)}: {finding.code} {escape_unprintable(finding.message)}\n"
        for finding in (*outcome.fixed, *outcome.findings)
    )
