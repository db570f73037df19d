"""Install commands: from the arguments of a command to an ``Installation``. One module for each tool."""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.installers import others, pip, pipx, poetry, uv
from pinhook.installers.installation import NO_FILES, CommandProblem, FollowedFiles, Installation, Target, names_files
from pinhook.installers.invocation import find_invocation
from pinhook.installers.second_command import parse_first
from pinhook.installers.split_words import join_split_words
from pinhook.installers.unknown_wrappers import may_run_words, possible_commands, takes_plain_words

if TYPE_CHECKING:
    from collections.abc import Collection

    from pinhook.installers.installer import Installer
    from pinhook.shell import SimpleCommand

__all__ = [
    "INSTALLERS",
    "NO_FILES",
    "CommandProblem",
    "FollowedFiles",
    "Installation",
    "Target",
    "join_split_words",
    "may_run_words",
    "names_files",
    "parse_install",
    "parse_wrapped_install",
    "takes_plain_words",
]

_EMPTY_FILES = frozenset({"/dev/null", "NUL", "nul"})
INSTALLERS: tuple[Installer, ...] = (
    pip.INSTALLER,
    uv.INSTALLER,
    pipx.INSTALLER,
    others.EASY_INSTALL,
    others.PIP_SYNC,
    poetry.INSTALLER,
    others.PDM,
    others.PIPENV,
)


def parse_install(command: SimpleCommand, optional_installers: Collection[str] = ()) -> Installation | None:
    """The installation of a simple command; ``None`` if it is not an install command.

    ``optional_installers`` names the installers that are checked only on request.
    """
    installation = parse_first(command, lambda each: _parse_command(each, optional_installers))
    return installation and installation._replace(
        constraints_files=tuple(each for each in installation.constraints_files if str(each) not in _EMPTY_FILES)
    )


def _parse_command(command: SimpleCommand, optional_installers: Collection[str]) -> Installation | None:
    """The installation of a simple command, without the search for a second command among its arguments."""
    invocation = find_invocation(command)
    if invocation is None:
        return None
    for installer in INSTALLERS:
        if invocation.program in installer.programs and (
            not installer.is_optional or installer.name in optional_installers
        ):
            return installer.parse(invocation)
    return None


def parse_wrapped_install(command: SimpleCommand, optional_installers: Collection[str] = ()) -> Installation | None:
    """The installation of a command after an unknown wrapper: neither a known installer nor a known wrapper.

    The words after the unknown word are used if they are an install command with its subcommand. Exception: the
    unknown word is known to take such words as plain arguments (``echo``, ``grep``, ``apt-get``).
    """
    for at, candidate in possible_commands(command):
        installation = parse_install(candidate, optional_installers)
        if installation and installation.subcommand:
            return parse_install(command._replace(arguments=command.arguments[at:]), optional_installers)
    return None
