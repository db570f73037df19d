"""What excuses a name from having a version of its own."""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.requirements import Direct, Exactness, Malformed, Named, Ref

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pinhook.installers import Installation, Target
    from pinhook.requirements import Requirement


def unconstrained(installation: Installation, exactness: Exactness) -> Iterator[tuple[Target, Named]]:
    """The targets whose names are that exact, where nothing else in the command decides the version.

    A constraints file bounds every name, ``--no-index`` with ``--find-links`` leaves only what was copied in, and pip
    and uv install a project that is asked for twice in the version that satisfies both. A target with a swallowed
    specifier has another flaw.
    """
    found = [
        (target, target.requirement)
        for target in installation.targets
        if isinstance(target.requirement, Named) and target.requirement.exactness is exactness and not target.swallowed
    ]
    included = (
        installation.followed_files if installation.is_file else ()
    )  # of a command, only the level strict knows them
    if not found or installation.only_local or any(each.constraints_files for each in (installation, *included)):
        return
    pinned = {name for each in (installation, *included) for name in pinned_names(each)}
    yield from (each for each in found if each[1].normalized not in pinned)


def flawed(installation: Installation, targets: Sequence[Target]) -> list[Target]:
    """Those of some targets that a rule of the level default would report, were they targets of the command."""
    loose = (Exactness.ANY, Exactness.INEXACT)
    named = [each for each in targets if isinstance(each.requirement, Named) and each.requirement.exactness in loose]
    command = installation._replace(targets=(*installation.targets, *named))
    reported = {id(target) for exactness in loose for target, _ in unconstrained(command, exactness)}
    return [each for each in targets if id(each) in reported or each.swallowed or _is_refused(each.requirement)]


def _is_refused(requirement: Requirement) -> bool:
    match requirement:
        case Malformed() | Direct(ref=Ref.MISSING) | Named(exactness=Exactness.NONE):
            return True
        case _:
            return False


def pinned_names(installation: Installation) -> frozenset[str]:
    """The normalized names of the projects that some target of a command pins."""
    return frozenset(
        target.requirement.normalized
        for target in installation.targets
        if isinstance(target.requirement, Direct)
        or (isinstance(target.requirement, Named) and target.requirement.exactness is Exactness.EXACT)
        if target.requirement.normalized
    )
