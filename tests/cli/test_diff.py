"""``--diff`` is a patch for programs, byte by byte, and for people nothing that acts on their terminal."""

from __future__ import annotations

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
