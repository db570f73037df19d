"""Install commands: a command's arguments in, an ``Installation`` out; one module for each tool."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pinhook.installers import pip
from pinhook.installers.installation import Installation, Problem, Target
from pinhook.installers.invocation import find

if TYPE_CHECKING:
    from collections.abc import Collection

    from pinhook.installers.installer import Installer
    from pinhook.shell import SimpleCommand

__all__ = ["INSTALLERS", "Installation", "Problem", "Target", "read"]

INSTALLERS: tuple[Installer, ...] = (pip.INSTALLER,)


def read(command: SimpleCommand, also: Collection[str] = ()) -> Installation | None:
    """What a simple command installs, or ``None`` when it is no install command.

    ``also`` names the installers that are read on request only.
    """
    invocation = find(command)
    if invocation is None:
        return None
    for installer in INSTALLERS:
        if invocation.program in installer.programs and (not installer.on_request or installer.name in also):
            return installer.read(invocation)
    return None
