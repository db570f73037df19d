"""Short helpers to check a text: open the document and run rules given by their codes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from pinhook import check as pipeline
from pinhook.documents import DockerfileDocument, open_document
from pinhook.documents.requirements_document import RequirementsDocument
from pinhook.follow import follow_files, follow_scripts
from pinhook.source import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from pinhook.check import Report
    from pinhook.repository.discovery import FileKind
    from pinhook.repository.repository import Repository


def check(
    source: Source,
    enabled: Collection[str] | None = None,
    *,
    allowed: Collection[str] = (),
    optional_installers: Collection[str] = (),
    ignores: bool = True,
    require_reason: bool = False,
    repository: Callable[[], Repository] | None = None,
    kind: FileKind = "Dockerfile",
) -> Report:
    """The report on a Dockerfile, unless it is said to be another kind of file."""
    policy = pipeline.Policy(enabled, allowed, optional_installers, ignores, require_reason)
    document = open_document(source, kind)
    follow = pipeline.Follow(
        lambda document, installations, evaluate: follow_files(document, installations, repository, evaluate),
        lambda document, part, in_repository: follow_scripts(document, part, in_repository, repository),
    )
    return pipeline.check(document, policy, follow)


def document_of(text: str) -> DockerfileDocument:
    """A Dockerfile with this text."""
    return DockerfileDocument(Source("Dockerfile", text))


def requirements_document(text: str) -> RequirementsDocument:
    """A requirements file with this text."""
    return RequirementsDocument.of(Source("requirements.txt", text))


check_requirements_file = partial(check, kind="requirements file")
check_script = partial(check, kind="script")
