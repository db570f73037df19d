"""What a module of this package offers: ``Installer``."""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from pinhook.installers.installation import Installation
    from pinhook.installers.invocation import Invocation


class Installer(NamedTuple):
    """A tool that installs Python packages.

    ``programs`` are the programs it reads, named as in ``Invocation``. ``parse`` returns what a command asks for, or
    ``None`` when it installs nothing. ``on_request`` tells that its commands are read only when the configuration
    names the tool.
    """

    name: str
    programs: frozenset[str]
    parse: Callable[[Invocation], Installation | None]
    on_request: bool = False
