"""A Dockerfile that can be fixed: its steps, the context of each, and the changes by an edit."""

from __future__ import annotations

from functools import cached_property, partial

from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.documents import DockerfileDocument
from pinhook.fix.arg_pins import with_arg_pins
from pinhook.fix.configured import configurations
from pinhook.fix.editable import Editable
from pinhook.fix.equivalence import differences
from pinhook.fix.further_requirements import FurtherRequirementsFinder
from pinhook.fix.given_options import UndecidableOptionsError
from pinhook.fix.index_options import index_options_of
from pinhook.fix.steps import steps_of
from pinhook.fix.version_chooser import InstallContext

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from pinhook.fix.configured import Configured
    from pinhook.fix.further_requirements import FurtherRequirements
    from pinhook.fix.image.stages import StepImage
    from pinhook.fix.index_options import IndexOptions
    from pinhook.fix.requests import Difference
    from pinhook.fix.steps import Step
    from pinhook.fix.verified import VerifiedFixes
    from pinhook.fix.version_chooser import VersionSources
    from pinhook.installers import Installation
    from pinhook.source import Source


class EditableDockerfile(Editable):
    """A Dockerfile. The instructions, and the words of every command with variables expanded, are compared."""

    document: DockerfileDocument

    @cached_property
    def steps(self) -> list[Step]:
        """Its simple commands, in the order of the file."""
        return steps_of(self.document.parsed, self.checks.installers)

    @property
    def installations(self) -> Sequence[Installation | None]:
        """The installation of each command; ``None`` if it installs nothing."""
        return [step.installation for step in self.steps]

    def contexts(self, sources: VersionSources) -> list[InstallContext]:
        """The image, the configuration and the further requirements of each command."""
        from pinhook.fix.images import images_of  # imports the tables of images, which suggestions do not need

        parsed, steps = self.document.parsed, self.steps
        finder = FurtherRequirementsFinder(parsed, steps, sources.open_repository)
        images = images_of(self.document, steps, sources, finder, self.checks.installers)
        configured = configurations(parsed, steps)
        return [
            _context(step, image, each, finder) for step, image, each in zip(steps, images, configured, strict=True)
        ]

    def edited(self, source: Source) -> EditableDockerfile:
        """The Dockerfile with other contents."""
        return EditableDockerfile(DockerfileDocument(source), self.checks)

    def differences(
        self, edited: EditableDockerfile, expected: Mapping[tuple[int, int], str], added: Collection[str] = ()
    ) -> list[Difference]:
        """The changes by an edit other than to the targets in ``expected``.

        ARGs with the arguments in ``added`` are allowed.
        """
        return differences(self, edited, expected, added)

    def with_arg_pins(self, fixed: VerifiedFixes) -> VerifiedFixes:
        """The fixes with the versions as values of ARGs, wherever the meaning stays the same."""
        return with_arg_pins(self, fixed)


def _context(step: Step, image: StepImage, configured: Configured, finder: FurtherRequirementsFinder) -> InstallContext:
    decide = partial(_decide, step, configured, finder)
    platform = image.base.platform
    return InstallContext(decide, image.python, platform.target, platform.docker, image.caveats, image.installed)


def _decide(
    step: Step, configured: Configured, finder: FurtherRequirementsFinder
) -> tuple[IndexOptions, FurtherRequirements]:
    """The options of a command and of its configuration, and its further requirements.

    Raises ``UndecidableOptionsError``.
    """
    options = index_options_of(step, configured.given)
    if configured.reason:
        raise UndecidableOptionsError(configured.reason)
    finder.refuse_configuration(step)
    further = finder.of(step, no_deps=options.no_deps)
    return (index_options_of(step, configured.given, further.options) if further.options else options), further
