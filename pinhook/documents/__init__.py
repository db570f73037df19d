"""The kinds of documents. Each kind gives its install commands as ``Contents``.

``source``              the file
``may_have_comments``   whether the document may contain an ignore comment
``read``                its contents; ``None`` if it certainly installs nothing
``comments``            its comments, each with the part that it covers
``comment_slots``       the places where an ignore comment for a finding can be written
``build_content``             its content for the build, without comments
"""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.documents.contents import Contents, Unread
from pinhook.documents.dockerfile_document import DockerfileDocument

if TYPE_CHECKING:
    from typing import Literal, TypeAlias

    from pinhook.documents.requirements_document import RequirementsDocument
    from pinhook.documents.script_document import ScriptDocument
    from pinhook.source import Source

    Document: TypeAlias = DockerfileDocument | RequirementsDocument | ScriptDocument
    FileKind: TypeAlias = Literal["Dockerfile", "requirements file", "script"]

__all__ = ["Contents", "DockerfileDocument", "Unread", "open_document"]


def open_document(source: Source, kind: FileKind = "Dockerfile") -> Document:
    """The document of a file of this kind. Raises nothing."""
    if kind == "Dockerfile":
        return DockerfileDocument(source)
    if kind == "script":
        from pinhook.documents.script_document import ScriptDocument  # few runs check one

        return ScriptDocument(source)
    from pinhook.documents.requirements_document import RequirementsDocument  # few runs check one

    return RequirementsDocument.of(source)
