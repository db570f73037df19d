"""Settings for the build context and requirements files, if the Dockerfile does not name them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pinhook.cli import main

if TYPE_CHECKING:
    from pathlib import Path

DOCKERFILE = "FROM python\nWORKDIR /app\nCOPY . .\nRUN pip install -r r.txt\n"


@pytest.fixture(autouse=True)
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a requirements file in each of the folders that may be the build context."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "a" / "b").mkdir(parents=True)
    for folder in ("", "a", "a/b"):
        (tmp_path / folder / "r.txt").write_text("flask\n")
    (tmp_path / "a" / "b" / "Dockerfile").write_text(DOCKERFILE)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *arguments: str, file: str = "a/b/Dockerfile") -> list[str]:
    assert main.run([file, *arguments, "--level", "strict", "--format", "concise"]) in {0, 1}
    captured = capsys.readouterr()
    assert not captured.err
    return [line.partition(" ")[0] for line in captured.out.splitlines()]


def test_without_any_it_is_ambiguous(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys) == []


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ("context = '.'", "r.txt:1:1:"),
        ("context = 'a'", "a/r.txt:1:1:"),
        ("context = 'a/./b/'", "a/b/r.txt:1:1:"),
        ("context = '..'", None),
        ("context = 'none'", None),
        ("per-file-contexts = {'a/**' = 'a'}", "a/r.txt:1:1:"),
        ("per-file-contexts = {'a/**' = 'a', 'Dockerfile' = 'a/b'}", "a/b/r.txt:1:1:"),
        ("per-file-contexts = {'b/Dockerfile' = 'a/b'}", None),
        ("context = '.'\nper-file-contexts = {'a/' = 'a'}", "a/r.txt:1:1:"),
        ("context = '.'\nper-file-contexts = {'x/' = 'a'}", "r.txt:1:1:"),
        ("requirements = {'/app/r.txt' = 'a/r.txt'}", "a/r.txt:1:1:"),
        ("requirements = {'r.txt' = 'a/r.txt'}", "a/r.txt:1:1:"),
        ("requirements = {'/r.txt' = 'a/r.txt'}", None),
        ("requirements = {'/app/r.txt' = '../r.txt'}", None),
        ("requirements = {'/app/r.txt' = 'a/none.txt'}", None),
    ],
)
def test_settings(settings: str, expected: str | None, repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (repository.parent / "r.txt").write_text("flask\n")
    (repository / "pinhook.toml").write_text(settings)
    assert run(capsys) == ([expected] if expected else [])


def test_the_option_is_relative_to_the_working_directory_and_wins(
    repository: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (repository / "pinhook.toml").write_text("context = '.'\nper-file-contexts = {'a/' = '.'}\n")
    assert run(capsys, "--context", "a/b") == ["a/b/r.txt:1:1:"]
    monkeypatch.chdir(repository / "a")
    assert run(capsys, "--context", ".", file="b/Dockerfile") == ["r.txt:1:1:"]
    assert run(capsys, file="b/Dockerfile") == ["../r.txt:1:1:"]


def test_a_configured_context_need_not_have_every_file(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = DOCKERFILE.replace("COPY . .", "COPY built /built\nCOPY r.txt .")
    (repository / "a" / "b" / "Dockerfile").write_text(text)
    assert run(capsys) == []
    assert run(capsys, "--context", "a") == ["a/r.txt:1:1:"]


def test_an_unknown_word_can_be_configured(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (repository / "a" / "b" / "Dockerfile").write_text("FROM python\nRUN pip install -r $FILE\n")
    (repository / "pinhook.toml").write_text("requirements = {'$FILE' = 'r.txt'}\n")
    assert run(capsys) == ["r.txt:1:1:"]
