"""Every format is in the list, and is imported only if it is requested."""

from __future__ import annotations

import pkgutil
import re
import subprocess
import sys
from pathlib import Path

import pytest

from pinhook import reporters
from pinhook.reporters.reporter import Outcome, Style
from tests.projects import ROOT
from tests.reporters.runs import RUN, render

NAMES = [reporter.name for reporter in reporters.REPORTERS]


def test_no_reporter_is_forgotten() -> None:
    sources = {
        module.name: Path(*reporters.__path__, f"{module.name}.py")
        for module in pkgutil.iter_modules(reporters.__path__)
    }
    having_render = {name for name, path in sources.items() if "\ndef render(" in path.read_text("utf-8")}
    assert having_render == set(NAMES)
    assert len(NAMES) == len(set(NAMES))


@pytest.mark.parametrize("name", NAMES)
def test_a_report_is_one_document_and_ends_its_last_line(name: str) -> None:
    assert render(name, RUN).endswith("\n")
    assert render(name, Outcome(())).endswith("\n") or name == "concise"
    assert render(name, RUN) == render(name, RUN)


def test_only_the_format_that_is_asked_for_is_imported() -> None:
    script = (
        "import sys; from pinhook.reporters import REPORTERS; from pinhook.reporters.reporter import Outcome, Style;"
        "REPORTERS[1].render(Outcome(()), Style()); print(*sys.modules)"
    )
    process = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, cwd=ROOT, text=True)
    imported = {name for name in process.stdout.split() if name.startswith("pinhook.reporters.")}
    assert imported == {f"pinhook.reporters.{name}" for name in ("concise", "display", "reporter")}


@pytest.mark.parametrize("name", NAMES)
def test_a_report_leads_nowhere(name: str) -> None:
    """The project has no home page; the addresses in the examples of manual pages are not its own."""
    assert "/pinhook/" not in render(name, RUN, Style(color=True))


@pytest.mark.parametrize("path", [*(ROOT / "pinhook" / "schemas").iterdir()], ids=lambda path: path.stem)
def test_a_schema_leads_nowhere(path: Path) -> None:
    assert set(re.findall("https?://[^/]+", path.read_text("utf-8"))) == {"https://json-schema.org"}
