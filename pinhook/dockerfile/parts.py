"""Parse a Dockerfile word into its parts: literal text, quotes, escapes and ``$`` expansions.

word      = *(single / double / escaped / variable / heredoc / any)
single    = "'" *any "'"
double    = '"' *(escape ('"' / "$" / escape) / variable / any) '"'
escaped   = escape any
variable  = "$" name / "${" name "}" / "${" name [":"] ("-" / "+" / "?") word "}"
          / "${" name ("#" / "##" / "%" / "%%") word "}" / "${" name ("/" / "//") word "/" word "}"
heredoc   = "<<" *space                     ; keeps the white space in the word

Follows BuildKit's frontend/dockerfile/shell/lex.go.
"""

from __future__ import annotations

import re

from pinhook._startup.lazy_re import regex
from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.dockerfile.words import SPACE

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

_PLAIN = {escape: regex(rf"[^'\"$</}}{re.escape(escape)}]+") for escape in "\\`"}
MAX_DEPTH = 50  # nested expansions: ${a:-${b:-…}}


class WordError(Exception):
    """BuildKit refuses this word."""


class LiteralPart(NamedTuple):
    """Literal characters."""

    start: int
    end: int


class QuotedPart(NamedTuple):
    """A quoted text, or an escaped character. White space in it does not end a word."""

    start: int
    end: int
    parts: tuple[Part, ...]


class VariablePart(NamedTuple):
    """``$name`` (an empty ``operator``) or ``${name operator words}``."""

    start: int
    end: int
    name: str
    operator: str = ""
    words: tuple[tuple[Part, ...], ...] = ()


Part: TypeAlias = "LiteralPart | QuotedPart | VariablePart"


def parse_word(text: str, escape: str, *, strict: bool = True, has_quotes: bool = True) -> tuple[Part, ...]:
    """The parts of a text, which may hold several words. Offsets are code points into the text.

    BuildKit checks the operator of ``${name:…}`` only during expansion; ``strict=False`` accepts any operator. In the
    body of a here-document a quote is a plain character: ``has_quotes=False`` (SkipProcessQuotes in BuildKit). Raises
    ``WordError`` for text that BuildKit refuses.
    """
    return _WordParser(text, escape, strict=strict, has_quotes=has_quotes).parts("")


class _WordParser:
    def __init__(self, text: str, escape: str, *, strict: bool, has_quotes: bool) -> None:
        self.text, self.escape, self.strict = text, escape, strict
        self.at = self.depth = 0
        self.plain = _PLAIN[escape]
        self.special: dict[str, Callable[[], Part]] = {
            "$": self.variable,
            "<": self.heredoc,
            escape: self.escaped,
        }
        if has_quotes:
            self.special |= {"'": self.single_quotes, '"': self.double_quotes}

    def peek(self) -> str:
        """The next character; empty at the end."""
        return self.text[self.at : self.at + 1]

    def take(self) -> str:
        character = self.peek()
        self.at += 1
        return character

    def parts(self, stop: str) -> tuple[Part, ...]:
        """The parts up to and including the character ``stop``; up to the end if ``stop`` is empty."""
        parts: list[Part] = []
        while (character := self.peek()) != stop:
            if not character:
                raise WordError(f"{stop} is missing")
            parse_part = self.special.get(character)
            parts.append(parse_part() if parse_part else self.literal())
        self.at += bool(stop)
        return tuple(parts)

    def literal(self) -> Part:
        start = self.at
        plain = self.plain.match(self.text, start)
        self.at = plain.end() if plain else start + 1
        return LiteralPart(start, self.at)

    def escaped(self) -> Part:
        start = self.at
        self.at = min(start + 2, len(self.text))
        return QuotedPart(start, self.at, (LiteralPart(start + 1, self.at),))

    def heredoc(self) -> Part:
        start = self.at
        self.at += 1
        if self.peek() == "<":
            self.at += 1
            while self.peek() and self.peek() in SPACE:
                self.at += 1
        return QuotedPart(start, self.at, (LiteralPart(start, self.at),))

    def single_quotes(self) -> Part:
        start = self.at
        end = self.text.find("'", start + 1)
        if end < 0:
            raise WordError("a single quote is not closed")
        self.at = end + 1
        return QuotedPart(start, self.at, (LiteralPart(start + 1, end),))

    def double_quotes(self) -> Part:
        start = self.at
        self.at += 1
        parts: list[Part] = []
        while (character := self.peek()) != '"':
            if not character:
                raise WordError("a double quote is not closed")
            if character == "$":
                parts.append(self.variable())
                continue
            if character == self.escape and self.text[self.at + 1 : self.at + 2] in {'"', "$", self.escape}:
                self.at += 1
                parts.append(LiteralPart(self.at, self.at + 1))
                self.at += 1
                continue
            parts.append(self.literal())
        self.at += 1
        return QuotedPart(start, self.at, tuple(parts))

    def name(self) -> str:
        start = self.at
        if self.peek().isdecimal():
            while self.peek().isdecimal():
                self.at += 1
        elif self.peek() and self.peek() in "@*#?-$!":
            self.at += 1
        else:
            while (character := self.peek()) and (character.isalpha() or character.isdecimal() or character == "_"):
                self.at += 1
        return self.text[start : self.at]

    def variable(self) -> Part:
        start = self.at
        self.at += 1
        if self.peek() != "{":
            name = self.name()
            return VariablePart(start, self.at, name) if name else LiteralPart(start, self.at)
        self.at += 1
        if self.peek() in {"", "{", "}", ":"}:
            raise WordError("bad substitution")
        name = self.name()
        operator = self.operator()
        words = self.operands(operator)
        return VariablePart(start, self.at, name, operator, words)

    def operator(self) -> str:
        """The operator after the name; empty at the closing brace."""
        operator = self.take()
        if operator == "}":
            return ""
        if operator == ":":
            operator += self.take()
            if self.strict and operator[1:] not in set("+-?"):
                raise WordError("unsupported modifier")
            return operator
        if operator not in set("+-?#%/"):
            raise WordError("unsupported modifier")
        if operator in set("#%/") and self.peek() == operator:
            operator += self.take()
        return operator

    def operands(self, operator: str) -> tuple[tuple[Part, ...], ...]:
        if not operator:
            return ()
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise WordError("expansions are nested too deeply")
        words = (self.parts("/"), self.parts("}")) if operator in {"/", "//"} else (self.parts("}"),)
        self.depth -= 1
        return words
