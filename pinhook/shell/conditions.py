"""Conditions: the values of variables for which ``[ … ]``, ``[[ … ]]`` or the pattern of a ``case`` is true.

A test is evaluated once for each combination of the known values of its variables. ``narrow`` then keeps, in the scope
for each outcome, the values that give this outcome. There are four cases:

- some values give the outcome: the others are removed;
- some values cannot be decided: they become unknown for both outcomes;
- no value gives it, so the outcome never happens with the known values: the variables become unknown, because
  ``--build-arg`` may set other values;
- the test cannot be decided: the variables become unknown for both outcomes (``Doubt``).

``test`` follows POSIX (by the number of its arguments), and the Bash manual for more than four arguments.
"""

from __future__ import annotations

import itertools
import math

from pinhook._startup.lazy_re import regex
from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.shell.expansion import MAX_COMBINATIONS, fields, pattern_of, values
from pinhook.shell.parameters import expanded_in
from pinhook.shell.patterns import matches
from pinhook.shell.scope import MAX_VALUES, UNSET

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import TypeAlias

    from pinhook.shell.scope import Scope, Values
    from pinhook.shell.words import Dialect, Part, Word
    from pinhook.source import SourceText

    Truth: TypeAlias = bool | None

_INTEGER = regex(r"[ \t]*[+-]?[0-9]{1,18}[ \t]*")
_UNARY = frozenset("-" + letter for letter in "abcdefghknoprstuvwxzGLNORS")
_COMPARISONS: dict[str, Callable[[int, int], bool]] = {
    "-eq": lambda left, right: left == right,
    "-ne": lambda left, right: left != right,
    "-lt": lambda left, right: left < right,
    "-le": lambda left, right: left <= right,
    "-gt": lambda left, right: left > right,
    "-ge": lambda left, right: left >= right,
}
_EQUALITIES = {"=": True, "==": True, "!=": False}
_BINARY = frozenset({*_COMPARISONS, *_EQUALITIES, "<", ">", "-nt", "-ot", "-ef", "=~"})


class Doubt(NamedTuple):
    """A variable in a test that could not be decided.

    ``unknown`` is the object that replaces the ``values`` in a scope until the variable is set.
    """

    name: str
    unknown: Values
    values: Values


def narrow(
    scope: Scope, parts: Iterable[Part], test: Callable[[], Truth], cost: int = 1
) -> tuple[Scope, tuple[Doubt, ...]]:
    """Keep in a scope the values for which a test is true.

    Returns a scope with those for which it is false, and the variables of a test that cannot be decided. ``parts`` are
    those of the words of the test. ``test`` evaluates it in ``scope``. ``cost`` is the number of words.
    """
    mentioned = tuple(dict.fromkeys(expanded_in(parts)))
    names = [name for name in mentioned if scope.scalars.get(name, UNSET) != UNSET]
    before = [scope.scalars[name] for name in names]
    results = _results(scope, names, before, test, cost)
    failure = scope.copy()
    if all(truth is None for _, truth in results):
        doubts = tuple(Doubt(name, (*UNSET,), old) for name, old in zip(names, before, strict=True))
        for branch in (scope, failure):
            branch.scalars.update((doubt.name, doubt.unknown) for doubt in doubts)
        return failure, doubts
    for branch, wanted in ((scope, True), (failure, False)):
        decided = [combination for combination, truth in results if truth is wanted]
        is_doubtful = any(truth is None for _, truth in results)
        for index, (name, old) in enumerate(zip(names, before, strict=True)):
            kept = dict.fromkeys(combination[index] for combination in decided)
            if is_doubtful or not decided:
                kept[None] = None
            branch.scalars[name] = old if kept.keys() == set(old) else tuple(kept)
        if not decided and not is_doubtful:
            branch.rule_out(name for name in mentioned if name.isdigit())
    return failure, ()


def forget_excluded(branches: Iterable[Scope], parts: Iterable[Part]) -> None:
    """Make the variables in some words unknown, if a test of their values is never true with the known values."""
    mentioned = tuple(expanded_in(parts))
    for branch in branches:
        if branch.is_excluded:
            branch.scalars.update((name, UNSET) for name in mentioned if name in branch.scalars)


