"""From a script to the commands that it may run."""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.budget import Budget, BudgetExceeded
from pinhook.shell import wrapped
from pinhook.shell.command import Argument, Comment, Unreadable
from pinhook.shell.evaluate.compound import CompoundCommands
from pinhook.shell.evaluate.context import Context
from pinhook.shell.parser import parse
from pinhook.shell.scope import Scope
from pinhook.shell.script_files import no_scripts
from pinhook.shell.words import Dialect, ShellError
from pinhook.source import Place, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from pinhook.shell.evaluate.base import ScriptItem
    from pinhook.shell.scope import Values
    from pinhook.shell.script_files import FindScripts
    from pinhook.source import SourceText

MAX_NESTED_CHARACTERS = 200_000
"""Maximum number of characters of nested scripts: ``eval eval eval …`` repeats its text for each ``eval``."""


def script_commands(
    text: SourceText,
    dialect: Dialect,
    variables: Mapping[str, Values],
    is_wanted: Callable[[str], bool] = lambda _: True,
    budget: Budget | None = None,
    runs_words: Callable[[SourceText], bool] = lambda _: False,
    find_scripts: FindScripts = no_scripts,
    *,
    errexit: bool = False,
) -> list[ScriptItem]:
    """The commands that a script may run, given the variables, and its comments.

    ``is_wanted``    whether the words of a command are worth expanding, by its characters; others may be left out
    ``budget``       that of the file; a single script has its own
    ``runs_words``   whether an unknown command may run its arguments, by its first word
    ``find_scripts`` the script files that a command runs
    ``errexit``      the shell has the option ``-e``

    Code that cannot be parsed is ``Unreadable``.
    """
    evaluator = _Evaluator(is_wanted, runs_words, find_scripts)
    scope = Scope.of_environment(variables, budget or Budget(len(text)))
    scope.errexit = errexit
    evaluator.evaluate_all(text, lambda context: evaluator.script(text, context), scope, dialect)
    return evaluator.found


def argument_commands(
    arguments: Iterable[SourceText],
    variables: Mapping[str, Values],
    budget: Budget | None = None,
    runs_words: Callable[[SourceText], bool] = lambda _: False,
    find_scripts: FindScripts = no_scripts,
) -> list[ScriptItem]:
    """The commands that an exec form may run: its own command, or the one that it wraps. It has at least one word."""
    words = tuple(Argument(argument, argument) for argument in arguments)
    place = Place(words[0].text.source, Span(words[0].text.span.start, words[-1].text.span.end))
    evaluator = _Evaluator(runs_words=runs_words, find_scripts=find_scripts)
    evaluator.evaluate_all(
        wrapped.join_words(words),
        lambda context: evaluator.run(words, (), place, context),
        Scope.of_environment(variables, budget or Budget()),
        Dialect.SH,
    )
    return evaluator.found


class _Evaluator(CompoundCommands):
    def evaluate_all(
        self, text: SourceText, start: Callable[[Context], object], scope: Scope, dialect: Dialect
    ) -> None:
        """Evaluate the script, then the functions that it does not call, because other scripts may call them."""
        context = Context(scope, dialect)
        refused = scope.budget.refusals
        try:
            start(context)
            for identity, function in list(self.functions.items()):
                if identity not in self.called:
                    scope.arguments = None
                    scope.has_ended = scope.is_excluded = False
                    self.body(function, self.in_branch(context))
        except (BudgetExceeded, RecursionError):
            refused = -1
        if scope.budget.refusals > refused:
            self.found.append(Unreadable(text, text.place, "its evaluation exceeds a limit of pinhook"))

    def script(self, text: SourceText, context: Context) -> None:
        """Evaluate shell code."""
        self.nested_characters += len(text) if context.depth else 0
        if self.nested_characters > MAX_NESTED_CHARACTERS:
            raise BudgetExceeded
        self.whole_script(text, context)

    def whole_script(self, text: SourceText, context: Context) -> None:
        """Evaluate shell code whose length is already counted."""
        if context.dialect in {Dialect.CMD, Dialect.POWERSHELL}:
            from pinhook.shell.cmd_powershell import windows_commands  # few Dockerfiles are for Windows

            for command in windows_commands(text, context.dialect, context.scope):
                self.run(command.arguments, command.redirections, command.written.place, context)
            return
        try:
            node, comments = parse(text, context.dialect, context.scope.budget)
        except ShellError as error:
            at = error.text[error.offset : error.offset + 1]
            self.found.append(Unreadable(text, at.place, error.reason, context.run_by))
        else:
            self.found += map(Comment, comments)
            self.node(node, context)
