"""Simple commands: from their words to functions, builtins and programs."""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.budget import BudgetExceeded
from pinhook.shell.builtins import BUILTINS
from pinhook.shell.command import Argument, Redirection
from pinhook.shell.conditions import forget_excluded, parts_of
from pinhook.shell.evaluate.assignments import leading_assignments
from pinhook.shell.evaluate.programs import Programs
from pinhook.shell.expansion import combinations, fields, values
from pinhook.shell.output import inputs_of, process_outputs
from pinhook.shell.words import Literal
from pinhook.source import Place, Span

if TYPE_CHECKING:
    from pinhook.shell.assignment import Assignment
    from pinhook.shell.evaluate.context import Context
    from pinhook.shell.scope import Scope
    from pinhook.shell.syntax import Command
    from pinhook.shell.tokens import RedirectionToken
    from pinhook.shell.words import Word
    from pinhook.shell.wrapped import Arguments

MAX_COMMANDS = 100_000
"""Maximum number of commands that a script runs, for functions that call each other. Evaluation stops there."""

UNITS_PER_CALLED_COMMAND = 8
"""Budget units for a command of a function, because functions can be called many times."""

TESTS = frozenset({"[", "test"})
_DECLARATIONS = frozenset({"export", "declare", "typeset", "local", "readonly"})
_ENDS = frozenset({"exit", "return", "break", "continue"})
_CHANGING = frozenset({"alias", "eval", "shopt", "unalias", *BUILTINS, *_ENDS})


class SimpleCommands(Programs):
    """Evaluates simple commands."""

    def command(self, command: Command, context: Context) -> Scope | None:
        """A simple command with its assignments and redirections."""
        self.commands += 1
        if self.commands > MAX_COMMANDS:
            raise BudgetExceeded
        if self.calls:
            context.scope.budget.charge_or_raise(UNITS_PER_CALLED_COMMAND)
        for word in command.words:
            if len(word.parts) > 1 or not isinstance(word.parts[0], Literal):
                self.expansions(word.parts, context)
        self.redirections(command.redirections, context)
        assignments, words = leading_assignments(command.words)
        context = self.with_input(command.redirections, context)
        if fed := process_outputs(words, context.scope):
            context = context._replace(inputs=fed)
        name = words[0].spelling if words else ""
        if not words:
            for assignment in assignments:
                self.assign(assignment, context)
        elif alias := self.alias(words[0], context):
            self.expand_alias(alias, words, context)
        elif name == "alias":
            self.define_aliases(words, context)
        elif name in _DECLARATIONS:
            self.declare(words, context)
        elif name in TESTS and name not in context.scope.functions:
            return self.bracket(words, context)
        elif context.inputs or self.is_relevant(name, words, context.scope):
            return self.expanded(command, assignments, words, context)
        return None

    def expanded(
        self, command: Command, assignments: tuple[Assignment, ...], words: tuple[Word, ...], context: Context
    ) -> Scope | None:
        """Evaluate a command with each possible result of its words."""
        place = Place(words[0].text.source, _span(command))
        redirections = tuple(_redirection(token, context) for token in command.redirections)
        alternatives = combinations(
            [fields(word, context.scope, context.dialect) for word in words], context.scope.budget
        )
        context = self.with_assignments(assignments, context)  # the words of the command itself do not see them
        was_excluded = context.scope.is_excluded

        def run(alternative: tuple[Arguments, ...], branch: Context) -> Scope | None:
            arguments = tuple([argument for part in alternative for argument in part])
            return self.run(arguments, redirections, place, branch) if arguments else None

        failure = self.one_of(alternatives, context, run)
        if failure and not was_excluded:  # a function that tests its parameters
            forget_excluded((context.scope, failure), parts_of(words))
        return failure

    def bracket(self, words: tuple[Word, ...], context: Context) -> Scope | None:
        """``test …`` or ``[ … ]``."""
        from pinhook.shell.test_expressions import test_holds  # few scripts have tests

        scope, dialect = context.scope, context.dialect
        return self.evaluate_test(context, parts_of(words), lambda: test_holds(words, scope, dialect), len(words))

    def is_relevant(self, name: str, words: tuple[Word, ...], scope: Scope) -> bool:
        """Whether a command with this name is wanted, or may change a variable."""
        if name in _CHANGING or name in scope.functions:
            return True
        return self.is_wanted(str(words[0].text)[words[0].start : words[-1].end])

    def run(
        self, arguments: Arguments, redirections: tuple[Redirection, ...], place: Place, context: Context
    ) -> Scope | None:
        """Evaluate a command with expanded words."""
        name = str(arguments[0])
        scope = context.scope
        if name in scope.functions:
            return self.call(scope.functions[name], arguments, context)
        if name in _ENDS:
            _end(name, arguments, context)
        elif name == "shopt":
            self.expands_aliases |= [str(word) for word in arguments[1:]] == ["-s", "expand_aliases"]
        elif name == "unalias":
            for argument in arguments[1:]:
                self.aliases.pop(str(argument), None)
        elif name in BUILTINS:
            BUILTINS[name](arguments, scope)
        else:
            self.program(arguments, redirections, place, context)
        return None


def _end(name: str, arguments: Arguments, context: Context) -> None:
    """``exit``, ``return``, ``break`` or ``continue``: give the scope to the code that continues."""
    scope = context.scope
    if name in {"break", "continue"}:
        if context.breaks is None:
            return
        context.breaks.extend([] if scope.has_ended else [scope.copy()])
    ends = context.returns if name == "return" else context.exits
    if name in {"return", "exit"} and ends is not None and not scope.has_ended:
        status = str(arguments[1]) if len(arguments) > 1 else ""
        ends.append((scope.copy(), status.strip("0") == "" if status.isdecimal() else None))
    scope.has_ended = True


def _span(command: Command) -> Span:
    """From the first word or redirection to the last."""
    words, redirections = command.words, command.redirections
    start, end = words[0].start, words[-1].end
    if redirections:
        start, end = min(start, redirections[0].start), max(end, redirections[-1].end)
    return words[0].text[start:end].span


def _redirection(token: RedirectionToken, context: Context) -> Redirection:
    word = token.word
    target = Argument(values(word, context.scope)[0], word.written)
    bodies = inputs_of(token, context.scope)
    body = bodies[0] if len(bodies) == 1 else None
    return Redirection(token.operator, target, word.text[token.start : token.end], body)
