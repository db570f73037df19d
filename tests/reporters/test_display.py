"""Source lines in reports: they are safe on a terminal, and the caret is under the word."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pinhook.reporters.display import MAX_COLUMNS, columns, escape_unprintable, snippet
from pinhook.source import Source, Span
from tests.marks import unmark


def drawn(marked: str) -> list[str]:
    """The line and its carets, of a snippet with one marked span."""
    text, [span] = unmark(marked)
    shown = snippet(Source("Dockerfile", text), span)
    return [shown.text, " " * shown.indent + "^" * shown.width]


@pytest.mark.parametrize(
    ("marked", "line", "carets"),
    [
        ("RUN pip install ⟦flask⟧ x", "RUN pip install flask x", "                ^^^^^"),
        pytest.param("\tpip ⟦flask⟧", "    pip flask", "        ^^^^^", id="tab"),
        pytest.param("ab\tpip\t⟦flask⟧", "ab  pip flask", "        ^^^^^", id="tab stops"),
        pytest.param("a ⟦b\tc⟧ d", "a b c d", "  ^^^", id="tab inside"),
        pytest.param('RUN echo "漢字" && pip ⟦x⟧', 'RUN echo "漢字" && pip x', " " * 23 + "^", id="wide before"),
        pytest.param("RUN ⟦漢字⟧ x", "RUN 漢字 x", "    ^^^^", id="wide inside"),
        pytest.param("e\u0301 ⟦x⟧", "e\u0301 x", "  ^", id="combining before"),
        pytest.param("a ⟦e\u0301e⟧ b", "a e\u0301e b", "  ^^", id="combining inside"),
        pytest.param("\x1b[31m ⟦x⟧", "\\x1b[31m x", "         ^", id="escape before"),
        pytest.param("a\u202e ⟦x⟧", "a\\u202e x", "        ^", id="bidirectional override"),
        pytest.param("a\u00a0⟦x⟧", "a\\xa0x", "     ^", id="no-break space"),
        pytest.param("a \udcff⟦x⟧", "a \\xffx", "      ^", id="byte that is not UTF-8"),
        pytest.param("one\ntwo ⟦x⟧\nthree", "two x", "    ^", id="line in the middle"),
        pytest.param("one\r\ntwo ⟦x⟧\r\nthree", "two x", "    ^", id="CRLF"),
        pytest.param("RUN pip ⟦fla\\\n  sk⟧ x", "RUN pip fla\\", "        ^^^", id="several lines"),
        pytest.param("RUN x⟦⟧ y", "RUN x y", "     ^", id="nothing inside"),
        pytest.param("RUN⟦⟧", "RUN", "   ^", id="at the end"),
        pytest.param("RUN ⟦\nx⟧", "RUN ", "    ^", id="line ending first"),
        pytest.param(
            "pip ⟦git+https://me:secret@h/r⟧ x", "pip git+https://***@h/r x", "    " + "^" * 19, id="credentials inside"
        ),
        pytest.param("-i https://me:secret@h/ ⟦x⟧", "-i https://***@h/ x", " " * 18 + "^", id="credentials before"),
        pytest.param("⟦git+https://⟧me:secret@h/r", "git+https://***@h/r", "^" * 12, id="credentials after"),
        pytest.param("git+https://m⟦e:secret@h/r⟧", "git+https://***@h/r", " " * 15 + "^" * 4, id="half of them"),
        pytest.param("⟦https://h/x.whl?token=se⟧cret", "https://h/x.whl?token=***", "^" * 25, id="token in a query"),
        pytest.param("x https://me:secret\\\n@h ⟦x⟧", "@h x", "   ^", id="credentials on the line before"),
        pytest.param("⟦x⟧ https://me:se\\\ncret@h", "x https://***\\", "^", id="half of them on the line"),
        pytest.param("x https://\\ \r\n# ?\nme:secret@h ⟦x⟧", "***@h x", "      ^", id="all of them, continued"),
        pytest.param("x https://h\\\n me@h ⟦x⟧", " me@h x", "      ^", id="another word, continued"),
        pytest.param("##[error] ⟦x⟧", r"\x23#[error] x", " " * 13 + "^", id="command before"),
        pytest.param("a ⟦##vso[a]b⟧", r"a \x23#vso[a]b", "  " + "^" * 12, id="command inside"),
        pytest.param("#⟦#[a]⟧", r"\x23#[a]", "    ^^^^", id="command at the border"),
        pytest.param("## a ⟦x⟧", "## a x", "     ^", id="no command"),
    ],
)
def test_caret_is_under_the_word(marked: str, line: str, carets: str) -> None:
    assert drawn(marked) == [line, carets]


def test_a_long_line_is_cut_behind_the_word() -> None:
    line, carets = drawn("RUN pip install ⟦flask⟧ " + "x" * 500)
    assert line == "RUN pip install flask " + "x" * (MAX_COLUMNS - 23) + "…"
    assert carets == "                ^^^^^"


def test_a_long_line_is_cut_on_both_sides_of_the_word() -> None:
    line, carets = drawn("y" * 500 + " ⟦flask⟧ " + "x" * 500)
    assert line == "…" + "y" * 39 + " flask " + "x" * (MAX_COLUMNS - 48) + "…"
    assert carets == " " * 41 + "^^^^^"


def test_a_long_line_is_cut_before_the_word() -> None:
    line, carets = drawn("y" * 500 + " ⟦flask⟧")
    assert (line, carets) == ("…" + "y" * 39 + " flask", " " * 41 + "^^^^^")


def test_a_word_longer_than_the_line_is_cut() -> None:
    line, carets = drawn("RUN ⟦" + "x" * 500 + "⟧ y")
    assert (line, carets) == ("RUN " + "x" * (MAX_COLUMNS - 5) + "…", " " * 4 + "^" * (MAX_COLUMNS - 4))


def test_a_line_of_wide_characters_is_cut_where_its_columns_end() -> None:
    line, carets = drawn("漢" * 99 + " ⟦flask⟧ " + "漢" * 99)
    assert line == "…" + "漢" * 19 + " flask " + "漢" * ((MAX_COLUMNS - 48) // 2) + "…"
    assert carets == " " * 40 + "^^^^^"


LINES = st.text(st.sampled_from("ab \t漢e\u0301\x1b\r\n\udc80…"), max_size=4 * MAX_COLUMNS)


@given(LINES, LINES, LINES)
def test_any_line_fits_and_any_caret_is_on_it(before: str, word: str, after: str) -> None:
    source = Source("Dockerfile", before + word + after)
    shown = snippet(source, Span(len(before), len(before + word)))
    assert shown.text.isprintable()
    assert columns(shown.text) <= MAX_COLUMNS
    assert shown.width >= 1
    assert shown.indent + shown.width <= max(columns(shown.text), shown.indent + 1)


@given(st.text(st.sampled_from("abc "), max_size=3 * MAX_COLUMNS), st.text("xyz", min_size=1, max_size=30))
def test_the_text_over_the_carets_is_the_word(before: str, word: str) -> None:
    source = Source("Dockerfile", before + word + before)
    shown = snippet(source, Span(len(before), len(before + word)))
    assert shown.text[shown.indent : shown.indent + shown.width] == word


def test_plain_text_stays_as_it_is() -> None:
    assert escape_unprintable("héllo 漢字 e\u0301") == "héllo 漢字 e\u0301"


def test_control_characters_are_escaped() -> None:
    assert escape_unprintable("a\x1b[0m\r\n\t\x7f\u2028\u202e\udce9\x00") == r"a\x1b[0m\r\n\t\x7f\u2028\u202e\xe9\x00"


def test_a_very_long_line_costs_no_more_than_what_is_shown() -> None:
    source = Source("Dockerfile", "RUN pip install " + "flask " * 200_000)
    start = time.process_time()
    for offset in range(16, 16 + 6 * 200_000, 6 * 1000):
        assert snippet(source, Span(offset, offset + 5)).text.count("flask") > 10
    assert time.process_time() - start < 5, "200 times"


def test_credentials_are_seen_where_a_long_line_is_cut() -> None:
    secret = "s3cret" * MAX_COLUMNS
    for before, after in [("", f" https://me:{secret}@h"), (f"https://me:{secret}@h ", ""), ("x" * 999 + " ", "")]:
        text = f"{before}flask{after}"
        shown = snippet(Source("Dockerfile", text), Span(len(before), len(before) + 5))
        assert "s3c" not in shown.text
        assert shown.text[shown.indent :][:5] == "flask"
