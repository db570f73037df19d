"""Twice as much of anything costs twice as much: in calls, which are counted, and not in seconds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pinhook import room
from pinhook.reporters import REPORTERS
from pinhook.reporters.reporter import Outcome, Style
from pinhook.source import Source
from tests.checks import check
from tests.growing import DOCKERFILES, count_calls

if TYPE_CHECKING:
    from collections.abc import Callable

COUNT = 100
MOST = 2.2


@pytest.fixture(autouse=True)
def little_room(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the room that a small file has, too, in which it may take the square of its length."""
    monkeypatch.setattr(room, "LEAST", 0)


def calls(make: Callable[[int], str], count: int) -> int:
    """How many functions are called for the check of a Dockerfile, and for the report with its lines."""
    source = Source("Dockerfile", make(count))
    return count_calls(lambda: REPORTERS[0].render(Outcome((check(source),)), Style()))


@pytest.mark.parametrize("name", DOCKERFILES)
def test_twice_as_much_takes_twice_the_calls(name: str) -> None:
    make = DOCKERFILES[name]
    calls(make, COUNT)  # what is imported and compiled once
    few, more, most = (calls(make, count) for count in (COUNT, 2 * COUNT, 4 * COUNT))
    assert most - more <= MOST * max(more - few, COUNT)


def test_the_calls_of_what_grows_faster_are_told() -> None:
    few, more, most = (calls(lambda count: "RUN pip install a\n" * count**2, count) for count in (5, 10, 20))
    assert most - more > MOST * (more - few)
