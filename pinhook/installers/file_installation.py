"""A requirements file as an installation: its requirements are checked like the arguments of a command."""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.installers.installation import FileProperties, Installation, Target
from pinhook.requirements import Direct, Local, Malformed, RequirementGrammar, parse_requirement
from pinhook.shell import Argument
from pinhook.source import SourceText

if TYPE_CHECKING:
    from pinhook.requirements import Requirement
    from pinhook.requirements.file import Entry, RequirementsFile


def as_installation(file: RequirementsFile, name: SourceText | None = None, *, by_uv: bool = False) -> Installation:
    """The installation of a requirements file. Files that it includes are not part of it.

    ``by_uv``: uv installs it, and uv reads some URLs differently from pip.
    """
    return Installation(
        installer="pip",
        subcommand="install",
        place=SourceText.of(file.source).place,
        targets=tuple(
            Target(
                Argument(entry.text, entry.text),
                entry.text,
                _as_uv_reads(entry) if by_uv else entry.requirement,
                editable=entry.is_editable,
                hashed=bool(entry.hashes),
            )
            for entry in file.entries
        ),
        requirements_files=tuple(include.path for include in file.includes if not include.is_constraint),
        constraints_files=tuple(include.path for include in file.includes if include.is_constraint),
        only_local=file.no_index,
        require_hashes=file.require_hashes,
        file=FileProperties(file.compiler, name.place if name else None, file.is_project),
    )


def _as_uv_reads(entry: Entry) -> Requirement:
    if not isinstance(entry.requirement, Direct | Malformed | Local) or ":" not in str(entry.text):
        return entry.requirement
    return parse_requirement(entry.text, RequirementGrammar.UV_EDITABLE if entry.is_editable else RequirementGrammar.UV)
