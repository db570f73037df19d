"""The kinds of files that are checked. Each one says what it installs, in the same terms: ``Contents``.

A document has its ``source``; ``may_have_comments`` tells whether an ignore comment may stand in it; ``read`` gives its
contents, or ``None`` where it certainly installs nothing; ``comments`` gives its comments with what each one covers.
``comment_slots`` and ``outline`` are for writing ignore comments: where one can be written for a finding, and what the
document says to the build, comments aside.
"""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.documents.contents import Contents, Unread
from pinhook.documents.dockerfile_document import DockerfileDocument

if TYPE_CHECKING:
    from typing import TypeAlias

    from pinhook.documents.requirements_document import RequirementsDocument
    from pinhook.source import Source

    Document: TypeAlias = DockerfileDocument | RequirementsDocument

__all__ = ["Contents", "DockerfileDocument", "Unread", "open_document"]


def open_document(source: Source, *, is_requirements_file: bool = False) -> Document:
    """The document that a file is: a requirements or constraints file, or else a Dockerfile. Raises nothing."""
    if not is_requirements_file:
        return DockerfileDocument(source)
    from pinhook.documents.requirements_document import RequirementsDocument  # few runs check one

    return RequirementsDocument.of(source)
