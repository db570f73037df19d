"""The static value of words: the expansions of the Bash manual, as far as nothing must be run.

A word has several possible results if its variables have several possible values. What only the build knows stays as
written and is unknown. Not expanded: arithmetic and file names (``*.whl`` stays).
"""

from __future__ import annotations

import itertools
import math
import re
from functools import lru_cache

from pinhook._compat import assert_never
from pinhook._startup.lazy_re import regex
from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.budget import COPIES_PER_UNIT, UNITS_PER_FIELD
from pinhook.shell.braces import expand_braces
from pinhook.shell.command import Argument
from pinhook.shell.patterns import Operand, remove_prefix, remove_suffix, replace
from pinhook.shell.words import Array, Dialect, Escape, Literal, Opaque, Parameter, Substitution
from pinhook.source import SourceText

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import TypeAlias, TypeVar

    from pinhook.budget import Budget
    from pinhook.shell.scope import Scope
    from pinhook.shell.words import Part, Word

    Choice = TypeVar("Choice")

MAX_COMBINATIONS = 64
"""Maximum number of combinations of values. With more, each value is used, but not with every other one."""

_FIELD = regex(r"[^ \t\n]+")
_BLANKS = " \t\n"
_ALWAYS_SET = frozenset("0#?$-")
"""Parameters that have a value in every shell."""


class Piece(NamedTuple):
    """A part of a word after expansion.

    ``splits``       an unquoted result of an expansion, to be split into fields
    ``is_literal``   the characters are in the word itself, not in the value of a variable
    ``quoted``       the characters are in quotes in the word
    ``ends_field``   a field ends after this piece (``"$@"``)
    """

    text: SourceText
    splits: bool
    is_literal: bool
    quoted: bool = False
    ends_field: bool = False


Pieces: TypeAlias = "tuple[Piece, ...]"


def combinations(choices: Sequence[Sequence[Choice]], budget: Budget) -> list[tuple[Choice, ...]]:
    """The Cartesian product of the choices; if it is too large, each choice with the first of the others.

    Raises ``BudgetExceeded`` if the budget does not suffice.
    """
    count = math.prod(map(len, choices))
    if count <= MAX_COMBINATIONS:
        budget.charge_or_raise((count - 1) * len(choices))
        if count == 1:
            return [tuple([choice[0] for choice in choices])]
        return list(itertools.product(*choices))
    firsts = tuple(choice[0] for choice in choices)
    alternatives = [firsts]
    budget.charge_or_raise(sum(len(choice) - 1 for choice in choices) * len(choices))
    for index, choice in enumerate(choices):
        alternatives.extend((*firsts[:index], other, *firsts[index + 1 :]) for other in choice[1:])
    return alternatives


def fields(word: Word, scope: Scope, dialect: Dialect) -> list[tuple[Argument, ...]]:
    """The possible results of a word. Each is a sequence of fields. Never empty."""
    if argument := _literal(word, dialect):
        return [(argument,)]
    words = expand_braces(word) if dialect is Dialect.BASH else [word]
    scope.budget.charge_or_raise(UNITS_PER_FIELD * (len(words) - 1))
    separators = _separators(scope)
    results = [
        [_split(alternative, each, separators, scope.budget) for alternative in _alternatives(each, scope)]
        for each in words
    ]
    return [_chained(alternative) for alternative in combinations(results, scope.budget)]


def _literal(word: Word, dialect: Dialect) -> Argument | None:
    """The result of a word without expansions, the most common case."""
    written = word.written
    spelling = str(written)
    if spelling.startswith("~") or (dialect is Dialect.BASH and "{" in spelling):
        return None
    word_text, parts = word.text, word.parts
    if len(parts) == 1 and isinstance(parts[0], Literal) and parts[0].end - parts[0].start == len(spelling):
        return Argument(written, written)
    pieces = [word_text[part.start : part.end] for part in parts if isinstance(part, Literal)]
    return Argument(SourceText.join(pieces), written) if pieces and len(pieces) == len(parts) else None