def _results(
    scope: Scope, names: list[str], before: list[Values], test: Callable[[], Truth], cost: int
) -> list[tuple[Values, Truth]]:
    """The results of the test for each combination of values; undecided if there are too many."""
    count = math.prod(map(len, before))
    if count > (MAX_COMBINATIONS if len(names) > 1 else MAX_VALUES):
        return [(UNSET, None)]
    scope.budget.charge_or_raise((count - 1) * (cost + 1))
    results: list[tuple[Values, Truth]] = []
    for combination in itertools.product(*before):
        scope.scalars.update((name, (value,)) for name, value in zip(names, combination, strict=True))
        results.append((combination, test()))
    scope.scalars.update(zip(names, before, strict=True))
    return results


def values_where_set(name: str, scope: Scope) -> Values:
    """The values of a variable with which the shell continues after ``${name:?}``."""
    return tuple(value for value in scope.values(name) if value is None or len(value)) or UNSET


def parts_of(words: Iterable[Word]) -> list[Part]:
    """The parts of several words."""
    return [part for word in words for part in word.parts]


# The command test


def test_holds(words: tuple[Word, ...], scope: Scope, dialect: Dialect) -> Truth:
    """The status of ``test …`` or ``[ … ]``. Each word has one possible result here."""
    arguments = [field.text for word in words[1:] for field in fields(word, scope, dialect)[0]]
    if words[0].spelling == "[" and (not arguments or _operator(arguments.pop()) != "]"):
        return False
    return _counted(arguments)


def _counted(arguments: list[SourceText]) -> Truth:
    """The status by the number of arguments, as in POSIX."""
    count = len(arguments)
    first = _operator(arguments[0]) if arguments else ""
    if count <= 1:
        return bool(count) and _is_filled(arguments[0])
    if count == 3 and _operator(arguments[1]) in _BINARY:
        return _binary(arguments[0], _operator(arguments[1]), arguments[2])
    if count <= 4 and first == "!":
        return _negated(_counted(arguments[1:]))
    if count == 2:
        return _unary(first, arguments[1]) if first in _UNARY else False
    if count <= 4 and first == "(" and _operator(arguments[-1]) == ")":
        return _counted(arguments[1:-1])
    return _Expression(arguments).value()


class _Parser:
    """Recursive descent parser; "or" binds less tightly than "and", and "and" less than ``!``.

    ``operators`` has the characters of each word that may be an operator, empty for any other word.
    """

    either, both = "||", "&&"

    def __init__(self, operators: Sequence[str]) -> None:
        self.operators = operators
        self.at = 0

    def value(self) -> Truth:
        try:
            truth = self.disjunction()
        except (IndexError, RecursionError):
            return None
        return truth if self.at == len(self.operators) else None

    def next_is(self, operator: str) -> bool:
        if self.at < len(self.operators) and self.operators[self.at] == operator:
            self.at += 1
            return True
        return False

    def disjunction(self) -> Truth:
        truth = self.conjunction()
        while self.next_is(self.either):
            truth = _either(truth, self.conjunction())
        return truth

    def conjunction(self) -> Truth:
        truth = self.primary()
        while self.next_is(self.both):
            truth = _both(truth, self.primary())
        return truth

    def in_parentheses(self) -> Truth:
        truth = self.disjunction()
        if not self.next_is(")"):
            raise IndexError
        return truth

    def primary(self) -> Truth:
        raise NotImplementedError


class _Expression(_Parser):
    """The arguments of ``test``."""

    either, both = "-o", "-a"

    def __init__(self, arguments: Sequence[SourceText]) -> None:
        super().__init__(list(map(_operator, arguments)))
        self.arguments = arguments

    def primary(self) -> Truth:
        rest = self.arguments[self.at : self.at + 3]
        if len(rest) == 3 and _operator(rest[1]) in _BINARY:
            self.at += 3
            return _binary(rest[0], _operator(rest[1]), rest[2])
        if self.next_is("!"):
            return _negated(self.primary())
        if self.next_is("("):
            return self.in_parentheses()
        first = rest[0]
        if _operator(first) in _UNARY and len(rest) > 1:
            self.at += 2
            return _unary(_operator(first), rest[1])
        self.at += 1
        return _is_filled(first)


