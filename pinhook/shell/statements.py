"""The statements of a script: what stands between its semicolons and newlines, compound commands in one piece.

bashlex takes the square of a list's length, and a script of many lines has the same few statements again and again.
"""

from __future__ import annotations

from pinhook.light_typing import TYPE_CHECKING
from pinhook.shell.tokens import Operator, Reserved

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pinhook.shell.tokens import Token

_OPENING = frozenset({"(", "{", "if", "while", "until", "for", "select"})
_CLOSING = frozenset({")", "}", "fi", "done"})
_CONTINUING = frozenset({"|", "|&", "&&", "||", ")"})
"""Operators behind which a newline need not end a statement; a parenthesis may be that of a function."""


def is_newline(token: Token) -> bool:
    """Whether a token is the control operator newline."""
    return isinstance(token, Operator) and token.value == "\n"


def deepening(token: Token) -> int:
    """1 for what opens a compound command, -1 for what closes one, else 0."""
    if not isinstance(token, Operator | Reserved):
        return 0
    return (token.value in _OPENING) - (token.value in _CLOSING)


def statements(tokens: list[Token]) -> Iterator[list[Token]]:
    """The tokens of each statement, without what ends it; none is empty. Text that is no script may come in any cut."""
    statement: list[Token] = []
    depth = 0
    for token in tokens:
        if not depth and isinstance(token, Operator) and _ends(statement, token):
            if statement:
                yield statement
            statement = []
        else:
            statement.append(token)
            depth += deepening(token)
    if statement:
        yield statement


def _ends(statement: list[Token], token: Operator) -> bool:
    if token.value != "\n" or not statement:
        return token.value in {";", "\n"}
    first, last = statement[0], statement[-1]
    is_continued = isinstance(last, Operator) and last.value in _CONTINUING
    return not is_continued and not (isinstance(first, Reserved) and first.value == "function" and len(statement) == 2)
