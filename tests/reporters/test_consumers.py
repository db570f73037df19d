"""Reports, read by the programs that they are for."""

from __future__ import annotations

import json
import platform
import shutil
import sys
from typing import TYPE_CHECKING

import pytest

from tests.projects import new_repository, run
from tests.reporters.runs import RUN, RUNS, render

if TYPE_CHECKING:
    from pathlib import Path

    from pinhook.reporters.reporter import Outcome

PACKAGES = ("@microsoft/sarif-multitool-linux@5.7.0", "@datadog/datadog-ci@5.25.0")
EACH_RUN = pytest.mark.parametrize("outcome", RUNS.values(), ids=RUNS)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def modules(tmp_path_factory: pytest.TempPathFactory, machine: dict[str, str], network: dict[str, str]) -> Path:
    """The folder that the consumers are installed in."""
    if sys.platform != "linux" or platform.machine() != "x86_64":
        pytest.skip("Sarif.Multitool is for Linux on x86-64")
    npm = shutil.which("npm", path=machine["PATH"])
    if not npm:
        pytest.skip("npm is not installed, which is no package of Python")
    folder = tmp_path_factory.mktemp("consumers")
    environment = {**network, "PATH": machine["PATH"]}
    command = (npm, "install", "--no-audit", "--no-fund", "--no-save", *PACKAGES)
    process = run(*command, cwd=folder, environment=environment, check=False)
    if process.returncode:
        pytest.skip(f"npm cannot install the consumers: {process.stdout.strip().splitlines()[-1:]}")
    return folder / "node_modules"


def complaints(modules: Path, log: Path) -> list[str]:
    """What Sarif.Multitool has against a log: errors and warnings, not what it would find nice to have.

    It also warns about a missing address of the tool. There is no public one yet.
    """
    tool = modules / "@microsoft/sarif-multitool-linux/Sarif.Multitool"
    output = log.with_name("validation.sarif")
    run(
        *(tool, "validate", log, "--output", output, "--log", "ForceOverwrite"),
        cwd=log.parent,
        environment={"DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"},
        check=False,
    )
    [validation] = json.loads(output.read_text("utf-8-sig"))["runs"]
    notifications = validation["invocations"][0].get("toolExecutionNotifications", [])
    return [
        f"{each.get('ruleId')}: {each['message']}"
        for each in [*validation.get("results", []), *notifications]
        if each.get("level", "warning") in {"error", "warning"}
        and "ProvideToolnformationUri" not in json.dumps(each["message"])
    ]


@EACH_RUN
def test_sarif_multitool(outcome: Outcome, modules: Path, tmp_path: Path) -> None:
    log = tmp_path / "pinhook.sarif"
    log.write_text(render("sarif", outcome), "utf-8")
    assert not complaints(modules, log)


def test_sarif_multitool_would_complain(modules: Path, tmp_path: Path) -> None:
    log = tmp_path / "pinhook.sarif"
    log.write_text(render("sarif", RUN).replace('"startLine": 3', '"startLine": 9'), "utf-8")
    assert complaints(modules, log)


def datadog(kind: str, report: Path, modules: Path) -> str:
    """What datadog-ci says to a report in a repository of its own."""
    folder = new_repository(report.parent / "repository")
    report = report.rename(folder / report.name)
    run("git", "remote", "add", "origin", "https://example.org/repository.git", cwd=folder)
    run("git", "commit", "--quiet", "--allow-empty", "--message=all", cwd=folder)
    options = ["--service=service", "--skip-git-metadata-upload"] if kind == "junit" else []
    # it adds the repository to git's global configuration, and takes that for a file that it may replace
    configuration = report.parent.parent / "gitconfig"
    configuration.touch()
    environment = {"DD_API_KEY": "none", "GIT_CONFIG_GLOBAL": str(configuration)}
    upload = ("upload", "--dry-run", *options, report.name)
    return run(modules / ".bin/datadog-ci", kind, *upload, cwd=folder, environment=environment, check=False).stdout


@EACH_RUN
def test_datadog_sarif(outcome: Outcome, modules: Path, tmp_path: Path) -> None:
    report = tmp_path / "pinhook.sarif"
    report.write_text(render("sarif", outcome), "utf-8")
    said = datadog("sarif", report, modules)
    assert "Uploaded 1 files" in said
    assert "❌" not in said


@EACH_RUN
def test_datadog_junit(outcome: Outcome, modules: Path, tmp_path: Path) -> None:
    report = tmp_path / "pinhook.xml"
    report.write_text(render("junit", outcome), "utf-8")
    said = datadog("junit", report, modules)
    assert "Uploaded 1 files" in said
    assert "❌" not in said


def test_datadog_would_complain(modules: Path, tmp_path: Path) -> None:
    report = tmp_path / "pinhook.sarif"
    report.write_text(render("sarif", RUN).replace('"startLine": 1', '"startLine": 0'), "utf-8")
    assert "Invalid SARIF report" in datadog("sarif", report, modules)
