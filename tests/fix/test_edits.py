"""Edits: the changed text, and everything that stays unchanged."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pinhook.finding import Edit, Fix
from pinhook.fix import apply_fixes
from pinhook.source import Source, Span


def fix(*edits: tuple[int, int, str]) -> Fix:
    return Fix("", tuple(Edit(Span(start, end), text) for start, end, text in edits))


def test_a_fix_is_made_wholly_or_not_at_all() -> None:
    source = Source("Dockerfile", "abcdef")
    applied = apply_fixes(
        source, [fix((1, 2, "X"), (4, 4, "Y")), fix((0, 0, "Z"), (1, 3, "")), fix((4, 4, "Y"), (5, 6, ""))]
    )
    assert applied.source.text == "aXcdYe"
    assert applied.overlapping == (fix((0, 0, "Z"), (1, 3, "")),)


@given(st.binary(max_size=40), st.data())
def test_the_bytes_outside_of_an_edit_survive(content: bytes, data: st.DataObject) -> None:
    content = content.replace(b"\0", b"\r\n").replace(b"\xff", b"\xef\xbb\xbf")
    if content.startswith(b"\xfe\xfe"):
        return
    source = Source.decode("Dockerfile", content)
    start = data.draw(st.integers(0, len(source.text)))
    end = data.draw(st.integers(start, len(source.text)))
    edited = apply_fixes(source, [fix((start, end, "==3.0.0"))]).source.encode()
    before = Source("", source.text[:start], source.bom).encode()
    behind = Source("", source.text[end:]).encode()
    assert edited == before + b"==3.0.0" + behind
    assert content.startswith(before)
    assert content.endswith(behind)
    assert apply_fixes(source, []).source.encode() == content
