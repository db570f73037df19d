"""A document that can be fixed: ``Editable``, with one class for each kind of document."""

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
    """How documents are checked. ``installers`` are those that are checked on request."""

    check: Callable[[Document], Report] = check
    installers: Collection[str] = ()


class Editable:
    """A document, and how it is checked.

    Its steps install one after the other: the simple commands of a Dockerfile. A requirements file is one step.
    """

    def __init__(self, document: Document, checks: Checks) -> None:
        self.document = document
        self.checks = checks

    @cached_property
    def findings(self) -> Sequence[Finding]:
        """The findings of the rules."""
        return self.checks.check(self.document).findings

    @property
    def unfixable(self) -> str:
        """A clause: why no version can be written anywhere in the document; empty if one can."""
        return ""

    @property
    def installations(self) -> Sequence[Installation | None]:
        """The installation of each step; ``None`` if it installs nothing."""
        raise NotImplementedError

    def contexts(self, sources: VersionSources) -> Sequence[InstallContext]:
        """The context of each step, which influences the choice of versions."""
        raise NotImplementedError

    def edited(self, source: Source) -> Self:
        """The document with other contents."""
        raise NotImplementedError

    def differences(self, edited: Self, expected: Mapping[tuple[int, int], str]) -> list[Difference]:
        """The changes by an edit other than to the targets in ``expected``; empty if there are none.

        ``expected`` maps a target, by the number of its step and its number in it, to its new text.
        """
        raise NotImplementedError

    def with_arg_pins(self, fixed: VerifiedFixes) -> VerifiedFixes:
        """The fixes with the versions as values of ARGs, where possible."""
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
