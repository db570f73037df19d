"""Hide from bashlex what it cannot read, behind masks of equal length.

Every token is drawn at its own offset: a word as a plain word, a redirection as ``> x``, a ``case`` or ``[[ ]]`` as one
plain word, comments and here-documents as blanks. What is left is the skeleton that bashlex reads well: simple
commands, lists, pipelines, groups, functions, ``if``, ``while`` and ``for``. What stands inside a mask is parsed on
its own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pinhook.shell.tokens import CaseToken, ElifToken, Operator, RedirectionToken, Reserved, TestToken, WordToken

if TYPE_CHECKING:
    from pinhook.shell.tokens import Token

_PLAIN = re.compile(r"[A-Za-z0-9_./,:@%+-]+")
_BASHLEX_RESERVED = frozenset({
    "!", "[[", "]]", "case", "coproc", "do", "done", "elif", "else", "esac", "fi", "for", "function", "if", "in",
    "select", "then", "time", "until", "while", "{", "}",
})  # fmt: skip
_SKELETON = {
    "time": "    ",  # bashlex has no time …
    "coproc": "      ",  # … no coproc …
    "select": "for   ",  # … and no select
    "!": " ",
    "|&": "| ",
}


def draw(tokens: list[Token]) -> str:
    """The text of the tokens as bashlex may read it; offset 0 is the start of the first token."""
    pieces = []
    at = tokens[0].start
    for index, token in enumerate(tokens):
        pieces.append(" " * (token.start - at))
        pieces.append(";" if _ends_condition(tokens, index) else _image(token))
        at = token.end
    return "".join(pieces)


def _ends_condition(tokens: list[Token], index: int) -> bool:
    """Whether this is the newline in ``while command`` newline ``do``, which bashlex reads only as a ``;``."""
    if not is_newline(tokens[index]) or isinstance(tokens[index - 1], Operator):
        return False
    behind = index + 1
    while behind < len(tokens) and is_newline(tokens[behind]):
        behind += 1
    following = tokens[behind] if behind < len(tokens) else None
    return isinstance(following, Reserved) and following.value == "do"


def is_newline(token: Token) -> bool:
    """Whether a token is the control operator newline."""
    return isinstance(token, Operator) and token.value == "\n"


def drawn_at(token: Token) -> int:
    """Where the word or redirection that a token is drawn as starts."""
    return token.start + len("else ") if isinstance(token, ElifToken) else token.start


def _image(token: Token) -> str:
    length = token.end - token.start
    match token:
        case WordToken(word=word):
            raw = word.raw
            plain = _PLAIN.fullmatch(raw) and raw not in _BASHLEX_RESERVED
            return raw if plain else "x" * length
        case CaseToken() | TestToken():
            return "x" * length
        case RedirectionToken():
            return ">" + " " * (length - 2) + "x"
        case ElifToken():
            # elif c; then d; fi  →  else xxxxxxxx; fi: bashlex loses what follows a first elif
            return "else " + "x" * (length - 6) + ";"
        case Reserved(value=value) | Operator(value=value):
            return _SKELETON.get(value, value).ljust(length)
