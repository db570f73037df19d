"""The progress line of a fix: only on a terminal, and removed at the end."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from pinhook.cli import terminal
from pinhook.cli.progress import Progress
from tests.projects import ROOT

if TYPE_CHECKING:
    from pathlib import Path

pty = pytest.importorskip("pty")

UV = f"""#!{sys.executable}
import sys, time
time.sleep(0.4)
print(*(f"{{name}}==1.0" for name in sys.stdin.read().split()), sep="\\n")
"""
COMMAND = """
import sys; from pinhook.cli import progress; from pinhook.fix import uv; from pinhook.__main__ import command
progress.DELAY = 0.1; uv.find_uv = lambda: {uv!r}; sys.argv = ["pinhook", *sys.argv[1:]]; command()"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for number in range(10):
        (tmp_path / f"{number}.Dockerfile").write_text(f"FROM python:3.12\nRUN pip install --no-deps a{number} b\n")
    (tmp_path / "uv").write_text(UV)
    (tmp_path / "uv").chmod(0o755)
    return tmp_path


def run(folder: Path, *options: str, is_terminal: bool) -> tuple[str, str]:
    """What pinhook prints on stdout, and on stderr, which is a terminal or not."""
    read_end, write_end = pty.openpty() if is_terminal else os.pipe()
    process = subprocess.Popen(
        [sys.executable, "-c", COMMAND.format(uv=str(folder / "uv")), "--isolated", *options, "."],
        env={**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm", "NO_COLOR": "1"},
        stdout=subprocess.PIPE,
        stderr=write_end,
    )
    os.close(write_end)
    said = b""
    with suppress(OSError):  # which is how Linux says that the other end is closed
        while piece := os.read(read_end, 4096):
            said += piece
    os.close(read_end)
    printed = process.communicate(timeout=60)[0]
    assert process.returncode == 1
    return printed.decode(), said.decode()


def on_screen(said: str) -> str:
    """What a terminal shows at the end, after lines that were erased."""
    return re.sub(r"[^\n]*\r\x1b\[K", "", said).replace("\r\n", "\n")


@pytest.mark.parametrize("option", ["--fix", "--diff"])
def test_the_line_is_shown_and_removed(option: str, folder: Path) -> None:
    printed, said = run(folder, option, is_terminal=True)
    lines = re.findall(r"\r\x1b\[Kpinhook: (\d+) of 10 files, (\d+) packages asked, (\d+) s", said)
    assert lines
    counts = [tuple(map(int, line)) for line in lines]
    assert counts == sorted(counts)
    assert counts[-1][:2] == (8, 20)
    assert "\r" not in printed
    before, said_before = run_again(folder, option)
    assert printed == before
    assert on_screen(said) == said_before


def run_again(folder: Path, option: str) -> tuple[str, str]:
    for path in folder.glob("*.Dockerfile"):
        path.write_text(path.read_text().replace("==1.0", ""))
    return run(folder, option, is_terminal=False)


def test_no_line_without_a_terminal(folder: Path) -> None:
    assert run(folder, "--fix", is_terminal=False)[1] == ""


def test_ctrl_c_removes_the_line(folder: Path) -> None:
    (folder / "uv").write_text(UV.replace("0.4", "60"))
    read_end, write_end = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", COMMAND.format(uv=str(folder / "uv")), "--isolated", "--fix", "."],
        env={**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm"},
        stdout=write_end,
        stderr=write_end,
        start_new_session=True,
    )
    os.close(write_end)
    said = b""
    while b" 1 s" not in said:  # the first line may be shown before anything is waited for
        said += os.read(read_end, 4096)
    process.send_signal(signal.SIGINT)
    with suppress(OSError):
        while piece := os.read(read_end, 4096):
            said += piece
    os.close(read_end)
    assert process.wait(timeout=30) == -signal.SIGINT
    assert on_screen(said.decode()) == ""


class Terminal:
    """A stream that is a terminal."""

    def __init__(self) -> None:
        self.text = ""

    def isatty(self) -> bool:
        return True

    def fileno(self) -> int:
        raise OSError

    def write(self, text: str) -> None:
        self.text += text

    def flush(self) -> None:
        """Everything is there already."""


@pytest.mark.parametrize(
    ("seconds", "columns", "expected"),
    [
        (0.1, 0, ""),
        (2.6, 0, "\r\x1b[Kpinhook: 3 of 12 files, 5 packages asked, 3 s\r\x1b[K"),
        (2.6, 20, "\r\x1b[Kpinhook: 3 of 12 fi\r\x1b[K"),
    ],
)
def test_the_line(seconds: float, columns: int, expected: str, monkeypatch: pytest.MonkeyPatch) -> None:
    stream = Terminal()
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setattr(terminal, "width", lambda _: columns)
    times = iter([10.0, 10.0 + seconds])
    line = Progress(12, lambda: next(times))
    line.done = 3
    with line.shown() as draw:
        draw(5)
    assert stream.text == expected
    assert line.packages == 5
