"""The steps of a Dockerfile: its simple commands in order, with their installations."""

from __future__ import annotations

from functools import partial

from pinhook import dockerfile
from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.documents import DockerfileDocument
from pinhook.documents.simple_commands import installation_of, simple_commands_of
from pinhook.follow import follow_scripts
from pinhook.installers import join_split_words
from pinhook.shell import SimpleCommand

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from pinhook.documents.contents import Evaluate
    from pinhook.documents.script_document import ScriptDocument
    from pinhook.installers import Installation
    from pinhook.repository.repository import Repository
    from pinhook.shell import ScriptItem


class Step(NamedTuple):
    """A simple command, or unread shell code, with its installation if it has one.

    ``instruction_number`` is the index of its instruction, ``command`` the command of it. In a script that is
    fixed by itself ``command`` is ``None``.
    """

    instruction_number: int
    command: dockerfile.InstructionCommand | None
    item: ScriptItem
    installation: Installation | None


def steps_of(
    parsed: dockerfile.Dockerfile,
    optional_installers: Collection[str] = (),
    open_repository: Callable[[], Repository] | None = None,
) -> list[Step]:
    """Every step, also those that install nothing, because a fix must not change them.

    With a repository, a step that runs one of its scripts is replaced by the steps of the script.
    """
    document = DockerfileDocument(parsed.source, parsed)
    evaluate: Evaluate = partial(simple_commands_of, with_directory=True, with_path=True)  # no command is left out
    in_repository = open_repository is not None
    if part := document.part_with_scripts(in_repository=in_repository):
        evaluate = follow_scripts(document, part, in_repository, open_repository, with_path=True).simple_commands_of
    numbers = {id(each): number for number, each in enumerate(parsed.instructions)}
    numbers |= {id(each.inner): number for number, each in enumerate(parsed.instructions) if each.inner}
    return [
        Step(numbers[id(command.instruction)], command, item, _installation(item, optional_installers))
        for command in dockerfile.find_commands(parsed)
        for item in evaluate(command)
    ]


def steps_of_script(document: ScriptDocument, optional_installers: Collection[str] = ()) -> list[Step]:
    """The steps of a shell script."""
    items = document.simple_commands(every_command=True)
    return [Step(0, None, item, _installation(item, optional_installers)) for item in items]


def _installation(item: ScriptItem, optional_installers: Collection[str]) -> Installation | None:
    if not isinstance(item, SimpleCommand):
        return None
    installation = installation_of(item, optional_installers)
    return join_split_words(installation) if installation else None