def _chained(sequences: Iterable[tuple[Choice, ...]]) -> tuple[Choice, ...]:
    return tuple(itertools.chain.from_iterable(sequences))


def values(word: Word, scope: Scope) -> list[SourceText]:
    """The possible values of a word that is not split into fields, as in an assignment."""
    return [_joined(alternative, word) for alternative in _alternatives(word, scope)]


def _joined(alternative: Pieces, word: Word) -> SourceText:
    return _spaced(alternative) if alternative else word.text[word.start : word.start]


def _spaced(pieces: Pieces, between: str = " ") -> SourceText:
    """The pieces joined; a space, or another separator, replaces the end of a field."""
    texts = [piece.text for piece in pieces]
    for at in reversed(range(len(pieces))):
        if pieces[at].ends_field:
            texts.insert(at + 1, texts[at][len(texts[at]) :].decoded(between))
    return SourceText.join(texts)


def _alternatives(word: Word, scope: Scope) -> list[Pieces]:
    choices = [_expand(part, word.text, scope) for part in word.parts]
    alternatives = [_chained(alternative) for alternative in combinations(choices, scope.budget)]
    return [_with_tilde(alternative) for alternative in alternatives] if word.spelling.startswith("~") else alternatives


def _with_tilde(alternative: Pieces) -> Pieces:
    """``~`` and ``~user`` are directories that only the build knows."""
    first = alternative[0]
    length = len(str(first.text).partition("/")[0])
    return (
        first._replace(text=first.text[:length].as_unknown()),
        first._replace(text=first.text[length:]),
        *alternative[1:],
    )


class Separators(NamedTuple):
    """Word splitting by ``IFS``: the pattern that ends a field, and the separators that are not blanks.

    Consecutive blanks end one field, any other separator ends a field each. ``between`` joins the fields of ``"$*"``.
    """

    pattern: re.Pattern[str] | None
    others: frozenset[str]
    between: str


def _separators(scope: Scope) -> Separators:
    """The current separators; the default ones if the value of ``IFS`` is unknown."""
    (ifs, *more) = scope.values("IFS")
    return _separators_of(_BLANKS if ifs is None or more or not ifs.is_known else str(ifs))


@lru_cache(maxsize=16)
def _separators_of(ifs: str) -> Separators:
    blanks = "".join(character for character in ifs if character in _BLANKS)
    others = "".join(character for character in ifs if character not in _BLANKS)
    blank = f"[{re.escape(blanks)}]" if blanks else ""
    patterns = [f"{blank}*[{re.escape(others)}]{blank}*" if blank else f"[{re.escape(others)}]"] if others else []
    patterns += [f"{blank}+"] if blank else []
    return Separators(re.compile("|".join(patterns)) if patterns else None, frozenset(others), ifs[:1])


def _split(alternative: Pieces, word: Word, separators: Separators, budget: Budget) -> tuple[Argument, ...]:
    """Word splitting: the fields of one alternative of a word."""
    found: list[Argument] = []
    current: list[Piece] = []

    def finish() -> None:
        if current:
            text = SourceText.join(piece.text for piece in current)
            written = word.written if any(piece.is_literal for piece in current) else text
            found.append(Argument(text, written))
            current.clear()

    for piece in alternative:
        if not piece.splits:
            current.append(piece)
        else:
            at = 0
            solid = piece.text.masked()
            for match in separators.pattern.finditer(solid) if separators.pattern else ():
                if match.start() > at:
                    current.append(piece._replace(text=piece.text[at : match.start()]))
                if separators.others:
                    budget.charge_or_raise(UNITS_PER_FIELD)
                    if not current and not separators.others.isdisjoint(match.group()):
                        empty = piece.text[match.start() : match.start()]
                        found.append(Argument(empty, empty))
                finish()
                at = match.end()
            if at < len(solid):
                current.append(piece._replace(text=piece.text[at:]))
        if piece.ends_field:
            finish()
    finish()
    return tuple(found)


