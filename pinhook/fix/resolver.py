"""Versions for all targets of one command: those of uv, unless pip would not install them."""

from __future__ import annotations

from collections import deque
from contextlib import suppress
from functools import cache, partial
from threading import Lock, Thread

from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.bisection import TrialLimit, find_rejected
from pinhook.fix import bounded, old_pips, simple_api, uv, without_builds
from pinhook.fix.pins import specifier_of
from pinhook.requirements.versions import asks_for_prerelease, is_prerelease

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import TypeAlias

    from pinhook.fix.index_options import IndexOptions
    from pinhook.fix.uv import Resolution, ResolveRequest

    VersionRequests: TypeAlias = dict[ResolveRequest, Mapping[str, str]]

_MAX_ATTEMPTS = 8  # maximum number of versions that pip refuses before giving up
MAX_WORKERS = 2
"""Maximum number of commands that are resolved at the same time. uv uses several cores for each."""

_SECONDS_BETWEEN_CALLS = 0.1


class ResolvedVersions(NamedTuple):
    """Versions by normalized name, and why other projects have none. ``unbuilt`` is that of ``uv.Resolution``.

    ``unchecked`` are the projects whose files the index does not list without a password. ``indexes`` are the URLs of
    the indexes of the versions, if known. ``unasked`` is a clause about an index that was left out; empty if none was.
    """

    versions: Mapping[str, str]
    reasons: Mapping[str, str]
    unbuilt: frozenset[str] = frozenset()
    unchecked: frozenset[str] = frozenset()
    indexes: Mapping[str, str] = {}
    unasked: str = ""


class _Batch:
    """Requests that several threads answer.

    ``waiting`` are those that no thread has started, ``asked`` is the number of projects in the answered ones.
    """

    def __init__(self, waiting: deque[tuple[ResolveRequest, Mapping[str, str]]]) -> None:
        self.waiting = waiting
        self.unreachable: set[IndexOptions] = set()
        self.asked = 0


