"""A shell script as a document: what its commands install. Its positional parameters are unknown."""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.budget import Budget
from pinhook.dockerfile.commands import without_carriage_returns
from pinhook.documents.contents import Contents, Unread
from pinhook.documents.interpreter import interpreter_of
from pinhook.documents.simple_commands import installations_among, may_run_installer
from pinhook.installers import Installation, may_run_words
from pinhook.prefilter import may_install
from pinhook.shell import Comment, Dialect, Unreadable, script_commands
from pinhook.source import SourceText

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from pinhook.documents.contents import ScriptEvaluator
    from pinhook.ignore_comments import CoveringComment
    from pinhook.ignore_comments.build_content import BuildContent
    from pinhook.ignore_comments.placement import LogicalLines, Slot
    from pinhook.shell import ScriptItem
    from pinhook.source import Source


class ScriptDocument:
    """A shell script, in the dialect of its ``#!`` line; without one, in that of bash."""

    def __init__(self, source: Source) -> None:
        self.source = source

    @property
    def may_have_comments(self) -> bool:
        """Whether it may contain an ignore comment. The other tools read none there."""
        return "pinhook:" in self.source.text

    def read(
        self,
        installers: Collection[str],
        *,
        with_comments: bool,
        scripts: ScriptEvaluator | None = None,  # noqa: ARG002
    ) -> Contents | None:
        """Its contents; ``None`` if it certainly installs nothing.

        ``installers`` and ``with_comments`` are as for a Dockerfile.
        """
        if not with_comments and not may_install(self.source.text):
            return None
        found = list(installations_among(self.simple_commands(), installers))
        return Contents(
            tuple(each for each in found if isinstance(each, Installation)),
            tuple(Unread(each.place, each.reason) for each in found if isinstance(each, Unreadable)),
            tuple(each.text for each in found if isinstance(each, Comment)),
        )

    def simple_commands(self, *, every_command: bool = False) -> list[ScriptItem]:
        """Its simple commands that may install something, or all of them."""
        text = without_carriage_returns(SourceText.of(self.source))
        interpreter = interpreter_of(text)
        if interpreter is None:
            return []
        return script_commands(
            text,
            interpreter.dialect or Dialect.BASH,
            {},
            (lambda _: True) if every_command else may_run_installer,
            Budget(len(self.source.text)),
            may_run_words,
            errexit=interpreter.errexit,
        )

    def comments(self, contents: Contents) -> Iterator[CoveringComment]:
        """Its comments in order, each with the part that it covers."""
        from pinhook.ignore_comments import comments_of_script  # few files have such comments

        return comments_of_script(contents.script_comments)

    def comment_slots(self, offset: int, known: LogicalLines) -> Iterator[Slot]:
        """The slots for an ignore comment of a finding at an offset, narrowest first."""
        from pinhook.ignore_comments.placement import slots_in_script

        return slots_in_script(self.source, offset, known)

    def build_content(self, contents: Contents) -> BuildContent:
        """Its content without comments."""
        from pinhook.ignore_comments.build_content import build_content_of_script

        return build_content_of_script(self.source, contents.script_comments)
