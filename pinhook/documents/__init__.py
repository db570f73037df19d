"""The kinds of documents. Each kind gives its install commands as ``Contents``.

``source``              the file
``may_have_comments``   whether the document may contain an ignore comment
``read``                its contents; ``None`` if it certainly installs nothing
``comments``            its comments, each with the part that it covers
``comment_slots``       the places where an ignore comment for a finding can be written
``outline``             its content for the build, without comments
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
    """The document of a file: a requirements or constraints file, or else a Dockerfile. Raises nothing."""
    if not is_requirements_file:
        return DockerfileDocument(source)
    from pinhook.documents.requirements_document import RequirementsDocument  # few runs check one

    return RequirementsDocument.of(source)
