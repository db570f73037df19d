"""Files that commands run as scripts: ``ScriptRequest`` and ``ScriptFile``."""

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

    ``name``          the word that names the file
    ``folders``       the possible working directories
    ``search_path``   the possible values of ``PATH``
    ``found``         the items that were evaluated before, in order
    """

    name: SourceText
    run_as: RunAs
    folders: Values
    search_path: Values
    found: Sequence[SimpleCommand | Unreadable | Comment]


class ScriptFile(NamedTuple):
    """A script: its name as in ``$0``, and its text.

    ``dialect`` is that of its ``#!`` line; ``None`` if it has the dialect of the shell that runs it. ``errexit`` means
    that the line has the option ``-e``.
    """

    name: SourceText
    text: SourceText
    dialect: Dialect | None = None
    errexit: bool = False


FindScripts: TypeAlias = "Callable[[ScriptRequest], Sequence[ScriptFile]]"
"""Returns the scripts that a command runs, in the order in which they run."""


def no_scripts(_request: ScriptRequest) -> Sequence[ScriptFile]:
    """For a caller that knows no files."""
    return ()
