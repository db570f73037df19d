"""The parameters that a script expands: ⟦ ⟧ marks the name of each."""

from __future__ import annotations

import pytest

from pinhook.shell.parameters import expanded_names
from pinhook.shell.words import Dialect
from pinhook.source import Source, SourceText
from tests.marks import unmark


@pytest.mark.parametrize(
    "script",
    [
        "pip $⟦x⟧ ${⟦y⟧:-a$⟦z⟧} \"${⟦x⟧#$⟦y⟧}\" ${⟦a⟧[1]} '$b' \\$c d",
        "a >$⟦x⟧ <<E b$⟦y⟧; c <<'F'\nd $⟦z⟧\nE\n$v\nF\n",
        "case $⟦x⟧ in $⟦y⟧ | a$⟦z⟧) pip $⟦v⟧;; b) pip $⟦w⟧;; esac",
        "[[ $⟦x⟧ ]] && ((1 + $⟦y⟧))",
        "if $⟦x⟧; then a; elif $⟦y⟧; then $⟦z⟧; else $⟦v⟧; fi",
        'pip $(a $⟦x⟧) "`b $⟦y⟧`" $((1 + $⟦z⟧)) @(a|$⟦v⟧) <(c $⟦w⟧)',
        "a=($⟦x⟧ b$⟦y⟧) c=$⟦z⟧",
        "pip a",
    ],
)
def test_parameters(script: str) -> None:
    text, spans = unmark(script)
    names = [text[start:end] for start, end in spans]
    assert sorted(expanded_names(SourceText.of(Source("script", text)), Dialect.BASH)) == sorted(names)
