"""What is found of a script that bashlex cannot read: each simple command, marked from its first to its last word."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any
from unittest.mock import MagicMock

import pytest

from pinhook.shell import parser
from pinhook.shell.recovery import recover
from pinhook.source import Span
from tests.marks import mark, unmark
from tests.shell.calls import calls_of_pinhook, calls_recovered

if TYPE_CHECKING:
    from collections.abc import Callable

    from pinhook.shell.skeleton import Skeleton


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
    script = "if a; then b; fi | c"
    expected = calls_of_pinhook(script)
    read = parser._bashlex_tree

    def mistaken(skeleton: Skeleton) -> Any:
        tree: Any = deepcopy(read(skeleton))
        opening, *nodes, closing = tree.list
        mistake(nodes)
        tree.list = [opening, *nodes, closing]
        return tree

    recovered = MagicMock(wraps=recover)
    monkeypatch.setattr(parser, "_bashlex_tree", mistaken)
    monkeypatch.setattr(parser, "recover", recovered)
    assert calls_of_pinhook(script) == expected
    recovered.assert_called_once()


@pytest.mark.parametrize("script", ["⟦a⟧; } ⟦b⟧", "⟦a⟧; }; { ⟦b⟧", "⟦a⟧; } && { ⟦b⟧", "⟦a⟧; } >f; { ⟦b⟧"])
def test_a_brace_that_closes_nothing_does_not_end_the_group_that_the_script_is_drawn_as(
    script: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    recovered = MagicMock(wraps=recover)
    monkeypatch.setattr(parser, "recover", recovered)
    text, _ = unmark(script)
    assert mark(text, [Span(words[0].start, words[-1].end) for words in calls_of_pinhook(text)]) == script
    recovered.assert_called_once()


def test_a_script_too_long_for_bashlex_is_recovered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parser, "_bashlex_trees", MagicMock(side_effect=AssertionError))
    script = "if a; then b; fi; " * (parser.MAX_SKELETON // 20)
    assert len(calls_of_pinhook(script)) == 2 * (parser.MAX_SKELETON // 20)
