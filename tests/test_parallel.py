"""Several processes say what one says."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import time
from functools import partial
from multiprocessing.process import BaseProcess
from typing import TYPE_CHECKING

import pytest

from pinhook import interrupts, parallel
from pinhook.__main__ import main

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
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


@pytest.mark.parametrize("number", ["0", "-1", "x", "1.5", ""])
def test_what_is_no_number_of_processes(number: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["x", f"--jobs={number}"])
    assert stopped.value.code == 2
    assert f"{number} is not a number of processes; write 1 or more" in capsys.readouterr().err


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "_AT_ONCE", 1)


def _what_another(does: Callable[[], object], first: int, paths: str, path: str) -> str:
    """The path in capitals; what another process than the first does with some paths is something else."""
    if path in paths and os.getpid() != first:
        does()
    return path.upper()


def _is_killed() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _fails() -> None:
    raise KeyError


@POSIX
@pytest.mark.parametrize("does", [_is_killed, _fails])
@pytest.mark.parametrize("paths", ["a", "b", "d", "ab", "cd", "abcd"])
def test_what_a_process_does_not_live_to_tell(
    does: Callable[[], object], paths: str, capfd: pytest.CaptureFixture[str]
) -> None:
    """The first process does it, and nothing is said about it."""
    action = partial(_what_another, does, os.getpid(), paths)
    assert list(parallel.each(action, "abcd", 2)) == ["A", "B", "C", "D"]
    assert capfd.readouterr() == ("", "")


class _Wire:
    """A connection to one who asks for something, and then for nothing any more."""

    def __init__(self, *asked: list[str]) -> None:
        self.asked = list(asked)
        self.answers: list[object] = []
        self.is_closed = False

    def recv(self) -> list[str]:
        if not self.asked:
            raise EOFError
        return self.asked.pop(0)

    def send(self, answer: object) -> None:
        self.answers.append(answer)

    def close(self) -> None:
        self.is_closed = True


def test_what_a_process_does(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    monkeypatch.setattr(interrupts, "end_at_once", lambda: done.append("Ctrl-C ends it"))
    monkeypatch.setattr(interrupts, "let_in", lambda: done.append("it is not spared"))
    monkeypatch.setattr(gc, "disable", lambda: done.append("nothing is collected"))
    there, here = _Wire(), _Wire(["a", "b"], ["c"])
    parallel._work(str.upper, there, here)  # type: ignore[arg-type]
    assert done == ["Ctrl-C ends it", "it is not spared", "nothing is collected"]
    assert here.answers == [["A", "B"], ["C"]]
    assert there.is_closed


def test_a_process_that_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """It does not go on with files that nobody waits for."""
    monkeypatch.setattr(interrupts, "end_at_once", lambda: None)
    monkeypatch.setattr(interrupts, "let_in", lambda: None)
    monkeypatch.setattr(gc, "disable", lambda: None)
    parents = [7, 7, 1, 1]
    monkeypatch.setattr(os, "getppid", lambda: parents.pop(0))
    here = _Wire(["a", "b", "c", "d"])
    read: list[str] = []
    parallel._work(read.append, _Wire(), here)  # type: ignore[arg-type]
    assert (read, here.answers) == (["a", "b"], [])


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
def test_platforms(platform: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each starts processes in its own way."""
    monkeypatch.setattr(sys, "platform", platform)
    if platform == "linux" or os.name == "posix":
        assert list(parallel.each(str.upper, "abc", 2)) == ["A", "B", "C"]


@pytest.mark.parametrize("granted", [0, 1])
def test_a_system_that_grants_few_processes(granted: int, monkeypatch: pytest.MonkeyPatch) -> None:
    start = BaseProcess.start
    started: list[BaseProcess] = []

    def start_some(process: BaseProcess) -> None:
        if len(started) == granted:
            raise BlockingIOError(11, "Resource temporarily unavailable")
        started.append(process)
        start(process)

    monkeypatch.setattr(BaseProcess, "start", start_some)
    assert list(parallel.each(str.upper, "abc", 3)) == ["A", "B", "C"]
    assert len(started) == granted


BEGINS = """
import sys

def note(event, arguments):
    if event == "import" and arguments[0] == "multiprocessing.connection":
        open("begun", "w").close()

sys.addaudithook(note)
"""


@pytest.fixture(params=[0, 0.02, 0.05, 0.3])
def run(many: Path, request: pytest.FixtureRequest) -> Iterator[subprocess.Popen[str]]:
    """A run of three processes that takes a while, and has begun to: so many seconds ago."""
    for number in range(400):
        (many / f"Dockerfile.{number}").write_text("FROM x\n" + "RUN pip install a\n" * 1000)
    (many / "sitecustomize.py").write_text(BEGINS)
    with subprocess.Popen(
        [sys.executable, "-m", "pinhook", "--jobs=2", "."],
        cwd=many,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(many), *sys.path])},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        text=True,
    ) as process:
        while not (many / "begun").exists():
            assert process.poll() is None
            time.sleep(0.01)
        time.sleep(request.param)
        yield process


@POSIX
@pytest.mark.parametrize("signal_", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
@pytest.mark.parametrize("kill", [os.kill, os.killpg])
def test_an_end_from_outside(
    run: subprocess.Popen[str], kill: Callable[[int, int], None], signal_: signal.Signals
) -> None:
    """All processes are gone soon, as none has stdout open any more, and they are quiet about it."""
    kill(run.pid, signal_)
    said, _ = run.communicate(timeout=60)
    assert (run.returncode, said) == (-signal_, "")
