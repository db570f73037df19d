"""The tokens of shell text. A construct that bashlex cannot read is one token, with its own tokens inside."""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from typing import TypeAlias

    from pinhook.shell.words import Part, Word
    from pinhook.source import SourceText


class WordToken(NamedTuple):
    """A word that is not a reserved word in its place."""

    word: Word


class Operator(NamedTuple):
    """A control operator; a newline is one."""

    value: str


class Reserved(NamedTuple):
    """A reserved word in a place where it is one."""

    value: str


class HereDocument(NamedTuple):
    """The body of a here-document, leading tabs of ``<<-`` removed; ``parts`` is empty when its delimiter is quoted."""

    body: SourceText
    quoted: bool
    parts: tuple[Part, ...]


class RedirectionToken(NamedTuple):
    """A redirection with its word; for a here-document ``bodies`` receives the body when the line has ended."""

    start: int
    end: int
    operator: str
    word: Word
    bodies: list[HereDocument]


class CaseToken(NamedTuple):
    """``case word in pattern) list ;; esac``: each arm has its patterns and its tokens, and a terminator."""

    word: Word
    arms: tuple[tuple[tuple[Word, ...], list[Token]], ...]
    terminators: tuple[str, ...]


class TestToken(NamedTuple):
    """``[[ … ]]`` or ``(( … ))``: no command, but its parts may hold substitutions.

    ``words`` are the words and operators of ``[[``; ``((`` has none.
    """

    parts: tuple[Part, ...]
    words: tuple[Word, ...] = ()


class ElifToken(NamedTuple):
    """``elif list; then list …`` up to the ``fi``, which is left outside; ``tokens`` are those of ``if … fi``."""

    tokens: list[Token]


Token: TypeAlias = WordToken | Operator | Reserved | RedirectionToken | CaseToken | TestToken | ElifToken
