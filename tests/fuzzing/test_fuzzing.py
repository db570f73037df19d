"""The fuzzer itself: its texts end, its minimizer works, and a short run finds nothing."""

from __future__ import annotations

import itertools
import sys
from random import Random
from typing import TYPE_CHECKING

import pytest

from tests.fuzzing.grammar import Grammar
from tests.fuzzing.laws import Input, Law, broken, laws
from tests.fuzzing.loop import Plan, fuzz
from tests.fuzzing.minimising import minimise
from tests.fuzzing.mutation import LONGEST, mutate, splice
from tests.fuzzing.referees import REFEREES
from tests.fuzzing.referees import Plan as Question
from tests.fuzzing.tables import DOCKERFILES

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is no alarm, or a bash of 2007")


def test_a_grammar_makes_texts_of_any_size() -> None:
    grammar = Grammar({"list": ["⟨item⟩", "⟨item⟩,⟨list⟩"], "item": ["a", "b", "[⟨list⟩]"]}, size=30)
    texts = {grammar.make("list", Random(seed)) for seed in range(200)}
    assert {"a", "b"} < texts
    assert all(text.count("[") == text.count("]") and len(text) < 200 for text in texts)


@pytest.mark.parametrize("rule", DOCKERFILES)
def test_the_first_alternatives_lead_to_an_end(rule: str) -> None:
    assert len(Grammar(DOCKERFILES, size=0).make(rule, Random(0))) < 500


def test_mutations_are_bounded() -> None:
    random = Random(0)
    for _ in range(200):
        assert len(mutate(b"x" * 10_000, random)) <= LONGEST
        assert len(splice(b"x" * 10_000, b"y" * 10_000, random)) <= LONGEST


def test_the_minimiser_leaves_what_is_needed() -> None:
    assert minimise(b"one\ntwo a\nthree\nfour b c\n", lambda data: b"a" in data and b"c" in data) == b"ac"


def test_what_is_raised_is_a_failure() -> None:
    def raising(given: Input) -> str:
        raise KeyError(given.name)

    assert broken(Law(raising), Input("Dockerfile", b"")).startswith("KeyError in test_fuzzing.py, line ")


def test_a_short_run_finds_nothing(tmp_path: Path) -> None:
    result = fuzz(Plan(seed=1, executions=300, seconds=60, real=[b"FROM a\nRUN pip install flask\n"], folder=tmp_path))
    assert not result.failures
    assert result.executions == 300


@pytest.mark.parametrize("count", [20, pytest.param(100, marks=pytest.mark.slow)])
@pytest.mark.parametrize("name", REFEREES)
def test_referees_agree(name: str, count: int) -> None:
    verdicts = list(itertools.islice(REFEREES[name](Question(seed=3, folder=None)), count))
    assert not [verdict for verdict in verdicts if verdict.outcome == "differs"]
    assert [verdict for verdict in verdicts if verdict.outcome == "agreed"]


CASES: list[tuple[str, bytes]] = [
    ("Dockerfile", b"RUN pip wheel '' y=1\n"),
    ("Dockerfile", b"RUN <<E\npip install '9\n9'\nE\n"),
    ("Dockerfile", b'RUN pip install "z" 1>=\n'),
]
"""Inputs that once failed a law, or showed that a law was wrong."""


@pytest.mark.parametrize(("name", "data"), CASES)
def test_what_once_went_wrong(name: str, data: bytes, tmp_path: Path) -> None:
    for law in laws(tmp_path):
        assert broken(law, Input(name, data)) == ""
