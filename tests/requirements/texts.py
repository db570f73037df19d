"""Arguments for tests, in which ``$V``, ``${V}`` and ``$(…)`` are unknown."""

from __future__ import annotations

import re

from pinhook.source import Source, SourceText


def text_of(argument: str) -> SourceText:
    """An argument, at the start of a file of its own."""
    whole = SourceText.of(Source("Dockerfile", argument))
    return mark_unknown(whole)


def mark_unknown(text: SourceText) -> SourceText:
    """The same text with its expansions marked unknown."""
    pieces, end = [], 0
    for found in re.finditer(r"\$(?:\w+|\{[^}]*\}|\([^)]*\))", str(text)):
        pieces += [text[end : found.start()], text[found.start() : found.end()].as_unknown()]
        end = found.end()
    return SourceText.join([*pieces, text[end:]])
