"""The commands found in a script that bashlex cannot parse. Each is marked from its first to its last word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from pinhook.shell import bashlex_loader, parser
from pinhook.shell.lexer import tokenize
from pinhook.shell.recovery import recover
from pinhook.shell.words import Dialect
from pinhook.source import Source, SourceText, Span
from tests.marks import mark, unmark
from tests.shell.calls import calls_of_pinhook, calls_recovered

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize(
    "script",
    [
        "⟦a b⟧; ⟦c⟧ && ⟦d⟧ | ⟦e f⟧ (",
        "f() { ⟦a⟧",
        "function f { ⟦a⟧",
        "(⟦a⟧",
        "⟦a b⟧ (⟦c⟧",
        "⟦a⟧ >x (⟦b⟧",
        "⟦a⟧ >$(⟦b⟧) >x; (",
        "for x in $(⟦a⟧) b; do ⟦c⟧",
        "select x; do ⟦a⟧",
        "if ⟦a⟧; then ⟦b⟧; elif ⟦c⟧; then ⟦d⟧; fi; (",
        "case $(⟦a⟧) in x) ⟦b⟧;; y) ⟦c⟧; (;; esac; ⟦d⟧",
        "[[ $(⟦a⟧) ]] && (⟦b⟧",
        ";; ⟦a⟧ ;; ⟦b⟧",
        ">$(⟦a⟧) (⟦b⟧",
    ],
)
def test_commands_are_found_without_a_grammar(script: str) -> None:
    text, _ = unmark(script)
    assert mark(text, [Span(words[0].start, words[-1].end) for words in calls_recovered(text)]) == script


@pytest.mark.parametrize(
    "mistake",
    [
        pytest.param(lambda nodes: nodes[0].parts.pop(), id="one is lost"),
        pytest.param(lambda nodes: nodes.append(nodes[0]), id="all are there twice"),
        pytest.param(lambda nodes: setattr(nodes[0], "kind", "news"), id="a new kind"),
    ],
)
def test_a_tree_that_does_not_have_each_command_once_is_not_used(
    mistake: Callable[[list[Any]], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    read = bashlex_loader.load_parse()

    def mistaken(text: str) -> list[Any]:
        [tree] = read(text)
        opening, *nodes, closing = tree.list
        mistake(nodes)
        tree.list = [opening, *nodes, closing]
        return [tree]

    monkeypatch.setattr(bashlex_loader, "load_parse", lambda: mistaken)
    assert is_recovered("if a; then b; fi | c")


@pytest.mark.parametrize("script", ["⟦a⟧; } ⟦b⟧", "⟦a⟧; }; { ⟦b⟧", "⟦a⟧; } && { ⟦b⟧", "⟦a⟧; } >f; { ⟦b⟧"])
def test_a_brace_that_closes_nothing_does_not_end_the_group_that_the_script_is_drawn_as(script: str) -> None:
    text, _ = unmark(script)
    assert mark(text, [Span(words[0].start, words[-1].end) for words in calls_of_pinhook(text)]) == script
    assert is_recovered(text)


@pytest.mark.parametrize(("script", "expected"), [("if a; then b; fi; ", False), ("if a; then b; fi; " * 2_500, True)])
def test_a_script_too_long_for_bashlex_is_recovered(script: str, expected: bool) -> None:
    assert is_recovered(script) is expected


def is_recovered(script: str) -> bool:
    """Whether the tree of a script is not that of bashlex, which nothing has read before."""
    parser._cached_trees.cache_clear()
    text = SourceText.of(Source("script", script))
    tokens, _ = tokenize(text, Dialect.BASH)
    try:
        return bool(parser.parse_tokens(tokens) == recover(tokens))
    finally:
        parser._cached_trees.cache_clear()
