"""Brace expansion, which bash has and dash has not: ``pkg-{a,b}`` and ``{1..3}``."""

from __future__ import annotations

from pinhook.light_re import regex
from pinhook.light_typing import TYPE_CHECKING
from pinhook.shell.words import Escape, Literal, Parameter, Part, Word

if TYPE_CHECKING:
    from typing import TypeAlias

MOST_WORDS = 256
"""A word that would become more words than this is left as it is."""

_RANGE = regex(r"(-?\d+)\.\.(-?\d+)|([A-Za-z])\.\.([A-Za-z])")

Atom: TypeAlias = "tuple[str, Part]"
"""A character that may be syntax, or an empty string, with the part that it comes from."""


def expand_braces(word: Word) -> list[Word]:
    """The words that a word becomes, itself when it has no brace expansion; each keeps the place of the whole word."""
    if not any(isinstance(part, Literal) and not part.quoted and "{" in _text(part, word) for part in word.parts):
        return [word]
    ways = _expand(_atoms(word))
    if ways is None:
        return [word]
    return [word._replace(parts=_merged(way, word)) for way in ways]


def _text(part: Literal, word: Word) -> str:
    return str(word.owner)[part.start : part.end]


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


def _expand(atoms: list[Atom]) -> list[list[Atom]] | None:
    """All ways, or ``None`` when they are too many."""
    for start, (character, _) in enumerate(atoms):
        if character != "{":
            continue
        choices, end = _choices(atoms, start)
        if not choices:
            continue
        rests = _expand(atoms[end:])
        if rests is None:
            return None
        heads: list[list[Atom]] = []
        for choice in choices:
            inner = _expand(choice)
            if inner is None:
                return None
            heads += inner
        if len(heads) * len(rests) > MOST_WORDS:
            return None
        return [[*atoms[:start], *head, *rest] for head in heads for rest in rests]
    return [atoms]


def _choices(atoms: list[Atom], start: int) -> tuple[list[list[Atom]], int]:
    """What stands between the commas of the brace at ``start``, and the offset behind it; nothing for a plain brace."""
    depth = 0
    choices: list[list[Atom]] = [[]]
    for at in range(start + 1, len(atoms)):
        character = atoms[at][0]
        if character == "}" and not depth:
            if len(choices) == 1:
                return _sequence(choices[0]), at + 1
            return choices, at + 1
        depth += (character == "{") - (character == "}")
        if character == "," and not depth:
            choices.append([])
        else:
            choices[-1].append(atoms[at])
    return [], start


def _sequence(atoms: list[Atom]) -> list[list[Atom]]:
    """``1..3`` and ``a..c``; nothing for anything else."""
    match = _RANGE.fullmatch("".join(character for character, _ in atoms))
    if not match or any(not character for character, _ in atoms):
        return []
    first, last = (match.group(1), match.group(2)) if match.group(1) else (match.group(3), match.group(4))
    low, high = (int(first), int(last)) if match.group(1) else (ord(first), ord(last))
    if abs(high - low) >= MOST_WORDS:
        return []
    step = 1 if high >= low else -1
    values = [str(value) if match.group(1) else chr(value) for value in range(low, high + step, step)]
    start, end = atoms[0][1].start, atoms[-1][1].end
    return [[("", Escape(start, end, value))] for value in values]


def _merged(atoms: list[Atom], word: Word) -> tuple[Part, ...]:
    """The parts of the atoms, neighbouring characters joined again.

    Bash expands braces before anything else, so that ``$x{a,b}`` comes to ``$xa $xb``.
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
    """Whether it is an unquoted ``$name``, which the next character of a name makes a longer one."""
    is_braced = str(word.owner).startswith("${", parameter.start)
    return not is_braced and not parameter.quoted and parameter.name.isidentifier()


def _adjoin(first: Part | None, second: Part) -> bool:
    if not isinstance(first, Literal) or not isinstance(second, Literal):
        return False
    return not first.quoted and not second.quoted and first.end == second.start
