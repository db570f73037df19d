"""The documents say what is so; the README's commands are run."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from pinhook.cli import ExitCode
from tests.projects import ROOT, copy_project, run
from tests.readme import README, blocks, renewed


def test_outputs_and_rules() -> None:
    assert renewed(README.read_text("utf-8")) == README.read_text("utf-8"), "run: python -m tests.readme"


def test_exit_codes() -> None:
    table = README.read_text("utf-8").partition("| exit code |")[2].partition("\n\n")[0]
    assert re.findall(r"^\| (\d) ", table, re.MULTILINE) == [str(int(code)) for code in ExitCode]


@pytest.mark.slow
def test_the_first_command_in_a_fresh_clone(tmp_path: Path) -> None:
    """On a fresh machine, as far as there is one: a clone, and nothing but the interpreter."""
    copy_project(tmp_path / "pinhook")
    path = f"{Path(sys.executable).resolve().parent}:/usr/bin:/bin"
    process = run("sh", "-c", blocks("sh")[0], cwd=tmp_path / "pinhook", environment={"PATH": path}, check=False)
    assert process.returncode == 1
    [expected] = [
        block for block in blocks("console") if block.startswith("$ .venv/bin/pinhook tests/examples/unpinned")
    ]
    assert process.stdout.endswith(expected.partition("\n")[2])  # pip may have had something to say before


def test_ci_runs_the_test_command() -> None:
    [command] = re.findall(r"(?ms)^<!-- tests -->\n```sh\n(.*?)\n```$", README.read_text("utf-8"))
    assert command.endswith(".venv/bin/pytest")
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    assert "<!-- tests -->" in script
    assert command not in script, "there is one copy of it"


def test_nobody_is_told_to_install_the_other_project() -> None:
    """The name ``pinhook`` on the package index belongs to somebody else."""
    documents = [*ROOT.glob("*.md"), *ROOT.glob("*.toml"), *ROOT.glob(".*.yaml"), *(ROOT / "pinhook").rglob("*.py")]
    for document in documents:
        wrong = re.search(r"\b(install|add|uvx|run)\s(-\S+\s)*pinhook\b(?!-pre-commit)", document.read_text("utf-8"))
        assert wrong is None, f"{document}: {wrong}"
