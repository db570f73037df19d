"""What excuses a name from having a version of its own."""

from __future__ import annotations

from pinhook.light_typing import TYPE_CHECKING
from pinhook.requirements import Direct, Exactness, Named

if TYPE_CHECKING:
    from collections.abc import Callable

    from pinhook.installers import Installation


def excuse(installation: Installation) -> Callable[[Named], bool]:
    """A test of names: whether something else in the command decides the version of one.

    A constraints file bounds every name, ``--no-index`` with ``--find-links`` leaves only what was copied in, and pip
    and uv install a project that is asked for twice in the version that satisfies both.
    """
    included = installation.lists if installation.is_file else ()  # of a command, only the level strict knows them
    if installation.only_local or any(each.constraints_files for each in (installation, *included)):
        return lambda _: True
    pinned = frozenset[str]().union(*map(pinned_names, (installation, *included)))
    return lambda named: named.normalized in pinned


def pinned_names(installation: Installation) -> frozenset[str]:
    """The normalized names of the projects that some target of a command pins."""
    return frozenset(
        target.requirement.normalized
        for target in installation.targets
        if isinstance(target.requirement, Direct)
        or (isinstance(target.requirement, Named) and target.requirement.exactness is Exactness.EXACT)
        if target.requirement.normalized
    )
