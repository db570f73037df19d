"""``--add-ignores`` and ``--remove-unused-ignores``: what is written, printed, and the exit code."""

from __future__ import annotations

import json
import os
import stat
import subprocess
from typing import TYPE_CHECKING

import pytest

from pinhook.__main__ import main

if TYPE_CHECKING:
    from pathlib import Path

BAD = b"\xef\xbb\xbf# \xff\r\nFROM a\r\nRUN pip install \\\r\n\tflask"
COMMENT = b"\t# pinhook: ignore[PIN001: flask] old\r\n"
ADDED = BAD.replace(b"\tflask", COMMENT + b"\tflask")
ADD = ["--add-ignores", "--reason=old"]


@pytest.fixture(autouse=True)
def dockerfile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "Dockerfile"
    path.write_bytes(BAD)
    return path


def test_comments_are_written_and_every_other_byte_stays(dockerfile: Path, capsys: pytest.CaptureFixture[str]) -> None:
    dockerfile.chmod(0o751)
    assert main([*ADD, "Dockerfile"]) == 0
    assert dockerfile.read_bytes() == ADDED
    assert stat.S_IMODE(dockerfile.stat().st_mode) == 0o751
    output, errors = capsys.readouterr()
    assert output.splitlines() == [
        "Dockerfile:4:2: PIN001 ignored: flask is not pinned; write flask==<version>",
        "",
        "Wrote ignore comments for 1 finding in 1 file; 1 finding is ignored by comments.",
    ]
    assert not errors
    assert main([*ADD, "Dockerfile"]) == 0
    assert dockerfile.read_bytes() == ADDED
    assert main(["Dockerfile"]) == 0


