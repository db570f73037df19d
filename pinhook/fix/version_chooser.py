"""Choose the text for each fix request: a spelling, a version of the repository, or one from the package index."""

from __future__ import annotations

from pinhook._startup.lazy_re import regex
from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.fix import old_pips, uv
from pinhook.fix.further_requirements import FIT
from pinhook.fix.given_options import UndecidableOptionsError
from pinhook.fix.image.contradiction import Contradiction
from pinhook.fix.image.python import Evidence, Python, UnknownPython
from pinhook.fix.pins import askable_requirement, has_marker, is_separate_word, pin, specifier_of
from pinhook.fix.requests import Unfixable
from pinhook.fix.stray import stray_command
from pinhook.fix.typos import fix_typo
from pinhook.requirements import Exactness, Named
from pinhook.source import Source, SourceError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from pinhook.fix.further_requirements import FurtherRequirements
    from pinhook.fix.image.base import ImageSettings
    from pinhook.fix.index_options import IndexOptions
    from pinhook.fix.requests import FixRequest, PlannedFix
    from pinhook.fix.resolver import ResolvedVersions, Resolver
    from pinhook.fix.version_sources import LockedVersion, LockedVersions
    from pinhook.repository.repository import Repository


_OBVIOUS_EVIDENCE = regex(r"(?:pip|python)[0-9.]*|/.*|.*-version")
"""Evidence that a message does not repeat, because the command, an option or a setting contains it."""


class VersionSources(NamedTuple):
    """The sources of versions.

    ``unavailable``      a clause: why there is no resolver
    ``python``           the version of Python for everything, whatever ``FROM`` says
    ``default_python``   the version of Python if the Dockerfile says none
    ``cutoff``           the time after which releases are ignored
    ``images``           the settings about images
    ``open_repository``  opens the repository, for the files that a command names
    """

    repository: LockedVersions
    resolver: Resolver | None = None
    unavailable: str = ""
    python: str = ""
    default_python: str = ""
    cutoff: str = ""
    images: ImageSettings | None = None
    open_repository: Callable[[], Repository] | None = None
    unsafe: bool = False

    def load(self, path: str) -> Source | None:
        """A Dockerfile of the repository by its path; ``None`` if it cannot be read."""
        data = self.open_repository().read(path) if self.open_repository else None
        try:
            return Source.decode(path, data) if data is not None else None
        except SourceError:
            return None


class InstallContext(NamedTuple):
    """The context of an installation, which influences the choice of versions.

    ``decide`` gives its options and further requirements, and raises ``UndecidableOptionsError``.
    """

    decide: Callable[[], tuple[IndexOptions, FurtherRequirements]]
    python: Python | UnknownPython
    platform: str = "x86_64-unknown-linux-gnu"
    docker_platform: str = "linux/amd64"
    caveats: tuple[str, ...] = ()
    installed: frozenset[str] = frozenset()


class _Command(NamedTuple):
    """The names that an install command requests.

    ``names``     the requirement of each project that lacks a version
    ``known``     the version that the repository has of each project
    ``stray``     a word of another command among the targets
    ``unknown``   the first target that only the build knows
    """

    requirements: tuple[str, ...]
    names: Mapping[str, str]
    known: Mapping[str, LockedVersion]
    stray: str | None
    unknown: str


