"""What to write for each finding: a spelling, a version that the repository has, or one from the package index."""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.fix import uv
from pinhook.fix.image import Image
from pinhook.fix.index_options import UnclearError
from pinhook.fix.pins import has_marker, is_apart, pin, question, specifier_of
from pinhook.fix.requests import Refusal
from pinhook.fix.resolver import name_of
from pinhook.fix.stray import stray_command
from pinhook.fix.typos import respell
from pinhook.requirements import Exactness, Named

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from pinhook.fix.besides import Besides
    from pinhook.fix.index_options import Choice
    from pinhook.fix.requests import Proposal, Wish
    from pinhook.fix.resolver import Found, Resolver
    from pinhook.fix.version_sources import Known, Repository
    from pinhook.repository.repository import Tree


class Means(NamedTuple):
    """Where versions come from.

    Without a resolver, ``unavailable`` says why there is none, in a clause. ``python`` is the version that everything
    is for, whatever ``FROM`` says; ``usual_python`` the one for what says none. ``cutoff`` is the time after which no
    release counts. ``tree`` opens the repository, for the files that a command names.
    """

    repository: Repository
    resolver: Resolver | None = None
    unavailable: str = ""
    python: str = ""
    usual_python: str = ""
    cutoff: str = ""
    tree: Callable[[], Tree] | None = None


class Context(NamedTuple):
    """What decides about the versions of an installation besides its targets.

    ``decide`` reads its options and what it asks for besides, and raises ``UnclearError``. ``unsaid`` is a clause that
    says that there is no word of a version of Python.
    """

    decide: Callable[[], tuple[Choice, Besides]]
    unsaid: str
    image: Image = Image()


class _Command(NamedTuple):
    """What an install command asks for by name.

    ``names`` has the requirement of each project that lacks a version, ``known`` the version that the repository has of
    it. ``stray`` is a word of another command among the targets, ``unknown`` the first one that only the build knows.
    """

    requirements: tuple[str, ...]
    names: Mapping[str, str]
    known: Mapping[str, Known]
    stray: str | None
    unknown: str


class Answers:
    """Answers the wishes of one file; ``contexts`` are those of its steps."""

    def __init__(self, contexts: Sequence[Context], means: Means) -> None:
        self.contexts, self.means = contexts, means
        self._commands: dict[int, _Command] = {}
        self._decided: dict[int, tuple[Choice, Besides] | UnclearError] = {}

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
        command = self._command(wish)
        if command.stray:
            return Refusal(wish, f"{command.stray} begins another command; is && missing in front of it?")
        return self._versioned(wish, named.normalized, command)

    def _command(self, wish: Wish) -> _Command:
        if wish.step not in self._commands:
            python = self.means.python or self.contexts[wish.step].image.python or self.means.usual_python
            self._commands[wish.step] = _command(wish, self.means.repository, python)
        return self._commands[wish.step]

    def _versioned(self, wish: Wish, name: str, command: _Command) -> Proposal | Refusal:
        """A version that the repository has, if the index has it too, or else one from there."""
        if self.means.resolver is None:
            reason = f"no file of the repository has a version of {name}, and {self.means.unavailable}"
            return _unchecked(wish, name, command, reason)
        decided = self._decide(wish.step)
        if isinstance(decided, UnclearError):
            return Refusal(wish, str(decided))
        (choice, besides), context = decided, self.contexts[wish.step]
        python = self.means.python or choice.python or context.image.python or self.means.usual_python
        if not python:
            return _unchecked(wish, name, command, f"{context.unsaid}; give --python-version, or set python-version")
        if not context.image.platform:
            return Refusal(wish, f"uv has no platform for {context.image.machine}")
        requirements, asked_along = command.requirements, besides.requirements
        platform, cutoff = context.image.platform, self.means.cutoff
        asked = uv.Question(requirements, python, platform, choice, cutoff, asked_along, besides.constraints)
        try:
            found = self.means.resolver.resolve(asked, command.names)
        except uv.UnreachableError as error:
            return _unchecked(wish, name, command, str(error))
        except uv.BrokenError as error:
            return Refusal(wish, str(error))
        if found.alone and len({*map(name_of, (*requirements, *asked_along))}) > 1:
            return Refusal(wish, "something has to be built before it is known whether the versions fit each other")
        return _from(found, wish, name, command, python)

    def _decide(self, step: int) -> tuple[Choice, Besides] | UnclearError:
        """The options of a command and what it asks for besides, read once."""
        if step not in self._decided:
            try:
                self._decided[step] = self.contexts[step].decide()
            except UnclearError as error:
                self._decided[step] = error
        return self._decided[step]


def _command(wish: Wish, repository: Repository, python: str) -> _Command:
    installation = wish.installation
    requirements: list[str] = []
    names: dict[str, str] = {}
    known: dict[str, Known] = {}
    unknown = ""
    for target in installation.targets:
        asked, named = question(target), target.requirement
        if asked is None or not isinstance(named, Named) or named.normalized is None:
            unknown = unknown or (str(target.text) if not target.text.is_known else "")
            continue
        requirements.append(asked)
        if named.exactness is not Exactness.EXACT:
            names[named.normalized] = asked
            if version := repository.find(wish, named.normalized, specifier_of(asked), python):
                known[named.normalized] = version
                requirements.append(f"{named.normalized}=={version.version}")
    stray = stray_command(installation.targets)
    return _Command(tuple(dict.fromkeys(requirements)), names, known, stray, unknown)


def _unchecked(wish: Wish, name: str, command: _Command, reason: str) -> Proposal | Refusal:
    """A version of the repository, without an index that has it too; all those of a command are from one file."""
    known = command.known.get(name)
    if known is None:
        return Refusal(wish, reason)
    first = next(iter(command.known.values()))
    if first.origin != known.origin:
        return Refusal(wish, f"whether its version in {known.origin} fits those in {first.origin} is not checked")
    return pin(wish, known.version, known.origin)


def _from(found: Found, wish: Wish, name: str, command: _Command, python: str) -> Proposal | Refusal:
    """What the index has said of a project."""
    known = command.known.get(name)
    if version := found.versions.get(name):
        origin = found.indexes.get(name)
        if known and known.registry and origin and not is_same_index(origin, known.registry):
            return Refusal(wish, f"its version in {known.origin} is from another index")
        if known:
            return pin(wish, known.version, known.origin)
        unguarded = ", which the index says too little about to check it" if name in found.unguarded else ""
        apart = f", whatever {command.unknown} asks for" if command.unknown else ""
        return pin(wish, version, f"the package index, for Python {python}{unguarded}{apart}")
    reason = found.reasons.get(name)
    if has_marker(wish.target) and reason is None:
        return Refusal(wish, f"its marker is false for Python {python}")
    reason = reason or "the package index has no version"
    return Refusal(wish, f"{known.origin} has version {known.version}, but {reason}" if known else reason)


def is_same_index(first: str, second: str) -> bool:
    """Whether two URLs are of one index, credentials and the slash at the end aside."""
    return _plain(first) == _plain(second)


def _plain(url: str) -> str:
    scheme, _, rest = url.partition("://")
    host, slash, path = rest.partition("/")
    return f"{scheme}://{host.rpartition('@')[2].lower()}{slash}{path}".rstrip("/")