def split_fields(text: SourceText) -> tuple[Argument, ...]:
    """The fields of a text split at blanks and newlines, as ``xargs`` splits its input."""
    found = (text[match.start() : match.end()] for match in _FIELD.finditer(text.masked()))
    return tuple(Argument(field, field) for field in found)


def _expand(part: Part, word_text: SourceText, scope: Scope) -> list[Pieces]:
    """The possible results of one part."""
    match part:
        case Literal():
            return [(Piece(word_text[part.start : part.end], splits=False, is_literal=True, quoted=part.quoted),)]
        case Escape():
            text = word_text[part.start : part.end].decoded(part.value)
            return [(Piece(text, splits=False, is_literal=True, quoted=True),)]
        case Substitution():
            return _substituted(part, word_text, scope)
        case Opaque() | Array():  # an array is a word only for eval
            return [(_unknown(part, word_text),)]
        case Parameter():
            return _expand_parameter(part, word_text, scope)
        case _:
            assert_never(part)


def _substituted(part: Substitution, word_text: SourceText, scope: Scope) -> list[Pieces]:
    """The output of ``$(echo words)``. Only the build knows the output of other commands."""
    from pinhook.shell.output import substituted  # it imports this module

    is_process = str(word_text)[part.start] in "<>"
    texts = () if is_process else substituted(part, scope)
    return [(Piece(text, splits=not part.quoted, is_literal=False),) for text in texts] or [
        (_unknown(part, word_text),)
    ]


def _unknown(part: Part, word_text: SourceText) -> Piece:
    return Piece(word_text[part.start : part.end].as_unknown(), splits=False, is_literal=True)


