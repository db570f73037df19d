"""Dockerfile words: quotes, escapes and ``$`` expansions, read into parts and expanded.

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
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from pinhook.dockerfile.words import SPACE
from pinhook.source import SourceText

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

LIMIT = 64 * 1024  # characters of a value; sixty ENV A=$A$A would otherwise fill the memory
PIECE_LIMIT = 1024  # pieces of a value, for the same reason
WILDCARD_LIMIT = 256  # characters of a value that is matched with *, which takes more than linear time
DEPTH_LIMIT = 50  # of ${a:-${b:-…}}


class WordError(Exception):
    """BuildKit would refuse this word."""


@dataclass(frozen=True, slots=True)
class Literal:
    """Characters taken as they are."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Quoted:
    """Quotes, or an escape character, and what they hold: white space in it does not end a word."""

    start: int
    end: int
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Variable:
    """``$name`` (an empty ``operator``) or ``${name operator words}``."""

    start: int
    end: int
    name: str
    operator: str = ""
    words: tuple[tuple[Part, ...], ...] = ()


Part: TypeAlias = "Literal | Quoted | Variable"


def parse_word(text: str, escape: str, *, strict: bool = True) -> tuple[Part, ...]:
    """The parts of a text, which may hold several words; offsets are code points into it.

    BuildKit looks at the operator behind the colon of ``${name:…}`` only when it expands; ``strict=False`` reads a text
    that is not going to be expanded. Raises ``WordError`` for what BuildKit refuses.
    """
    return _Reader(text, escape, strict=strict).parts("")


class _Reader:
    def __init__(self, text: str, escape: str, *, strict: bool) -> None:
        self.text, self.escape, self.strict = text, escape, strict
        self.at = self.depth = 0
        self.plain = re.compile(f"[^'\"$</}}{re.escape(escape)}]+")
        self.special: dict[str, Callable[[], Part]] = {
            "'": self.single_quotes,
            '"': self.double_quotes,
            "$": self.variable,
            "<": self.heredoc,
            escape: self.escaped,
        }

    def peek(self) -> str:
        """The next character; empty at the end."""
        return self.text[self.at : self.at + 1]

    def take(self) -> str:
        character = self.peek()
        self.at += 1
        return character

    def parts(self, stop: str) -> tuple[Part, ...]:
        """The parts up to a character, which is taken too; up to the end for an empty ``stop``."""
        parts: list[Part] = []
        while (character := self.peek()) != stop:
            if not character:
                raise WordError(f"{stop} is missing")
            read = self.special.get(character)
            parts.append(read() if read else self.literal())
        self.at += bool(stop)
        return tuple(parts)

    def literal(self) -> Part:
        start = self.at
        plain = self.plain.match(self.text, start)
        self.at = plain.end() if plain else start + 1
        return Literal(start, self.at)

    def escaped(self) -> Part:
        start = self.at
        self.at = min(start + 2, len(self.text))
        return Quoted(start, self.at, (Literal(start + 1, self.at),))

    def heredoc(self) -> Part:
        start = self.at
        self.at += 1
        if self.peek() == "<":
            self.at += 1
            while self.peek() and self.peek() in SPACE:
                self.at += 1
        return Quoted(start, self.at, (Literal(start, self.at),))

    def single_quotes(self) -> Part:
        start = self.at
        end = self.text.find("'", start + 1)
        if end < 0:
            raise WordError("a single quote is not closed")
        self.at = end + 1
        return Quoted(start, self.at, (Literal(start + 1, end),))

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
                parts.append(Literal(self.at, self.at + 1))
                self.at += 1
                continue
            parts.append(self.literal())
        self.at += 1
        return Quoted(start, self.at, tuple(parts))

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
            return Variable(start, self.at, name) if name else Literal(start, self.at)
        self.at += 1
        if self.peek() in {"", "{", "}", ":"}:
            raise WordError("bad substitution")
        name = self.name()
        operator = self.operator()
        words = self.operands(operator)
        return Variable(start, self.at, name, operator, words)

    def operator(self) -> str:
        """What stands between the name and the word; empty for the closing brace."""
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
        if self.depth > DEPTH_LIMIT:
            raise WordError("expansions are nested too deeply")
        words = (self.parts("/"), self.parts("}")) if operator in {"/", "//"} else (self.parts("}"),)
        self.depth -= 1
        return words


def split_raw_words(text: str) -> list[str]:
    """The words of a text that is not expanded, their quotes and escapes kept. Raises ``WordError``.

    This is how heredocs are looked for, and there the escape character is always the backslash. White space inside
    ``${…}`` ends a word too, as it would after the expansion.
    """
    parts = parse_word(text, "\\", strict=False)
    words: list[str] = []
    word = ""
    for part in parts:
        piece = text[part.start : part.end]
        if isinstance(part, Quoted):
            word += piece
            continue
        first, *more = _SPACE_RUN.split(piece)
        word += first
        for following in more:
            words.append(word)
            word = following
    return [word for word in [*words, word] if word]


