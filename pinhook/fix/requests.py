"""What is to be fixed: the findings that name a project, and the targets that they are about."""

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
    """A finding, and one of the targets that it is about: the ``at``-th of the ``step``-th step.

    The steps of a Dockerfile are its simple commands; a requirements file is one step.
    """

    finding: Finding
    step: int
    at: int
    target: Target
    installation: Installation


class PlannedFix(NamedTuple):
    """A fix for a request.

    ``text`` is the target with the fix, ``origin`` where a version is from, ``python`` the Python that it is for.
    """

    request: FixRequest
    fix: Fix
    text: str
    origin: str = ""
    python: Python | None = None


class Difference(NamedTuple):
    """Something that an edit changes besides the words it is meant for; ``reason`` is a clause for a message.

    ``step`` is the step that changes, and ``at`` its target, as in ``FixRequest``; ``None`` where it is none in
    particular. ``words`` are those that change where they are no targets, as they were.
    """

    reason: str
    step: int | None = None
    at: int | None = None
    words: str = ""


class Unfixable(NamedTuple):
    """A request that cannot be fulfilled, and why: a clause for a message.

    ``python`` is there for a fix that is not safe: it is the Python with what makes the fix unsafe.
    """

    request: FixRequest
    reason: str
    python: Python | None = None


def fix_requests(installations: Sequence[Installation | None], findings: Iterable[Finding]) -> Iterator[FixRequest]:
    """The requests about some findings, given what each step of their document installs.

    Several may be about one finding: a value is used more than once, a loop has turns.
    """
    by_target = {target.text: each for each in findings if each.code in FIXABLE for target in each.subjects}
    for number, installation in enumerate(installations):
        for at, target in enumerate(installation.targets if installation else ()):
            if installation and (finding := by_target.get(target.text)):
                yield FixRequest(finding, number, at, target, installation)


def planned_fix(request: FixRequest, edits: Sequence[Edit], text: str, origin: str = "") -> PlannedFix:
    """A fix that is described as people would: ``write flask==3.0.0``."""
    return PlannedFix(request, Fix(f"write {text}", tuple(edits)), text, origin)
