"""Expansions, redirections and assignments."""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.budget import COPIES_PER_UNIT
from pinhook.shell.assignment import Assignment, assignment_of, elements, possible_values
from pinhook.shell.conditions import values_where_set
from pinhook.shell.evaluate.base import Base
from pinhook.shell.expansion import assigned_default
from pinhook.shell.output import inputs_of
from pinhook.shell.parser import parse_tokens
from pinhook.shell.scope import UNSET
from pinhook.shell.words import Array, Dialect, Literal, Opaque, Parameter, Substitution

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TypeAlias

    from pinhook.shell.command import Argument
    from pinhook.shell.evaluate.context import Context
    from pinhook.shell.scope import Saved, Scope
    from pinhook.shell.tokens import RedirectionToken
    from pinhook.shell.words import Part, Word
    from pinhook.source import SourceText

    Value: TypeAlias = "list[SourceText | None] | tuple[Argument, ...] | None"

_DECLARING = frozenset({"declare", "typeset"})


class Assignments(Base):
    """Evaluates expansions, redirections and assignments."""

    def expansions(self, parts: Iterable[Part], context: Context) -> None:
        """Evaluate the commands inside words (substitutions)."""
        for part in parts:
            if isinstance(part, Literal):
                continue
            match part:
                case Substitution():
                    self.node(parse_tokens(part.tokens, context.scope.budget), context.subshell())
                case Parameter(operand=operand):
                    if operand:
                        self.expansions(operand.parts, context)
                    if part.operator in {":=", "="}:
                        context.scope.assign(part.name, assigned_default(part, context.scope))
                    elif part.operator == ":?" and part.name in context.scope.scalars:
                        context.scope.assign(part.name, values_where_set(part.name, context.scope))
                case Opaque():
                    self.expansions(part.parts, context)
                case Array():
                    for word in part.words:
                        self.expansions(word.parts, context)
                case _:
                    pass

    def redirections(self, tokens: tuple[RedirectionToken, ...], context: Context) -> None:
        """Evaluate the commands inside redirections and here-documents."""
        for token in tokens:
            self.expansions(token.word.parts, context)
            for document in token.bodies:
                self.expansions(document.parts, context)

    def with_input(self, tokens: tuple[RedirectionToken, ...], context: Context) -> Context:
        """The context with the standard input of a redirection. The content of a file is unknown."""
        for token in tokens:
            if token.operator.startswith("<"):
                context = context._replace(inputs=inputs_of(token, context.scope))
        return context

    def assign(self, assignment: Assignment, context: Context) -> None:
        """Set a variable."""
        _set(assignment, _value(assignment, context), context.scope)

    def with_assignments(self, assignments: tuple[Assignment, ...], context: Context) -> Context:
        """The context of a command with assignments in front of it; only this command sees them."""
        if not assignments:
            return context
        context = context.forked()
        for assignment in assignments:
            self.assign(assignment, context)
            context.scope.exported.add(assignment.name)
        return context

    def declare(self, words: tuple[Word, ...], context: Context) -> None:
        """``export``, ``local`` and similar.

        Their arguments are assignments or names, all expanded before any is set.
        """
        command, scope = words[0].spelling, context.scope
        if command == "local" and context.locals is None:
            return  # the shell refuses it
        options = "".join(word.spelling for word in words[1:] if word.spelling.startswith("-"))
        is_local = command == "local" or (command in _DECLARING and context.locals is not None and "g" not in options)
        is_appending = not (is_local and context.dialect is Dialect.BASH)
        found: list[tuple[str, Assignment | None, Value]] = []
        for word in words[1:]:
            assignment = assignment_of(word)
            if assignment and not is_appending:
                assignment = assignment._replace(appends=False)
            name = assignment.name if assignment else word.spelling
            if name.isidentifier():
                found.append((name, assignment, _value(assignment, context) if assignment else None))
        for name, assignment, value in found:
            if is_local and context.locals is not None:
                context.locals.setdefault(name, scope.save(name))
                scope.references.pop(name, None)
            if "n" in options:
                _refer(name, value, scope)
            elif assignment and "g" in options and context.locals and name in context.locals:
                context.locals[name] = _assigned(assignment, value, scope)
            elif assignment:
                _set(assignment, value, scope)
            elif is_local and context.dialect is Dialect.BASH:
                scope.assign(name, UNSET)
            if command == "export" or "x" in options:
                scope.exported.add(name)


def _value(assignment: Assignment, context: Context) -> Value:
    """The value of an assignment: values, or the elements of an array."""
    scope = context.scope
    if assignment.subscript:
        return list(UNSET)
    if assignment.array is None:
        return possible_values(assignment, scope)
    before = scope.array(assignment.name) or () if assignment.appends else ()
    scope.budget.charge_or_raise(len(before) // COPIES_PER_UNIT)
    return (*before, *elements(assignment.array.words, scope, context.dialect))


def _set(assignment: Assignment, value: Value, scope: Scope) -> None:
    if isinstance(value, tuple):
        scope.assign_array(assignment.name, value)
    else:
        scope.assign(assignment.name, value or UNSET)


def _assigned(assignment: Assignment, value: Value, scope: Scope) -> Saved:
    """The state of a variable after an assignment, without setting it."""
    now = scope.save(assignment.name)
    _set(assignment, value, scope)
    assigned = scope.save(assignment.name)
    scope.restore(assignment.name, now)
    return assigned


def _refer(name: str, value: Value, scope: Scope) -> None:
    """``declare -n name=variable``."""
    target = value[0] if isinstance(value, list) and len(value) == 1 else None
    if target is not None and target.is_known and str(target).isidentifier() and str(target) != name:
        scope.refer(name, str(target))
    else:
        scope.assign(name, UNSET)


def leading_assignments(words: tuple[Word, ...]) -> tuple[tuple[Assignment, ...], tuple[Word, ...]]:
    """The assignments in front of a command, and its other words."""
    assignments: list[Assignment] = []
    for word in words:
        assignment = assignment_of(word)
        if assignment is None:
            break
        assignments.append(assignment)
    return tuple(assignments), words[len(assignments) :]
