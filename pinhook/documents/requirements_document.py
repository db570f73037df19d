"""A requirements or constraints file as a document: its requirements are checked like the arguments of a command."""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.documents.contents import Contents
from pinhook.installers.file_installation import as_installation
from pinhook.requirements.file import parse_file

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from pinhook.documents.contents import ScriptEvaluator
    from pinhook.ignore_comments import CoveringComment
    from pinhook.ignore_comments.build_content import BuildContent
    from pinhook.ignore_comments.placement import LogicalLines, Slot
    from pinhook.requirements.file import RequirementsFile
    from pinhook.source import Source


class RequirementsDocument:
    """A requirements file. ``parsed`` has its lines."""

    def __init__(self, parsed: RequirementsFile) -> None:
        self.source = parsed.source
        self.parsed = parsed

    @classmethod
    def of(cls, source: Source) -> RequirementsDocument:
        """The document of a file."""
        return cls(parse_file(source))

    @property
    def may_have_comments(self) -> bool:
        """Whether it may contain an ignore comment. The other tools read none there."""
        return "pinhook:" in self.source.text

    def read(
        self,
        _installers: Collection[str],
        *,
        with_comments: bool,  # noqa: ARG002
        scripts: ScriptEvaluator | None = None,  # noqa: ARG002
    ) -> Contents:
        """Its requirements. Files that it includes are not part of it."""
        return Contents((as_installation(self.parsed),), always_follows=True)

    def comments(self, _contents: Contents) -> Iterator[CoveringComment]:
        """Its comments in order, each with the part that it covers."""
        from pinhook.ignore_comments import comments_of_requirements_file  # few files have such comments

        return comments_of_requirements_file(self.parsed)

    def comment_slots(self, offset: int, known: LogicalLines) -> Iterator[Slot]:
        """The slots for an ignore comment of a finding at an offset, narrowest first."""
        from pinhook.ignore_comments.placement import slots_in_requirements_file

        return slots_in_requirements_file(self.source, offset, known)

    def build_content(self, _contents: Contents) -> BuildContent:
        """Its content for the build, without comments."""
        from pinhook.ignore_comments.build_content import build_content_of_requirements_file

        return build_content_of_requirements_file(self.source)