class VersionChooser:
    """Chooses the fixes of one file. ``contexts`` are those of its steps."""

    def __init__(self, contexts: Sequence[InstallContext], sources: VersionSources) -> None:
        self.contexts, self.sources = contexts, sources
        self._commands: dict[int, _Command] = {}
        self._decided: dict[int, tuple[IndexOptions, FurtherRequirements] | UndecidableOptionsError] = {}

    def choose(self, request: FixRequest) -> PlannedFix | Unfixable:
        """The planned fix, or why there is none."""
        if typo_fix := fix_typo(request):
            return typo_fix
        named, requirement = request.target.requirement, askable_requirement(request.target)
        if not isinstance(named, Named) or named.normalized is None:
            return Unfixable(request, "what is meant is not certain")
        if is_separate_word(request.target):
            return Unfixable(request, "its version is a word of its own")
        if requirement is None:
            return Unfixable(request, "only the build knows a part of it")
        if named.exactness is Exactness.NONE or (named.exactness is Exactness.EXACT and request.target.swallowed):
            return Unfixable(request, "its versions contradict each other")
        command = self._command(request)
        if command.stray:
            return Unfixable(request, f"{command.stray} starts another command; write && before it")
        return self._versioned(request, named.normalized, command)

    def _command(self, request: FixRequest) -> _Command:
        if request.step not in self._commands:
            python = choose_python("", self.contexts[request.step].python, self.sources)
            version = python.for_resolver if isinstance(python, Python) else ""
            self._commands[request.step] = _command(request, self.sources.repository, version)
        return self._commands[request.step]

    def _versioned(self, request: FixRequest, name: str, command: _Command) -> PlannedFix | Unfixable:
        """A version of the repository, if the index has it too, or else one from the index."""
        if self.sources.resolver is None:
            reason = f"no file of the repository has a version of {name}, and {self.sources.unavailable}"
            return _from_repository(request, name, command, reason)
        decided = self._decide(request.step)
        if isinstance(decided, UndecidableOptionsError):
            return Unfixable(request, str(decided))
        (index_options, further), context = decided, self.contexts[request.step]
        python = choose_python(index_options.python, context.python, self.sources)
        if isinstance(python, UnknownPython):
            return _from_repository(
                request, name, command, f"{python.reason}; give --python-version, or set default-python-version"
            )
        if not context.platform:
            return Unfixable(request, f"uv has no platform for {context.docker_platform}")
        requirements, asked_along = command.requirements, further.requirements
        platform, cutoff = context.platform, self.sources.cutoff
        requirement = uv.ResolveRequest(
            requirements,
            python.for_resolver,
            platform,
            index_options,
            cutoff,
            asked_along,
            further.constraints,
            python.pip if old_pips.is_old(python.pip) else "",
        )
        try:
            found = self.sources.resolver.resolve(requirement, command.names)
        except uv.UnreachableError as error:
            return _from_repository(request, name, command, str(error))
        except uv.BrokenError as error:
            return Unfixable(request, str(error))
        answer = _from_index(found, request, name, command, python)
        stays_in_folder = len({*map(uv.name_of, (*requirements, *asked_along))}) == 1
        caveats = (
            *_unbuilt(() if stays_in_folder else found.unbuilt),
            *further.unknown,
            *index_options.caveats,
            *filter(None, [found.unasked]),
            *python.caveats,
            *(context.caveats if python is context.python else ()),
        )
        if name in context.installed:
            caveats = (*caveats, f"{name} may be installed already, and is kept without an option like --upgrade")
        return _with_caveats(answer, python, tuple(dict.fromkeys(caveats)), allows_unsafe=self.sources.unsafe)

    def _decide(self, step: int) -> tuple[IndexOptions, FurtherRequirements] | UndecidableOptionsError:
        """The options and further requirements of a command, cached."""
        if step not in self._decided:
            try:
                self._decided[step] = self.contexts[step].decide()
            except UndecidableOptionsError as error:
                self._decided[step] = error
        return self._decided[step]


def _unbuilt(names: Iterable[str]) -> Iterator[str]:
    """A clause about projects whose requirements are unknown."""
    if names := sorted(names):
        need = f"and {len(names) - 1} more need" if len(names) > 1 else "needs"
        yield f"what {names[0]} {need} is only known after a build, {FIT}"


def choose_python(named: str, known: Python | UnknownPython, sources: VersionSources) -> Python | UnknownPython:
    """The Python to resolve for, or why it is unknown.

    In order of priority: the version in the command, ``--python-version``, the Dockerfile, the setting for the default.
    """
    if isinstance(known, Contradiction):
        return known
    if named:
        finer = [each for each in (known, Python(sources.python)) if isinstance(each, Python) and each.series == named]
        return finer[0] if finer else Python(named)
    if sources.python:
        return Python(sources.python, evidence=(Evidence(None, "--python-version"),))
    if isinstance(known, UnknownPython) and sources.default_python:
        return Python(sources.default_python, evidence=(Evidence(None, "default-python-version"),))
    return known