def test_the_diff_is_one_for_git(dockerfile: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main([*ADD, "--diff", "Dockerfile"]) == 1
    assert dockerfile.read_bytes() == BAD
    patch, said = capfdbinary.readouterr()
    assert said == b"Dockerfile:4:2: PIN001 would be ignored: flask is not pinned; write flask==<version>\n"
    subprocess.run(["git", "apply", "-p1", "-"], input=patch, check=True, env={**os.environ, "GIT_DIR": "/nowhere"})
    assert dockerfile.read_bytes() == ADDED


def test_unused_comments_are_removed_first(dockerfile: Path, capsys: pytest.CaptureFixture[str]) -> None:
    dockerfile.write_text("# pinhook: ignore[PIN002]\nRUN pip install flask\n")
    assert main([*ADD, "--remove-unused-ignores", "Dockerfile"]) == 0
    assert dockerfile.read_text() == "# pinhook: ignore[PIN001: flask] old\nRUN pip install flask\n"
    assert "removed 1 unused ignore comment or part of one" in capsys.readouterr().out


def test_removing_says_nothing_of_other_findings(dockerfile: Path, capsys: pytest.CaptureFixture[str]) -> None:
    dockerfile.write_text("# pinhook: ignore[PIN002]\nRUN pip install flask\n")
    assert main(["--remove-unused-ignores", "--format=concise", "Dockerfile"]) == 1
    assert dockerfile.read_text() == "RUN pip install flask\n"
    assert capsys.readouterr().out.splitlines()[-1] == (
        "Dockerfile:1:17: PIN001 flask is not pinned; write flask==<version>"
    )


def test_what_gets_no_comment_is_reported(dockerfile: Path, capsys: pytest.CaptureFixture[str]) -> None:
    dockerfile.write_text("# pinhook: ignore[PIN01]\nRUN pip install flask\n# pinhook: ignore\n")
    assert main([*ADD, "--level=strict", "--format=concise", "Dockerfile"]) == 1
    assert dockerfile.read_text().splitlines()[1] == "# pinhook: ignore[PIN001: flask] old"
    mistaken, unused = capsys.readouterr().out.splitlines()[-2:]
    assert mistaken.endswith("(not ignored: --remove-unused-ignores removes comments that suppress nothing)")
    assert unused.endswith("(not ignored: --remove-unused-ignores removes comments that suppress nothing)")
    assert main([*ADD, "--remove-unused-ignores", "--level=strict", "--format=concise", "Dockerfile"]) == 1
    assert capsys.readouterr().out.splitlines()[-1].endswith("(not ignored: the comment has a mistake; correct it)")


def test_a_file_that_a_command_leads_to_is_written_when_it_is_named(
    dockerfile: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dockerfile.write_text("FROM a\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\n")
    requirements = dockerfile.with_name("requirements.txt")
    requirements.write_text("flask\n")
    (dockerfile.parent / ".git").mkdir()
    assert main([*ADD, "--level=strict", "--format=concise", "Dockerfile"]) == 1
    assert requirements.read_text() == "flask\n"
    assert "(not ignored: it is in another file; name that file to add comments to it)" in (capsys.readouterr().out)
    assert main([*ADD, "--level=strict", "Dockerfile", "requirements.txt"]) == 0
    assert requirements.read_text() == "flask  # pinhook: ignore[PIN001: flask] old\n"
    assert main(["--level=strict", "Dockerfile", "requirements.txt"]) == 0


def test_the_reason_that_the_configuration_requires(dockerfile: Path, capsys: pytest.CaptureFixture[str]) -> None:
    dockerfile.with_name("pyproject.toml").write_text("[tool.pinhook]\nrequire-reason = true\n")
    assert main(["--add-ignores", "Dockerfile"]) == 2
    assert capsys.readouterr().err == (
        "pinhook: --add-ignores needs --reason TEXT: the setting require-reason wants one in every comment\n"
    )
    assert dockerfile.read_bytes() == BAD
    assert main([*ADD, "Dockerfile"]) == 0
    assert dockerfile.read_bytes() == ADDED


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--fix"], "--fix and ignore comments are two steps; fix first, then write comments for what is left"),
        (
            ["--no-ignores"],
            "--no-ignores and the writing of ignore comments contradict each other; leave one of them out",
        ),
        (["--reason=a\nb"], "--reason: a reason is one line of text"),
        (["--reason=x # pinhook: ignore"], "--reason: a reason needs words, and cannot contain an ignore comment"),
        (["--reason=x \\"], "--reason: a reason cannot end with \\, which continues a line"),
    ],
)
def test_options_that_cannot_be(arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as exit_code:
        main(["--add-ignores", *arguments, "Dockerfile"])
    assert exit_code.value.code == 2
    assert capsys.readouterr().err.endswith(f"error: {message}\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["--reason=x", "Dockerfile"],
            "--reason is the reason that the comments of --add-ignores give; add --add-ignores",
        ),
        (["--add-ignores", "-"], "--add-ignores cannot write to stdin; --diff shows what it would write"),
        (
            ["--remove-unused-ignores", "-"],
            "--remove-unused-ignores cannot write to stdin; --diff shows what it would write",
        ),
    ],
)
def test_options_that_need_others(arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(arguments)
    assert capsys.readouterr().err.endswith(f"error: {message}\n")


def test_a_file_that_cannot_be_written_is_merely_checked(dockerfile: Path, capsys: pytest.CaptureFixture[str]) -> None:
    dockerfile.chmod(0o444)
    assert main([*ADD, "Dockerfile"]) == 2
    output, errors = capsys.readouterr()
    assert errors == "pinhook: Dockerfile: is read-only, so it was not changed\n"
    assert "PIN001 flask is not pinned" in output
    assert dockerfile.read_bytes() == BAD


def test_json_has_what_is_suppressed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*ADD, "--format=json", "Dockerfile"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert (report["summary"]["findings"], report["summary"]["suppressed"], report["summary"]["fixed"]) == (0, 1, 0)


def test_a_comment_that_would_undo_the_declared_encoding_is_not_written(dockerfile: Path) -> None:
    requirements = dockerfile.with_name("requirements.txt")
    before = b"flask \\\n# coding: latin-1\nsix # \xe9\n"
    requirements.write_bytes(before)
    assert main([*ADD, "requirements.txt"]) == 1
    assert requirements.read_bytes() == before.replace(b"\xe9\n", b"\xe9  # pinhook: ignore[PIN001: six] old\n")
