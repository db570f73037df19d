"""A list is read without bashlex, and bashlex would read it in the same way."""

from __future__ import annotations

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from pinhook.shell import Dialect
from pinhook.shell.lexer import tokenize
from pinhook.shell.parser import read_compound
from pinhook.shell.plain import read_plain
from pinhook.source import Source, SourceText

COMMANDS = st.sampled_from(["a", "b >c", ">d", "<<<e"])
OPERATORS = st.sampled_from(["|", "&&", "||", ";", "&", "\n", "&& \n", "|\n\n", ";\n", " # x\n"])
OTHERS = st.sampled_from(["( a )", "{ a; }", "if", "!", "time a", "|&", ";;"])


@given(st.lists(COMMANDS | OPERATORS | OTHERS) | st.lists(st.tuples(COMMANDS, OPERATORS).map(" ".join)))
def test_it_reads_what_bashlex_reads(pieces: list[str]) -> None:
    tokens, _ = tokenize(SourceText.of(Source("Dockerfile", f"a {' '.join(pieces)}")), Dialect.BASH)
    plain = read_plain(tokens)
    event("a list" if plain else "more than that")
    if plain:
        assert plain == read_compound(tokens)


@pytest.mark.parametrize("script", ["a && b | c; d & e\nf ||\n g", "a;", "a &", "\n\na\n\nb\n"])
def test_what_is_a_list(script: str) -> None:
    assert read_plain(tokenize(SourceText.of(Source("Dockerfile", script)), Dialect.SH)[0])


@pytest.mark.parametrize(
    "script",
    [
        "a &&",
        "a; ; b",
        "| a",
        "(a)",
        "if a; then b; fi",
        "! a",
        "{ a; }",
        "f() { a; }",
        "a |& b",
        "a;; b",
        "a && ; b",
        "a &&\n\n",
    ],
)
def test_what_is_none(script: str) -> None:
    assert not read_plain(tokenize(SourceText.of(Source("Dockerfile", script)), Dialect.SH)[0])
