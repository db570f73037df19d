"""The logical lines of a requirements file, and the words of the options in them."""

from __future__ import annotations

import re

from pinhook._startup.lazy_re import regex
from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.source import SourceText

if TYPE_CHECKING:
    from collections.abc import Iterator

_COMMENT_LINE = regex(r"\s*#")
_COMMENT = regex(r"(?:^|(?<=\s))#")
_VARIABLE = regex(r"\$\{[A-Z0-9_]+\}")
_SPACES = regex(r"[ \t\r\n]*")
_PIECE = regex(
    r"""(?P<plain>[^ \t\r\n'"\\]+)|'(?P<single>[^']*)'|"(?P<double>(?:[^"\\]|\\.)*)"|\\(?P<escaped>.)""", re.DOTALL
)
_ESCAPE = regex(r"""\\["\\]""")


class Line(NamedTuple):
    """A logical line: its text (stripped, without comment) and its comment from the ``#`` on.

    Variables, ``${NAME}``, are unknown characters of the text: only the build knows them.
    """

    text: SourceText
    comment: SourceText | None


class QuoteError(ValueError):
    """A quote is not closed, or a backslash is the last character."""


def logical_lines(whole: SourceText) -> Iterator[Line]:
    r"""The logical lines of a file. Lines with only a comment are included, blank lines are not.

    logical = *(text "\" newline) text newline      ; a comment line ends it, with a space in front
    text    = *character [(start / white-space) "#" *character]

    Lines end as for ``str.splitlines`` (also at a form feed), and a comment may be continued. Follows pip's
    ``req_file.preprocess``.
    """
    pieces: list[SourceText] = []
    at = 0
    characters = str(whole)
    for line, with_end in zip(characters.splitlines(), characters.splitlines(keepends=True), strict=True):
        is_comment = _COMMENT_LINE.match(line) is not None
        piece = whole[at : at + len(line)]
        at += len(with_end)
        if line.endswith("\\") and not is_comment:
            pieces.append(piece.strip("\\"))
            continue
        if pieces and is_comment:
            pieces.append(piece[:0].decoded(" "))
        pieces.append(piece)
        yield from _line(pieces)
        pieces = []
    if pieces:
        yield from _line(pieces)


def _line(pieces: list[SourceText]) -> Iterator[Line]:
    text = SourceText.join(pieces)
    found = _COMMENT.search(str(text))
    comment = text[found.start() :] if found else None
    text = (text[: found.start()] if found else text).strip()
    if text or comment:
        yield Line(text.sub(_VARIABLE, lambda variable, _match: variable.as_unknown()), comment)


def split_options(text: SourceText) -> tuple[SourceText, SourceText]:
    """The text in front of the first option of a line, and the rest. As in pip, only a space separates them."""
    found = re.search("(?:^| )-", str(text))
    return (text, text[len(text) :]) if found is None else (text[: found.start()], text[found.start() :].lstrip(" "))


def split_words(text: SourceText) -> list[SourceText]:
    r"""The words of options, unquoted. Raises ``QuoteError``.

    word = *("'" *any "'" / '"' *("\\" ('"' / "\\") / any) '"' / "\\" any / any)

    Follows Python's ``shlex.split``.
    """
    words: list[SourceText] = []
    at = _skip_spaces(text, 0)
    while at < len(text):
        word, end = _parse_word(text, at)
        words.append(word)
        at = _skip_spaces(text, end)
    return words


def _skip_spaces(text: SourceText, at: int) -> int:
    spaces = _SPACES.match(str(text), at)
    return spaces.end() if spaces else at


def _parse_word(text: SourceText, at: int) -> tuple[SourceText, int]:
    pieces = [text[at:at]]
    while found := _PIECE.match(str(text), at):
        kind = str(found.lastgroup)
        start, end = found.span(kind)
        part = text[start:end]
        # between double quotes, a backslash escapes only a double quote and a backslash
        pieces.append(part.sub(_ESCAPE, lambda escape, _match: escape[1:]) if kind == "double" else part)
        at = found.end()
    if at < len(text) and str(text)[at] in "'\"\\":
        raise QuoteError
    return SourceText.join(pieces), at
