"""Find the words of an instruction that start a heredoc."""

from __future__ import annotations

from pinhook._startup.lazy_re import regex
from pinhook._startup.namedtuple import NamedTuple
from pinhook.dockerfile.parts import Part, QuotedPart, WordError, parse_word
from pinhook.dockerfile.words import SPACE

_HEREDOC = regex(r"[0-9]*<<(-?)[\t\n\f\r ]*([^<\t\n\f\r ][^<]*)?")
_SPACE_RUN = regex(f"[{SPACE}]+")


class HeredocWord(NamedTuple):
    """A word that starts a heredoc: ``[file descriptor]<<[-]delimiter``."""

    delimiter: str
    expand: bool
    strip_tabs: bool


def find_heredocs(line: str) -> list[HeredocWord]:
    """The heredoc words in the line of an instruction (keyword and flags included), in their order.

    As in BuildKit, the list is empty if a quote in the line is not closed or BuildKit does not support an expansion.
    Raises ``WordError`` for a delimiter that is split into words, as in ``<<${a:-b c}``. Follows BuildKit's
    heredocsFromLine.
    """
    try:
        words = split_unexpanded_words(line)
    except WordError:
        return []
    return [heredoc for word in words if (heredoc := _parse_heredoc_word(word))]


def is_heredoc(text: str) -> bool:
    """Whether the text is exactly one heredoc word. Follows BuildKit's MustParseHeredoc."""
    try:
        return _parse_heredoc_word(text) is not None
    except WordError:
        return False


def _parse_heredoc_word(word: str) -> HeredocWord | None:
    match = _HEREDOC.fullmatch(word)
    if not match or not match[2]:
        return None
    dash, written = match.groups()
    words = split_unexpanded_words(written)
    delimiter = unquote(written)
    if len(words) != 1 or not delimiter:
        return None
    # unlike in a shell, a backslash in the delimiter is no quote: the body is still expanded
    expand = _count_quotes(delimiter) == _count_quotes(words[0])
    return HeredocWord(delimiter, expand, dash == "-")


def _count_quotes(word: str) -> int:
    return word.count("'") + word.count('"')


def split_unexpanded_words(text: str) -> list[str]:
    """The words of a text before expansion, with quotes and escapes. Raises ``WordError``.

    Used to find heredocs: the escape character is always the backslash. White space inside ``${…}`` ends a word too, as
    it does after the expansion.
    """
    parts = parse_word(text, "\\", strict=False)
    words: list[str] = []
    word = ""
    for part in parts:
        piece = text[part.start : part.end]
        if isinstance(part, QuotedPart):
            word += piece
            continue
        first, *more = _SPACE_RUN.split(piece)
        word += first
        for following in more:
            words.append(word)
            word = following
    return [word for word in [*words, word] if word]


def unquote(text: str) -> str:
    """A word with its quotes and escapes removed and its variables left as written. Raises ``WordError``."""
    return "".join(_unquote(text, parse_word(text, "\\", strict=False)))


def _unquote(text: str, parts: tuple[Part, ...]) -> list[str]:
    pieces: list[str] = []
    for part in parts:
        if isinstance(part, QuotedPart):
            pieces += _unquote(text, part.parts)
        else:
            pieces.append(text[part.start : part.end])
    return pieces
