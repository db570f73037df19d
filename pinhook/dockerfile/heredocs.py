"""Which words of an instruction begin a heredoc."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pinhook.dockerfile.expansion import WordError, split_raw_words, unquote

_HEREDOC = re.compile(r"([0-9]*)<<(-?)[\t\n\f\r ]*([^<]*)")


@dataclass(frozen=True, slots=True)
class Redirection:
    """A heredoc's word: ``[file descriptor]<<[-]delimiter``."""

    delimiter: str
    expand: bool
    strip_tabs: bool
    file_descriptor: int


def find_heredocs(line: str) -> list[Redirection]:
    """The heredocs that the line of an instruction, its keyword and flags included, asks for, in their order.

    There is none where the line's quotes are not closed or it holds an expansion that BuildKit does not know, because
    BuildKit then sees none. Raises ``WordError`` for a delimiter that is cut in two, as in ``<<${a:-b c}``. Follows
    BuildKit's heredocsFromLine.
    """
    try:
        words = split_raw_words(line)
    except WordError:
        return []
    return [heredoc for word in words if (heredoc := _read(word))]


def is_heredoc(text: str) -> bool:
    """Whether the text is one heredoc word and nothing else. Follows BuildKit's MustParseHeredoc."""
    try:
        return _read(text) is not None
    except WordError:
        return False


def _read(word: str) -> Redirection | None:
    match = _HEREDOC.fullmatch(word)
    if not match or not match[3]:
        return None
    descriptor, dash, written = match.groups()
    words = split_raw_words(written)
    delimiter = unquote(written)
    if len(words) != 1 or not delimiter:
        return None
    # a backslash in the delimiter removes no quotes, and so, unlike in a shell, the body is still expanded
    expand = _count_quotes(delimiter) == _count_quotes(words[0])
    return Redirection(delimiter, expand, dash == "-", int(descriptor or 0))


def _count_quotes(word: str) -> int:
    return word.count("'") + word.count('"')
