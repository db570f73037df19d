"""The parts of a word before expansion.

Offsets are code points into the scanned text, ``Word.text``.
"""

from __future__ import annotations

import enum

from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from typing import TypeAlias

    from pinhook.shell.tokens import Token
    from pinhook.source import SourceText


class Dialect(enum.Enum):
    """The syntax of a shell. dash has no ``$'…'`` and no brace expansion.

    The shells of Windows have their own languages.
    """

    __hash__ = object.__hash__  # the hash of Enum, that of the name, is slow

    SH = "sh"
    BASH = "bash"
    CMD = "cmd"
    POWERSHELL = "powershell"


class ShellError(Exception):
    """Shell code cannot be parsed. ``offset`` is the place in the scanned text."""

    def __init__(self, reason: str, word_text: SourceText, offset: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.text = word_text
        self.offset = offset


class Literal(NamedTuple):
    """Literal characters. Quoted ones are not split and not matched against file names."""

    start: int
    end: int
    quoted: bool


class Escape(NamedTuple):
    r"""An escape sequence inside ``$'…'``: ``\n``, ``\x41``."""

    start: int
    end: int
    value: str


class Parameter(NamedTuple):
    """A parameter expansion: ``$name``, ``${name}``, ``${name:-word}``, ``${name[subscript]%pattern}``.

    ``operator`` is empty for a plain expansion, ``#name`` for a length, ``!name`` for an indirect expansion.
    """

    start: int
    end: int
    quoted: bool
    name: str
    subscript: str
    operator: str
    operand: Word | None


class Substitution(NamedTuple):
    """A command or process substitution. Its commands are in ``tokens``."""

    start: int
    end: int
    tokens: list[Token]
    quoted: bool


class Opaque(NamedTuple):
    """An arithmetic expansion, an extended pattern or a malformed ``${…}``. Only the parts inside it are evaluated."""

    start: int
    end: int
    parts: tuple[Part, ...]


class Array(NamedTuple):
    """The words of ``name=(…)``, after the literal ``name=``."""

    start: int
    end: int
    words: tuple[Word, ...]


Part: TypeAlias = Literal | Escape | Parameter | Substitution | Opaque | Array


class Word(NamedTuple):
    """A word: its span, quotes included, and its parts."""

    text: SourceText
    start: int
    end: int
    parts: tuple[Part, ...]

    @property
    def written(self) -> SourceText:
        """The word in the file."""
        return self.text[self.start : self.end]

    @property
    def spelling(self) -> str:
        """The characters of the word, quotes included."""
        return str(self.text)[self.start : self.end]
