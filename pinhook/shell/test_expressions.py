"""The status of tests: ``test``, ``[ … ]``, ``[[ … ]]``, and the patterns of ``case``.

``test`` follows POSIX (by the number of its arguments), and the Bash manual for more than four arguments.
"""

from __future__ import annotations

from pinhook._startup.lazy_re import regex
from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.shell.expansion import fields, pattern_of, values
from pinhook.shell.patterns import matches

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pinhook.shell.conditions import Truth
    from pinhook.shell.scope import Scope
    from pinhook.shell.words import Dialect, Word
    from pinhook.source import SourceText

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
