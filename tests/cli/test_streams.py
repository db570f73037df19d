"""Streams and the working directory, tested inside the process; ``test_process`` tests them from outside."""

from __future__ import annotations

import argparse
import io
import os
import runpy
import sys
from typing import TYPE_CHECKING

import pytest

from pinhook.__main__ import INTERRUPTED, command, main
from pinhook.cli import main as cli_main
from pinhook.cli import replacing, streams

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LOOSE = "FROM python\nRUN pip install flask\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "Dockerfile").write_text(LOOSE)
    return tmp_path


class Broken(io.TextIOWrapper):
    """A stream that takes nothing."""

    def __init__(self, error: OSError) -> None:
        super().__init__(io.BytesIO(), "utf-8")
        self.error = error

    def write(self, _: str) -> int:
        raise self.error

    def fileno(self) -> int:
        return -1


def print_message(_: object, message: str, file: io.TextIOBase | None = None) -> None:
    """As ``argparse`` of Python 3.10 prints; later ones say nothing of what goes wrong."""
    (file or sys.stderr).write(message)


@pytest.mark.parametrize("arguments", [["Dockerfile"], ["--rules"], ["--version"]])
@pytest.mark.parametrize("print_help", [argparse.ArgumentParser._print_message, print_message])
@pytest.mark.parametrize("error", [BrokenPipeError(), OSError(28, "No space left on device")])
def test_a_stream_that_takes_nothing(
    arguments: list[str],
    error: OSError,
    print_help: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    discarded: list[int] = []
    monkeypatch.setattr(argparse.ArgumentParser, "_print_message", print_help)
    monkeypatch.setattr(os, "dup2", lambda _, to: discarded.append(to))
    monkeypatch.setattr(sys, "stdout", Broken(error))
    is_full = not isinstance(error, BrokenPipeError)
    try:
        code = main(arguments)
    except SystemExit as stop:
        code = int(stop.code or 0)
    assert code == (2 if is_full else arguments == ["Dockerfile"])
    assert discarded
    assert capsys.readouterr().err == ("pinhook: stdout: No space left on device\n" if is_full else "")


def test_a_difference_that_cannot_be_written(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Full(io.BytesIO):
        def write(self, _: object) -> int:
            raise OSError(28, "No space left on device")

    (folder / "one").write_text("RUN pip install flask=3.0.0\n")
    monkeypatch.setattr(streams, "discard_stdout", lambda: None)
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(Full()))
    assert main(["--diff", "--offline", "one"]) == 2
    assert capsys.readouterr().err.splitlines() == [
        "pinhook: stdout: No space left on device",
        "pinhook: one: the difference could not be written",
        "one:1:17: PIN005 would be flask==3.0.0",
    ]


def test_streams_that_are_closed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    assert main(["missing", "Dockerfile"]) == 2
    assert capsys.readouterr() == ("", "")


def test_stdin_that_is_closed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert main(["-"]) == 2
    assert capsys.readouterr().err == "pinhook: <stdin>: is closed\n"


def test_stdin(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(LOOSE.encode())))
    assert main(["-", "-q", "--format=concise"]) == 1
    assert capsys.readouterr().out == "<stdin>:2:17: PIN001 flask is not pinned; write flask==<version>\n"


def test_a_working_directory_that_is_gone(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail() -> str:
        raise FileNotFoundError(2, "No such file or directory")

    monkeypatch.setattr(os, "getcwd", fail)
    assert main([str(folder / "Dockerfile")]) == 2
    assert capsys.readouterr().err == "pinhook: the working directory: No such file or directory\n"


def test_one_who_calls_main_is_not_ended_by_ctrl_c(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli_main, "run", interrupt)
    assert main(["Dockerfile"]) == INTERRUPTED


def test_the_module_is_the_command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    codes: list[int] = []
    monkeypatch.setattr(sys, "argv", ["pinhook", "--rules"])
    monkeypatch.delitem(sys.modules, "pinhook.__main__")
    monkeypatch.setattr(os, "_exit", codes.append)
    runpy.run_module("pinhook", run_name="__main__")
    assert codes == [0]
    assert capsys.readouterr().out.startswith("PIN001")


def test_the_command_ends_as_argparse_would(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    codes: list[int] = []
    monkeypatch.setattr(os, "_exit", codes.append)
    for arguments in (["--version"], ["--wrong"]):
        monkeypatch.setattr(sys, "argv", ["pinhook", *arguments])
        command()
    assert codes == [0, 2]
    assert capsys.readouterr().out.startswith("pinhook ")


def test_a_system_without_owners_of_files(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "chown", raising=False)
    replacing.rewrite("Dockerfile", LOOSE.encode(), b"FROM python\n")
    assert (folder / "Dockerfile").read_text() == "FROM python\n"
