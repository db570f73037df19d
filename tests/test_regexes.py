"""Every regular expression of the package takes at most linear time on any input.

Each pattern is matched by an interpreter that counts the steps of a backtracking matcher, with words made of the
pattern's own alphabet. ``tests.regex_steps`` is the interpreter; it is compared with ``re``.
"""

from __future__ import annotations

import random
import re
import sys
from typing import TYPE_CHECKING

import pytest

from tests import regexes
from tests.regex_steps import Pattern

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

LENGTH = 24
FEW = 8
"""Steps for each character that no quadratic pattern gets by with."""
MOST = 2.3
LONGEST = 1000
"""Characters of a word; the interpreter calls itself a few times for each."""
SAMPLE = 250
"""Words for each pattern in a short run; with --slow, all."""

MADE_WHILE_RUNNING = {
    "pinhook._startup.lazy_re", "pinhook.cli.replacing", "pinhook.config.places", "pinhook.config.values",
    "pinhook.dockerfile.expansion", "pinhook.fix.version_sources", "pinhook.requirements.project",
    "pinhook.shell.expansion", "pinhook.shell.item_wrappers", "pinhook.shell.patterns",
}  # fmt: skip
"""The modules that make a pattern of what a user or a file says; each has tests of its own."""

OF_PATHS = {"pinhook.repository.discovery"}
"""The modules whose patterns match paths, which are short. The hook manifest has the same patterns."""

MODULES = [each for each in regexes.modules() if each.__name__ not in OF_PATHS and regexes.uses(each)]


@pytest.fixture(autouse=True)
def deep_recursion() -> Iterator[None]:
    """The interpreter calls itself a few times for each character."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(10_000)
    yield
    sys.setrecursionlimit(before)


def grows(pattern: Pattern, method: str, *, every: bool) -> str | None:
    """A word for which twice the length takes more than about twice the steps."""
    words = list(pattern.hostile_words())
    if not every and len(words) > SAMPLE:
        words = random.Random(0).sample(words, SAMPLE)
    for make in words:
        word, longer = make(LENGTH), make(2 * LENGTH)
        steps = pattern.steps(method, word, 100 * len(word)) if len(longer) <= LONGEST else 0
        if steps > FEW * len(word) and pattern.steps(method, longer, 400 * len(longer)) > MOST * steps:
            return make(3)
    return None


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_patterns_take_linear_time(module: ModuleType, request: pytest.FixtureRequest) -> None:
    every = bool(request.config.getoption("--slow"))
    for use in sorted(regexes.uses(module)):
        pattern = Pattern(use.pattern, use.flags)
        word = grows(pattern, use.method, every=every)
        assert word is None, (word, use)


def test_patterns_are_found_wherever_they_are() -> None:
    found = {use.name for module in MODULES for use in regexes.uses(module)}
    assert {"pinhook.requirements.named._LAYOUT", "pinhook.requirements.malformed._MISTAKES"} <= found
    assert len(found) > 100


def test_only_some_modules_make_patterns_while_they_run() -> None:
    made = {module.__name__ for module in regexes.modules() if regexes.makes_patterns(module)}
    assert made == MADE_WHILE_RUNNING


@pytest.mark.parametrize(
    ("pattern", "method"),
    [
        (r"a*a*b", "match"),
        (r"(?:a|a)*b", "fullmatch"),
        (r"(?:a*)*b", "fullmatch"),
        (r"[ \t]*(?:\[\w\])?[ \t]*=", "match"),
        (r"\s*#", "finditer"),
        (r"\[[^\]]+\]$", "finditer"),
        (r"(?m)^\s*#", "finditer"),
        (r"<#.*?#>", "finditer"),
    ],
)
def test_a_pattern_that_grows_faster_is_found(pattern: str, method: str) -> None:
    assert grows(Pattern(pattern, re.DOTALL), method, every=True) is not None


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_the_steps_are_those_of_the_same_matches(module: ModuleType) -> None:
    for use in regexes.uses(module):
        pattern, referee = Pattern(use.pattern, use.flags), re.compile(use.pattern, use.flags)
        words = [make(3) for make in pattern.hostile_words()]
        for word in random.Random(0).sample(words, min(len(words), 40)):
            if use.method == "finditer":
                assert pattern.finditer(word) == [found.span() for found in referee.finditer(word)], (use, word)
            elif use.method == "match":
                found = referee.match(word)
                assert pattern.match(word) == (found.end() if found else None), (use, word)
            else:
                assert pattern.fullmatch(word) == bool(referee.fullmatch(word)), (use, word)
