"""The public API: it gives the findings of the command, and uses only the text."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

import pinhook
from pinhook import api
from pinhook.__main__ import main
from tests.projects import ROOT

if TYPE_CHECKING:
    from pathlib import Path

DOCKERFILE = """\
FROM python:3.13
# pinhook: ignore[PIN001: six] as old as the hills
RUN pip install six flask \\
    "requests>=2" git+https://example.org/a.git
RUN pip install $TOOL 'ä' && pip install b==1.0
"""
REQUIREMENTS = "flask\nrequests>=2  # pinhook: ignore\nsix==1.0\n"
TEXTS = [
    ("Dockerfile", DOCKERFILE),
    ("Dockerfile", DOCKERFILE.replace("\n", "\r\n")),
    ("Dockerfile", "\ufeff" + DOCKERFILE),
    ("requirements.txt", REQUIREMENTS),
    ("docker/dev.in", REQUIREMENTS),
    ("Dockerfile", "RUN pip install 'a\n"),
    ("Dockerfile", "RUN <<EOF\npip install a"),
    ("Dockerfile", ""),
]
POLICIES: list[tuple[dict[str, Any], list[str]]] = [
    ({}, []),
    ({"level": "strict"}, ["--level", "strict"]),
    ({"level": "hashes", "ignore": ["PIN001", "inexact"]}, ["--level", "hashes", "--ignore", "PIN001,inexact"]),
    ({"select": ["PIN001"], "extend_select": ["unknown-target"]}, ["--select", "PIN001", "--extend-select", "PIN008"]),
    ({"allow": ["Flask"], "require_reason": True}, ["--allow", "Flask", "--require-reason"]),
    ({"ignore_comments": False}, ["--no-ignores"]),
]


@pytest.mark.parametrize(("path", "text"), TEXTS)
@pytest.mark.parametrize(("settings", "options"), POLICIES)
def test_what_the_command_reports(
    path: str,
    text: str,
    settings: dict[str, Any],
    options: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / path).parent.mkdir(exist_ok=True)
    (tmp_path / path).write_bytes(text.encode())
    main(["--isolated", "--format", "json", *options, path])
    document = json.loads(capsys.readouterr().out)

    report = pinhook.check_text(text, path, policy=pinhook.make_policy(**settings))
    assert [as_document(each) for each in report.findings] == [
        {key: value for key, value in each.items() if key not in {"related", "fix"}} for each in document["findings"]
    ]
    summary = document["summary"]
    assert (report.installations, report.targets, report.unknown_targets, len(report.suppressed)) == (
        summary["installations"],
        summary["targets"],
        summary["unknown_targets"],
        summary["suppressed"],
    )


def as_document(finding: pinhook.Finding) -> dict[str, object]:
    return {
        "path": finding.path,
        "line": finding.start.line,
        "column": finding.start.column,
        "end_line": finding.end.line,
        "end_column": finding.end.column,
        "code": finding.code,
        "name": finding.name,
        "target": finding.target,
        "written": finding.written,
        "installer": finding.installer,
        "message": finding.message,
    }


def test_offsets_and_suppressed_findings() -> None:
    report = pinhook.check_text(DOCKERFILE)
    assert [DOCKERFILE[slice(*each.span)] for each in report.findings] == [
        "flask",
        "requests>=2",
        "git+https://example.org/a.git",
        "ä",
    ]
    (suppressed,) = report.suppressed
    assert (suppressed.finding.target, suppressed.reason) == ("six", "as old as the hills")


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"level": "high"}, 'level: "high" is not a level'),
        ({"ignore": ["PIN0012"]}, "did you mean PIN012"),
        ({"select": "PIN001"}, 'write ["PIN001"]'),
        ({"allow": ["flask==1"]}, "is not a package name"),
        ({"installers": ["npm"]}, "is not an optional installer"),
    ],
)
def test_wrong_settings(settings: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError) as error:  # noqa: PT011  the message is compared below
        pinhook.make_policy(**settings)
    assert message in str(error.value)


def test_nothing_is_opened(tmp_path: Path) -> None:
    """No configuration and no file of a command is opened, and nothing is imported before it is needed."""
    (tmp_path / "pinhook.toml").write_text("allow = ['flask']")
    (tmp_path / "requirements.txt").write_text("flask")
    program = f"""\
import sys
import pinhook
assert sys.modules.keys() & {{"pinhook.check", "pinhook.api"}} == set()
pinhook.check_text
opened = []
sys.addaudithook(lambda event, arguments: opened.append(arguments) if event in {{"open", "os.listdir"}} else None)
strict = pinhook.make_policy(level="strict")
before = {DOCKERFILE!r}
pinhook.check_text(before, policy=strict)  # imports the rules
opened.clear()
report = pinhook.check_text(before + "COPY . .\\nRUN pip install flask -r requirements.txt\\n", policy=strict)
print(len(report.findings), report.included, [each.state for each in report.followed], opened)
"""
    process = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    assert process.stdout.split(maxsplit=1)[1] == "() ['unknown'] []\n"


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("COPY <<EOF /s.sh\npip install flask\nEOF\nRUN sh /s.sh\n", ["PIN001"]),
        ("COPY <<EOF /r.txt\nflask\nEOF\nRUN pip install -r /r.txt\n", ["PIN007"]),
        ("COPY s.sh r.txt /\nRUN sh /s.sh && pip install -r /r.txt\n", []),
    ],
)
def test_files_that_the_dockerfile_writes_are_followed(text: str, codes: list[str]) -> None:
    report = pinhook.check_text(f"FROM python:3.12\n{text}", policy=pinhook.make_policy(level="strict"))
    assert [each.code for each in report.findings] == codes


def test_names() -> None:
    assert {*pinhook.__all__} == {*api.__all__, "__version__"}
    assert all(getattr(pinhook, name) for name in pinhook.__all__)
    with pytest.raises(AttributeError, match="no attribute 'check_file'"):
        _ = pinhook.check_file  # type: ignore[attr-defined]  # the test is that there is none
