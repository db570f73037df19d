"""The files that commands run as scripts: what is asked about one, and what is known of it."""

from __future__ import annotations

import enum

from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TypeAlias

    from pinhook.shell.command import Comment, SimpleCommand, Unreadable
    from pinhook.shell.scope import Values
    from pinhook.shell.words import Dialect
    from pinhook.source import SourceText


class RunAs(enum.Enum):
    """How a file is run."""

    PROGRAM = "by its path, or by its name in a folder of PATH: its #! line names the interpreter"
    SCRIPT = "by a shell that the command names"
    SOURCED = "in the shell that reads it: . file"
    FOLDER = "every script of a folder: run-parts folder"


class ScriptRequest(NamedTuple):
    """A command that may run a script.

    ``name`` is the word that names the file, ``folders`` are the possible working directories and ``search_path`` the
    possible values of ``PATH``. ``found`` is what was followed so far, in its order.
    """

    name: SourceText
    run_as: RunAs
    folders: Values
    search_path: Values
    found: Sequence[SimpleCommand | Unreadable | Comment]


class ScriptFile(NamedTuple):
    """A script: its name as ``$0`` has it, and its text.

    ``dialect`` is that of its interpreter line, ``None`` for that of the shell that runs it; ``errexit`` tells that the
    line has the option ``-e``.
    """

    name: SourceText
    text: SourceText
    dialect: Dialect | None = None
    errexit: bool = False


FindScripts: TypeAlias = "Callable[[ScriptRequest], Sequence[ScriptFile]]"
"""Gives the scripts that a command runs, in the order in which they run."""


def no_scripts(_request: ScriptRequest) -> Sequence[ScriptFile]:
    """Where no file is known."""
    return ()
