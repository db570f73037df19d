"""What is found of a script that bashlex cannot read: each simple command, marked from its first to its last word."""

from __future__ import annotations

import pytest

from pinhook.source import Span
from tests.marks import mark, unmark
from tests.shell.calls import calls_recovered


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
    ],
)
def test_commands_are_found_without_a_grammar(script: str) -> None:
    text, _ = unmark(script)
    assert mark(text, [Span(words[0].start, words[-1].end) for words in calls_recovered(text)]) == script
