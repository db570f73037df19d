"""The parts of a word, as the shell reads them before it expands anything.

Offsets are code points into the text that was scanned, ``Word.text``.
"""

from __future__ import annotations

import enum

from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from typing import TypeAlias

    from pinhook.shell.tokens import Token
    from pinhook.source import SourceText


class Dialect(enum.Enum):
    """Whose rules hold: dash has no ``$'…'`` and no brace expansion, Windows' shells are languages of their own."""

    SH = "sh"
    BASH = "bash"
    CMD = "cmd"
    POWERSHELL = "powershell"


class ShellError(Exception):
    """Shell text that cannot be read; ``offset`` is where, in the text that was scanned."""

    def __init__(self, reason: str, word_text: SourceText, offset: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.text = word_text
        self.offset = offset


class Literal(NamedTuple):
    """Characters that stand for themselves; quoted ones are neither split nor matched against file names."""

    start: int
    end: int
    quoted: bool


class Escape(NamedTuple):
    r"""A sequence inside ``$'…'`` that stands for other characters: ``\n``, ``\x41``."""

    start: int
    end: int
    value: str


class Parameter(NamedTuple):
    """A parameter expansion: ``$name``, ``${name}``, ``${name:-word}``, ``${name[subscript]%pattern}``.

    ``operator`` is empty for a plain expansion, ``#name`` for a length and ``!name`` for an indirect one.
    """

    start: int
    end: int
    quoted: bool
    name: str
    subscript: str
    operator: str
    operand: Word | None


class Substitution(NamedTuple):
    """A command substitution, or a process substitution; its commands are in ``tokens``."""

    start: int
    end: int
    tokens: list[Token]
    quoted: bool


class Opaque(NamedTuple):
    """An arithmetic expansion or an extended pattern: its value is not ours to say, the parts inside it are."""

    start: int
    end: int
    parts: tuple[Part, ...]


class Array(NamedTuple):
    """The words of ``name=(…)``, behind the literal ``name=``."""

    start: int
    end: int
    words: tuple[Word, ...]


Part: TypeAlias = Literal | Escape | Parameter | Substitution | Opaque | Array


class Word(NamedTuple):
    """A word: where it stands, quotes included, and its parts."""

    text: SourceText
    start: int
    end: int
    parts: tuple[Part, ...]

    @property
    def written(self) -> SourceText:
        """The word as it stands in the file."""
        return self.text[self.start : self.end]

    @property
    def spelling(self) -> str:
        """The characters of the word as it stands, quotes included."""
        return str(self.text)[self.start : self.end]
