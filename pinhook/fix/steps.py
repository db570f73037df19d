"""What the commands of a Dockerfile run, one simple command after the other, with those that install read."""

from __future__ import annotations

from pinhook import dockerfile
from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.documents.simple_commands import follow, installation_of
from pinhook.rules._split_words import joined
from pinhook.shell import SimpleCommand

if TYPE_CHECKING:
    from collections.abc import Collection

    from pinhook.installers import Installation
    from pinhook.shell import Outcome
    from pinhook.source import Source


class Step(NamedTuple):
    """A simple command, or what else the shell's reader has to say, and the install command that it is, if any.

    ``number`` is the index of the instruction that it is part of.
    """

    number: int
    command: dockerfile.Command
    outcome: Outcome
    installation: Installation | None


def steps_of(parsed: dockerfile.Dockerfile, also: Collection[str] = ()) -> list[Step]:
    """Every step, those included that install nothing: a fix must not change them."""
    numbers = {id(each): number for number, each in enumerate(parsed.instructions)}
    numbers |= {id(each.inner): number for number, each in enumerate(parsed.instructions) if each.inner}
    return [
        Step(numbers[id(command.instruction)], command, outcome, _installation(outcome, also))
        for command in dockerfile.find_commands(parsed)
        for outcome in follow(command, with_directory=True)  # which leaves none out
    ]


def read(source: Source, also: Collection[str] = ()) -> list[Step]:
    """The steps of a file."""
    return steps_of(dockerfile.parse(source), also)


def _installation(outcome: Outcome, also: Collection[str]) -> Installation | None:
    if not isinstance(outcome, SimpleCommand):
        return None
    installation = installation_of(outcome, also)
    return joined(installation) if installation else None
