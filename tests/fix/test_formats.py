"""The reports for programs of a run with ``--fix``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from pinhook.__main__ import main

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "FROM python:3.12\nRUN pip install flask=2.0 django\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "Dockerfile").write_text(TEXT)
    (tmp_path / "requirements.txt").write_text("six@1.0\n")
    return tmp_path


def report(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    assert main(["--format", "json", "--offline", *arguments, "Dockerfile", "requirements.txt"]) == 1
    return json.loads(capsys.readouterr().out)


def test_what_was_fixed_and_why_the_rest_was_not(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = report(capsys, "--fix")
    flask, six = document["fixed"]
    assert flask["message"] == "fixed: flask==2.0"
    assert flask["fix"]["edits"] == [{"line": 2, "column": 23, "end_line": 2, "end_column": 23, "text": "="}]
    assert (six["path"], six["message"]) == ("requirements.txt", "fixed: six==1.0")
    [django] = document["findings"]
    reason = "no file of the repository has a version of django, and --offline asks no index"
    assert django["not_fixed"] == reason
    assert django["message"].endswith(f"(not fixed: {reason})")
    assert document["summary"]["fixed"] == 2
    assert (folder / "Dockerfile").read_text() == TEXT.replace("=2", "==2")


def test_a_check_fixes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    document = report(capsys)
    assert document["fixed"] == []
    assert document["summary"]["fixed"] == 0
    assert not any("not_fixed" in finding for finding in document["findings"])
