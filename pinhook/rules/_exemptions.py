"""Exemptions: why a name needs no version of its own."""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.installers import NO_FILES
from pinhook.requirements import Direct, Exactness, Malformed, Named, Ref

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pinhook.installers import FollowedFiles, Installation, Target
    from pinhook.requirements import Requirement


def unconstrained(
    installation: Installation,
    exactness: Exactness,
    files: FollowedFiles = NO_FILES,
) -> Iterator[tuple[Target, Named]]:
    """The targets whose names have this exactness, if nothing else in the command decides their version.

    A constraints file decides the version of every name. ``--no-index`` with ``--find-links`` allows only files that
    were copied in. pip and uv install a project that is named twice in a version that satisfies both targets. A target
    with a swallowed specifier is reported by another rule.
    """
    found = [
        (target, target.requirement)
        for target in installation.targets
        if isinstance(target.requirement, Named) and target.requirement.exactness is exactness and not target.swallowed
    ]
    # a level must not remove findings: the files of a command, which only stricter levels follow, exempt nothing
    included = files.requirements if installation.file else ()
    if not found or installation.only_local or any(each.constraints_files for each in (installation, *included)):
        return
    pinned = {name for each in (installation, *included) for name in pinned_names(each)}
    yield from (each for each in found if each[1].normalized not in pinned)


def reported_by_default(installation: Installation, targets: Sequence[Target]) -> list[Target]:
    """The targets that a rule of the level default would report as targets of the command."""
    loose = (Exactness.ANY, Exactness.INEXACT)
    named = [each for each in targets if isinstance(each.requirement, Named) and each.requirement.exactness in loose]
    command = installation._replace(targets=(*installation.targets, *named))
    reported = {id(target) for exactness in loose for target, _ in unconstrained(command, exactness)}
    return [each for each in targets if id(each) in reported or each.swallowed or _is_always_reported(each.requirement)]


def _is_always_reported(requirement: Requirement) -> bool:
    match requirement:
        case Malformed() | Direct(ref=Ref.MISSING) | Named(exactness=Exactness.NONE):
            return True
        case _:
            return False


def pinned_names(installation: Installation) -> frozenset[str]:
    """The normalized names of the projects that a target of a command pins."""
    return frozenset(
        target.requirement.normalized
        for target in installation.targets
        if isinstance(target.requirement, Direct)
        or (isinstance(target.requirement, Named) and target.requirement.exactness is Exactness.EXACT)
        if target.requirement.normalized
    )
