"""The tokens of shell code. A construct that bashlex cannot parse is one token that contains its own tokens.

A ``Word`` is a token too, if it is not a reserved word in its place.
"""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.shell.words import Word

if TYPE_CHECKING:
    from typing import TypeAlias

    from pinhook.shell.words import Part
    from pinhook.source import SourceText


class Operator(NamedTuple):
    """A control operator; a newline is one."""

    value: str


class Reserved(NamedTuple):
    """A reserved word in a place where it is reserved."""

    value: str


class HereDocument(NamedTuple):
    """The body of a here-document, without leading tabs for ``<<-``. ``parts`` is empty if its delimiter is quoted."""

    body: SourceText
    quoted: bool
    parts: tuple[Part, ...]


class RedirectionToken(NamedTuple):
    """A redirection with its word. For a here-document, the body is added to ``bodies`` at the end of the line."""

    start: int
    end: int
    operator: str
    word: Word
    bodies: list[HereDocument]


class CaseToken(NamedTuple):
    """``case word in pattern) list ;; esac``: each arm has its patterns, its tokens and a terminator."""

    word: Word
    arms: tuple[tuple[tuple[Word, ...], list[Token]], ...]
    terminators: tuple[str, ...]


class TestToken(NamedTuple):
    """``[[ … ]]`` or ``(( … ))``: not a command, but its parts may contain substitutions.

    ``words`` are the words and operators of ``[[``; empty for ``((``.
    """

    parts: tuple[Part, ...]
    words: tuple[Word, ...] = ()


class ElifToken(NamedTuple):
    """``elif list; then list …`` without the ``fi``. ``tokens`` are those of the equivalent ``if … fi``."""

    tokens: list[Token]


Token: TypeAlias = Word | Operator | Reserved | RedirectionToken | CaseToken | TestToken | ElifToken
