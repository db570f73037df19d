"""Fix requests: the findings that name a project, and their targets."""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.finding import Fix
from pinhook.rules import FIXABLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pinhook.finding import Edit, Finding
    from pinhook.fix.image.python import Python
    from pinhook.installers import Installation, Target


class FixRequest(NamedTuple):
    """A finding and one of its targets: number ``at`` of the step with number ``step``.

    The steps of a Dockerfile are its simple commands. A requirements file is one step.
    """

    finding: Finding
    step: int
    at: int
    target: Target
    installation: Installation


class PlannedFix(NamedTuple):
    """A fix for a request.

    ``text`` is the target with the fix, ``origin`` the source of the version, ``python`` the Python that it is for.
    """

    request: FixRequest
    fix: Fix
    text: str
    origin: str = ""
    python: Python | None = None


class Difference(NamedTuple):
    """A change by an edit other than to its words. ``reason`` is a clause for a message.

    ``step`` and ``at`` identify the changed target, as in ``FixRequest``; ``None`` if it is no single target. ``words``
    are the changed words that are not targets, before the change.
    """

    reason: str
    step: int | None = None
    at: int | None = None
    words: str = ""


class Unfixable(NamedTuple):
    """A request that cannot be fixed, and the reason: a clause for a message.

    ``python``, for an unsafe fix, is the Python with the caveats that make it unsafe.
    """

    request: FixRequest
    reason: str
    python: Python | None = None


def fix_requests(installations: Sequence[Installation | None], findings: Iterable[Finding]) -> Iterator[FixRequest]:
    """The requests for some findings, given the installation of each step.

    A finding may have several requests: a value is used more than once, or a loop has several iterations.
    """
    by_target = {target.text: each for each in findings if each.code in FIXABLE for target in each.subjects}
    for number, installation in enumerate(installations):
        for at, target in enumerate(installation.targets if installation else ()):
            if installation and (finding := by_target.get(target.text)):
                yield FixRequest(finding, number, at, target, installation)


def planned_fix(request: FixRequest, edits: Sequence[Edit], text: str, origin: str = "") -> PlannedFix:
    """A planned fix as a ``Fix`` with a description: ``write flask==3.0.0``."""
    return PlannedFix(request, Fix(f"write {text}", tuple(edits)), text, origin)
