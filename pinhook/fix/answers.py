"""What to write for each finding: a spelling, a version that the repository has, or one from the package index."""

from __future__ import annotations

from pinhook.fix import uv
from pinhook.fix.image import Image
from pinhook.fix.options import UnclearError
from pinhook.fix.pins import has_marker, is_apart, pin, question, specifier_of
from pinhook.fix.spelling import respell
from pinhook.fix.wishes import Refusal
from pinhook.light_typing import TYPE_CHECKING, NamedTuple
from pinhook.requirements import Exactness, Named

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pinhook.fix.options import Choice
    from pinhook.fix.repository import Known, Repository
    from pinhook.fix.resolving import Resolver
    from pinhook.fix.wishes import Proposal, Wish
    from pinhook.installers import Target


class Means(NamedTuple):
    """Where versions come from.

    Without a resolver, ``unavailable`` says why there is none, in a clause. ``python`` is the version that everything
    is for, whatever ``FROM`` says; ``usual_python`` the one for what says none. ``cutoff`` is the time after which no
    release counts.
    """

    repository: Repository
    resolver: Resolver | None = None
    unavailable: str = ""
    python: str = ""
    usual_python: str = ""
    cutoff: str = ""


class Context(NamedTuple):
    """What decides about the versions of an installation besides its targets.

    ``choice`` reads its options and raises ``UnclearError``. ``unsaid`` is a clause that says that there is no word of
    a version of Python. ``besides`` are requirements that hold as well.
    """

    choice: Callable[[], Choice]
    unsaid: str
    image: Image = Image()
    besides: tuple[str, ...] = ()


class Answers:
    """Answers the wishes of one file; ``contexts`` are those of its steps."""

    def __init__(self, contexts: Sequence[Context], means: Means) -> None:
        self.contexts, self.means = contexts, means

    def answer(self, wish: Wish) -> Proposal | Refusal:
        """What to write, or why nothing can be written."""
        if spelling := respell(wish):
            return spelling
        named, asked = wish.target.requirement, question(wish.target)
        if not isinstance(named, Named) or named.normalized is None:
            return Refusal(wish, "what is meant is not certain")
        if is_apart(wish.target):
            return Refusal(wish, "its version is a word of its own")
        if asked is None:
            return Refusal(wish, "only the build knows all of it")
        if named.exactness is Exactness.NONE or (named.exactness is Exactness.EXACT and wish.target.swallowed):
            return Refusal(wish, "its versions contradict each other")
        if known := self._known(wish, wish.target):
            return pin(wish, known.version, known.origin)
        return self._resolved(wish, named.normalized)

    def _known(self, wish: Wish, target: Target) -> Known | None:
        """What the repository says about a target of the same command."""
        asked = question(target)
        name = isinstance(target.requirement, Named) and target.requirement.normalized
        return self.means.repository.find(wish, name, specifier_of(asked)) if asked and name else None

    def _resolved(self, wish: Wish, name: str) -> Proposal | Refusal:
        """A version from the index, for all targets of the command together."""
        resolver, context = self.means.resolver, self.contexts[wish.step]
        if resolver is None:
            return Refusal(wish, f"no file of the repository has a version of {name}, and {self.means.unavailable}")
        try:
            choice = context.choice()
        except UnclearError as error:
            return Refusal(wish, str(error))
        python = self.means.python or choice.python or context.image.python or self.means.usual_python
        if not python:
            return Refusal(wish, f"{context.unsaid}; give --python-version, or set python-version")
        requirements = tuple(dict.fromkeys((*self._requirements(wish), *context.besides)))
        asked = uv.Question(requirements, python, context.image.platform, choice, self.means.cutoff)
        try:
            found = resolver.resolve(asked, _names(wish))
        except (uv.UnreachableError, uv.BrokenError) as error:
            return Refusal(wish, str(error))
        if version := found.versions.get(name):
            alone = ", not checked against the others" if found.alone and len(requirements) > 1 else ""
            unguarded = ", which the index says too little about to check it" if name in found.unguarded else ""
            return pin(wish, version, f"the package index, for Python {python}{unguarded}{alone}")
        if has_marker(wish.target) and name not in found.reasons:
            return Refusal(wish, f"its marker is false for Python {python}")
        return Refusal(wish, found.reasons.get(name, "the package index has no version"))

    def _requirements(self, wish: Wish) -> Iterator[str]:
        """What the command asks for by name, and the versions that the repository has of that."""
        for target in wish.installation.targets:
            if asked := question(target):
                yield asked
                if (known := self._known(wish, target)) and isinstance(target.requirement, Named):
                    yield f"{target.requirement.normalized}=={known.version}"


def _names(wish: Wish) -> dict[str, str]:
    """The projects whose versions are wanted, with what asks for each."""
    return {
        target.requirement.normalized: asked
        for target in wish.installation.targets
        if isinstance(target.requirement, Named) and target.requirement.normalized
        if target.requirement.exactness is not Exactness.EXACT and (asked := question(target))
    }
