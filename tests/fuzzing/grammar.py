"""Random texts from a grammar that is data."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from random import Random

Rules: TypeAlias = "Mapping[str, Sequence[str]]"
"""The alternatives of each rule.

``⟨name⟩`` is a text of another rule, ``⟨name?⟩`` at most one, ``⟨name*⟩`` and ``⟨name+⟩`` several. The first
alternative is the simplest: it never leads back to its own rule.
"""

_REFERENCE = re.compile(r"⟨(\w+)([?*+]?)⟩")
_COUNTS = {"": (1, 1), "?": (0, 1), "*": (0, 3), "+": (1, 3)}


class _Reference(NamedTuple):
    name: str
    least: int
    most: int


_Piece: TypeAlias = "str | _Reference"


class Grammar:
    """Makes texts; each is as good as finished after ``size`` references."""

    def __init__(self, rules: Rules, size: int = 40) -> None:
        self.rules = {name: [_pieces(each) for each in alternatives] for name, alternatives in rules.items()}
        self.size = size

    def make(self, rule: str, random: Random) -> str:
        """A text of a rule."""
        return "".join(_Making(self.rules, random, self.size).text(rule))


class _Making:
    def __init__(self, rules: Mapping[str, Sequence[Sequence[_Piece]]], random: Random, left: int) -> None:
        self.rules, self.random, self.left = rules, random, left

    def text(self, rule: str) -> list[str]:
        self.left -= 1
        alternatives = self.rules[rule]
        made: list[str] = []
        for piece in self.random.choice(alternatives) if self.left > 0 else alternatives[0]:
            if isinstance(piece, str):
                made.append(piece)
                continue
            most = piece.most if self.left > 0 else piece.least
            for _ in range(self.random.randint(piece.least, most)):
                made += self.text(piece.name)
        return made


def _pieces(alternative: str) -> list[_Piece]:
    pieces: list[_Piece] = []
    at = 0
    for match in _REFERENCE.finditer(alternative):
        pieces += [alternative[at : match.start()], _Reference(match[1], *_COUNTS[match[2]])]
        at = match.end()
    return [*pieces, alternative[at:]]
