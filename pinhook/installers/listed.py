"""A requirements file as the rules see it: what it lists is installed, as if it stood in a command."""

from __future__ import annotations

from pinhook.installers.installation import Installation, Target
from pinhook.light_typing import TYPE_CHECKING
from pinhook.shell import Argument
from pinhook.source import SourceText

if TYPE_CHECKING:
    from pinhook.requirements.file import RequirementsFile


def listed(file: RequirementsFile, name: SourceText | None = None) -> Installation:
    """What a file lists, which some word names. What the files that it includes list is not among it."""
    return Installation(
        installer="pip",
        subcommand="install",
        place=SourceText.of(file.source).place,
        targets=tuple(
            Target(
                Argument(entry.text, entry.text),
                entry.text,
                entry.requirement,
                editable=entry.is_editable,
                hashed=bool(entry.hashes),
            )
            for entry in file.entries
        ),
        requirements_files=tuple(include.path for include in file.includes if not include.is_constraint),
        constraints_files=tuple(include.path for include in file.includes if include.is_constraint),
        only_local=file.only_local,
        require_hashes=file.require_hashes,
        is_file=True,
        compiler=file.compiler,
        named=name.place if name else None,
        is_project=file.is_project,
    )
