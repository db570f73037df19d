"""What to write for each finding of a file: a spelling, a version that the repository has, or one from the index."""

from __future__ import annotations

from pinhook import dockerfile
from pinhook.fix import uv
from pinhook.fix.fixing import DEFAULT, make
from pinhook.fix.image import images
from pinhook.fix.options import UnclearError, choice_of
from pinhook.fix.pins import has_marker, pin, question, specifier_of
from pinhook.fix.spelling import respell
from pinhook.fix.steps import steps_of
from pinhook.fix.suggestions import suggestion
from pinhook.fix.wishes import Proposal, Refusal, wishes
from pinhook.light_typing import TYPE_CHECKING, NamedTuple
from pinhook.requirements import Exactness, Named

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pinhook.finding import Finding
    from pinhook.fix.fixing import Checks, Fixed
    from pinhook.fix.image import Image
    from pinhook.fix.repository import Known, Repository
    from pinhook.fix.resolving import Resolver
    from pinhook.fix.steps import Step
    from pinhook.fix.wishes import Wish
    from pinhook.installers import Target
    from pinhook.source import Source


class Means(NamedTuple):
    """Where versions come from.

    Without a resolver, ``unavailable`` says why there is none, in a clause. ``python`` stands in for what ``FROM``
    says, and ``cutoff`` is the time after which no release counts.
    """

    repository: Repository
    resolver: Resolver | None = None
    unavailable: str = ""
    python: str = ""
    cutoff: str = ""


def fix(source: Source, means: Means, checks: Checks = DEFAULT) -> Fixed:
    """Fix what can be fixed of a file; raises nothing but what ``checks`` do."""
    parsed = dockerfile.parse(source)
    steps = steps_of(parsed, checks.also)
    findings = checks.check(source).findings
    plan = _Plan(steps, images(parsed), means)
    answers = [plan.answer(wish) for wish in wishes(steps, findings)]
    fixed = make(source, answers, checks)
    return _with_quotes(fixed, answers, checks) if any(each.wish.target.swallowed for each in fixed.refused) else fixed


def _with_quotes(fixed: Fixed, answers: Sequence[Proposal | Refusal], checks: Checks) -> Fixed:
    """The same with the swallowed specifiers that could not be pinned in quotes: they are ranges from now on."""
    quoted: list[Proposal | Refusal] = []
    ranges: list[Refusal] = []
    for refusal in (each for each in fixed.refused if each.wish.target.swallowed):
        finding = refusal.wish.finding
        spelling = suggestion(fixed.before, [each.wish for each in answers if each.wish.finding is finding], checks)
        quoted += spelling
        ranges += [_of_range(each, refusal.reason) for each in spelling]
    kept = [each for each in answers if each.wish.finding not in [other.wish.finding for other in quoted]]
    again = make(fixed.before, [*kept, *quoted], checks)
    return again._replace(refused=(*again.refused, *ranges))


def _of_range(quoted: Proposal, reason: str) -> Refusal:
    """Why the range is no pin, for the finding that there is about it once it is in quotes."""
    finding: Finding = quoted.wish.finding._replace(code="PIN002", target=quoted.text)
    return Refusal(quoted.wish._replace(finding=finding), reason)


class _Plan:
    def __init__(self, steps: Sequence[Step], base: Sequence[Image], means: Means) -> None:
        self.steps, self.base, self.means = steps, base, means

    def answer(self, wish: Wish) -> Proposal | Refusal:
        if spelling := respell(wish):
            return spelling
        named, asked = wish.target.requirement, question(wish.target)
        if not isinstance(named, Named) or named.normalized is None:
            return Refusal(wish, "what is meant is not certain")
        if asked is None:
            return Refusal(wish, "only the build knows all of it")
        if named.exactness is Exactness.NONE or (named.exactness is Exactness.EXACT and wish.target.swallowed):
            return Refusal(wish, "its versions contradict each other")
        if known := self.known(wish, wish.target):
            return pin(wish, known.version, known.origin)
        return self.resolved(wish, named.normalized)

    def known(self, wish: Wish, target: Target) -> Known | None:
        """What the repository says about a target of the same command."""
        asked = question(target)
        name = isinstance(target.requirement, Named) and target.requirement.normalized
        return self.means.repository.find(wish, name, specifier_of(asked)) if asked and name else None

    def resolved(self, wish: Wish, name: str) -> Proposal | Refusal:
        """A version from the index, for all targets of the command together."""
        resolver, image = self.means.resolver, self.base[self.steps[wish.step].number]
        if resolver is None:
            return Refusal(wish, f"no file of the repository has a version of {name}, and {self.means.unavailable}")
        try:
            choice = choice_of(self.steps[wish.step])
        except UnclearError as error:
            return Refusal(wish, str(error))
        python = self.means.python or choice.python or image.python
        if not python:
            return Refusal(wish, f"the Python of {image.name or 'the image'} is not known; give --python-version")
        requirements = tuple(dict.fromkeys(self.requirements(wish)))
        asked = uv.Question(requirements, python, image.platform, choice, self.means.cutoff)
        try:
            found = resolver.resolve(asked, self.names(wish))
        except (uv.UnreachableError, uv.BrokenError) as error:
            return Refusal(wish, str(error))
        if version := found.versions.get(name):
            alone = ", not checked against the others" if found.alone and len(requirements) > 1 else ""
            unguarded = ", which the index says too little about to check it" if name in found.unguarded else ""
            return pin(wish, version, f"the package index, for Python {python}{unguarded}{alone}")
        if has_marker(wish.target) and name not in found.reasons:
            return Refusal(wish, f"its marker is false for Python {python}")
        return Refusal(wish, found.reasons.get(name, "the package index has no version"))

    def requirements(self, wish: Wish) -> Iterator[str]:
        """What the command asks for by name, and the versions that the repository has of that."""
        for target in wish.installation.targets:
            if asked := question(target):
                yield asked
                if (known := self.known(wish, target)) and isinstance(target.requirement, Named):
                    yield f"{target.requirement.normalized}=={known.version}"

    def names(self, wish: Wish) -> dict[str, str]:
        """The projects whose versions are wanted, with what asks for each."""
        return {
            target.requirement.normalized: asked
            for target in wish.installation.targets
            if isinstance(target.requirement, Named) and target.requirement.normalized
            if target.requirement.exactness is not Exactness.EXACT and (asked := question(target))
        }
