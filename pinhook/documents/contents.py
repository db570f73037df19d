"""The contents of a document, which the rules check: ``Contents``."""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Protocol, TypeAlias

    from pinhook.dockerfile import InstructionCommand
    from pinhook.installers import Installation
    from pinhook.shell import ScriptItem
    from pinhook.source import Place, SourceText

    Evaluate: TypeAlias = Callable[[InstructionCommand], list[ScriptItem]]

    class ScriptEvaluator(Protocol):
        """Evaluates commands together with the script files that they run."""

        def covers(self, command: InstructionCommand) -> bool:
            """Whether a command may run a script file, or write one that runs later."""

        def simple_commands_of(self, command: InstructionCommand) -> list[ScriptItem]:
            """The simple commands of a covered command and of its scripts. The calls are in the order of the file."""


class Unread(NamedTuple):
    """A part of a document that may install packages and cannot be read, and the reason.

    ``run_by`` is the command that runs the script file that contains the part, if it is in one.
    """

    place: Place
    reason: str
    run_by: Place | None = None


class Contents(NamedTuple):
    """The installations of a document, and its unread parts.

    ``script_comments`` are the comments that a shell sees; a comment may be in it twice. ``always_follows``: the files
    that the installations name are followed at every level.
    """

    installations: tuple[Installation, ...] = ()
    unread: tuple[Unread, ...] = ()
    script_comments: tuple[SourceText, ...] = ()
    always_follows: bool = False
