"""Dockerfiles made from their grammar, for hypothesis: mostly right, often odd."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Sequence

WORDS = st.sampled_from([
    "a", "pip", "install", "x==1", "-r", "--flag", "--", "é", "😀", "\u00a0", "#", "a#b", "&&", "|", ";", "<", ">",
    "'b c'", '"d e"', "$X", "${X}", "${X:-y z}", "${X-'}'}", "${X:0:2}", "${X:-a", "it's", '"', "=", "k=v", "k=",
    "\\", "`", "\\\\", "``", "a\\", "\\ b", "`'", "\\'", "[", "]", '["a", "b"]', "['a']", "[1]", "{", "}", "$",
    "$$",
])  # fmt: skip
GAPS = st.sampled_from([
    " ", "  ", "\t", " \t", "\u3000", "\v",
])  # fmt: skip
COMMENTS = st.sampled_from([
    "# comment", "  # two", "#", "\t#\\", "# escape=`", "\u00a0# three",
])  # fmt: skip
BLANKS = st.sampled_from([
    "", " ", "\t ", "\u00a0",
])  # fmt: skip
KEYWORDS = st.sampled_from([
    "RUN", "RUN", "run", "Run", "COPY", "ADD", "ENV", "ARG", "LABEL", "CMD", "ENTRYPOINT", "SHELL", "FROM", "USER",
    "WORKDIR", "EXPOSE", "VOLUME", "HEALTHCHECK", "HEALTHCHECK CMD", "ONBUILD RUN", "onbuild copy", "ONBUILD",
    "BAD",
])  # fmt: skip
FLAGS = st.sampled_from([
    "--mount=type=cache,target=/x", "--network=none", '--a="b c"', "--a='b'", "--x\\ y", "--", "-- ",
])  # fmt: skip
DELIMITERS = [
    "EOF", "E2", "'Q Q'", '"D"', "E'O'F", "\\ESC", "$V",
]  # fmt: skip
HEREDOC_LINES = [
    "pip install a", "\tindented", "# no comment", "", "EOF ", " EOF", "\tEOF2", "RUN b \\", "$X ${Y",
]  # fmt: skip
ARRAYS = st.lists(st.sampled_from(['"a"', '"\\u0041\\n"', '"é"', '"\\ud83d\\ude00"', '"\\ud83d"', '"\t"', "1", "null"]))


@st.composite
def dockerfiles(draw: st.DrawFn) -> str:
    escape = draw(st.sampled_from("\\\\`"))
    lines: list[str] = []
    if escape == "`" or draw(st.booleans()):
        lines += draw(st.sampled_from([[], ["# syntax=docker/dockerfile:1"], ["  #syntax = x"]]))
        lines.append(draw(st.sampled_from(["# escape=", "#escape =  ", " # ESCAPE = "])) + escape)
    for _ in range(draw(st.integers(1, 6))):
        lines += draw(st.lists(st.one_of(COMMENTS, BLANKS), max_size=2))
        lines += draw(instructions(escape))
    newline = draw(st.sampled_from(["\n", "\n", "\r\n"]))
    text = newline.join(lines)
    return draw(st.sampled_from(["", "\ufeff"])) + text + draw(st.sampled_from(["", newline]))


@st.composite
def instructions(draw: st.DrawFn, escape: str) -> Sequence[str]:
    pieces = [draw(st.sampled_from(["", "", "  "])), draw(KEYWORDS)]
    for flag in draw(st.lists(FLAGS, max_size=2)):
        pieces += [draw(GAPS), flag]
    heredocs: list[tuple[str, str]] = []
    if draw(st.integers(0, 3)) == 0:
        pieces += [" ", "[", ",".join(draw(ARRAYS)), draw(st.sampled_from(["]", "]", "] ", ""]))]
    else:
        for word in draw(st.lists(WORDS, max_size=6)):
            pieces += [draw(GAPS), word]
        for _ in range(draw(st.sampled_from([0, 0, 1, 2]))):
            heredocs.append((draw(st.sampled_from(["", "-"])), draw(st.sampled_from(DELIMITERS))))
            pieces += [" ", draw(st.sampled_from(["", "3"])), "<<", *heredocs[-1]]
            pieces += draw(st.sampled_from([[], [" ", "> f"], ["<x"]]))
    lines = draw(continued(pieces, escape))
    for dash, delimiter in heredocs:
        body = draw(st.lists(st.sampled_from(HEREDOC_LINES), max_size=3))
        end = ("\t" if dash else "") + delimiter.replace("'", "").replace('"', "").replace("\\", "")
        lines += [*body, end]
    return lines


@st.composite
def continued(draw: st.DrawFn, pieces: list[str], escape: str) -> list[str]:
    """The pieces on one line or on several, with whatever Docker drops between them."""
    lines = [""]
    for piece in pieces:
        lines[-1] += piece
        if draw(st.integers(0, 5)) == 0:
            lines[-1] += escape + draw(st.sampled_from(["", "", " ", "\t "]))
            lines += draw(st.lists(st.one_of(COMMENTS, BLANKS), max_size=2))
            lines.append(draw(st.sampled_from(["", "  ", "\t"])))
    return lines
