"""What the shell layer gives: ``SimpleCommand`` with its ``Argument`` words and ``Redirection``."""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import TypeAlias

    from pinhook.source import Place, SourceText

Environment: TypeAlias = "Mapping[str, tuple[SourceText, ...]]"
"""Variables and their possible values. A name that is not there is unset, or set where pinhook cannot see it; a value
may hold unknown characters."""


class Argument(NamedTuple):
    """One field of a command after expansion, as the program would receive it.

    ``text`` is its value, quotes removed, with expansions that only the build knows left as written and marked
    unknown. ``written`` is the word as it stands in the file, quotes included; for a field that came out of a
    variable, it is the field where the value was written.
    """

    text: SourceText
    written: SourceText

    def __str__(self) -> str:
        return str(self.text)


class Redirection(NamedTuple):
    """A redirection: its operator without the file descriptor (``>``, ``<``, ``>>`` …) and the word behind it.

    ``written`` is all of it (``2> log``). For a here-document the target is the delimiter, and ``body`` is what the
    command reads, as for a here-string.
    """

    operator: str
    target: Argument
    written: SourceText
    body: SourceText | None = None


class SimpleCommand(NamedTuple):
    """A command and its arguments, wrappers such as ``sudo`` or ``bash -c`` removed.

    ``arguments`` is never empty and starts with the name of the command. ``environment`` holds the variables that
    the command sees. ``place`` is the command as it is written, wrappers and redirections included.
    """

    arguments: tuple[Argument, ...]
    redirections: tuple[Redirection, ...]
    environment: Environment
    place: Place


class Unreadable(NamedTuple):
    """Shell text that could not be read, or followed to its end; ``place`` is where reading failed."""

    text: SourceText
    place: Place
    reason: str


class Comment(NamedTuple):
    """A comment of a script, from ``#`` to the end of its line. The same one may be given twice."""

    text: SourceText
