"""A Dockerfile as a document."""

from __future__ import annotations

from pinhook import dockerfile
from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.documents.contents import Contents, Unread
from pinhook.documents.own_scripts import part_with_own_scripts
from pinhook.prefilter import may_install
from pinhook.source import Place, Span

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from pinhook.documents.contents import ScriptEvaluator
    from pinhook.ignore_comments import CoveringComment
    from pinhook.ignore_comments.build_content import BuildContent
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
        self, optional_installers: Collection[str], *, with_comments: bool, scripts: ScriptEvaluator | None = None
    ) -> Contents | None:
        """Its contents; ``None`` if it certainly installs nothing.

        ``optional_installers`` are those to check. ``with_comments`` requests the comments of all scripts, because an
        ignore comment may be in a command that installs nothing. ``scripts`` evaluates the commands that may run script
        files.
        """

        def is_wanted(command: dockerfile.InstructionCommand) -> bool:
            return with_comments or (scripts is not None and scripts.covers(command)) or _may_install(command)

        commands = list(filter(is_wanted, dockerfile.find_commands(self.parsed)))
        if not commands and not with_comments and not any(problem.unread for problem in self.parsed.problems):
            return None

        from pinhook.documents.simple_commands import find_installations
        from pinhook.installers import Installation
        from pinhook.shell import Comment, Unreadable

        found = list(find_installations(commands, optional_installers, scripts))
        unreadable = (Unread(each.place, each.reason, each.run_by) for each in found if isinstance(each, Unreadable))
        return Contents(
            tuple(each for each in found if isinstance(each, Installation)),
            (*unreadable, *self._unread()),
            tuple(each.text for each in found if isinstance(each, Comment)),
        )

    def part_with_scripts(self, *, in_repository: bool) -> Span | None:
        """The part that may run a script that the Dockerfile writes, or one of its repository; ``None``: none does."""
        if in_repository and any(map(_copies, self.parsed.instructions)):
            return Span(0, len(self.source.text))
        return part_with_own_scripts(self.parsed)

    def comments(self, contents: Contents) -> Iterator[CoveringComment]:
        """Its comments in order, each with the part that it covers."""
        from pinhook.ignore_comments import comments_of_dockerfile

        own = (each for each in contents.script_comments if each.source is self.source)
        return comments_of_dockerfile(self.parsed, own)

    def comment_slots(self, offset: int, known: LogicalLines) -> Iterator[Slot]:
        """The slots for an ignore comment of a finding at an offset, narrowest first."""
        from pinhook.ignore_comments.placement import slots_in_dockerfile

        return slots_in_dockerfile(self.parsed, offset, known)

    def build_content(self, contents: Contents) -> BuildContent:
        """Its content for the build, without comments."""
        from pinhook.ignore_comments.build_content import build_content_of_dockerfile

        return build_content_of_dockerfile(self.parsed, contents.script_comments)

    def _unread(self) -> Iterator[Unread]:
        """The unread parts of the instructions, if they may contain an install command."""
        for problem in self.parsed.problems:
            if problem.unread and may_install(self.source.text[problem.unread.start : problem.unread.end]):
                yield Unread(Place(self.source, problem.span), problem.reason)


def _copies(instruction: dockerfile.Instruction) -> bool:
    inner = instruction.inner or instruction
    return inner.keyword in {"COPY", "ADD"} or any(str(flag).startswith("--mount") for flag in inner.flags)


def _may_install(command: dockerfile.InstructionCommand) -> bool:
    form = command.form
    if isinstance(form, dockerfile.ExecForm):
        text = "\n".join(map(str, form.arguments))
    elif form.shell.kind == "other":
        return False
    else:
        text = str(form.text)
    return may_install(text, command.variables.any_value_so_far)
