"""Globs: the matches of each dialect, and at most (pattern) * (path) steps."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pinhook.repository.globs import CONFIGURATION, GIT, MAX_PATTERN, MOBY, Element, Glob, GlobDialect, parse
from tests.growth_inputs import count_calls

NOTHING: list[str] = []


@pytest.mark.parametrize(
    ("dialect", "pattern", "matched", "unmatched"),
    [
        (GIT, "a", ["a"], ["b", "aa", ""]),
        (GIT, "a*c", ["ac", "abc", "acc"], ["a/c", "ab", "acb"]),
        (GIT, "?", ["a"], ["", "/", "ab"]),
        (GIT, "**/a", ["a", "x/a", "x/y/a"], ["xa", "a/x"]),
        (GIT, "a/**", ["a/b", "a/b/c"], ["a", "b/a/c"]),
        (GIT, "a/**/b", ["a/b", "a/x/b", "a/x/y/b"], ["ab", "a/xb"]),
        (GIT, "[x]**/b", ["xy/b"], ["xb", "x/b/b"]),
        (GIT, "x**/b", ["xb", "xy/b", "x/y/b"], ["y/b"]),
        (GIT, "[a-c]", ["a", "b", "c"], ["d", "-"]),
        (GIT, "[a-]", ["a", "-"], ["b"]),
        (GIT, "[a-c-e]", ["b", "-", "e"], ["d"]),
        (GIT, "[!a]", ["b", "!"], ["a", "/"]),
        (GIT, "[^a]", ["b", "^"], ["a", "/"]),
        (GIT, "[]a]", ["]", "a"], ["[", "]a]"]),
        (GIT, r"[\]a]", ["]", "a"], ["\\"]),
        (GIT, r"[\a-\c]", ["b"], ["\\"]),
        (GIT, "[[:digit:]x]", ["7", "x"], ["a", ":"]),
        (GIT, "[[:digit]", ["[", ":", "d"], ["7"]),
        (GIT, "[[:]", ["[", ":"], ["a"]),
        (GIT, "[z-a]", ["z"], ["a", "m", "[z-a]"]),
        (GIT, r"\*\a", ["*a"], ["xa", r"\*a"]),
        *((GIT, each, NOTHING, [each, "a", ""]) for each in ("[", "[]", "[!]", "[a", "[[:word:]]", "[[:a", "a\\")),
        *((CONFIGURATION, each, [each], ["a", ""]) for each in ("[", "[]", "[!]", "[a", "[[", "[[:a", "a\\")),
        (CONFIGURATION, "[*", ["[", "[a"], ["a"]),
        (MOBY, "**", ["a", "a/b", ""], NOTHING),
        (MOBY, "a**b", ["ab", "ax/b", "a/b", "ax/y/b"], ["axb"]),
        (MOBY, "**a", ["a", "x/a"], ["xa"]),
        (MOBY, "a**", ["a", "ab", "a/b"], ["b"]),
        (MOBY, "***", ["a", "a/b"], NOTHING),
        (MOBY, "[!a]", ["!", "a"], ["b"]),
        (MOBY, "[^a]", ["b"], ["a", "/"]),
        (MOBY, "[]", ["[]"], ["a"]),
        (GIT, "a" * (MAX_PATTERN + 1), NOTHING, ["a" * (MAX_PATTERN + 1)]),
    ],
)
def test_what_is_matched(dialect: GlobDialect, pattern: str, matched: list[str], unmatched: list[str]) -> None:
    glob = Glob(pattern, dialect)
    assert [path for path in (*matched, *unmatched) if glob.matches(path)] == matched


def expression(element: Element) -> str:
    """The same as a regular expression, which may take exponential time."""
    if element.kind in {"star", "all", "folders"}:
        return {"star": "[^/]*", "all": ".*", "folders": "(?:.*/)?"}[element.kind]
    if element.kind == "literal":
        return re.escape(element.character)
    members = "".join(re.escape(f) + "-" + re.escape(t) for f, t in element.ranges if f <= t)
    return f"(?!/)[{'^' * element.is_negated}{members}]" if members else "[^/]"


@given(
    pattern=st.text("ab*?/[]!^-\\", max_size=12),
    paths=st.lists(st.text("ab/-", max_size=8), max_size=5),
    dialect=st.sampled_from([GIT, CONFIGURATION, MOBY]),
)
def test_matching_agrees_with_a_regular_expression(pattern: str, paths: list[str], dialect: GlobDialect) -> None:
    elements = parse(pattern, dialect)
    text = None if elements is None else "".join(map(expression, elements))
    for path in paths:
        expected = text is not None and re.fullmatch(text, path, re.DOTALL) is not None
        assert Glob(pattern, dialect).matches(path) is expected


@pytest.mark.parametrize("dialect", [GIT, CONFIGURATION, MOBY])
@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        *(("*a", "a"), ("**/", "a/"), ("**/a/", "a/"), ("*", "a"), ("?*", "a"), ("[!b]*", "a"), ("**a", "a/")),
        *(("[", "["), ("[[:", "[")),
    ],
)
def test_the_steps_are_no_more_than_the_product(dialect: GlobDialect, pattern: str, path: str) -> None:
    """Sixteen stars once took for ever; each of pattern and path may be as long as the other."""

    def calls(count: int) -> int:
        return count_calls(lambda: Glob(pattern * count + "z", dialect).matches(path * count))

    few, more, most = (calls(count) for count in (50, 100, 200))
    assert most - more <= 2.2 * max(more - few, 100)
