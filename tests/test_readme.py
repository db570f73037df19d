"""The documents say what is so; the README's commands are run."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from pinhook.cli.main import ExitCode
from pinhook.config import find
from pinhook.config.settings import LEVELS
from pinhook.source import Source
from tests.checks import check
from tests.hermetic import BIN, program
from tests.projects import ROOT, copy_project, run
from tests.readme import README, blocks, renewed

if TYPE_CHECKING:
    from collections.abc import Iterator


def codes(dockerfile: str, level: str = "default") -> list[str]:
    return [finding.code for finding in check(Source("Dockerfile", dockerfile), LEVELS[level]).findings]


def test_outputs_and_tables() -> None:
    assert renewed(README.read_text("utf-8")) == README.read_text("utf-8"), "run: python -m tests.readme"


def test_exit_codes() -> None:
    table = README.read_text("utf-8").partition("| exit code |")[2].partition("\n\n")[0]
    assert re.findall(r"^\| (\d) ", table, re.MULTILINE) == [str(int(code)) for code in ExitCode]


@pytest.mark.slow
def test_the_first_command_in_a_fresh_clone(tmp_path: Path, network: dict[str, str]) -> None:
    """On a fresh machine, as far as there is one: a clone, and nothing but the interpreter."""
    copy_project(tmp_path / "pinhook")
    path = f"{Path(sys.executable).resolve().parent}:/usr/bin:/bin"
    environment = {**network, "PATH": path}
    process = run("sh", "-c", blocks("sh")[0], cwd=tmp_path / "pinhook", environment=environment, check=False)
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


def test_the_configuration(tmp_path: Path) -> None:
    [example] = blocks("toml")
    (tmp_path / "pyproject.toml").write_text(example)
    file = find(str(tmp_path))
    assert file
    assert list(file.values) == ["level", "allow", "exclude", "per-file-ignores"]


def test_the_ignore_comments() -> None:
    [example] = blocks("dockerfile")
    report = check(Source("Dockerfile", example), LEVELS["strict"])
    assert not report.findings, "and so none of the comments is PIN010"
    assert len(report.suppressed) == 6
    assert not check(Source("Dockerfile", example), LEVELS["strict"], require_reason=True).findings


def verdicts() -> list[tuple[str, bool, list[str]]]:
    """The rows of the table on hadolint: an instruction, whether hadolint reports it, and our codes."""
    table = README.read_text("utf-8").partition("<!-- hadolint -->")[2].partition("\n\n**")[0]
    rows = re.findall(r"(?m)^\| `(RUN .*?)` \| (\w* ?)\| (\w* ?)\| ", table)
    assert len(rows) == len(table.strip().splitlines()) - 2
    return [(instruction, bool(theirs.strip()), ours.split()) for instruction, theirs, ours in rows]


@pytest.mark.parametrize(("instruction", "is_reported", "ours"), verdicts())
def test_what_is_judged_otherwise_than_by_hadolint(
    instruction: str, is_reported: bool, ours: list[str], tmp_path: Path
) -> None:
    dockerfile = f"FROM python:3.13\n{instruction}\n"
    assert codes(dockerfile) == ours
    (tmp_path / "Dockerfile").write_text(dockerfile)
    process = run(program("hadolint"), "--no-color", "Dockerfile", cwd=tmp_path, check=False)
    assert ("DL3013" in process.stdout) == is_reported


@pytest.mark.parametrize(
    ("instructions", "expected"),
    [
        ("RUN pip install django", ["PIN001"]),
        ("RUN python3 -m pip install django && pip install otherpackage", ["PIN001", "PIN001"]),
        ("RUN pip install django==1.9", []),
        ("RUN pip install --no-cache-dir -r requirements.txt", []),
        ("RUN pip install --no-cache-dir shepherd/src -r requirements.txt ", []),
        ("RUN pip install --upgrade pip==22.1.2 && pip install --no-cache-dir -r requirements.txt", []),
    ],
)
@pytest.mark.parametrize("command", ["pip install", "python3 -m pip install"])
def test_the_examples_of_datadog(instructions: str, expected: list[str], command: str) -> None:
    """https://docs.datadoghq.com/security/code_security/static_analysis/static_analysis_rules/docker-best-practices/pip-pin-versions"""
    instructions = re.sub(r"(?<!-m )pip install", command, instructions)
    assert codes(f"FROM busybox\n{instructions}\n") == expected


def scripts() -> Iterator[list[str]]:
    """The commands that the examples for GitHub and GitLab run."""
    _, github, gitlab = (yaml.safe_load(block) for block in blocks("yaml"))
    steps: list[dict[str, Any]] = github["jobs"]["pinhook"]["steps"]
    yield [step["run"] for step in steps if "run" in step]
    yield gitlab["pinhook"]["script"]


@pytest.mark.slow
@pytest.mark.parametrize("script", list(scripts()), ids=["GitHub", "GitLab"])
def test_the_scripts_for_ci(script: list[str], tmp_path: Path, network: dict[str, str]) -> None:
    """In a fresh environment, on a repository with a finding."""
    revision = copy_project(tmp_path / "pinhook")
    repository = tmp_path / "repository"
    repository.mkdir()
    (repository / "Dockerfile").write_text("FROM python\nRUN pip install flask\n")
    run(sys.executable, "-m", "venv", "venv", cwd=tmp_path)
    shutil.copy(program("pipx"), tmp_path / "venv" / "bin")
    text = "set -e\n" + "\n".join(script).replace("PINHOOK", (tmp_path / "pinhook").as_uri()).replace(
        "REVISION", revision
    )
    path = f"{tmp_path / 'venv' / 'bin'}:/usr/bin:/bin"
    environment = {**network, "PATH": path, "HOME": str(tmp_path)}
    process = run("sh", "-c", text, cwd=repository, environment=environment, check=False)
    assert process.returncode == 1, process.stdout
    report = repository / "gl-code-quality-report.json"
    assert "flask is not pinned" in (report.read_text() if report.exists() else process.stdout)


@pytest.mark.slow
def test_plain_installation(tmp_path: Path, network: dict[str, str]) -> None:
    revision = copy_project(tmp_path / "pinhook")
    commands = re.findall(r"`((?:pipx|uv tool) install \"git\+PINHOOK@REVISION\")`", README.read_text("utf-8"))
    assert len(commands) == 2
    for command in commands:
        text = command.replace("PINHOOK", (tmp_path / "pinhook").as_uri()).replace("REVISION", revision)
        home = tmp_path / command.partition(" ")[0]
        home.mkdir()
        environment = {**network, "PATH": f"{BIN}:/usr/bin:/bin", "HOME": str(home)}
        run("sh", "-c", text, cwd=tmp_path, environment=environment)
        (home / "empty").mkdir()
        process = run(home / ".local" / "bin" / "pinhook", ".", cwd=home / "empty")
        assert process.stdout == "No Dockerfile found.\n"
