"""Programs and wrappers: for a wrapper, the command that it runs is evaluated too."""

from __future__ import annotations

from pinhook._compat import assert_never
from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.shell import wrapped, wrappers
from pinhook.shell.activation import ACTIVATING, CONDA_ENVIRONMENT, activate
from pinhook.shell.builtins import DIRECTORY_CHANGES, change_directory
from pinhook.shell.command import SimpleCommand
from pinhook.shell.evaluate.script_files import ScriptFiles
from pinhook.shell.expansion import split_fields
from pinhook.shell.item_wrappers import unknown_items, with_items
from pinhook.shell.scope import Scope
from pinhook.shell.script_files import RunAs
from pinhook.shell.wrapped import RunsFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pinhook.shell.command import Redirection
    from pinhook.shell.evaluate.context import Context
    from pinhook.shell.wrapped import Arguments, Wrapped
    from pinhook.source import Place

_PROGRAMS_TOO = frozenset({"uv", "uvx", "pipx", ".", "source"})
"""Wrappers that are commands themselves: ``uv run --with x``, ``uvx x``, ``. venv/bin/activate``."""


class Programs(ScriptFiles):
    """Evaluates commands that are not functions or builtins of the shell."""

    def program(
        self, arguments: Arguments, redirections: tuple[Redirection, ...], place: Place, context: Context
    ) -> None:
        """Evaluate a program or a wrapper. The command of a wrapper (``command pip``) is never a function."""
        wrapped_commands = wrappers.unwrap(arguments)
        if any(self.runs_file(each, place, context) for each in _files(arguments, wrapped_commands)):
            return  # the script is evaluated in place of the command
        behind = wrappers.unwrap_behind(arguments) if self.may_wrap(arguments, wrapped_commands) else []
        for each in behind:
            if isinstance(each, RunsFile):  # before an unknown command may have written it
                self.runs_file(each, place, context)
        scope = context.scope
        is_unseen = CONDA_ENVIRONMENT in scope.scalars and not _runs_seen(wrapped_commands, context)
        if wrapped_commands is None or is_unseen or wrappers.command_name(arguments[0]) in _PROGRAMS_TOO:
            command = SimpleCommand(arguments, redirections, scope.environment(), place, context.branch, context.run_by)
            self.found.append(command)
            if str(arguments[0]) in DIRECTORY_CHANGES:
                change_directory(arguments, scope)
            elif wrappers.command_name(arguments[0]) in ACTIVATING:
                activate(arguments, scope)
        for command_run in wrapped_commands or behind:
            self.wrapped(command_run, redirections, place, context.nested())

    def may_wrap(self, arguments: Arguments, wrapped_commands: list[Wrapped] | None) -> bool:
        """Whether a command may be an unknown wrapper."""
        return wrapped_commands is None and self.runs_words(arguments[0].text)

    def wrapped(
        self, command_run: Wrapped, redirections: tuple[Redirection, ...], place: Place, context: Context
    ) -> None:
        """Evaluate what a wrapper runs."""
        match command_run:
            case wrapped.Runs():
                has_hidden = command_run.hidden != wrapped.NOTHING_HIDDEN
                inner_context = context.forked() if command_run.assignments or has_hidden else context
                if has_hidden:
                    inner_context.scope.hide(command_run.hidden.hides)
                for name, value in command_run.assignments:
                    inner_context.scope.assign(name, [value])
                    inner_context.scope.exported.add(name)
                self.program(command_run.arguments, redirections, place, inner_context)
            case wrapped.RunsScript(same_shell=True):
                self.script(command_run.text, context)
            case wrapped.RunsScript():
                scope = Scope.of_environment(context.scope.environment(), context.scope.budget)
                scope.hide(command_run.hidden.hides)
                scope.arguments = command_run.arguments
                scope.errexit = command_run.errexit
                dialect = command_run.dialect or context.dialect
                inner_context = context.in_new_shell(scope, dialect, context.inputs)
                self.script(command_run.text, inner_context)
            case wrapped.RunsFile():
                pass  # it was looked for before
            case wrapped.RunsInput():
                for text in context.inputs:
                    if command_run.dialect is None:
                        self.script(text, context._replace(inputs=()))
                        continue
                    scope = Scope.of_environment(context.scope.environment(), context.scope.budget)
                    self.script(text, context.in_new_shell(scope, command_run.dialect))
            case wrapped.RunsWithInput():
                alternatives = [split_fields(text) for text in context.inputs] or [
                    (unknown_items(command_run.wrapper_word),)
                ]
                for items in alternatives:
                    if arguments := with_items(command_run.arguments, command_run.placeholder, items):
                        self.program(arguments, redirections, place, context)
            case _:
                assert_never(command_run)


def _runs_seen(wrapped_commands: Iterable[Wrapped] | None, context: Context) -> bool:
    """Whether pinhook evaluates what a wrapper runs. It does not evaluate a file, or unknown standard input."""
    return any(
        not isinstance(each, wrapped.RunsFile) and (context.inputs or not isinstance(each, wrapped.RunsInput))
        for each in wrapped_commands or ()
    )


def _files(arguments: Arguments, wrapped_commands: list[Wrapped] | None) -> Iterator[RunsFile]:
    """The scripts that a command may run: the file that it names as a program, or that a shell reads."""
    if wrapped_commands is None:
        yield RunsFile(arguments[0], RunAs.PROGRAM, arguments=arguments[1:])
    yield from (each for each in wrapped_commands or () if isinstance(each, RunsFile))
