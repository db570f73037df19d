"""A document as a fix sees it: ``Editable``, with one class for each kind of document."""

from __future__ import annotations

from functools import cached_property

from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.check import check
from pinhook.documents import DockerfileDocument
from pinhook.documents.requirements_document import RequirementsDocument

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from typing_extensions import Self

    from pinhook.check import Report
    from pinhook.documents import Document
    from pinhook.finding import Finding
    from pinhook.fix.requests import Difference
    from pinhook.fix.verified import VerifiedFixes
    from pinhook.fix.version_chooser import InstallContext, VersionSources
    from pinhook.installers import Installation
    from pinhook.source import Source


class Checks(NamedTuple):
    """How documents are checked; ``installers`` are those that are read on request."""

    check: Callable[[Document], Report] = check
    installers: Collection[str] = ()


class Editable:
    """A document, and how it is checked.

    Its steps are what installs one after the other: the simple commands of a Dockerfile; a requirements file is one
    step.
    """

    def __init__(self, document: Document, checks: Checks) -> None:
        self.document = document
        self.checks = checks

    @cached_property
    def findings(self) -> Sequence[Finding]:
        """What the rules find in it."""
        return self.checks.check(self.document).findings

    @property
    def unfixable(self) -> str:
        """A clause that says why no version is written anywhere in the document; empty where one may be."""
        return ""

    @property
    def installations(self) -> Sequence[Installation | None]:
        """What each step installs; ``None`` where it installs nothing."""
        raise NotImplementedError

    def contexts(self, sources: VersionSources) -> Sequence[InstallContext]:
        """What decides about the versions in each step."""
        raise NotImplementedError

    def edited(self, source: Source) -> Self:
        """The document with other contents."""
        raise NotImplementedError

    def differences(self, edited: Self, expected: Mapping[tuple[int, int], str]) -> list[Difference]:
        """What an edit has changed besides the targets that are ``expected`` to change; empty if there is nothing.

        ``expected`` has the new text of these targets, each by the number of its step and its own number there.
        """
        raise NotImplementedError

    def with_arg_pins(self, fixed: VerifiedFixes) -> VerifiedFixes:
        """The fixes with the versions as the values of ARGs, where there can be some."""
        return fixed


def open_editable(document: Document, checks: Checks) -> Editable:
    """A document of any kind, to be fixed."""
    if isinstance(document, DockerfileDocument):
        from pinhook.fix.editable_dockerfile import EditableDockerfile

        return EditableDockerfile(document, checks)
    if isinstance(document, RequirementsDocument):
        from pinhook.fix.editable_requirements import EditableRequirements

        return EditableRequirements(document, checks)
    from pinhook.fix.editable_script import EditableScript

    return EditableScript(document, checks)
