"""Properties of ``Source`` and ``SourceText``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pinhook.source import BOM, Position, Source, SourceError, SourceText, Span

if TYPE_CHECKING:
    from collections.abc import Callable

CHARACTERS = st.sampled_from("ab \t\n\r\\'\"é😀\u00a0")
TEXTS = st.text(CHARACTERS, min_size=1, max_size=30)


@st.composite
def source_texts(draw: st.DrawFn) -> SourceText:
    """Whatever a sequence of slices, joins and strips of two files can give."""
    texts = [SourceText.of(Source(path, draw(TEXTS))) for path in ("Dockerfile", "install.sh")]
    for _ in range(draw(st.integers(0, 8))):
        texts.append(draw(st.sampled_from(OPERATIONS))(draw, texts))
    return texts[-1]


def _slice(draw: st.DrawFn, texts: list[SourceText]) -> SourceText:
    text = draw(st.sampled_from(texts))
    start, end = (draw(st.integers(-3, len(text) + 3)) for _ in range(2))
    return text[start:end]


def _join(draw: st.DrawFn, texts: list[SourceText]) -> SourceText:
    return SourceText.join(draw(st.lists(st.sampled_from(texts), min_size=1, max_size=4)))


def _strip(draw: st.DrawFn, texts: list[SourceText]) -> SourceText:
    return draw(st.sampled_from(texts)).strip(draw(st.sampled_from([None, "a", " \n"])))


def _mark_unknown(draw: st.DrawFn, texts: list[SourceText]) -> SourceText:
    return draw(st.sampled_from(texts)).as_unknown()


OPERATIONS: list[Callable[[st.DrawFn, list[SourceText]], SourceText]] = [_slice, _join, _strip, _mark_unknown]


def origin_is_home(text: SourceText) -> bool:
    """Whether every character equals the one at its origin."""
    origins = [text.origin(offset) for offset in range(len(text))]
    return [source.text[start:end] for source, (start, end) in origins] == list(str(text))


@given(source_texts())
def test_every_character_equals_the_file_character_it_points_to(text: SourceText) -> None:
    assert origin_is_home(text)


@given(source_texts())
def test_pieces_spell_the_text(text: SourceText) -> None:
    assert "".join(source.text[start:end] for source, (start, end) in text.pieces) == str(text)
    assert text.place == (text.source, text.span)


@given(source_texts())
def test_the_place_of_a_text_is_in_the_file_of_its_first_character(text: SourceText) -> None:
    spans = [piece.span for piece in text.pieces if piece.source is text.source]
    assert text.pieces[0].source is text.source
    assert text.span == (min(span.start for span in spans), max(span.end for span in spans))


@given(source_texts(), st.sampled_from(["a", "a*", "[ab]+", r"\s|$"]))
def test_parts_of_a_text_are_those_of_its_string(text: SourceText, expression: str) -> None:
    pattern = re.compile(expression)
    parts = text.split(pattern)
    assert [str(part) for part in parts] == pattern.split(str(text))
    bracketed = text.sub(
        pattern, lambda matched, found: SourceText.join([matched, matched][: len(found[0])] or [matched])
    )
    assert str(bracketed) == pattern.sub(lambda found: found[0] * min(len(found[0]), 2), str(text))
    first_only = text.sub(pattern, lambda matched, _: SourceText.join([matched, matched]), 1)
    assert str(first_only) == pattern.sub(lambda found: found[0] * 2, str(text), count=1)
    assert [str(word) for word in text.words()] == str(text).split()
    assert str(SourceText.join(parts, ", ")) == ", ".join(map(str, parts))
    assert all(origin_is_home(each) for each in (*parts, bracketed, first_only))


@given(source_texts())
def test_a_mask_hides_the_unknown_characters(text: SourceText) -> None:
    unknown = unknown_offsets(text)
    assert text.masked() == "".join("\0" if at in unknown else character for at, character in enumerate(str(text)))


@given(source_texts(), st.data())
def test_a_slice_keeps_origins_and_unknown_marks(text: SourceText, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    part = text[start:end]
    assert str(part) == str(text)[start:end]
    assert [part.origin(at) for at in range(len(part))] == [text.origin(at) for at in range(start, end)]
    assert unknown_offsets(part) == {at - start for at in unknown_offsets(text) if start <= at < end}
    assert part.is_known == (not unknown_offsets(part)) or not part


@given(st.data())
def test_a_join_is_its_parts_in_order(data: st.DataObject) -> None:
    source = Source("Dockerfile", data.draw(TEXTS))
    bounds = st.tuples(st.integers(0, 30), st.integers(0, 30), st.booleans())
    parts = [
        SourceText.of(source)[start:end].as_unknown() if unknown else SourceText.of(source)[start:end]
        for start, end, unknown in data.draw(st.lists(bounds, min_size=1, max_size=6))
    ]
    joined = SourceText.join(parts)
    assert str(joined) == "".join(map(str, parts))
    assert [joined.origin(at) for at in range(len(joined))] == [
        part.origin(at) for part in parts for at in range(len(part))
    ]
    known = [at not in unknown_offsets(part) for part in parts for at in range(len(part))]
    assert unknown_offsets(joined) == {at for at, is_known in enumerate(known) if not is_known}


@given(source_texts())
def test_cutting_a_text_and_joining_it_gives_it_back(text: SourceText) -> None:
    for at in range(len(text) + 1):
        again = SourceText.join([text[:at], text[at:]])
        assert again == text
        assert hash(again) == hash(text)


def unknown_offsets(text: SourceText) -> set[int]:
    return {offset for start, end in text.unknown for offset in range(start, end)}


def test_an_escape_sequence_is_replaced_by_its_value() -> None:
    text = SourceText.of(Source("Dockerfile", r"a\u0041b"))
    value = SourceText.join([text[:1], text[1:7].decoded("AA"), text[7:]])
    assert str(value) == "aAAb"
    assert [value.origin(at).span for at in range(5)] == [(0, 1), (1, 7), (1, 7), (7, 8), (8, 8)]
    assert [piece.span for piece in value[2:].pieces] == [(1, 7), (7, 8)]
    assert value.span == Span(0, 8)


def test_an_empty_text_has_a_place() -> None:
    text = SourceText.of(Source("Dockerfile", "abc"))
    assert text[2:2].span == Span(2, 2)
    assert text[3:3].span == Span(3, 3)
    assert text[2:1].span == Span(2, 2)
    assert SourceText.join([text[1:1], text[2:2]]).span == Span(1, 1)


def test_texts_of_two_files_differ() -> None:
    one, two = (SourceText.of(Source("Dockerfile", "a")) for _ in range(2))
    assert one != two
    assert one != "a"
    assert repr(one) == "SourceText('a', (0, 1))"
    assert repr(one.source) == "Source('Dockerfile', 'a')"


def test_what_is_not_supported() -> None:
    text = SourceText.of(Source("Dockerfile", "abc"))
    with pytest.raises(ValueError, match="steps"):
        text[::2]
    with pytest.raises(ValueError, match="nothing to join"):
        SourceText.join([])


def test_slices_of_a_text_in_many_pieces_take_no_longer_at_its_start() -> None:
    source = Source("Dockerfile", "a\\\n" * 20_000)
    text = SourceText.join(SourceText.of(source, Span(at, at + 1)) for at in range(0, len(source.text), 3))
    assert [str(text[at : at + 2]) for at in range(len(text) - 1)] == ["aa"] * (len(text) - 1)


@given(st.binary(max_size=40).filter(lambda data: b"\0" not in data))
def test_bytes_come_back_as_they_were_read(data: bytes) -> None:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return
    source = Source.decode("Dockerfile", data)
    assert source.encode() == data


@given(TEXTS, st.booleans())
def test_a_byte_order_mark_is_no_character(text: str, bom: bool) -> None:
    source = Source.decode("Dockerfile", (BOM * bom + text).encode())
    assert (source.text, source.bom) == (text, bom)


@pytest.mark.parametrize("data", ["a".encode("utf-16"), b"\xfe\xff\0a", "a".encode("utf-32"), b"a\0b"])
def test_what_is_not_text_is_refused(data: bytes) -> None:
    with pytest.raises(SourceError):
        Source.decode("Dockerfile", data)


@given(TEXTS)
def test_positions_count_lines_as_a_naive_reader_does(text: str) -> None:
    source = Source("Dockerfile", text)
    line = column = 1
    for offset, character in enumerate(text):
        assert source.position(offset) == Position(line, column)
        assert source.line_span(line).start <= offset
        line, column = (line + 1, 1) if character == "\n" else (line, column + 1)
    assert source.position(len(text)) == Position(line, column)


@given(TEXTS)
def test_lines_have_no_endings(text: str) -> None:
    source = Source("Dockerfile", text)
    lines = [source.text[slice(*source.line_span(number))] for number in range(1, len(source.line_starts) + 1)]
    assert lines == [
        line.removesuffix("\r") if is_ended else line
        for line, is_ended in zip(text.split("\n"), [True] * text.count("\n") + [text.endswith("\r")], strict=True)
    ]


def test_an_empty_span_holds_no_offset() -> None:
    assert 3 not in Span(3, 3)
    assert 3 in Span(3, 4)
    assert Span(1, 5).encloses(Span(2, 5))
    assert not Span(1, 5).encloses(Span(0, 2))
