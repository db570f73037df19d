"""A requirements file that can be fixed.

It is installed alone or with the files that it includes. It does not say for which image.
"""

from __future__ import annotations

from functools import partial

from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.documents.requirements_document import RequirementsDocument
from pinhook.fix.editable import Editable
from pinhook.fix.further_requirements import FIT, FurtherRequirements, of_files
from pinhook.fix.image.python import UnknownPython
from pinhook.fix.index_options import index_options_of_file
from pinhook.fix.requests import Difference
from pinhook.fix.version_chooser import InstallContext
from pinhook.follow.includes import with_includes
from pinhook.installers.file_installation import as_installation
from pinhook.requirements import Direct, Local
from pinhook.requirements.lines import logical_lines, split_options
from pinhook.source import SourceText

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pinhook.fix.index_options import IndexOptions
    from pinhook.fix.version_chooser import VersionSources
    from pinhook.installers import Installation
    from pinhook.requirements.file import RequirementsFile
    from pinhook.source import Source

_PYTHON_UNKNOWN = "a requirements file does not say which Python it is for"
_HAS_HASHES = "the file has hashes of other versions; compile it again"


class EditableRequirements(Editable):
    """A requirements file. The options and comments of each logical line, and the entries, are compared."""

    document: RequirementsDocument

    @property
    def unfixable(self) -> str:
        """Why no version can be written anywhere in the file; empty if one can."""
        file = self.document.parsed
        return _HAS_HASHES if file.require_hashes or any(entry.hashes for entry in file.entries) else ""

    @property
    def installations(self) -> list[Installation]:
        """The requirements of the file."""
        return [as_installation(self.document.parsed)]

    def contexts(self, sources: VersionSources) -> list[InstallContext]:
        """The context of the file, which influences the choice of versions."""
        return [InstallContext(partial(_decide, self.document.parsed, sources), UnknownPython(_PYTHON_UNKNOWN))]

    def edited(self, source: Source) -> EditableRequirements:
        """The file with other contents."""
        return EditableRequirements(RequirementsDocument.of(source), self.checks)

    def differences(self, edited: EditableRequirements, expected: Mapping[tuple[int, int], str]) -> list[Difference]:
        """The changes by an edit other than to the targets in ``expected``."""
        if list(_frames(self.document.source)) != list(_frames(edited.document.source)):
            return [Difference("the file would have other lines")]
        texts = dict(enumerate(_texts(self.document.parsed)))
        wanted = texts | {at: text for (_, at), text in expected.items()}
        return [
            Difference(f"{texts.get(at, text)} would change too", 0, at)
            for at, text in enumerate(_texts(edited.document.parsed))
            if wanted.get(at) != text
        ]


def _frames(source: Source) -> Iterator[tuple[str, str | None]]:
    for line in logical_lines(SourceText.of(source)):
        yield str(split_options(line.text)[1]), None if line.comment is None else str(line.comment)


def _texts(file: RequirementsFile) -> list[str]:
    return [str(entry.text) for entry in file.entries]


def _decide(file: RequirementsFile, sources: VersionSources) -> tuple[IndexOptions, FurtherRequirements]:
    """The options of a file and of the files that it includes, and their requirements.

    Raises ``UndecidableOptionsError``.
    """
    unknown = [
        f"what {entry.text} needs is not known here, {FIT}"
        for entry in file.entries
        if isinstance(entry.requirement, (Direct, Local))
    ]
    if file.includes and sources.open_repository is None:
        unknown.append(f"it includes {file.includes[0].path}, which cannot be read here, {FIT}")
    found = with_includes(file, sources.open_repository())[1] if file.includes and sources.open_repository else ()
    unknown += [f"it includes {each.name}, which {each.reason}, {FIT}" for each in found if each.file is None]
    further = of_files(each for each in found if each.file is not None)
    options = index_options_of_file((*further.options, *file.options))
    return options, further._replace(unknown=(*unknown, *further.unknown))
