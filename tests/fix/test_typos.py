"""Fixes that need no version source: suggestions in findings, and what they leave unchanged."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from pinhook.__main__ import main
from pinhook.fix import apply_fixes, suggest
from tests.checks import check, document_of
from tests.projects import ROOT

if TYPE_CHECKING:
    from pathlib import Path


def suggested(text: str) -> str:
    """The file with every suggested fix made."""
    document = document_of(text)
    report = suggest(document, check(document.source))
    return apply_fixes(report.source, [finding.fix for finding in report.findings if finding.fix]).source.text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("RUN pip install flask=2.0", "RUN pip install flask==2.0"),
        ("RUN pip install 'flask[async]=2.0' x==1", "RUN pip install 'flask[async]==2.0' x==1"),
        ("RUN pip install 'flask=2.0 ; os_name == \"x\"'", "RUN pip install 'flask==2.0 ; os_name == \"x\"'"),
        ("RUN pip install flask@2.0", "RUN pip install flask==2.0"),
        ("RUN pip install 'flask @ 2.0'", "RUN pip install 'flask==2.0'"),
        ("RUN pip install flask == 2.0", "RUN pip install flask==2.0"),
        ("RUN pip install flask  ==\t2.0 django==1", "RUN pip install flask==2.0 django==1"),
        ("RUN pip install flask ==2.0", "RUN pip install flask==2.0"),
        ("RUN pip install flask== 2.0", "RUN pip install flask==2.0"),
        ("RUN pip install flask=$V", "RUN pip install flask==$V"),
        ("ARG P=flask=2.0\nRUN pip install $P", "ARG P=flask==2.0\nRUN pip install $P"),
        ("RUN for p in a=1 b=2; do pip install $p; done", "RUN for p in a==1 b==2; do pip install $p; done"),
        ('RUN ["pip", "install", "flask=2.0"]', 'RUN ["pip", "install", "flask==2.0"]'),
        ("RUN <<EOF\npip install flask=2.0\nEOF", "RUN <<EOF\npip install flask==2.0\nEOF"),
        ("RUN pip install flask>=1.0", "RUN pip install 'flask>=1.0'"),
        ("RUN pip install \u201csix==1.0\u201d", "RUN pip install six==1.0"),
        ('RUN pip install six>="1.0"', "RUN pip install 'six>=1.0'"),
        ("RUN pip install six>='1.0',\"<2\" x==1", "RUN pip install 'six>=1.0,<2' x==1"),
        ("RUN pip install six>=1\\.0", "RUN pip install 'six>=1.0'"),
        ("RUN bash -c 'pip install six>=\"1.0\"'", "RUN bash -c 'pip install \"six>=1.0\"'"),
        ("RUN pip install ./x>=1 y==1", "RUN pip install ./x y==1"),
        ("RUN pip install -q x-1-py3-none-any.whl>'=1'", "RUN pip install -q x-1-py3-none-any.whl"),
        ("RUN pip install flask[async]>=1.0,<2 x==1", "RUN pip install 'flask[async]>=1.0,<2' x==1"),
        ("RUN bash -c 'pip install flask>1'", "RUN bash -c 'pip install \"flask>1\"'"),
        ('RUN bash -c "pip install flask>1"', "RUN bash -c \"pip install 'flask>1'\""),
        ('RUN ["sh", "-c", "pip install flask>1"]', 'RUN ["sh", "-c", "pip install \'flask>1\'"]'),
        ("RUN uv run --with a=1,b==2 x", "RUN uv run --with a==1,b==2 x"),
    ],
)
def test_spelling(before: str, after: str) -> None:
    assert suggested(before) == after
    assert suggested(after) == after


@pytest.mark.parametrize(
    "text",
    [
        "RUN pip install flask",
        "RUN pip install 'flask>=1'",
        "RUN pip install flask=",
        "RUN pip install flask=>1",
        "RUN pip install fl[ask>1",
        "RUN pip install 'flask>=1'<2",
        "RUN pip install requirements.txt",
        "RUN pip install flask >= 1.0",
        "RUN pip install flask $OPERATOR>1",
        pytest.param("RUN pip install flask \\\n == \\\n 2.0", id="three words on three lines"),
        pytest.param('RUN pip install fl"as"k=2.0', id="quotes in the middle"),
        pytest.param("RUN V=f=1; git clone $V; pip install $V", id="the value has another use"),
        pytest.param("ARG V=f=1\nRUN pip install $V\nCOPY $V /", id="another instruction uses the value"),
        pytest.param('RUN ["pip", "install", "flask\\u003d2.0"]', id="an escape sequence"),
        pytest.param("RUN bash -c \"eval 'pip install flask>1'\"", id="both quotes are taken"),
        pytest.param("RUN ['bash', '-c', \"pip install 'a' b>1\"]", id="no quotes are left"),
    ],
)
def test_not_a_typo(text: str) -> None:
    assert suggested(text) == text


def test_formats_for_programs_carry_the_fixes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "Dockerfile"
    path.write_text("RUN pip install flask=2.0")
    assert main(["--format", "json", str(path)]) == 1
    [finding] = json.loads(capsys.readouterr().out)["findings"]
    edit = {"line": 1, "column": 23, "end_line": 1, "end_column": 23, "text": "="}
    assert finding["fix"] == {"description": "write flask==2.0", "edits": [edit]}
    assert main(["--format", "sarif", str(path)]) == 1
    [result] = json.loads(capsys.readouterr().out)["runs"][0]["results"]
    assert result["fixes"][0]["description"]["text"] == "write flask==2.0"


def test_formats_for_programs_carry_the_fixes_of_requirements_files(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "requirements.txt"
    path.write_text("flask>=1\nflask=2.0; python_version > '3'  # why\n>=2\n")
    assert main(["--format", "json", str(path)]) == 1
    [misspelt, nothing] = [each for each in json.loads(capsys.readouterr().out)["findings"] if each["code"] == "PIN005"]
    edit = {"line": 2, "column": 7, "end_line": 2, "end_column": 7, "text": "="}
    assert misspelt["fix"]["edits"] == [edit]
    assert "fix" not in nothing


def test_checking_does_not_import_what_fixes(tmp_path: Path) -> None:
    path = tmp_path / "Dockerfile"
    path.write_text("RUN pip install flask=2.0 django>=1 requests")
    program = "import sys; from pinhook.cli.main import run; run(sys.argv[1:])\n"
    program += (
        "assert not [name for name in sys.modules if name.startswith('pinhook.fix') or name == 'pinhook.cli.fixer']"
    )
    subprocess.run([sys.executable, "-c", program, path], check=True, capture_output=True, cwd=ROOT)
