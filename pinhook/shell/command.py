"""The result of the shell package: ``SimpleCommand`` with its ``Argument`` words and ``Redirection``."""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import TypeAlias

    from pinhook.source import Place, SourceText

Environment: TypeAlias = "Mapping[str, tuple[SourceText, ...]]"
"""Variables and their possible values. A missing name is unset, or set elsewhere.

A value may contain unknown characters.
"""


class Argument(NamedTuple):
    """One field of a command after expansion, as the program receives it.

    ``text`` is its value, without quotes. Expansions that only the build knows stay as written and are unknown.
    ``written`` is the word in the file, with quotes; for a field from a variable, it is the field where the value was
    written.
    """

    text: SourceText
    written: SourceText

    def __str__(self) -> str:
        return str(self.text)


class Redirection(NamedTuple):
    """A redirection: its operator without the file descriptor (``>``, ``<``, ``>>`` …) and its word.

    ``written`` is the whole redirection (``2> log``). The target of a here-document is the delimiter. ``body`` is the
    input of the command, for here-documents and here-strings.
    """

    operator: str
    target: Argument
    written: SourceText
    body: SourceText | None = None


class SimpleCommand(NamedTuple):
    """A command and its arguments, without wrappers such as ``sudo`` or ``bash -c``.

    ``arguments`` is never empty; the first one is the name of the command. ``environment`` holds the variables that the
    command sees. ``place`` is the command as written, with wrappers and redirections. ``branch`` has the numbers of the
    branches around the command, the outermost first. Two commands of one script are in the same branch if they have its
    number. A command without a branch runs whenever the script succeeds. ``run_by`` is the command that runs the script
    file that contains this command, if it is in one; of several, the outermost.
    """

    arguments: tuple[Argument, ...]
    redirections: tuple[Redirection, ...]
    environment: Environment
    place: Place
    branch: tuple[int, ...] = ()
    run_by: Place | None = None


class Unreadable(NamedTuple):
    """Shell code that could not be parsed, or not evaluated to its end. ``place`` is where it failed.

    ``run_by`` is as in ``SimpleCommand``.
    """

    text: SourceText
    place: Place
    reason: str
    run_by: Place | None = None


class Comment(NamedTuple):
    """A comment of a script, from ``#`` to the end of its line. The same comment may occur twice."""

    text: SourceText