def _operator(text: SourceText) -> str:
    """The characters of an argument that may be an operator; empty if they are unknown."""
    return str(text) if text.is_known else ""


def _is_filled(text: SourceText) -> Truth:
    """Whether a string is not empty."""
    if text.is_known:
        return bool(len(text))
    return True if sum(end - start for start, end in text.unknown) < len(text) else None


def _unary(operator: str, operand: SourceText) -> Truth:
    if operator == "-n":
        return _is_filled(operand)
    return _negated(_is_filled(operand)) if operator == "-z" else None


def _binary(left: SourceText, operator: str, right: SourceText) -> Truth:
    if not left.is_known or not right.is_known:
        return None
    if operator in _EQUALITIES:
        return (str(left) == str(right)) is _EQUALITIES[operator]
    return _compared(str(left), operator, str(right))


def _compared(left: str, operator: str, right: str) -> Truth:
    """The comparison of two integers. ``test`` fails if they are not integers."""
    if operator not in _COMPARISONS:
        return None
    if not _INTEGER.fullmatch(left) or not _INTEGER.fullmatch(right):
        return None
    return _COMPARISONS[operator](int(left), int(right))


def _negated(truth: Truth) -> Truth:
    return None if truth is None else not truth


def _both(left: Truth, right: Truth) -> Truth:
    if left is False or right is False:
        return False
    return None if left is None or right is None else True


def _either(left: Truth, right: Truth) -> Truth:
    return _negated(_both(_negated(left), _negated(right)))


# The conditional command of bash


def conditional_holds(words: tuple[Word, ...], scope: Scope) -> Truth:
    """The status of ``[[ … ]]``. Each word has one possible value here."""
    return _Conditional(words, scope).value()


class _Conditional(_Parser):
    """The words of ``[[ … ]]``, which are not split. ``==`` compares with a pattern."""

    def __init__(self, words: tuple[Word, ...], scope: Scope) -> None:
        super().__init__([word.spelling for word in words])
        self.words = words
        self.scope = scope

    def primary(self) -> Truth:
        if self.next_is("!"):
            return _negated(self.primary())
        if self.next_is("("):
            return self.in_parentheses()
        rest = self.words[self.at : self.at + 3]
        if len(rest) == 3 and rest[1].spelling in _BINARY:
            self.at += 3
            return self.binary(rest[0], rest[1].spelling, rest[2])
        if rest[0].spelling in _UNARY and len(rest) > 1:
            self.at += 2
            return _unary(rest[0].spelling, self.string(rest[1]))
        self.at += 1
        return _is_filled(self.string(rest[0]))

    def string(self, word: Word) -> SourceText:
        return values(word, self.scope)[0]

    def binary(self, left: Word, operator: str, right: Word) -> Truth:
        if operator in _EQUALITIES:
            truth = word_matches(left, right, self.scope)
            return truth if _EQUALITIES[operator] else _negated(truth)
        return _compared(str(self.string(left)), operator, str(self.string(right)))


def word_matches(word: Word, pattern: Word, scope: Scope) -> Truth:
    """Whether a pattern of ``case`` or of ``[[ word == pattern ]]`` matches all of a word."""
    operand = pattern_of(pattern, scope)
    if operand is None:
        return None
    if operand.is_anything:
        return True
    value = values(word, scope)[0]
    return matches(value, operand) if value.is_known else None


def any_matches(word: Word, patterns: tuple[Word, ...], scope: Scope) -> Truth:
    """Whether a pattern of an arm matches the word."""
    truth: Truth = False
    for pattern in patterns:
        truth = _either(truth, word_matches(word, pattern, scope))
    return truth
