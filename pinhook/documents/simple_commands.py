"""From the commands of a Dockerfile to the simple commands of their scripts, and to what these install."""

from __future__ import annotations

from pinhook import installers
from pinhook._startup.lazy_re import regex
from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.budget import COPIED
from pinhook.dockerfile import ExecForm
from pinhook.prefilter import may_install
from pinhook.requirements import variables_of
from pinhook.shell import (
    WORKING_DIRECTORY,
    Comment,
    Dialect,
    Unreadable,
    argument_commands,
    has_errexit,
    is_wrapper,
    script_commands,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from pinhook.dockerfile import Command
    from pinhook.installers import Installation
    from pinhook.shell import Outcome, SimpleCommand

_DIALECTS = {"sh": Dialect.SH, "bash": Dialect.BASH, "cmd": Dialect.CMD, "powershell": Dialect.POWERSHELL}
_DASH = regex(r"\s-(?:\s|$)")


def find_installations(
    commands: Iterable[Command], also: Collection[str] = ()
) -> Iterator[Installation | Unreadable | Comment]:
    """What the commands install, the shell text that may hold an install command and cannot be read, and comments.

    ``also`` are the installers that are read on request.
    """
    for command in commands:
        for outcome in follow(command):
            if isinstance(outcome, Unreadable):
                if may_install(str(outcome.text)):
                    yield outcome
            elif isinstance(outcome, Comment):
                yield outcome
            elif installation := installation_of(outcome, also):
                yield _with_lost_arguments(installation, command)


def _with_lost_arguments(installation: Installation, command: Command) -> Installation:
    """The installation with the names of the ARGs before FROM that its stage does not repeat."""
    unknown = [target.text for target in installation.targets if not target.text.is_known]
    names = {name for text in unknown for name in variables_of(text)}
    lost = frozenset(filter(command.lacks_argument, names))
    return installation._replace(lost_arguments=lost) if lost else installation


def installation_of(command: SimpleCommand, also: Collection[str] = ()) -> Installation | None:
    """What a simple command installs; ``None`` where it installs nothing."""
    return installers.read(command, also) or installers.read_wrapped(command, also)


def follow(command: Command, *, with_directory: bool = False) -> list[Outcome]:
    """The simple commands of a RUN, CMD, ENTRYPOINT or HEALTHCHECK that may install something.

    ``with_directory`` asks for all of them, with their working directory in their environment, as seen from that of
    the instruction.
    """
    room = command.room
    if not room.has(command.variables.most // COPIED):
        return _too_much(command)
    variables = {name: (value,) for name, value in command.variables.items()}
    if with_directory:
        variables[WORKING_DIRECTORY] = (command.instruction.arguments[:0],)
    if isinstance(command.form, ExecForm):
        return argument_commands(command.form.arguments, variables, room, installers.may_run_words)
    dialect = _DIALECTS.get(command.form.shell.kind)
    is_wanted = _every if with_directory else _is_wanted
    if dialect is None:
        return []
    errexit = has_errexit(command.form.shell.arguments[1:])
    return script_commands(
        command.form.text, dialect, variables, is_wanted, room, installers.may_run_words, errexit=errexit
    )


def _too_much(command: Command) -> list[Outcome]:
    text = command.instruction.arguments
    return [Unreadable(text, text.place, "it has more variables than can be followed")]


def _every(_text: str) -> bool:
    return True


def _is_wanted(text: str) -> bool:
    """Whether a command may run an installer, when any variable may hold the name of one."""
    name = text.partition(" ")[0]
    is_piped = "py" in text and _DASH.search(text) is not None  # ``curl …/get-pip.py | python - flask``
    return (is_piped or may_install(text, lambda _: True)) and (not installers.takes_words(name) or is_wrapper(name))
