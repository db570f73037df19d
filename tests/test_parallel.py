"""Several processes say what one says."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from functools import partial
from typing import TYPE_CHECKING

import pytest

from pinhook import parallel
from pinhook.__main__ import main

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

POSIX = pytest.mark.skipif(os.name != "posix", reason="needs POSIX signals")


@pytest.fixture
def many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for number in range(50):
        (tmp_path / f"Dockerfile.{number}").write_text(f"FROM x\nRUN pip install p{number}\n")
    (tmp_path / "Dockerfile.7").write_bytes(b"\0")
    return tmp_path


@pytest.mark.parametrize("form", ["text", "json", "concise"])
def test_the_same_in_the_same_order(many: Path, capsys: pytest.CaptureFixture[str], form: str) -> None:
    arguments = [".", "missing", f"--format={form}"]
    assert main(arguments) == main([*arguments, "--jobs=3"]) == 2
    said, errors = capsys.readouterr()
    assert said[: len(said) // 2] * 2 == said
    assert errors.splitlines()[:2] * 2 == errors.splitlines()
    assert many.joinpath("Dockerfile.7").name in errors


def test_how_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "_processors", lambda: 4)
    assert [parallel.worthwhile(files) for files in (0, 1, 499, 500, 999, 10**6)] == [1, 1, 1, 2, 3, 4]
    monkeypatch.undo()
    assert 1 <= parallel._processors() <= (os.cpu_count() or 1)


def test_what_a_process_does(monkeypatch: pytest.MonkeyPatch) -> None:
    ignored: list[object] = []
    monkeypatch.setattr(signal, "signal", lambda *arguments: ignored.extend(arguments))
    parallel._begin(partial(str.replace, "a-b", "-"))
    assert parallel._act(["+", "/"]) == ["a+b", "a/b"]
    assert ignored == [signal.SIGINT, signal.SIG_IGN]


@pytest.mark.parametrize("number", ["0", "-1", "x", "1.5", ""])
def test_what_is_no_number_of_processes(number: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["x", f"--jobs={number}"])
    assert stopped.value.code == 2
    assert f"{number} is not a number of processes; write 1 or more" in capsys.readouterr().err


def _killed(first: int, path: str) -> str:
    """The path in capitals, unless that is asked of another process, which does not survive it."""
    if path == "b" and os.getpid() != first:
        os.kill(os.getpid(), signal.SIGKILL)
    return path.upper()


@POSIX
def test_a_process_that_is_killed_costs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "_AT_ONCE", 1)
    assert list(parallel.each(partial(_killed, os.getpid()), ["a", "b", "c"], 2)) == ["A", "B", "C"]


@POSIX
@pytest.mark.parametrize("interrupt", [os.kill, os.killpg])
def test_ctrl_c_is_quiet(many: Path, interrupt: Callable[[int, int], None]) -> None:
    for number in range(400):
        (many / f"Dockerfile.{number}").write_text("FROM x\n" + "RUN pip install a\n" * 200)
    process = subprocess.Popen(
        [sys.executable, "-m", "pinhook", "--jobs=2", "."],
        cwd=many,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        text=True,
    )
    time.sleep(1)
    interrupt(process.pid, signal.SIGINT)
    said, _ = process.communicate(timeout=60)
    assert (process.returncode, said) == (-signal.SIGINT, "")
