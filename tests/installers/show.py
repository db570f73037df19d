"""An installation on one line, for tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.marks import mark

if TYPE_CHECKING:
    from pinhook.installers import Installation


def shown(installation: Installation | None) -> str:
    """The line of the command with its targets marked, ``e:`` and files after, as ``… | -r f -c g local``."""
    if installation is None:
        return "nothing"
    parts = [
        *(f"-r {text}" for text in installation.requirements_files),
        *(f"-c {text}" for text in installation.constraints_files),
        *(f"--group {text}" for text in installation.groups),
        *(f"--script {text}" for text in installation.scripts),
        *(["local"] if installation.only_local else []),
        *(["hashes"] if installation.require_hashes else []),
        *(f"? {problem.place.source.text[slice(*problem.place.span)]}" for problem in installation.problems),
    ]
    here = installation.place.source
    return " ".join([mark(here.text, [target.text.span for target in installation.targets]), "|", *parts]).strip("| ")
