"""Every format's report on ``RUN``, in files beside this one.

    python -m tests.reporters.snapshots

writes them anew.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pinhook import __version__
from pinhook.reporters import REPORTERS
from pinhook.reporters.reporter import Style
from tests.reporters.runs import RUN, render

FOLDER = Path(__file__).parent / "expected"
_SUFFIXES = {"json": ".json", "sarif": ".sarif", "gitlab": ".json", "junit": ".xml"}


def snapshots() -> dict[Path, str]:
    """The files and what should be in them."""
    names = [reporter.name for reporter in REPORTERS]
    reports = {FOLDER / f"{name}{_SUFFIXES.get(name, '.txt')}": _normal(name, render(name, RUN)) for name in names}
    colored = render("text", RUN, Style(color=True, width=60))
    return {**reports, FOLDER / "color.txt": colored.replace("\x1b", "␛")}


def _normal(name: str, report: str) -> str:
    """The report, without what changes from release to release."""
    if name != "sarif":
        return report
    log: dict[str, Any] = json.loads(report)
    driver = log["runs"][0]["tool"]["driver"]
    driver["rules"] = [rule["id"] for rule in driver["rules"]]
    return (json.dumps(log, indent=2) + "\n").replace(__version__, "VERSION")


if __name__ == "__main__":
    for path, text in snapshots().items():
        path.write_text(text, "utf-8", newline="\n")
