"""Files that commands run as scripts."""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.budget import CHARACTERS_PER_UNIT
from pinhook.shell.builtins import WORKING_DIRECTORY
from pinhook.shell.evaluate.context import RunningScript
from pinhook.shell.evaluate.functions import Functions
from pinhook.shell.scope import Scope
from pinhook.shell.script_files import RunAs, ScriptRequest, no_scripts
from pinhook.shell.words import Dialect

if TYPE_CHECKING:
    from pinhook.shell.conditions import Truth
    from pinhook.shell.evaluate.context import Context
    from pinhook.shell.script_files import ScriptFile
    from pinhook.shell.wrapped import RunsFile
    from pinhook.source import Place

MAX_RECURSION = 4
"""Maximum number of times that a script is evaluated inside itself, each time with other arguments."""

SCRIPT_NAME = "0"
"""The name of the variable ``$0`` in a scope."""


class ScriptFiles(Functions):
    """Evaluates the scripts that commands run, if they are found."""

    def runs_file(self, command: RunsFile, place: Place, context: Context) -> bool:
        """Evaluate the scripts that a command runs. Returns whether there are any."""
        if self.find_scripts is no_scripts:
            return False
        scope = context.scope
        folders, search_path = scope.values(WORKING_DIRECTORY), scope.values("PATH")
        request = ScriptRequest(command.name.text, command.run_as, folders, search_path, self.found)
        scripts = self.find_scripts(request)
        context = context._replace(run_by=context.run_by or place)
        for script in scripts:
            if inside := _running(script, command, context):
                scope.budget.charge_or_raise(len(script.text) // CHARACTERS_PER_UNIT)
                follow = self.sourced_file if command.run_as is RunAs.SOURCED else self.executed_file
                follow(script, command, inside.nested())
        return bool(scripts)

    def executed_file(self, script: ScriptFile, command: RunsFile, context: Context) -> None:
        """Evaluate a script in a new shell, which has the exported variables."""
        scope = Scope.of_environment(context.scope.environment(), context.scope.budget)
        scope.scalars[SCRIPT_NAME] = (script.name,)
        scope.arguments = command.arguments
        scope.errexit = command.errexit or script.errexit
        dialect = command.dialect or script.dialect or context.dialect
        self.whole_script(script.text, context.in_new_shell(scope, dialect, context.inputs))

    def sourced_file(self, script: ScriptFile, command: RunsFile, context: Context) -> None:
        """Evaluate a script in the same shell. ``return`` ends it. Its arguments, if any, are valid only inside."""
        scope = context.scope
        callers_arguments = scope.arguments
        arguments = command.arguments if context.dialect is Dialect.BASH else ()  # dash takes none
        scope.arguments = arguments or callers_arguments
        returns: list[tuple[Scope, Truth]] = []
        self.whole_script(script.text, context._replace(returns=returns, breaks=None))
        self.join(scope, len(self.doubts), *(each for each, _ in returns))
        if arguments:
            scope.arguments = callers_arguments


def _running(script: ScriptFile, command: RunsFile, context: Context) -> Context | None:
    """The context with one more script; ``None`` if the script runs inside itself with the same arguments."""
    arguments = None if command.run_as is RunAs.SOURCED else tuple(map(str, command.arguments))
    before = [each.arguments for each in context.running if each.text == script.text]
    if arguments in before or len(before) >= MAX_RECURSION:
        return None
    return context._replace(running=(*context.running, RunningScript(script.text, arguments)))
