"""Expected spans, marked in the snippet itself: ``RUN pip install ⟦flask⟧``."""

from __future__ import annotations

import re

from pinhook.source import Span


def unmark(marked: str) -> tuple[str, list[Span]]:
    """The snippet without its ⟦ ⟧, and the spans that stood between them, in order of their start."""
    spans: list[Span] = []
    open_at: list[int] = []
    for seen, mark in enumerate(re.finditer("[⟦⟧]", marked)):
        offset = mark.start() - seen
        if mark.group() == "⟦":
            open_at.append(offset)
        else:
            spans.append(Span(open_at.pop(), offset))
    assert not open_at, "an unclosed ⟦"
    return re.sub("[⟦⟧]", "", marked), sorted(spans)


def mark(text: str, spans: list[Span]) -> str:
    """The inverse of ``unmark``, to show a result."""
    marks = sorted([(start, 1, "⟦") for start, _ in spans] + [(end, 0, "⟧") for _, end in spans], reverse=True)
    for offset, _, sign in marks:
        text = text[:offset] + sign + text[offset:]
    return text
