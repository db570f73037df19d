"""How a file is written: wholly, or not at all."""

from __future__ import annotations

import os
import stat
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from pinhook import output
from pinhook.__main__ import main

if TYPE_CHECKING:
    from pathlib import Path

BEFORE = b"\xef\xbb\xbfFROM python:3.12\r\n# \xff\r\nRUN pip install \\\r\n\tflask=2.0 # \xc3\xa9"
AFTER = BEFORE.replace(b"=", b"==")


@pytest.fixture(autouse=True)
def dockerfile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "Dockerfile"
    path.write_bytes(BEFORE)
    return path


def fix(*arguments: str) -> int:
    return main(["--offline", "Dockerfile", *arguments])


def test_bytes_and_mode_stay(dockerfile: Path) -> None:
    dockerfile.chmod(0o751)
    assert fix("--fix") == 1
    assert dockerfile.read_bytes() == AFTER
    assert stat.S_IMODE(dockerfile.stat().st_mode) == 0o751
    assert fix("--fix") == 0
    assert [path.name for path in dockerfile.parent.iterdir()] == ["Dockerfile"]


def test_a_symbolic_link_is_followed(dockerfile: Path) -> None:
    dockerfile.rename("real")
    dockerfile.symlink_to("real")
    assert fix("--fix") == 1
    assert dockerfile.is_symlink()
    assert dockerfile.read_bytes() == AFTER


def test_a_read_only_file_is_reported(dockerfile: Path, capsys: pytest.CaptureFixture[str]) -> None:
    dockerfile.chmod(0o444)
    assert fix("--fix") == 2
    output, errors = capsys.readouterr()
    assert errors == "pinhook: Dockerfile: is read-only, and so was not fixed\n"
    assert output.startswith("Dockerfile:4:2: PIN005 flask=2.0 has one = where == belongs")
    assert output.endswith("\nFound 1 finding in 1 file.\n")
    assert dockerfile.read_bytes() == BEFORE


def test_the_diff_is_one_for_git(dockerfile: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    dockerfile.write_bytes(BEFORE.replace(b"\xff", b"\x0c \xe2\x80\xa8 \r x"))
    assert fix("--diff") == 1
    assert b"==" not in dockerfile.read_bytes()
    printed, said = capfdbinary.readouterr()
    assert b"PIN005 would be flask==2.0" in said
    subprocess.run(["git", "apply", "-p1", "-"], input=printed, check=True, env={**os.environ, "GIT_DIR": "/nowhere"})
    assert b"flask==2.0" in dockerfile.read_bytes()


def test_stdin_has_a_diff_only(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--fix", "-"])
    assert "--fix cannot write to stdin" in capsys.readouterr().err


class Full:
    """A file that nothing can be written into."""

    def __init__(self, file: Any, error: BaseException) -> None:
        self.file, self.error = file, error

    def __enter__(self) -> Any:
        return self

    def __exit__(self, *_: object) -> None:
        self.file.close()

    def write(self, _content: bytes) -> None:
        raise self.error


@pytest.mark.parametrize("name", ["open", "write", "chmod", "replace", "access"])
@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()], ids=["full", "Ctrl-C"])
def test_whatever_fails_the_file_is_as_it_was(
    name: str, error: BaseException, dockerfile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object) -> None:
        raise error

    def open_full(path: str, mode: str) -> Any:
        file = open(path, mode)  # noqa: PTH123, SIM115  the caller closes it
        return Full(file, error) if "x" in mode else file

    with monkeypatch.context() as patch:
        if name in {"open", "write"}:
            patch.setattr(output, "open", fail if name == "open" else open_full, raising=False)
        else:
            patch.setattr(f"pinhook.output.os.{name}", fail)
        assert fix("--fix") == (130 if isinstance(error, KeyboardInterrupt) else 2)
    assert dockerfile.read_bytes() == BEFORE
    assert [path.name for path in dockerfile.parent.iterdir()] == ["Dockerfile"]


def test_the_owner_may_have_to_change(dockerfile: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: object) -> None:
        raise PermissionError

    monkeypatch.setattr("pinhook.output.os.chown", fail)
    assert fix("--fix") == 1
    assert dockerfile.read_bytes() == AFTER


def test_a_file_that_has_changed_meanwhile_is_left_alone(dockerfile: Path) -> None:
    with pytest.raises(OSError, match="has changed in the meantime"):
        output.rewrite("Dockerfile", b"something else", AFTER)
    assert dockerfile.read_bytes() == BEFORE
