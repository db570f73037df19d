"""The type of an installer module: ``Installer``."""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from pinhook.installers.installation import Installation
    from pinhook.installers.invocation import Invocation


class Installer(NamedTuple):
    """A tool that installs Python packages.

    ``programs`` are the programs that it parses, named as in ``Invocation``. ``parse`` returns the installation of a
    command, or ``None`` if it installs nothing. ``is_optional``: its commands are checked only if the configuration
    names the tool.
    """

    name: str
    programs: frozenset[str]
    parse: Callable[[Invocation], Installation | None]
    is_optional: bool = False
