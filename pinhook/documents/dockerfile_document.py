"""A Dockerfile as a document."""

from __future__ import annotations

from pinhook import dockerfile
from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.documents.contents import Contents, Unread
from pinhook.documents.own_scripts import may_run_own_script
from pinhook.prefilter import may_install
from pinhook.source import Place

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from pinhook.documents.contents import Evaluate
    from pinhook.ignore_comments import CoveringComment
    from pinhook.ignore_comments.outline import Outline
    from pinhook.ignore_comments.placement import LogicalLines, Slot
    from pinhook.source import Source

# a file without any of these has no ignore comments
_IGNORE_MARKS = ("pinhook:", "hadolint", "no-dd-sa", "datadog-disable")


class DockerfileDocument:
    """A Dockerfile. ``parsed`` has its instructions."""

    def __init__(self, source: Source, parsed: dockerfile.Dockerfile | None = None) -> None:
        self.source = source
        self.parsed = parsed or dockerfile.parse(source)

    @property
    def may_have_comments(self) -> bool:
        """Whether it may contain an ignore comment."""
        return any(mark in self.source.text for mark in _IGNORE_MARKS)

    def read(
        self, installers: Collection[str], *, with_comments: bool, evaluate: Evaluate | None = None
    ) -> Contents | None:
        """Its contents; ``None`` if it certainly installs nothing.

        ``installers`` are those that are checked on request. ``with_comments`` requests the comments of all scripts,
        because an ignore comment may be in a command that installs nothing. ``evaluate`` gives the simple commands of
        each command, in the order of the file, with those of the script files that they run.
        """
        is_wanted = _every if with_comments or evaluate else _may_install
        commands = list(filter(is_wanted, dockerfile.find_commands(self.parsed)))
        if not commands and not with_comments and not any(problem.unread for problem in self.parsed.problems):
            return None

        from pinhook.documents.simple_commands import find_installations
        from pinhook.installers import Installation
        from pinhook.shell import Comment, Unreadable

        found = list(find_installations(commands, installers, evaluate))
        unreadable = (Unread(each.place, each.reason, each.run_by) for each in found if isinstance(each, Unreadable))
        return Contents(
            tuple(each for each in found if isinstance(each, Installation)),
            (*unreadable, *self._unread()),
            tuple(each.text for each in found if isinstance(each, Comment)),
        )

    def may_run_scripts(self, *, in_repository: bool) -> bool:
        """Whether it may run a script that it writes, or one of its repository: a cheap look that misses none."""
        copies = in_repository and any(map(_copies, self.parsed.instructions))
        return copies or may_run_own_script(self.parsed)

    def comments(self, contents: Contents) -> Iterator[CoveringComment]:
        """Its comments in order, each with the part that it covers."""
        from pinhook.ignore_comments import comments_of_dockerfile

        own = (each for each in contents.script_comments if each.source is self.source)
        return comments_of_dockerfile(self.parsed, own)

    def comment_slots(self, offset: int, known: LogicalLines) -> Iterator[Slot]:
        """The slots for an ignore comment of a finding at an offset, narrowest first."""
        from pinhook.ignore_comments.placement import slots_in_dockerfile

        return slots_in_dockerfile(self.parsed, offset, known)

    def outline(self, contents: Contents) -> Outline:
        """Its content for the build, without comments."""
        from pinhook.ignore_comments.outline import outline_of_dockerfile

        return outline_of_dockerfile(self.parsed, contents.script_comments)

    def _unread(self) -> Iterator[Unread]:
        """The unread parts of the instructions, if they may contain an install command."""
        for problem in self.parsed.problems:
            if problem.unread and may_install(self.source.text[problem.unread.start : problem.unread.end]):
                yield Unread(Place(self.source, problem.span), problem.reason)


def _copies(instruction: dockerfile.Instruction) -> bool:
    inner = instruction.inner or instruction
    return inner.keyword in {"COPY", "ADD"} or any(str(flag).startswith("--mount") for flag in inner.flags)


def _every(_command: dockerfile.InstructionCommand) -> bool:
    return True


def _may_install(command: dockerfile.InstructionCommand) -> bool:
    form = command.form
    if isinstance(form, dockerfile.ExecForm):
        text = "\n".join(map(str, form.arguments))
    elif form.shell.kind == "other":
        return False
    else:
        text = str(form.text)
    return may_install(text, command.variables.any_value_so_far)
