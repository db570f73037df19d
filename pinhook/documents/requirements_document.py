"""A requirements or constraints file as a document: what it lists is installed, as if it stood in a command."""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.documents.contents import Contents
from pinhook.installers.requirements_list import as_installation
from pinhook.requirements.file import parse_file

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from pinhook.ignore_comments import CoveringComment
    from pinhook.ignore_comments.outline import Outline
    from pinhook.ignore_comments.placement import Slot
    from pinhook.requirements.file import RequirementsFile
    from pinhook.source import Source


class RequirementsDocument:
    """A requirements file, and ``parsed``, its lines."""

    def __init__(self, parsed: RequirementsFile) -> None:
        self.source = parsed.source
        self.parsed = parsed

    @classmethod
    def of(cls, source: Source) -> RequirementsDocument:
        """The document of a file."""
        return cls(parse_file(source))

    @property
    def may_have_comments(self) -> bool:
        """Whether an ignore comment may stand in it; the other tools read none there."""
        return "pinhook:" in self.source.text

    def read(self, _installers: Collection[str], *, with_comments: bool) -> Contents:  # noqa: ARG002
        """What it lists. What the files that it includes list is not among it."""
        return Contents((as_installation(self.parsed),), always_follows=True)

    def comments(self, _contents: Contents) -> Iterator[CoveringComment]:
        """Its comments, in the order of the file, with what each one covers."""
        from pinhook.ignore_comments import comments_of_requirements_file  # few files have such comments

        return comments_of_requirements_file(self.parsed)

    def comment_slots(self, offset: int) -> Iterator[Slot]:
        """Where an ignore comment for a finding at an offset can be written, the narrowest slot first."""
        from pinhook.ignore_comments.placement import slots_in_requirements_file

        return slots_in_requirements_file(self.source, offset)

    def outline(self, _contents: Contents) -> Outline:
        """What it says to the build, comments aside."""
        from pinhook.ignore_comments.outline import outline_of_requirements_file

        return outline_of_requirements_file(self.source)
