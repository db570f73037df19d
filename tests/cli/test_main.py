"""The command: its output and its exit code for any arguments."""

from __future__ import annotations

import itertools
import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from pinhook import __version__
from pinhook.__main__ import main
from pinhook.cli import main as cli_main
from pinhook.cli.terminal import wants_color
from pinhook.reporters import REPORTERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pinhook.documents import Document

ROOT = Path(__file__).parents[2]
BAD = "FROM python\nRUN pip install flask\n"
GOOD = "FROM python\nRUN pip install flask==3.0.0\n"
FINDING = "Dockerfile:2:17: PIN001 flask is not pinned; write flask==<version>\n"
FORMATS = [reporter.name for reporter in REPORTERS]
POSIX = pytest.mark.skipif(os.name != "posix", reason="needs POSIX files")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def pinhook(
    *arguments: str | bytes, environment: dict[str, str] | None = None, **options: Any
) -> subprocess.CompletedProcess[bytes]:
    """Run the command as a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "pinhook", *arguments],
        capture_output="stdout" not in options,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), **(environment or {})},
        timeout=60,
        **options,
    )


def lines(captured: str) -> list[str]:
    return captured.splitlines()


def test_clean(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "Dockerfile").write_text(GOOD)
    assert main(["Dockerfile"]) == 0
    assert capsys.readouterr() == ("No findings in 1 file (1 installation, 1 target).\n", "")


def test_findings(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "Dockerfile").write_text(BAD)
    assert main(["Dockerfile"]) == 1
    output, errors = capsys.readouterr()
    assert output == FINDING + (
        "  2 | RUN pip install flask\n    |                 ^^^^^\n\nFound 1 finding in 1 file.\n"
        "1 may be fixed with --fix; pinhook --explain PIN001 says more.\n"
    )
    assert not errors


@pytest.mark.parametrize(
    ("options", "code", "output"),
    [
        (["--quiet", "--format=concise"], 1, FINDING),
        (["--isolated", "--format", "concise"], 1, FINDING),
        (["--exit-zero", "--format=concise"], 0, FINDING),
        (["--quiet"], 1, FINDING + "  2 | RUN pip install flask\n    |                 ^^^^^\n"),
    ],
)
def test_options(options: list[str], code: int, output: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "Dockerfile").write_text(BAD)
    assert main([*options, "Dockerfile"]) == code
    assert capsys.readouterr() == (output, "")


@pytest.mark.parametrize("exit_zero", [[], ["--exit-zero"]])
@pytest.mark.parametrize("format_", FORMATS)
def test_a_file_that_cannot_be_read_costs_only_itself(
    format_: str, exit_zero: list[str], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "utf16").write_text(BAD, encoding="utf-16")
    (folder / "binary").write_bytes(b"FROM a\0b")
    (folder / "Dockerfile").write_text(BAD)
    assert main([*exit_zero, "--format", format_, "missing", "utf16", "binary", "Dockerfile", "x" * 300]) == 2
    output, errors = capsys.readouterr()
    assert "flask is not pinned" in output
    assert lines(errors) == [
        "pinhook: binary: is a binary file (it holds a NUL byte)",
        "pinhook: missing: No such file or directory",
        "pinhook: utf16: is UTF-16 or UTF-32; write it in UTF-8",
        f"pinhook: {'x' * 300}: {os.strerror(36)}",
    ]
    if format_ == "json":
        document = json.loads(output)
        assert [f"pinhook: {error['path']}: {error['message']}" for error in document["errors"]] == lines(errors)
        assert document["summary"]["files"] == 1


@pytest.mark.parametrize("format_", FORMATS)
def test_an_internal_error_costs_only_its_file(
    format_: str, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from pinhook import check

    def fail(document: Document, *_: object, **__: object) -> check.Report:
        if document.source.path == "a":
            raise ValueError("an\x1b odd\none")
        return real(document)

    real = check.check
    monkeypatch.setattr(check, "check", fail)
    (folder / "a").write_text(BAD)
    (folder / "Dockerfile").write_text(BAD)
    assert main(["--format", format_, "a", "Dockerfile"]) == 2
    output, errors = capsys.readouterr()
    assert "flask is not pinned" in output
    assert errors.startswith(r"pinhook: a: internal error: ValueError: an\x1b odd\none (test_main.py:")
    assert errors.endswith("); please report it\n")


def test_an_internal_error_of_a_reporter_is_no_traceback(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cli_main, "REPORTERS", ())
    (folder / "Dockerfile").write_text(GOOD)
    assert main(["--isolated", "Dockerfile"]) == 2
    output, errors = capsys.readouterr()
    assert not output
    assert errors.startswith("pinhook: internal error: StopIteration")


def test_files_are_checked_once_and_sorted(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("b", "a", "sub/Dockerfile", "sub/c/x.dockerfile", "sub/Dockerfile.md"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(BAD)
    arguments = ["b", "sub/c/x.dockerfile", "missing", "a", "./b", "sub", str(folder / "a"), "also missing"]
    assert main(["--format=concise", *arguments]) == 2
    out, err = capsys.readouterr()
    assert [line.partition(":")[0] for line in lines(out)] == ["a", "b", "sub/Dockerfile", "sub/c/x.dockerfile"]
    assert [line.split(":")[1].strip() for line in lines(err)] == ["also missing", "missing"]


def test_options_may_be_between_files(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("a", "b", "--quiet"):
        (folder / name).write_text(BAD)
    assert main(["a", "--format", "concise", "b", "--", "--quiet"]) == 1
    assert [line.partition(":")[0] for line in lines(capsys.readouterr().out)] == ["--quiet", "a", "b"]


@pytest.mark.parametrize("action", [[], ["--fix", "--offline"], ["--diff", "--offline"]])
def test_a_directory_without_a_dockerfile(action: list[str], folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = "No Dockerfile found.\n" if "--diff" not in action else ""
    assert main([*action, "."]) == 0
    assert capsys.readouterr() == (said, "pinhook: warning: .: no Dockerfile found\n")
    assert main([*action, "--error-on-no-files", "."]) == 2
    capsys.readouterr()
    (folder / "docs").mkdir()
    (folder / "Dockerfile").write_text(GOOD)
    assert main([*action, "--error-on-no-files", "."]) == 0
    assert not capsys.readouterr().err
    assert main([*action, "docs", "."]) == 0
    assert capsys.readouterr().err == "pinhook: warning: docs: no Dockerfile found\n"
    assert main([*action, "--error-on-no-files", "docs", "."]) == 2
    assert main([*action, "--exclude=*", "--force-exclude", "--error-on-no-files", "Dockerfile"]) == 2
    assert main([*action, "--exclude=*", "--force-exclude", "Dockerfile"]) == 0


@pytest.mark.parametrize(
    ("arguments", "name"), [(["-"], "<stdin>"), (["-", "--stdin-filename", "x/Dockerfile"], "x/Dockerfile")]
)
def test_stdin(arguments: list[str], name: str) -> None:
    process = pinhook("--format=concise", *arguments, "-", input=BAD.encode())
    assert process.returncode == 1
    assert process.stdout.decode().splitlines() == [f"{name}:2:17: PIN001 flask is not pinned; write flask==<version>"]


def test_stdin_that_is_not_text() -> None:
    process = pinhook("-", input=b"\xff\xfeF")
    assert (process.returncode, process.stderr) == (
        2,
        b"pinhook: <stdin>: is UTF-16 or UTF-32; write it in UTF-8\n",
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "no file is given; pinhook . searches this directory for Dockerfiles"),
        (["--format=xml", "x"], 'argument --format: "xml" is not a format; choose from text, concise, json, '),
        (["--format=jsn", "x"], 'argument --format: "jsn" is not a format; did you mean json?'),
        (["--color=pink", "x"], "invalid choice: 'pink'"),
        (["--forma=json", "x"], "unknown option --forma; did you mean --format?"),
        (["--zzz", "x"], "unknown option --zzz; pinhook --help lists them"),
        (["--select=PIN101", "x"], 'argument --select: "PIN101" is not a rule; did you mean PIN012?'),
        (["--ignore=PIN001,flask", "x"], '"flask" is not a rule; pinhook --rules lists them'),
        (["--allow=flask==1", "x"], '"flask==1" is not a package name; leave version and extras out'),
        (["--config=x", "--isolated", "x"], "--config and --isolated contradict each other; leave one of them out"),
        (["--stdin-filename=x", "y"], "--stdin-filename names what is read from stdin; add - to the files"),
    ],
)
def test_wrong_arguments(arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    assert stop.value.code == 2
    output, errors = capsys.readouterr()
    assert not output
    assert errors.startswith("usage: pinhook [OPTIONS] FILE...\npinhook: error: ")
    assert message in errors


def test_version_and_help(capsys: pytest.CaptureFixture[str]) -> None:
    for option in ("--version", "-V", "--help", "-h"):
        with pytest.raises(SystemExit) as stop:
            main([option])
        assert not stop.value.code
        output, errors = capsys.readouterr()
        assert not errors
        if option.lower().endswith("v") or option == "--version":
            assert output == f"pinhook {__version__}\n"
        else:
            assert all(name in output for name in FORMATS)
            assert max(map(len, lines(output))) <= 100


@pytest.mark.parametrize(
    ("when", "environment", "terminal", "expected"),
    [
        ("auto", {}, True, True),
        ("auto", {}, False, False),
        ("auto", {"TERM": "dumb"}, True, False),
        ("auto", {"NO_COLOR": "1"}, True, False),
        ("auto", {"NO_COLOR": ""}, True, True),
        ("auto", {"FORCE_COLOR": "1"}, False, True),
        ("auto", {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False, False),
        ("always", {"NO_COLOR": "1"}, False, True),
        ("never", {"FORCE_COLOR": "1"}, True, False),
    ],
)
def test_color(
    when: str, environment: dict[str, str], terminal: bool, expected: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: terminal)
    assert wants_color(when, sys.stdout) is expected


ENCODINGS = ["ascii", "latin-1", "utf-8", "cp437", "cp1252"]


@pytest.mark.parametrize(
    ("encoding", "format_"),
    [
        pytest.param(encoding, format_, marks=() if encoding == "ascii" or format_ == "text" else pytest.mark.slow)
        for encoding in ENCODINGS
        for format_ in FORMATS
    ],
)
def test_any_encoding_of_stdout(encoding: str, format_: str, folder: Path) -> None:
    (folder / "Dockerfile").write_bytes("RUN pip install 漢字 \udcff\n".encode("utf-8", "surrogateescape"))
    process = pinhook(
        "--format", format_, "Dockerfile", "漢", environment={"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    )
    assert process.returncode == 2
    assert b"Traceback" not in process.stderr
    assert b"pinhook: " in process.stderr
    assert "PIN00" in process.stdout.decode(encoding)
    if format_ == "json":
        assert json.loads(process.stdout)


@POSIX
@pytest.mark.parametrize("arguments", [["Dockerfile"], ["--help"]])
def test_closed_pipe(arguments: Sequence[str], folder: Path) -> None:
    (folder / "Dockerfile").write_text(BAD)
    reader, writer = os.pipe()
    os.close(reader)
    process = pinhook(*arguments, stdout=writer, stderr=subprocess.PIPE)
    os.close(writer)
    assert process.returncode == (1 if "Dockerfile" in arguments else 0)
    assert not process.stderr


@POSIX
def test_interrupted() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "pinhook", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as process:
        assert process.stdin
        process.stdin.write(bytes(1 << 20))  # more than a pipe holds, so that it has begun to read
        process.send_signal(signal.SIGINT)
        assert process.communicate(timeout=30) == (b"", b"")
    assert process.returncode == -signal.SIGINT


@pytest.mark.parametrize(
    "arguments", list(itertools.permutations(["b/Dockerfile", "./a/Dockerfile", "a/Dockerfile", "."]))
)
@pytest.mark.parametrize("action", ["--quiet", "--show-files", "--diff"])
def test_the_order_of_the_arguments_does_not_matter(
    action: str, arguments: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    """One file has several paths; the reports are in the order of the paths."""
    monkeypatch.chdir(tmp_path)
    for folder in (".", "a", "b"):
        (tmp_path / folder).mkdir(exist_ok=True)
        (tmp_path / folder / "Dockerfile").write_text("RUN pip install flask=1\n")
    main(["--isolated", "--format=concise", "--offline", action, *arguments])
    paths = [re.sub(r"^--- a/|:.*", "", line) for line in capsys.readouterr().out.splitlines()]
    assert [path for path in paths if path[0] not in "+-@"] == ["Dockerfile", "a/Dockerfile", "b/Dockerfile"]


def test_files_that_would_be_checked_are_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("docs").mkdir()
    Path("a").mkdir()
    assert main(["--isolated", "--show-files", "docs", "a", "docs"]) == 0
    said = "".join(f"pinhook: warning: {folder}: no Dockerfile found\n" for folder in ("a", "docs"))
    assert capsys.readouterr() == ("", said)
    assert main(["--isolated", "--show-files", "--error-on-no-files", "docs"]) == 2
    Path("docs/Dockerfile").touch()
    assert main(["--isolated", "--show-files", "--error-on-no-files", "docs"]) == 0
