"""Assignments: ``name=word``, ``name+=word``, ``name=(words)``, ``name[subscript]=word``."""

from __future__ import annotations

from pinhook._startup.lazy_re import regex
from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.shell.expansion import fields, values
from pinhook.shell.words import Array, Literal, Word
from pinhook.source import SourceText

if TYPE_CHECKING:
    from pinhook.shell.command import Argument
    from pinhook.shell.scope import Scope
    from pinhook.shell.words import Dialect

_ASSIGNMENT = regex(r"([A-Za-z_]\w*)(\[[^\]]*\])?(\+?)=")


class Assignment(NamedTuple):
    """An assignment word. ``value`` is the text after the ``=``; ``array`` are the words in parentheses."""

    name: str
    subscript: str
    appends: bool
    value: Word
    array: Array | None


def assignment_of(word: Word) -> Assignment | None:
    """A word as an assignment; ``None`` if it is not one: the name and the ``=`` must not be quoted."""
    first = word.parts[0]
    if not isinstance(first, Literal) or first.quoted:
        return None
    match = _ASSIGNMENT.match(str(word.text), first.start, first.end)
    if not match:
        return None
    rest = word.parts[1:]
    array = rest[0] if rest and isinstance(rest[0], Array) and match.end() == first.end else None
    if match.end() < first.end:
        rest = (Literal(match.end(), first.end, quoted=False), *rest)
    value = Word(word.text, match.end(), word.end, rest)
    return Assignment(match.group(1), match.group(2) or "", bool(match.group(3)), value, array)


def possible_values(assignment: Assignment, scope: Scope) -> list[SourceText | None]:
    """The possible new values of the variable. ``+=`` appends to each of its possible values."""
    new = values(assignment.value, scope)
    if not assignment.appends:
        return list(new)
    before = scope.values(assignment.name)
    written = assignment.value.end - assignment.value.start
    return [
        SourceText.join([old, value]) if old is not None and scope.budget.charge_for(old, written) else None
        for old in before
        for value in new
    ]


def elements(words: tuple[Word, ...], scope: Scope, dialect: Dialect) -> tuple[Argument, ...]:
    """All possible fields of the words of an array or of ``for``."""
    return tuple(field for word in words for alternative in fields(word, scope, dialect) for field in alternative)
