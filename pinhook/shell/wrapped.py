"""What a wrapper runs: ``Runs | RunsScript | RunsFile | RunsInput | RunsWithInput``."""

from __future__ import annotations

from pinhook import argv
from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.argv import OptionTable
from pinhook.shell.command import Argument
from pinhook.source import SourceText

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TypeAlias

    from pinhook.argv import ParsedOptions
    from pinhook.shell.script_files import RunAs
    from pinhook.shell.words import Dialect

Arguments: TypeAlias = tuple[Argument, ...]


class Hidden(NamedTuple):
    """The variables that a wrapper removes from the environment: ``names``, or with ``others`` all except ``names``."""

    names: frozenset[str] = frozenset()
    others: bool = False

    def hides(self, name: str) -> bool:
        """Whether the wrapped command does not see a variable."""
        return (name in self.names) is not self.others


NOTHING_HIDDEN = Hidden()
ALL_HIDDEN = Hidden(others=True)
PATH_HIDDEN = Hidden(frozenset({"PATH"}))
"""Of wrappers that look for programs elsewhere."""


class Runs(NamedTuple):
    """A command, the variables that are set for it, and those that it does not see."""

    arguments: Arguments
    assignments: tuple[tuple[str, SourceText], ...] = ()
    hidden: Hidden = NOTHING_HIDDEN


class RunsScript(NamedTuple):
    """Shell code. ``same_shell`` for ``eval``, whose assignments remain; ``hidden`` as for ``Runs``.

    ``errexit`` is for ``sh -e``.
    """

    text: SourceText
    dialect: Dialect | None
    arguments: Arguments = ()
    same_shell: bool = False
    hidden: Hidden = NOTHING_HIDDEN
    errexit: bool = False


class RunsFile(NamedTuple):
    """A file, or a folder of files, that is run as a script.

    ``dialect`` is that of the shell that the command names.
    """

    name: Argument
    run_as: RunAs
    dialect: Dialect | None = None
    arguments: Arguments = ()
    errexit: bool = False


class RunsInput(NamedTuple):
    """A shell that reads its commands from standard input; without a dialect, the same shell (``. /dev/stdin``)."""

    dialect: Dialect | None


class RunsWithInput(NamedTuple):
    """A command that gets the words of standard input as arguments (``xargs``), at the placeholder if there is one."""

    arguments: Arguments
    wrapper_word: Argument
    placeholder: str


Wrapped: TypeAlias = Runs | RunsScript | RunsFile | RunsInput | RunsWithInput


def runs(
    arguments: Arguments, assignments: tuple[tuple[str, SourceText], ...] = (), hidden: Hidden = NOTHING_HIDDEN
) -> list[Wrapped]:
    """The command of a wrapper; nothing if no words are left."""
    return [Runs(arguments, assignments, hidden)] if arguments else []


def option_table(notation: str, *, permutes: bool = False) -> OptionTable:
    """A table in the notation of ``OptionTable.of``. Wrappers stop at their first operand."""
    return OptionTable.of(notation, permutes=permutes)


def parse_wrapper_options(table: OptionTable, arguments: Sequence[Argument]) -> ParsedOptions:
    """Split the words into the options of a wrapper and the rest."""
    return argv.parse_options(table, [argument.text for argument in arguments])


def join_words(words: Sequence[Argument]) -> SourceText:
    """The words joined with a blank, as ``eval`` and ``echo`` do."""
    return SourceText.join((word.text for word in words), " ")
