"""Commands for tests, split at white space, with quotes and redirections, without the shell package."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pinhook.shell import Argument, Redirection, SimpleCommand
from pinhook.source import Source, SourceText

if TYPE_CHECKING:
    from collections.abc import Mapping

WORD = re.compile(r"""(?:\$\([^)]*\)|`[^`]*`|[^\s"'<>]|"[^"]*"|'[^']*')+""")
EXPANSION = re.compile(r"\$\w+|\$\{[^}]*\}|\$\([^)]*\)|\$@|`[^`]*`")
REDIRECTION = re.compile(r"\d*(>>|>&|>|<)\s*")


def words(line: str) -> list[SourceText]:
    """The values of the words of a line; expansions are unknown, those in single quotes excepted."""
    return [argument.text for argument in command(line).arguments]


def command(line: str, environment: Mapping[str, str] | None = None) -> SimpleCommand:
    source = Source("Dockerfile", line)
    arguments: list[Argument] = []
    redirections: list[Redirection] = []
    offset = 0
    while (offset := offset + len(line[offset:]) - len(line[offset:].lstrip())) < len(line):
        redirection = REDIRECTION.match(line, offset)
        start = redirection.end() if redirection else offset
        word = WORD.match(line, start)
        assert word, line[offset:]
        argument = Argument(_value(source, word), _slice(source, word.start(), word.end()))
        if redirection:
            written = _slice(source, offset, word.end())
            redirections.append(Redirection(redirection[1], argument, written))
        else:
            arguments.append(argument)
        offset = word.end()
    values = {name: (SourceText.of(Source("", value)),) for name, value in (environment or {}).items()}
    return SimpleCommand(tuple(arguments), tuple(redirections), values, SourceText.of(source).place)


def _slice(source: Source, start: int, end: int) -> SourceText:
    return SourceText.of(source)[start:end]


def _value(source: Source, word: re.Match[str]) -> SourceText:
    pieces = [_slice(source, word.start(), word.start())]
    for piece in re.finditer(r"""'[^']*'|"[^"]*"|[^'"]+""", word[0]):
        start, end = word.start() + piece.start(), word.start() + piece.end()
        quote = piece[0][0] if piece[0][0] in "'\"" else ""
        inner = _slice(source, start + len(quote), end - len(quote))
        pieces.extend([inner] if quote == "'" else _expansions(inner))
    return SourceText.join(pieces)


def _expansions(text: SourceText) -> list[SourceText]:
    pieces: list[SourceText] = []
    at = 0
    for expansion in EXPANSION.finditer(str(text)):
        pieces += [text[at : expansion.start()], text[expansion.start() : expansion.end()].as_unknown()]
        at = expansion.end()
    return [*pieces, text[at:]]