def _expand_parameter(part: Parameter, word_text: SourceText, scope: Scope) -> list[Pieces]:
    elements = _list_elements(part, scope)
    if elements is not None and scope.budget.charge(_units(elements) - (part.end - part.start) // 2):
        return [_list_pieces(part, elements, scope)]
    if part.subscript not in {"", "0"}:
        return [(_unknown(part, word_text),)]
    results: list[Pieces] = []
    for value in scope.values(part.name):
        fits = value is None or scope.budget.charge_for(value, part.end - part.start, splits=not part.quoted)
        results.extend(_apply_operator(part, value if fits else None, word_text, scope))
    return list(dict.fromkeys(results))


def _units(arguments: tuple[Argument, ...]) -> int:
    """The budget units for some arguments."""
    return sum(argument.text.piece_count + len(argument.text) // COPIES_PER_UNIT for argument in arguments)


def _list_elements(part: Parameter, scope: Scope) -> tuple[Argument, ...] | None:
    """The elements of ``$@``, ``$*``, ``${a[@]}`` and ``${a[*]}``; ``None`` for any other expansion.

    Includes ``${@:-word}`` and similar, unless there is only an empty string.
    """
    elements = None
    if part.name in {"@", "*"}:
        elements = scope.arguments
    elif part.subscript in {"@", "*"}:
        elements = scope.array(part.name)
    if elements and part.operator in {"-", ":-", "?", ":?"}:
        return elements if len(elements) > 1 or len(elements[0].text) else None
    return None if part.operator else elements


def _list_pieces(part: Parameter, elements: tuple[Argument, ...], scope: Scope) -> Pieces:
    """One piece for each element. In quotes, ``$*`` and ``${a[*]}`` give one field."""
    pieces = tuple(
        Piece(element.text, splits=not part.quoted, is_literal=False, ends_field=index < len(elements) - 1)
        for index, element in enumerate(elements)
    )
    is_one = part.quoted and "*" in {part.name, part.subscript} and pieces
    return (Piece(_spaced(pieces, _separators(scope).between), splits=False, is_literal=False),) if is_one else pieces


def _apply_operator(part: Parameter, value: SourceText | None, word_text: SourceText, scope: Scope) -> list[Pieces]:
    unknown: list[Pieces] = [(_unknown(part, word_text),)]
    if part.name in _ALWAYS_SET and value is None:
        return unknown
    plain = part.operator.removeprefix(":")
    if plain in {"-", "="}:
        return _default(part, value, scope)
    if value is None:
        return unknown
    if part.operator == ":?" and not len(value):
        return unknown  # the shell stops here, unless the value is another one
    if not part.operator or plain == "?":
        return [(_result(part, value),)]
    if plain == "+":
        if not value.is_known:
            return unknown
        return [()] if part.operator == ":+" and not len(value) else _operand(part, scope)
    if part.operator == "!":
        return [(_result(part, inner),) if inner is not None else unknown[0] for inner in scope.values(str(value))]
    changed = _transform(part, value, scope)
    return unknown if changed is None else [(_result(part, changed),)]


def _result(part: Parameter, value: SourceText) -> Piece:
    return Piece(value, splits=not part.quoted, is_literal=False)


def _default(part: Parameter, value: SourceText | None, scope: Scope) -> list[Pieces]:
    """``${x:-word}``: the word if the variable may be unset. An unknown value may be empty, so then the word too."""
    is_empty = part.operator.startswith(":") and value is not None and not len(value)
    if value is None or is_empty:
        return _operand(part, scope)
    known: list[Pieces] = [(_result(part, value),)]
    return [*known, *_operand(part, scope)] if part.operator == ":-" and _wholly_unknown(value) else known


def _wholly_unknown(value: SourceText) -> bool:
    return bool(len(value)) and sum(end - start for start, end in value.unknown) == len(value)


def _operand(part: Parameter, scope: Scope) -> list[Pieces]:
    """The possible results of ``word`` in ``${x:-word}``. Unquoted, they are split like any expansion."""
    alternatives = _alternatives(part.operand, scope) if part.operand else [()]
    return [tuple(piece._replace(splits=_splits(piece)) for piece in alternative) for alternative in alternatives]


def _splits(piece: Piece) -> bool:
    """Quotes in the operand, or around the expansion, prevent splitting."""
    return not piece.quoted and (piece.is_literal or piece.splits)


def assigned_default(part: Parameter, scope: Scope) -> list[SourceText | None]:
    """The possible values of a variable after ``${x:=word}``."""
    default = values(part.operand, scope) if part.operand else []
    return [
        each
        for value in scope.values(part.name)
        for each in (default if value is None or (part.operator == ":=" and not len(value)) else [value])
    ]


def _transform(part: Parameter, value: SourceText, scope: Scope) -> SourceText | None:
    """The value after ``#``, ``%``, ``/`` or a substring; ``None`` if it is unknown."""
    if part.operand is None or not value.is_known:
        return None
    if part.operator[0] in "#%/":
        operand = pattern_of(part.operand, scope)
        if operand is None:
            return None
        if part.operator[0] == "#":
            return remove_prefix(value, operand, longest=part.operator == "##")
        if part.operator[0] == "%":
            return remove_suffix(value, operand, longest=part.operator == "%%")
        return replace(value, operand, part.operator)
    if part.operator == ":":
        return _substring(value, part.operand.spelling)
    return None


def pattern_of(word: Word, scope: Scope) -> Operand | None:
    """A word as a pattern; ``None`` if it is unknown or has several values."""
    alternatives = _alternatives(word, scope)
    if len(alternatives) != 1 or not all(piece.text.is_known for piece in alternatives[0]):
        return None
    pieces = [(piece.text, piece.quoted or not (piece.is_literal or piece.splits)) for piece in alternatives[0]]
    return Operand(pieces or [(word.text[:0], False)])


def _substring(value: SourceText, limits: str) -> SourceText | None:
    match = re.fullmatch(r"\s*(\d{1,18}|\s-\d{1,18})\s*(?::\s*(-?\d{1,18})\s*)?", limits)
    if not match:
        return None
    start = int(match.group(1))
    start = start + len(value) if start < 0 else start
    length = int(match.group(2)) if match.group(2) else len(value)
    end = start + length if length >= 0 else len(value) + length
    if end < start:
        return None  # bash refuses that
    return value[start:end] if start >= 0 else value[:0]
