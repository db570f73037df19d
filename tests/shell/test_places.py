"""The places of commands, redirections and comments: ⟦ ⟧ marks each."""

from __future__ import annotations

import re

import pytest

from pinhook.shell import Comment, Dialect, SimpleCommand, argument_commands, script_commands
from pinhook.source import Source, SourceText
from tests.marks import mark, unmark


@pytest.mark.parametrize(
    ("script", "dialect"),
    [
        ("a=b; ⟦pip 'x' \"y\"⟧; ⟦c d⟧ && ⟦e⟧", Dialect.SH),
        ("⟦pip x ⟦>f⟧⟧; ⟦⟦2> f⟧ pip x⟧; ⟦⟦<f⟧ pip x ⟦>>g⟧ y⟧; ⟦pip ⟦>f⟧ x⟧", Dialect.SH),
        ("⟦a=b ⟦>f⟧ c=d pip x⟧; ⟦pip x ⟦>f⟧ ⟦2>g⟧⟧", Dialect.SH),
        ("⟦pip ⟦<<E⟧ x⟧; ⟦pip ⟦<<-'E'⟧⟧\na\nE\nb\nE\n⟦c⟧", Dialect.SH),
        ("⟦sudo pip x ⟦>f⟧⟧", Dialect.SH),
        ("sh -c 'a=b; ⟦pip x ⟦>f⟧⟧; ⟦c⟧'", Dialect.SH),
        ("⟦pip x ⟦&>f⟧⟧; ⟦⟦{a}<f⟧ pip ⟦<<<b⟧ x⟧", Dialect.BASH),
        ("⟦pip x ⟦> f⟧ ⟦2>&1⟧⟧ & ⟦pip y⟧ | ⟦c⟧", Dialect.CMD),
        ("⟦pip x ⟦>y.z⟧⟧\n⟦a⟧ ; ⟦pip y ⟦>>\tf⟧⟧ ", Dialect.POWERSHELL),
    ],
)
def test_places(script: str, dialect: Dialect) -> None:
    text, _ = unmark(script)
    outcomes = script_commands(SourceText.of(Source("script", text)), dialect, {})
    commands = [each for each in outcomes if isinstance(each, SimpleCommand)]
    found = {command.place.span for command in commands}
    found |= {redirection.written.span for command in commands for redirection in command.redirections}
    assert mark(text, list(found)) == script


@pytest.mark.parametrize(
    "script",
    [
        "⟦pip⟧ ⟦'a b'⟧ ⟦c\"d\"⟧ ⟦\\e⟧ ⟦f$(g h)⟧ ⟦{i,j}⟧ ⟦~/k⟧",
        "x='⟦a⟧ ⟦b⟧'; ⟦pip⟧ $x",
        "x='a b'; set -- ⟦c⟧ d; ⟦pip⟧ ⟦\"$x\"⟧ $1",
        "x='a ⟦b⟧'; ⟦pip⟧ ⟦c$x⟧",
        "for x in ⟦a⟧ '⟦b⟧ ⟦c⟧'; do ⟦pip⟧ $x; done",
        "f() { ⟦pip⟧ $1 $@; }; f ⟦a⟧ '⟦b⟧ ⟦c⟧'",
        "env -S '⟦pip⟧ ⟦a⟧' ⟦b⟧",
        "parallel ⟦pip⟧ ::: ⟦a⟧",
        "hatch run ⟦test:pip⟧ ⟦a⟧",
        "sh -c '⟦pip⟧ $1' b ⟦c⟧",
    ],
)
def test_words_as_they_are_written(script: str) -> None:
    """The place of a field from a value is that of the value, the place of any other word is in the command."""
    text, _ = unmark(script)
    outcomes = script_commands(SourceText.of(Source("script", text)), Dialect.BASH, {})
    commands = [each for each in outcomes if isinstance(each, SimpleCommand) and str(each.arguments[0]) == "pip"]
    assert mark(text, list({word.written.span for each in commands for word in each.arguments})) == script


@pytest.mark.parametrize("words", ['["⟦pip⟧"]', '["⟦sudo", "pip", "x⟧"]', '["sh", "-c", "⟦pip⟧"]'])
def test_places_of_an_exec_form(words: str) -> None:
    text, _ = unmark(words)
    source = Source("Dockerfile", text)
    arguments = [SourceText.of(source, match.span()) for match in re.finditer(r"[\w-]+", text)]
    found = [each.place.span for each in argument_commands(arguments, {}) if isinstance(each, SimpleCommand)]
    assert mark(text, found) == words


@pytest.mark.parametrize(
    "script",
    [
        "⟦# a⟧\npip x ⟦#b #c⟧\n'# d' e#f \\# g; ⟦#⟧\nh",
        "a $(b ⟦# c⟧\n) `d ⟦# e⟧`; [[ f ⟦# g⟧\n]]",
        "a <<E ⟦# b⟧\n# c\n$(d ⟦# e⟧\n)\nE\n⟦# f⟧",
        "case a in ⟦# b⟧\n(c) d;; ⟦# e⟧\nesac; f=(⟦# g⟧\nh)",
        "for a ⟦# b⟧\nin c; do ⟦# d⟧\ne; done",
    ],
)
def test_comments(script: str) -> None:
    text, _ = unmark(script)
    outcomes = script_commands(SourceText.of(Source("script", text)), Dialect.BASH, {})
    assert mark(text, list({each.text.span for each in outcomes if isinstance(each, Comment)})) == script