def _with_caveats(
    answer: PlannedFix | Unfixable, python: Python, caveats: tuple[str, ...], *, allows_unsafe: bool
) -> PlannedFix | Unfixable:
    """The answer with its caveats. An unsafe fix is refused, except on request."""
    if isinstance(answer, Unfixable):
        return answer
    made = answer._replace(python=python._replace(caveats=caveats))
    if not caveats or allows_unsafe:
        return made
    reason = f"{'; '.join(caveats)}; --unsafe-fixes writes {answer.text}"
    return Unfixable(answer.request, reason, made.python)


def _command(request: FixRequest, repository: LockedVersions, python: str) -> _Command:
    installation = request.installation
    requirements: list[str] = []
    names: dict[str, str] = {}
    locked: dict[str, LockedVersion] = {}
    unknown = ""
    for target in installation.targets:
        requirement, named = askable_requirement(target), target.requirement
        if requirement is None or not isinstance(named, Named) or named.normalized is None:
            unknown = unknown or (str(target.text) if not target.text.is_known else "")
            continue
        requirements.append(requirement)
        if named.exactness is not Exactness.EXACT:
            names[named.normalized] = requirement
            if version := repository.find(request, named.normalized, specifier_of(requirement), python):
                locked[named.normalized] = version
                requirements.append(f"{named.normalized}=={version.version}")
    stray = stray_command(installation.targets)
    return _Command(tuple(dict.fromkeys(requirements)), names, locked, stray, unknown)


def _from_repository(request: FixRequest, name: str, command: _Command, reason: str) -> PlannedFix | Unfixable:
    """A version of the repository that is not checked with an index.

    All those of a command must come from one file, or else there is no fix.
    """
    locked = command.known.get(name)
    if locked is None:
        return Unfixable(request, reason)
    first = next(iter(command.known.values()))
    if first.origin != locked.origin:
        return Unfixable(request, f"whether its version in {locked.origin} fits those in {first.origin} is not checked")
    return pin(request, locked.version, locked.origin)


def _from_index(
    found: ResolvedVersions, request: FixRequest, name: str, command: _Command, python: Python
) -> PlannedFix | Unfixable:
    """The answer of the index for a project."""
    locked = command.known.get(name)
    if version := found.versions.get(name):
        origin = found.indexes.get(name)
        if locked and locked.index_url and origin and not is_same_index(origin, locked.index_url):
            return Unfixable(request, f"its version in {locked.origin} is from another index")
        if locked:
            return pin(request, locked.version, locked.origin)
        unchecked = ", which cannot be checked with this index" if name in found.unchecked else ""
        apart = f", whatever {command.unknown} asks for" if command.unknown else ""
        pip = f" with pip {python.pip}" if old_pips.is_old(python.pip) else ""
        return pin(request, version, f"the package index, for {python_clause(python)}{pip}{unchecked}{apart}")
    reason = found.reasons.get(name)
    if has_marker(request.target) and reason is None:
        return Unfixable(request, f"its marker is false for Python {python}")
    reason = reason or "the package index has no version"
    return Unfixable(request, f"{locked.origin} has version {locked.version}, but {reason}" if locked else reason)


def python_clause(python: Python) -> str:
    """A Python with its image: ``Python 3.10.12 of ubuntu:22.04``."""
    root = python.evidence[0].clause.rpartition(" on ")[2] if python.evidence else ""
    return f"Python {python}" + (f" of {root}" if root and not _OBVIOUS_EVIDENCE.fullmatch(root) else "")


def is_same_index(first: str, second: str) -> bool:
    """Whether two URLs name the same index, ignoring credentials and a slash at the end."""
    return _plain(first) == _plain(second)


def _plain(url: str) -> str:
    scheme, _, rest = url.partition("://")
    host, slash, path = rest.partition("/")
    return f"{scheme}://{host.rpartition('@')[2].lower()}{slash}{path}".rstrip("/")
