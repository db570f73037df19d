"""``--diff``: for programs, a patch that is exact to the byte; for people, text that is safe on a terminal."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from pinhook.__main__ import main
from pinhook.cli.diff import for_terminal, unified_patch
from pinhook.source import Source

BEFORE = "ENV A=\x1b[31m\t\u202e\nENV B=https://me:hunter2@host/\nRUN pip install flask=3.0.0\r\n"


def test_diff_for_a_terminal() -> None:
    patch = unified_patch(Source("a\x1bb", BEFORE), Source("a\x1bb", BEFORE.replace("=3", "==3")))
    assert patch.decode().count("\x1b") == 3
    assert for_terminal(patch).splitlines() == [
        r"--- a/a\x1bb",
        r"+++ b/a\x1bb",
        "@@ -1,3 +1,3 @@",
        " ENV A=\\x1b[31m\t\\u202e",
        " ENV B=https://***@host/",
        r"-RUN pip install flask=3.0.0\r",
        r"+RUN pip install flask==3.0.0\r",
    ]


@pytest.mark.parametrize("is_terminal", [True, False])
def test_who_sees_it(
    is_terminal: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr("sys.stdout.isatty", lambda: is_terminal)
    Path("Dockerfile").write_bytes(BEFORE.encode())
    assert main(["--diff", "--offline", "--color=never", "Dockerfile"]) == 1
    shown = capsys.readouterr().out
    assert ("hunter2" in shown, "\x1b" in shown) == (not is_terminal, not is_terminal)


PATCH = ["--- a/Dockerfile", "+++ b/Dockerfile", "@@ -1,3 +1,3 @@"]


@pytest.mark.parametrize(
    ("when", "variables", "is_terminal", "is_colored"),
    [
        ("auto", {}, True, True),
        ("auto", {"NO_COLOR": "1"}, True, False),
        ("always", {"NO_COLOR": "1"}, True, True),
        ("never", {"FORCE_COLOR": "1"}, True, False),
        ("auto", {}, False, False),
        pytest.param("auto", {"FORCE_COLOR": "1"}, False, False, id="a patch in a pipe stays a patch"),
        pytest.param("always", {}, False, True, id="for a pager"),
    ],
)
def test_color(
    when: str,
    variables: dict[str, str],
    is_terminal: bool,
    is_colored: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in {"TERM": "xterm", **variables}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("sys.stdout.isatty", lambda: is_terminal)
    Path("Dockerfile").write_text("FROM a\nRUN pip install flask=3.0.0\n-x\n")
    assert main(["--diff", "--offline", f"--color={when}", "Dockerfile"]) == 1
    colors = ["1", "1", "36", "", "31", "32", ""] if is_colored else [""] * 7
    lines = [*PATCH, " FROM a", "-RUN pip install flask=3.0.0", "+RUN pip install flask==3.0.0", " -x"]
    expected = [f"\x1b[{color}m{line}\x1b[m" if color else line for color, line in zip(colors, lines, strict=True)]
    assert capsys.readouterr().out.splitlines() == expected


def test_where_the_findings_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """To stderr as text, or to the output file in the requested format."""
    monkeypatch.chdir(tmp_path)
    Path("Dockerfile").write_text("RUN pip install flask=3.0.0 six\n")
    options = ["--isolated", "--diff", "--offline", "--format=json", "Dockerfile"]
    assert main(options) == 1
    alone = capsys.readouterr()
    assert alone.out.startswith("--- a/Dockerfile\n")
    assert "Dockerfile:1:17: PIN005 would be flask==3.0.0" in alone.err
    assert "Dockerfile:1:29: PIN001 six is not pinned" in alone.err
    assert main([*options, "--output-file=report.json"]) == 1
    assert capsys.readouterr() == (alone.out, "")
    document = json.loads(Path("report.json").read_text())
    assert [len(document[kind]) for kind in ("fixed", "findings")] == [1, 1]


@pytest.mark.parametrize(
    ("options", "text", "places"),
    [
        (["--offline"], "RUN pip install a=1 \\\n b=2 ⟦six⟧ c=3 ⟦six⟧", ["PIN001", "PIN001"]),
        (["--offline"], "RUN pip install ⟦six⟧\nRUN pip install a=1 && pip install ⟦six⟧>1", ["PIN001", "PIN002"]),
        (["--remove-unused-ignores"], "# pinhook: ignore\nRUN echo\nRUN pip install ⟦six⟧", ["PIN001"]),
    ],
)
def test_the_findings_are_where_they_are_in_the_file(
    options: list[str],
    text: str,
    places: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The file is as it was: the edit that is shown moves no finding."""
    monkeypatch.chdir(tmp_path)
    Path("Dockerfile").write_text(text.replace("⟦", "").replace("⟧", ""))
    main(["--isolated", "--diff", "--format=json", "--output-file=report.json", *options, "Dockerfile"])
    assert capsys.readouterr().out
    before = [text[: match.start()].replace("⟦", "").replace("⟧", "") for match in re.finditer("⟦", text)]
    expected = [(each.count("\n") + 1, len(each) - each.rfind("\n")) for each in before]
    findings = json.loads(Path("report.json").read_text())["findings"]
    assert [(each["line"], each["column"]) for each in findings] == expected
    assert [each["code"] for each in findings] == places