class Resolver:
    """Sends each request once. An index that could not be reached is not asked again."""

    def __init__(
        self,
        ask: Callable[[ResolveRequest], Resolution] = without_builds.resolve,
        files_of: Callable[[str, str], list[simple_api.File] | None] = simple_api.files_of,
    ) -> None:
        self._ask_once, self._files_of = cache(partial(_answer, ask)), cache(files_of)
        self._files_lock = Lock()
        self._results: dict[ResolveRequest, ResolvedVersions | uv.UnreachableError | uv.BrokenError] = {}
        self._stalled: dict[str, simple_api.StalledError] = {}
        self._unreachable: dict[IndexOptions, uv.UnreachableError] = {}
        self.failure: uv.BrokenError | None = None

    def resolve(self, request: ResolveRequest, names: Mapping[str, str]) -> ResolvedVersions:
        """Versions for projects, given by normalized name with their requirements.

        If one of several indexes cannot be reached, only the default index is asked. Raises ``uv.UnreachableError`` and
        ``uv.BrokenError``. After the first one, it is raised again without asking.
        """
        default = request.index_options.default_only
        try:
            return self._resolve(request, names)
        except uv.UnreachableError as error:
            if default == request.index_options:
                raise
            with suppress(uv.UnreachableError):
                found = self._resolve(request._replace(index_options=default), names)
                return found._replace(unasked=f"only the default index was asked ({error})")
            raise

    def _resolve(self, request: ResolveRequest, names: Mapping[str, str]) -> ResolvedVersions:
        if failure := self._unreachable.get(request.index_options):
            raise failure
        if request not in self._results:
            self._results[request] = self._result(request, names)
        result = self._results[request]
        if isinstance(result, uv.UnreachableError):
            self._unreachable[request.index_options] = result
            raise result
        if isinstance(result, uv.BrokenError):
            self.failure = result
            raise result
        return result

    def resolve_all(self, requests: VersionRequests, while_waiting: Callable[[int], object]) -> None:
        """Ask for the versions of several commands, ``MAX_WORKERS`` at a time; ``resolve`` then has them at once.

        ``while_waiting`` is called several times a second with the number of projects that were asked for. What
        ``resolve`` returns and raises is the same as without this call, if it gets the requests in the same order. An
        exception in this thread ends the programs that are waited for.
        """
        new = [
            (request, names)
            for request, names in requests.items()
            if request not in self._results and request.index_options not in self._unreachable
        ]
        batch = _Batch(deque(new))
        threads = [Thread(target=self._answer_requests, args=(batch,), daemon=True) for _ in new[:MAX_WORKERS]]
        bounded.PROGRAMS.allow()
        try:
            for thread in threads:
                thread.start()
            while any(thread.is_alive() for thread in threads):
                for thread in threads:
                    thread.join(_SECONDS_BETWEEN_CALLS / len(threads))
                while_waiting(batch.asked)
        except BaseException:
            batch.waiting.clear()
            bounded.PROGRAMS.end()
            raise

    def _answer_requests(self, batch: _Batch) -> None:
        """Answer requests until none is waiting. An index that cannot be reached is not asked again."""
        with suppress(IndexError):  # no request is waiting
            while True:
                request, names = batch.waiting.popleft()
                if request.index_options in batch.unreachable:
                    continue
                with suppress(Exception):  # it is raised once more where the versions are needed
                    result = self._results[request] = self._result(request, names)
                    if isinstance(result, uv.UnreachableError):
                        batch.unreachable.add(request.index_options)
                batch.asked += len(names)

    def _result(
        self, request: ResolveRequest, names: Mapping[str, str]
    ) -> ResolvedVersions | uv.UnreachableError | uv.BrokenError:
        try:
            return self._resolve_checked(request, names)
        except (uv.UnreachableError, uv.BrokenError) as error:
            return error

    def _resolve_checked(self, request: ResolveRequest, names: Mapping[str, str]) -> ResolvedVersions:
        """Ask until pip would accept the answer."""
        request, reasons = self._possible(request)
        excluded: tuple[str, ...] = ()
        for _ in range(_MAX_ATTEMPTS if request.requirements else 0):
            resolution = self._ask_once(request._replace(requirements=request.requirements + excluded))
            if isinstance(resolution, str):
                first = next(iter(reasons.values()), resolution) if excluded else resolution
                return ResolvedVersions({}, dict.fromkeys(names, first) | reasons)
            bad = {name: why for name in names if (why := self._objection(resolution, name, names[name], request))}
            wrong = {name: resolution.versions[name] for name, why in bad.items() if why.startswith("its version")}
            reasons |= bad
            if not wrong:
                versions = {name: version for name, version in resolution.versions.items() if name not in bad}
                unchecked = frozenset(
                    name for name in versions if name in names and self._is_unchecked(resolution, name)
                )
                return ResolvedVersions(versions, reasons, resolution.unbuilt, unchecked, resolution.indexes)
            excluded += tuple(
                f"{name}!={each}"
                for name, version in wrong.items()
                for each in dict.fromkeys((version, *self._not_taken(resolution, name, request)))
            )
        return ResolvedVersions({}, reasons)

    def _possible(self, request: ResolveRequest) -> tuple[ResolveRequest, dict[str, str]]:
        """The request without the projects that have no version even alone, and the reason for each.

        For n words, k of which have none, this takes about 2 k log n requests.
        """
        kept: list[str] = []
        by_name: dict[str, list[str]] = {}
        for requirement in request.requirements:
            by_name.setdefault(uv.name_of(requirement), []).append(requirement)
        whole = self._reason(request)
        alone = self._reason(request._replace(requirements=())) if whole and request.further else ""
        if not whole or alone:
            return (request, {}) if not whole else (request._replace(requirements=()), dict.fromkeys(by_name, alone))
        reasons = dict.fromkeys(by_name, "too many words of the command have no version")

        def accepts(names: list[str]) -> bool:
            requirements = [each for name in names for each in by_name[name]]
            reason = self._reason(request._replace(requirements=tuple(requirements)))
            if not reason:
                kept.extend(requirements)
            elif len(names) == 1:
                reasons[names[0]] = reason
            return not reason

        limit = TrialLimit(uv.MAX_REQUESTS, uv.MAX_SECONDS)
        rejected = find_rejected(list(by_name), limit.counted(accepts), lambda: limit.is_reached)
        return request._replace(requirements=tuple(kept)), {name: reasons[name] for name in rejected}

    def _reason(self, request: ResolveRequest) -> str:
        """Why some requirements have no versions; empty if they have."""
        resolution = self._ask_once(request)
        return resolution if isinstance(resolution, str) else ""

    def _files(self, resolution: Resolution, name: str) -> list[simple_api.File] | None:
        """The files of a project in the index. Raises ``simple_api.PageError``.

        An index that stalls is not asked again.
        """
        origin = resolution.indexes.get(name)
        if origin in self._stalled:
            raise self._stalled[origin]
        try:
            with self._files_lock:  # two threads may want the same page
                return None if origin is None else self._files_of(origin, name)
        except simple_api.StalledError as error:
            self._stalled[str(origin)] = error
            raise

    def _not_taken(self, resolution: Resolution, name: str, request: ResolveRequest) -> list[str]:
        """The versions of a project that an old pip does not take."""
        if not old_pips.is_old(request.pip):
            return []
        files = self._files(resolution, name) or []
        return simple_api.versions_not_taken(files, request.pip, request.python, request.platform)

    def _is_unchecked(self, resolution: Resolution, name: str) -> bool:
        return self._files(resolution, name) is None

    def _objection(self, resolution: Resolution, name: str, requirement: str, request: ResolveRequest) -> str | None:
        version = resolution.versions.get(name)
        try:
            files = None if version is None else self._files(resolution, name)
        except simple_api.PageError as error:
            return f"the package index {error}"
        if version is None or files is None:
            return None
        if reason := simple_api.objection(files, version, request.python):
            return reason
        if version in self._not_taken(resolution, name, request):
            return f"its version {version} has no file that pip {request.pip} takes"
        is_asked_for = request.index_options.prereleases or asks_for_prerelease(specifier_of(requirement))
        if is_prerelease(version) and not is_asked_for and simple_api.has_final(files):
            return f"only the pre-release {version} fits, and pip installs pre-releases only on request"
        return None


class Recorder(Resolver):
    """Asks nothing, and keeps the requests instead."""

    def __init__(self) -> None:
        super().__init__()
        self.requests: VersionRequests = {}

    def resolve(self, request: ResolveRequest, names: Mapping[str, str]) -> ResolvedVersions:
        """Raises ``uv.UnreachableError``."""
        self.requests.setdefault(request, names)
        raise uv.UnreachableError("nothing is asked yet")


def _answer(ask: Callable[[ResolveRequest], Resolution], request: ResolveRequest) -> Resolution | str:
    """The versions, or the reason why none fit. Raises ``uv.UnreachableError`` and ``uv.BrokenError``."""
    try:
        return ask(request)
    except (uv.UnreachableError, uv.BrokenError):
        raise
    except uv.NoVersionsError as error:
        return str(error)
