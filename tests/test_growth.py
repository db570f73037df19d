"""Twice the input costs at most twice as much, measured in calls, not in seconds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from pinhook import budget
from pinhook.fix import suggest
from pinhook.reporters import REPORTERS
from pinhook.reporters.reporter import Outcome, Style
from pinhook.source import Source
from tests.checks import check, check_requirements_file, document_of, requirements_document
from tests.growth_inputs import DOCKERFILES, count_calls

if TYPE_CHECKING:
    from collections.abc import Callable

COUNT = 100
# these reach a limit (of comments for one place, of values, of the budget, of a shown line) only with more than 50
LATE = {
    "branches that assign",
    "commands with each of many values",
    "outputs in each other",
    "pieces of a word",
    "tests and assignments",
}
CASES = [
    *((name, COUNT if name in LATE else COUNT // 2) for name in DOCKERFILES),
    *(pytest.param(name, COUNT, marks=pytest.mark.slow) for name in DOCKERFILES if name not in LATE),
]
MAX_RATIO = 2.2


@pytest.fixture(autouse=True)
def small_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the fixed part of the budget, which allows quadratic work in small files."""
    monkeypatch.setattr(budget, "MIN_UNITS", 0)


def calls(make: Callable[[int], str], count: int) -> int:
    """How many functions are called for the check of a Dockerfile, and for the report with its lines."""
    source = Source("Dockerfile", make(count))
    re.purge()  # else what an earlier test compiled is free
    return count_calls(lambda: REPORTERS[0].render(Outcome((check(source),)), Style()))


@pytest.mark.parametrize(("name", "count"), CASES)
def test_twice_as_much_takes_twice_the_calls(name: str, count: int) -> None:
    make = DOCKERFILES[name]
    calls(make, count // 4)  # what is imported and compiled once
    few, more, most = (calls(make, times * count) for times in (1, 2, 4))
    assert most - more <= MAX_RATIO * max(more - few, count)


SUGGESTED: dict[str, Callable[[int], str]] = {
    "one in each command": lambda count: "".join(f"RUN pip install p{at}=1.0\n" for at in range(count)),
    "many in one command": lambda count: "RUN pip install" + "".join(f" p{at}=1.0" for at in range(count)),
    "quotes": lambda count: "".join(f"RUN pip install p{at}>1.0\n" for at in range(count)),
    "quotes within quotes": lambda count: "".join(f"RUN sh -c 'pip install p{at}>1.0'\n" for at in range(count)),
    "quotes of both kinds": lambda count: "".join(
        f"RUN pip install p{at}>1 && sh -c 'pip install q{at}>1'\n" for at in range(count)
    ),
    "values that other instructions use": lambda count: "".join(
        f"ARG P{at}=p{at}=1\nRUN pip install $P{at}\nCOPY $P{at} /\n" for at in range(count)
    ),
    "values that all instructions use": lambda count: "".join(
        f"ARG P{at}=p{at}=1\nRUN pip install $P{at}\nCOPY x-$P{at} /\n" for at in range(count)
    ),
    "one that is refused": lambda count: (
        "RUN V=f=1; git clone $V; pip install $V\n" + "".join(f"RUN pip install p{at}=1.0\n" for at in range(count))
    ),
    "some that are refused": lambda count: "RUN V=f=1; git clone $V; pip install $V\nRUN pip install p=1.0\n" * count,
}


@pytest.mark.parametrize("count", [10, pytest.param(80, marks=pytest.mark.slow)])
@pytest.mark.parametrize("name", SUGGESTED)
def test_suggestions_for_twice_as_much_take_twice_the_calls(name: str, count: int) -> None:
    def calls_for(number: int) -> int:
        document = document_of(SUGGESTED[name](number))
        return count_calls(lambda: suggest(document, check(document.source)))

    calls_for(2)
    few, more, most = (calls_for(times * count) for times in (1, 2, 4))
    assert most - more <= MAX_RATIO * (more - few)


def test_suggestions_in_a_requirements_file() -> None:
    def calls_for(count: int) -> int:
        document = requirements_document("".join(f"p{at}=1.0\n" for at in range(count)))
        return count_calls(lambda: suggest(document, check_requirements_file(document.source)))

    calls_for(2)
    few, more, most = (calls_for(count) for count in (20, 40, 80))
    assert most - more <= MAX_RATIO * (more - few)


def test_the_calls_of_what_grows_faster_are_reported() -> None:
    few, more, most = (calls(lambda count: "RUN pip install a\n" * count**2, count) for count in (5, 10, 20))
    assert most - more > MAX_RATIO * (more - few)
