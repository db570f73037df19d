"""Brace expansion of bash (dash has none): ``pkg-{a,b}`` and ``{1..3}``."""

from __future__ import annotations

from itertools import pairwise

from pinhook._startup.lazy_re import regex
from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.shell.words import Escape, Literal, Parameter, Part, Word

if TYPE_CHECKING:
    from typing import TypeAlias

MAX_WORDS = 256
"""Maximum number of words that a word expands to. With more, it is not expanded."""

_NUMBER = r"(-?\d{1,18})"  # bash does not expand longer numbers
_RANGE = regex(rf"(?:{_NUMBER}\.\.{_NUMBER}|([A-Za-z])\.\.([A-Za-z]))(?:\.\.{_NUMBER})?")
_PADDED = regex(r"-?0\d+")

Atom: TypeAlias = "tuple[str, Part]"
"""A character that may be syntax, or an empty string, with the part that it comes from."""


def expand_braces(word: Word) -> list[Word]:
    """The words that a word expands to; the word itself if it has no brace expansion.

    Each keeps the place of the whole word.
    """
    if not any(isinstance(part, Literal) and not part.quoted and "{" in _text(part, word) for part in word.parts):
        return [word]
    atoms = _atoms(word)
    alternatives = _Expansion(atoms).alternatives(0, len(atoms))
    if alternatives is None:
        return [word]
    return [word._replace(parts=_merged(alternative, word)) for alternative in alternatives]


def _text(part: Literal, word: Word) -> str:
    return str(word.text)[part.start : part.end]


def _atoms(word: Word) -> list[Atom]:
    atoms: list[Atom] = []
    for part in word.parts:
        if isinstance(part, Literal) and not part.quoted:
            atoms += [
                (character, Literal(at, at + 1, quoted=False))
                for at, character in enumerate(_text(part, word), start=part.start)
            ]
        else:
            atoms.append(("", part))
    return atoms


class _Expansion:
    """The atoms of a word, and the index of the closing brace for each brace that is closed.

    Offsets are indices of atoms.
    """

    def __init__(self, atoms: list[Atom]) -> None:
        self.atoms = atoms
        self.closings: dict[int, int] = {}
        opened: list[int] = []
        for at, (character, _) in enumerate(atoms):
            if character == "{":
                opened.append(at)
            elif character == "}" and opened:
                self.closings[opened.pop()] = at

    def alternatives(self, start: int, end: int) -> list[list[Atom]] | None:
        """The alternatives of a part of the word; ``None`` if there are more than ``MAX_WORDS``."""
        for at in range(start, end):
            closing = self.closings.get(at, end)
            if closing >= end or not (parts := self.choices(at + 1, closing)):
                continue
            rests = self.alternatives(closing + 1, end)
            if rests is None or any(part_alternatives is None for part_alternatives in parts):
                return None
            heads = [alternative for part_alternatives in parts for alternative in part_alternatives or ()]
            if len(heads) * len(rests) > MAX_WORDS:
                return None
            return [[*self.atoms[start:at], *head, *rest] for head in heads for rest in rests]
        return [self.atoms[start:end]]

    def choices(self, start: int, end: int) -> list[list[list[Atom]] | None]:
        """The alternatives of each part between the commas of a brace; nothing for a plain brace."""
        commas = self.commas(start, end)
        if not commas:
            return [[alternative] for alternative in _sequence(self.atoms[start:end])]
        return [self.alternatives(first + 1, last) for first, last in pairwise([start - 1, *commas, end])]

    def commas(self, start: int, end: int) -> list[int]:
        """The commas of a brace, without those of nested braces."""
        found: list[int] = []
        at = start
        while at < end:
            if self.atoms[at][0] == ",":
                found.append(at)
            at = self.closings.get(at, at) + 1
        return found


def _sequence(atoms: list[Atom]) -> list[list[Atom]]:
    """``1..3``, ``01..10``, ``a..c``, and with a step ``1..9..2``; empty for any other text."""
    match = _RANGE.fullmatch("".join(character for character, _ in atoms))
    if not match or any(not character for character, _ in atoms):
        return []
    first, last = (match.group(1), match.group(2)) if match.group(1) else (match.group(3), match.group(4))
    low, high = (int(first), int(last)) if match.group(1) else (ord(first), ord(last))
    step = abs(int(match.group(5) or 1)) or 1
    if abs(high - low) // step >= MAX_WORDS:
        return []
    numbers = range(low, high + 1, step) if high >= low else range(low, high - 1, -step)
    width = max(len(first), len(last)) if _PADDED.fullmatch(first) or _PADDED.fullmatch(last) else 0
    values = [str(number).zfill(width) if match.group(1) else chr(number) for number in numbers]
    start, end = atoms[0][1].start, atoms[-1][1].end
    return [[("", Escape(start, end, value))] for value in values]


def _merged(atoms: list[Atom], word: Word) -> tuple[Part, ...]:
    """The parts of the atoms, with adjacent characters joined.

    Bash expands braces first, so ``$x{a,b}`` becomes ``$xa $xb``.
    """
    parts: list[Part] = []
    for character, part in atoms:
        last = parts[-1] if parts else None
        if _adjoin(last, part):
            parts[-1] = Literal(parts[-1].start, part.end, quoted=False)
        elif isinstance(last, Parameter) and _is_of_name(character) and _is_bare(last, word):
            parts[-1] = last._replace(end=part.end, name=last.name + character)
        else:
            parts.append(part)
    return tuple(parts)


def _is_of_name(character: str) -> bool:
    return character == "_" or (character.isascii() and character.isalnum())


def _is_bare(parameter: Parameter, word: Word) -> bool:
    """Whether it is an unquoted ``$name``. A following character would extend the name."""
    is_braced = str(word.text).startswith("${", parameter.start)
    return not is_braced and not parameter.quoted and parameter.name.isidentifier()


def _adjoin(first: Part | None, second: Part) -> bool:
    if not isinstance(first, Literal) or not isinstance(second, Literal):
        return False
    return not first.quoted and not second.quoted and first.end == second.start
