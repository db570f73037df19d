"""Versions that fit together, by requests to uv, without building anything on this machine."""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.bisection import TrialLimit, find_rejected
from pinhook.fix import uv
from pinhook.requirements import normalize

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pinhook.fix.uv import Resolution, ResolveRequest


def resolve(request: ResolveRequest) -> Resolution:
    """The versions that fit. Raises ``NoVersionsError``, ``UnreachableError`` and ``BrokenError``.

    Nothing is built on this machine. This must not lead to an older version, because the image may build the newer one.
    So, if a newer version or one of its dependencies has no wheels, it is chosen without dependencies, from the index
    alone; nothing is run. The requirements of a source distribution are those of the wheel of its version.
    """
    newest = uv.ask(request, "--no-deps", *_formats(request))
    if request.index_options.no_deps:
        return newest
    may_build = ":all:" not in request.index_options.only_wheels
    request = request._replace(requirements=request.requirements + _sources(request, newest))
    try:
        fitting = uv.ask(request, "--no-build")
    except uv.NoVersionsError as error:
        if not may_build or not uv.NO_WHEELS.search(str(error)):
            raise
        return _partly_fitting(request, newest, None)
    if not may_build or all(fitting.versions.get(name) == version for name, version in newest.versions.items()):
        return fitting
    pins = tuple(f"{name}=={version}" for name, version in newest.versions.items())
    try:
        return uv.ask(request._replace(requirements=request.requirements + pins), "--no-build")
    except (uv.UnreachableError, uv.BrokenError):
        raise
    except uv.NoVersionsError:
        return _partly_fitting(request, newest, fitting)


def _partly_fitting(request: ResolveRequest, newest: Resolution, fitting: Resolution | None) -> Resolution:
    """The newest versions of what has to be built, and versions that fit together for the other projects.

    ``fitting`` are versions that fit together and need no build, if there are any. Raises the same as ``resolve``. For
    n projects, k of which are unbuilt, this takes about 2 k log n requests.
    """
    by_name: dict[str, list[str]] = {}
    for requirement in (*request.requirements, *request.further):
        by_name.setdefault(uv.name_of(requirement), []).append(requirement)
    found = fitting.versions if fitting else {}
    differing = [name for name in by_name if name in newest.versions and found.get(name) != newest.versions[name]]
    other_reasons: set[str] = set()  # the projects without a version for another reason than a missing wheel

    def accepts(names: list[str]) -> bool:
        pins = [f"{name}=={newest.versions[name]}" for name in names]
        reason = _objection(request, [*pins, *(each for name in names for each in by_name[name])])
        if reason and len(names) == 1 and not uv.NO_WHEELS.search(reason):
            other_reasons.update(names)
        return not reason

    limit = TrialLimit(uv.MAX_REQUESTS, uv.MAX_SECONDS)
    unbuilt = set(find_rejected(differing, limit.counted(accepts), lambda: limit.is_reached)) - other_reasons
    if fitting and not unbuilt:
        return fitting
    known = tuple(each for name, requirements in by_name.items() if name not in unbuilt for each in requirements)
    fitting = uv.ask(request._replace(requirements=known, further=()), "--no-build") if known else newest
    if any(fitting.versions.get(name, newest.versions[name]) != newest.versions[name] for name in unbuilt):
        raise uv.NoVersionsError("whether the versions fit together is known only after building a package")
    return uv.Resolution(
        {**newest.versions, **fitting.versions}, {**newest.indexes, **fitting.indexes}, frozenset(unbuilt)
    )


def _objection(request: ResolveRequest, requirements: Sequence[str]) -> str:
    """Why no versions that need no build meet some requirements; empty if there are some."""
    try:
        uv.ask(request._replace(requirements=tuple(requirements), further=()), "--no-build")
    except (uv.UnreachableError, uv.BrokenError):
        raise
    except uv.NoVersionsError as error:
        return str(error)
    return ""


def _sources(request: ResolveRequest, newest: Resolution) -> tuple[str, ...]:
    """The versions of the projects that need a source distribution."""
    names = set(map(normalize, request.index_options.no_wheels))
    is_all = ":all:" in request.index_options.no_wheels
    return tuple(f"{name}=={version}" for name, version in newest.versions.items() if is_all or name in names)


def _formats(request: ResolveRequest) -> list[str]:
    """The options for the projects that need a wheel or a source distribution."""
    options = request.index_options
    found = [f"--only-binary={name}" for name in options.only_wheels]
    return found + [f"--no-binary={name}" for name in options.no_wheels]
