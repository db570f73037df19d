"""The related place of a finding in a requirements file: how the file is reached."""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.finding import Related

if TYPE_CHECKING:
    from pinhook.installers import Installation


def related_location(file: Installation, installation: Installation) -> Related:
    """The command that installs a file; without one, the line that includes it."""
    if installation.file and file.file and file.file.named_at:
        return Related(file.file.named_at, "included here")
    return Related(installation.place, "installed here")
