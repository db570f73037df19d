"""A shell script that is named itself, to be fixed. It does not say which image it is for."""

from __future__ import annotations

from functools import cached_property, partial

from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.documents.script_document import ScriptDocument
from pinhook.fix.configured import Configured, after
from pinhook.fix.editable import Editable
from pinhook.fix.equivalence import script_differences
from pinhook.fix.further_requirements import FIT, FurtherRequirements
from pinhook.fix.given_options import UndecidableOptionsError
from pinhook.fix.image.python import UnknownPython
from pinhook.fix.index_options import index_options_of
from pinhook.fix.steps import steps_of_script
from pinhook.fix.version_chooser import InstallContext
from pinhook.installers import names_files
from pinhook.requirements import Direct, Local

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pinhook.fix.index_options import IndexOptions
    from pinhook.fix.requests import Difference
    from pinhook.fix.steps import Step
    from pinhook.fix.version_chooser import VersionSources
    from pinhook.installers import Installation
    from pinhook.source import Source

_PYTHON_UNKNOWN = "a script does not say which Python it is for"


class EditableScript(Editable):
    """A shell script. The words of every command are compared, with the values of variables."""

    document: ScriptDocument

    @cached_property
    def steps(self) -> list[Step]:
        """Its simple commands, in the order of the file."""
        return steps_of_script(self.document, self.checks.installers)

    @property
    def installations(self) -> Sequence[Installation | None]:
        """What each command installs; ``None`` if it installs nothing."""
        return [step.installation for step in self.steps]

    def contexts(self, _sources: VersionSources) -> list[InstallContext]:
        """The options of each command. The Python is unknown."""
        contexts: list[InstallContext] = []
        configured = Configured()
        for step in self.steps:
            contexts.append(InstallContext(partial(_decide, step, configured), UnknownPython(_PYTHON_UNKNOWN)))
            configured = after(configured, step)
        return contexts

    def edited(self, source: Source) -> EditableScript:
        """The script with other contents."""
        return EditableScript(ScriptDocument(source), self.checks)

    def differences(self, edited: EditableScript, expected: Mapping[tuple[int, int], str]) -> list[Difference]:
        """The changes of an edit, except those of the targets that are ``expected`` to change."""
        return script_differences(self, edited, expected)


def _decide(step: Step, configured: Configured) -> tuple[IndexOptions, FurtherRequirements]:
    """The options of a command. Raises ``UndecidableOptionsError``."""
    if configured.reason:
        raise UndecidableOptionsError(configured.reason)
    options = index_options_of(step, configured.given)
    installation = step.installation
    if installation is None:
        return options, FurtherRequirements()
    names_others = names_files(installation) or installation.scripts
    unknown = [f"the files that it names ask for something too, {FIT}"] if names_others else []
    unknown += [
        f"what {target.text} needs is not known here, {FIT}"
        for target in installation.targets
        if isinstance(target.requirement, (Direct, Local)) and not options.no_deps
    ]
    return options, FurtherRequirements(unknown=tuple(unknown))