_SPACE_RUN = re.compile(f"[{SPACE}]+")


def unquote(text: str) -> str:
    """A word with its quotes and escapes removed and its variables left as written. Raises ``WordError``."""
    return "".join(_unquote(text, parse_word(text, "\\", strict=False)))


def _unquote(text: str, parts: tuple[Part, ...]) -> list[str]:
    pieces: list[str] = []
    for part in parts:
        if isinstance(part, Quoted):
            pieces += _unquote(text, part.parts)
        else:
            pieces.append(text[part.start : part.end])
    return pieces


def expand(text: SourceText, variables: Mapping[str, SourceText], escape: str) -> SourceText:
    """The value of a text: quotes and escapes removed, known variables replaced by their values.

    What only the build knows stays as it is written, and is marked as unknown: a variable that has no value here, an
    operator on it, a text that BuildKit refuses, a value that grows beyond ``LIMIT``.
    """
    if not _SPECIAL.intersection(str(text)) and escape not in str(text):
        return text
    try:
        return _Expansion(text, variables).join(parse_word(str(text), escape))
    except WordError:
        return text.as_unknown()


_SPECIAL = frozenset("'\"$")


class _Expansion:
    def __init__(self, text: SourceText, variables: Mapping[str, SourceText]) -> None:
        self.text, self.variables = text, variables
        self.room, self.pieces_room = LIMIT, PIECE_LIMIT

    def join(self, parts: tuple[Part, ...], empty_at: int = 0) -> SourceText:
        return SourceText.join(self.pieces(parts) or [self.text[empty_at:empty_at]])

    def pieces(self, parts: tuple[Part, ...]) -> list[SourceText]:
        pieces: list[SourceText] = []
        for part in parts:
            if isinstance(part, Literal):
                pieces.append(self.text[part.start : part.end])
            elif isinstance(part, Quoted):
                pieces += self.pieces(part.parts) or [self.text[part.start : part.start]]
            else:
                pieces.append(self.within_limits(self.value(part)))
        return pieces

    def within_limits(self, value: SourceText) -> SourceText:
        self.room -= len(value)
        self.pieces_room -= len(value.pieces)
        if self.room < 0 or self.pieces_room < 0:
            raise WordError("the value grows too large")
        return value

    def value(self, variable: Variable) -> SourceText:
        unknown = self.text[variable.start : variable.end].as_unknown()
        value = self.variables.get(variable.name)
        operator = variable.operator.removeprefix(":")
        counts_as_unset = operator != variable.operator and value is not None and not value
        if operator == "-":
            return self.join(variable.words[0], variable.end - 1) if value is None or counts_as_unset else value
        if value is None:
            return unknown
        if operator in {"", "?"}:
            return value
        if operator == "+":
            if counts_as_unset:
                return self.text[variable.start : variable.start]
            is_set = value.is_known or operator == variable.operator
            return self.join(variable.words[0], variable.end - 1) if is_set else unknown
        edited = self.edit(variable, value) if value.is_known else None
        return unknown if edited is None else edited

    def edit(self, variable: Variable, value: SourceText) -> SourceText | None:
        """The value of ``${name#pattern}`` and its kin; ``None`` where a word is more than characters, * and ?."""
        if not all(isinstance(part, Literal) for word in variable.words for part in word):
            return None
        pattern, *replacement = (self.join(word) for word in variable.words)
        if "*" in str(pattern) and (len(value) > WILDCARD_LIMIT or str(pattern).count("*") > 2):
            return None
        if variable.operator in {"/", "//"}:
            return _replace(value, str(pattern), replacement[0], every=variable.operator == "//")
        return _trim(value, str(pattern), variable.operator)


def _trim(value: SourceText, pattern: str, operator: str) -> SourceText:
    greedy = len(operator) == 2
    if operator.startswith("#"):
        found = _wildcards(pattern, greedy=greedy).match(str(value))
        return value[found.end() :] if found else value
    found = _wildcards(pattern[::-1], greedy=greedy).match(str(value)[::-1])
    return value[: len(value) - found.end()] if found else value


def _wildcards(pattern: str, *, greedy: bool) -> re.Pattern[str]:
    star = ".*" if greedy else ".*?"
    return re.compile("".join({"*": star, "?": "."}.get(character) or re.escape(character) for character in pattern))


def _replace(value: SourceText, pattern: str, replacement: SourceText, *, every: bool) -> SourceText:
    pieces: list[SourceText] = []
    at = 0
    for found in _wildcards(pattern, greedy=True).finditer(str(value)):
        pieces += [value[at : found.start()], replacement]
        at = found.end()
        if not every:
            break
    return SourceText.join([*pieces, value[at:]])
