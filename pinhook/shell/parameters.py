"""The parameters that a shell expands in its own script.

Those in single quotes, for another shell, are not included.
"""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.shell.lexer import tokenize
from pinhook.shell.tokens import CaseToken, ElifToken, RedirectionToken, TestToken
from pinhook.shell.words import Array, Opaque, Parameter, Substitution, Word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pinhook.shell.tokens import Token
    from pinhook.shell.words import Dialect, Part
    from pinhook.source import SourceText


def expanded_names(text: SourceText, dialect: Dialect) -> Iterator[str]:
    """The names of the parameters, with duplicates. Raises ``ShellError``."""
    return _in_tokens(tokenize(text, dialect)[0])


def expanded_in(parts: Iterable[Part]) -> Iterator[str]:
    """The names of the parameters in the parts of words, those in substitutions included."""
    return _in_parts(parts)


def _in_tokens(tokens: Iterable[Token]) -> Iterator[str]:
    for token in tokens:
        match token:
            case Word(parts=parts):
                yield from _in_parts(parts)
            case RedirectionToken(word=word, bodies=bodies):
                yield from _in_parts((*word.parts, *(part for body in bodies for part in body.parts)))
            case CaseToken(word=word, arms=arms):
                yield from _in_parts(word.parts)
                for patterns, inside in arms:
                    yield from _in_parts(part for pattern in patterns for part in pattern.parts)
                    yield from _in_tokens(inside)
            case TestToken(parts=parts):
                yield from _in_parts(parts)
            case ElifToken(tokens=inside):
                yield from _in_tokens(inside)


def _in_parts(parts: Iterable[Part]) -> Iterator[str]:
    for part in parts:
        match part:
            case Parameter(name=name, operand=operand):
                yield name
                yield from _in_parts(operand.parts if operand else ())
            case Substitution(tokens=tokens):
                yield from _in_tokens(tokens)
            case Opaque(parts=inside):
                yield from _in_parts(inside)
            case Array(words=words):
                yield from _in_parts(part for word in words for part in word.parts)
