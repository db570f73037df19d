"""What is found of a script that bashlex cannot read: each simple command, marked from its first to its last word."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from pinhook.shell import parser
from pinhook.source import Span
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
    "mistaken",
    [
        pytest.param(lambda trees: trees[:-1], id="one is lost"),
        pytest.param(lambda trees: trees * 2, id="all are there twice"),
        pytest.param(lambda trees: [SimpleNamespace(kind="news", parts=trees)], id="a new kind"),
    ],
)
def test_a_tree_that_does_not_have_each_command_once_is_not_believed(
    mistaken: Callable[[list[Any]], list[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    script = "if a; then b; fi | c"
    expected = calls_of_pinhook(script)
    read = parser._bashlex_trees
    monkeypatch.setattr(parser, "_bashlex_trees", lambda skeleton: mistaken(read(skeleton) or []))
    assert calls_of_pinhook(script) == expected
