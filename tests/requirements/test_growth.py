"""Parsing a requirements file takes linear time."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from pinhook.requirements.file import parse_file
from pinhook.rules import RULES
from pinhook.source import Source
from tests.checks import check_requirements_file
from tests.growth_inputs import count_calls

if TYPE_CHECKING:
    from collections.abc import Callable

CODES = [rule.code for rule in RULES]
HASH = " \\\n    --hash=sha256:" + "ab" * 32
COUNT = 60
SIZE = 250_000
"""Characters of a file that is read once, without counting."""

MAX_RATIO = 2.2

FILES: dict[str, Callable[[int], str]] = {
    "loose lines": lambda count: "".join(f"p{number}\n" for number in range(count)),
    "pinned lines": lambda count: "".join(f"p{number}==1.{number}\n" for number in range(count)),
    "one name again and again": lambda count: "flask>=1\n" * count,
    "hashes": lambda count: f"flask==1.0{HASH}{HASH}\n" * count,
    "hashes of one line": lambda count: "flask==1.0" + HASH * count + "\n",
    "continued lines": lambda count: "flask \\\n" * count,
    "comments": lambda count: "flask # why\n# all\n" * count,
    "ignore comments": lambda count: "flask # pinhook: ignore[PIN001]\n" * count,
    "options": lambda count: "--pre\n-r x.txt\n-c c.txt\n" * count,
    "options of one line": lambda count: "--pre " * count + "\n",
    "variables": lambda count: "flask==${V}\n" * count,
    "refused lines": lambda count: "flask=1\n--none\n'\n" * count,
}


def calls(make: Callable[[int], str], count: int) -> int:
    """How many functions are called for the check of a file."""
    source = Source("requirements.txt", make(count))
    return count_calls(lambda: check_requirements_file(source, CODES))


@pytest.mark.parametrize("name", FILES)
def test_twice_as_much_takes_twice_the_calls(name: str) -> None:
    make = FILES[name]
    calls(make, COUNT)  # what is imported and compiled once
    few, more, most = (calls(make, count) for count in (COUNT, 2 * COUNT, 4 * COUNT))
    assert most - more <= MAX_RATIO * max(more - few, COUNT)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("flask==1.0\n" * (SIZE // 10), id="lines"),
        pytest.param("x" + " " * SIZE + "y", id="spaces"),
        pytest.param("\t" * SIZE + "#", id="tabs before a comment"),
        pytest.param("#" * SIZE, id="comment"),
        pytest.param("\\" * SIZE, id="backslashes"),
        pytest.param("x[" + "a," * (SIZE // 2), id="extras"),
        pytest.param("x; " + "(" * SIZE, id="marker"),
        pytest.param("-r " + "'" * (SIZE + 1), id="quotes"),
        pytest.param('--hash="' + "\\" * SIZE, id="escapes"),
        pytest.param("${A}" * (SIZE // 10), id="variables"),
        pytest.param("https://" + "a@" * (SIZE // 2), id="URL"),
    ],
)
def test_any_file_is_read_in_a_bounded_time(text: str) -> None:
    start = time.monotonic()
    assert parse_file(Source("requirements.txt", text)).source.text == text
    assert time.monotonic() - start < 60  # seconds of a busy machine; the square would take many minutes
