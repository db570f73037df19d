"""From the commands of a Dockerfile to the simple commands of their scripts, and to installations."""

from __future__ import annotations

from pinhook import installers
from pinhook._startup.lazy_re import regex
from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.budget import COPIES_PER_UNIT
from pinhook.dockerfile import ExecForm
from pinhook.installers import Installation
from pinhook.prefilter import may_install
from pinhook.requirements import variables_of
from pinhook.shell import (
    CONDA_ENVIRONMENT,
    WORKING_DIRECTORY,
    Comment,
    Dialect,
    Unreadable,
    argument_commands,
    has_errexit,
    is_login_shell,
    is_wrapper,
    no_scripts,
    script_commands,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from pinhook.dockerfile import InstructionCommand
    from pinhook.documents.contents import ScriptEvaluator
    from pinhook.shell import FindScripts, ScriptItem, SimpleCommand

DIALECTS = {"sh": Dialect.SH, "bash": Dialect.BASH, "cmd": Dialect.CMD, "powershell": Dialect.POWERSHELL}
_DASH = regex(r"\s-(?:\s|$)")


def find_installations(
    commands: Iterable[InstructionCommand],
    optional_installers: Collection[str] = (),
    scripts: ScriptEvaluator | None = None,
) -> Iterator[Installation | Unreadable | Comment]:
    """The installations of commands, the unread shell code that may contain one, and the comments.

    ``optional_installers`` are the installers that are checked on request. ``scripts`` evaluates the commands that may
    run script files; without it, these files are not read.
    """
    for command in commands:
        evaluate = scripts.simple_commands_of if scripts and scripts.covers(command) else simple_commands_of
        for item in installations_among(evaluate(command), optional_installers):
            yield _with_undeclared_arguments(item, command) if isinstance(item, Installation) else item


def installations_among(
    items: Iterable[ScriptItem], optional_installers: Collection[str]
) -> Iterator[Installation | Unreadable | Comment]:
    """What some simple commands install; what cannot be read, where it may install something; and comments."""
    for item in items:
        if isinstance(item, Unreadable):
            if may_install(str(item.text)):
                yield item
        elif isinstance(item, Comment):
            yield item
        elif installation := installation_of(item, optional_installers):
            yield installation


def _with_undeclared_arguments(installation: Installation, command: InstructionCommand) -> Installation:
    """The installation with the names of ARGs before FROM that its stage does not repeat."""
    unknown = [target.text for target in installation.targets if not target.text.is_known]
    names = {name for text in unknown for name in variables_of(text)}
    lost = frozenset(filter(command.is_undeclared, names))
    return installation._replace(undeclared_arguments=lost) if lost else installation


def installation_of(command: SimpleCommand, optional_installers: Collection[str] = ()) -> Installation | None:
    """The installation of a simple command; ``None`` if it installs nothing."""
    installation = installers.parse_install(command, optional_installers) or installers.parse_wrapped_install(
        command, optional_installers
    )
    return installation._replace(run_by=command.run_by) if installation and command.run_by else installation


def simple_commands_of(
    command: InstructionCommand,
    *,
    with_directory: bool = False,
    with_path: bool = False,
    find_scripts: FindScripts = no_scripts,
) -> list[ScriptItem]:
    """The simple commands of a RUN, CMD, ENTRYPOINT or HEALTHCHECK that may install something.

    ``with_directory`` requests all of them, with their working directory in the environment, relative to that of the
    instruction. ``with_path`` also puts ``PATH`` and the conda environment into it. ``find_scripts`` gives the script
    files that they run.
    """
    budget = command.budget
    if not budget.charge(command.variables.upper_bound // COPIES_PER_UNIT):
        return _too_many_variables(command)
    variables = {name: (value,) for name, value in command.variables.items()}
    if with_directory:
        variables[WORKING_DIRECTORY] = (command.instruction.arguments[:0],)
    if with_path:
        nothing = command.instruction.arguments[:0]
        variables[CONDA_ENVIRONMENT] = (nothing,)
        variables.setdefault("PATH", (nothing.decoded("$PATH").as_unknown(),))
        if not isinstance(command.form, ExecForm) and is_login_shell(command.form.shell.arguments[1:]):
            del variables["PATH"]  # the profile sets another one
    if isinstance(command.form, ExecForm):
        return argument_commands(command.form.arguments, variables, budget, installers.may_run_words, find_scripts)
    dialect = DIALECTS.get(command.form.shell.kind)
    is_wanted = _every if with_directory else may_run_installer
    if dialect is None:
        return []
    errexit = has_errexit(command.form.shell.arguments[1:])
    return script_commands(
        command.form.text,
        dialect,
        variables,
        is_wanted,
        budget,
        installers.may_run_words,
        find_scripts,
        errexit=errexit,
    )


def _too_many_variables(command: InstructionCommand) -> list[ScriptItem]:
    text = command.instruction.arguments
    return [Unreadable(text, text.place, "it has more variables than can be followed")]


def _every(_text: str) -> bool:
    return True


def may_run_installer(text: str) -> bool:
    """Whether a command may run an installer, if any variable may contain the name of one."""
    name = text.partition(" ")[0]
    is_piped = "py" in text and _DASH.search(text) is not None  # ``curl …/get-pip.py | python - flask``
    return (is_piped or may_install(text, lambda _: True)) and (
        not installers.takes_plain_words(name) or is_wrapper(name)
    )
