"""Help and manual pages fit the terminal, and no word is broken."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from pinhook.__main__ import main
from pinhook.cli.wrapping import MAX_WIDTH, MIN_WIDTH, fill, fitting
from pinhook.rules import CODES

if TYPE_CHECKING:
    from collections.abc import Sequence


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("a b c d", "a b\nc d"),
        ("a\nb\n\nc", "a b\n\nc"),
        ("# a heading\nof two\n\n    indented as it is\nx", "# a heading\nof\ntwo\n\n    indented as it is\nx"),
        ("https://example.org/a-b a-b-c x", "https://example.org/a-b\na-b-c\nx"),
        ("", ""),
        ("a\n", "a\n"),
    ],
)
def test_fill(text: str, filled: str) -> None:
    assert fill(text, 4) == filled


@pytest.mark.parametrize(("columns", "width"), [(0, 80), (40, 80), (80, 80), (100, 100), (500, 120)])
def test_the_width(columns: int, width: int) -> None:
    assert fitting(columns) == width


def shown(
    arguments: Sequence[str], columns: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> str:
    """What the command prints on a terminal."""
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setattr("sys.stdout.fileno", lambda: 1)
    monkeypatch.setattr(os, "get_terminal_size", lambda _: os.terminal_size((columns, 24)))
    with suppress(SystemExit):  # after --help
        main(arguments)
    return capsys.readouterr().out


@pytest.mark.parametrize("columns", [20, 80, 93, 200])
def test_help(columns: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    text = shown(["--help"], columns, monkeypatch, capsys)
    width = min(max(columns, MIN_WIDTH), MAX_WIDTH)
    assert max(map(len, text.splitlines())) <= width
    assert text.split() == shown(["--help"], MAX_WIDTH, monkeypatch, capsys).split()
    examples = text.partition("\nExamples:\n")[2].splitlines()
    assert [line.split()[0] for line in examples] == ["pinhook"] * 3


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("columns", [20, 80, 93, 200])
def test_manual_pages(
    code: str, columns: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = shown(["--explain", code], columns, monkeypatch, capsys)
    prose = [line for line in text.splitlines() if not line.startswith("    ")]
    assert max(map(len, prose)) <= min(max(columns, MIN_WIDTH), MAX_WIDTH)
    monkeypatch.setattr("sys.stdout.isatty", lambda: False)
    main(["--explain", code])
    page = capsys.readouterr().out
    assert text.split() == page.split()
    assert re.findall(r"(?m)^(?: {4}|#).*", text) == re.findall(r"(?m)^(?: {4}|#).*", page)
