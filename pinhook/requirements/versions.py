"""Versions and specifiers, by ``packaging``. It is imported lazily: importing it takes longer than checking a file."""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.requirements.requirement import Exactness

if TYPE_CHECKING:
    from collections.abc import Iterator

    from packaging.specifiers import SpecifierSet
    from packaging.version import Version


def packaging_exactness(requirement: str) -> Exactness | None:
    """The exactness of a dependency specifier; ``None`` if it is not valid."""
    from packaging.requirements import Requirement

    try:
        specifiers = Requirement(requirement).specifier
        return exactness(specifiers) if all(clause.version for clause in specifiers) else None  # ``flask===``
    except ValueError:  # InvalidRequirement, and the ValueError of int() for 5000 digits
        return None


def has_marker_error(marker: str) -> bool:
    """Whether pip refuses a marker."""
    from packaging.markers import Marker

    try:
        Marker(marker)
    except (ValueError, RecursionError):
        return True
    return False


def holds(marker: str, python: str) -> bool:
    """Whether a marker may be true for a version of Python on Linux. True if it cannot be decided."""
    if not marker or not python:
        return True
    from packaging.markers import Marker

    major, minor, *_ = (*python.split("."), "0")
    environment = {
        "python_version": f"{major}.{minor}",
        "python_full_version": python if python.count(".") > 1 else f"{python}.0",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
        "os_name": "posix",
        "sys_platform": "linux",
        "platform_system": "Linux",
        "extra": "",
    }
    try:
        return Marker(marker).evaluate(environment)
    except (ValueError, KeyError, RecursionError):
        return True


def exactness(specifiers: SpecifierSet) -> Exactness:
    """The exactness of a specifier set.

    A set is exact if it has a clause ``===``, or ``==`` without ``.*``, that the other clauses admit. ``>=1,<=1``
    admits one version, but counts as a range.
    """
    if not specifiers:
        return Exactness.ANY
    clauses = [(clause.operator, clause.version) for clause in specifiers]
    pins = [version for operator, version in clauses if operator in {"==", "==="} and not version.endswith("*")]
    if pins:
        return Exactness.EXACT if any(_admits(specifiers, pin) for pin in pins) else Exactness.NONE
    if len(clauses) == 1 or any(operator == "===" for operator, _ in clauses):
        return Exactness.INEXACT
    found = any(specifiers.contains(version, prereleases=True) for version in _versions_around(specifiers))
    return Exactness.INEXACT if found else Exactness.NONE


def _admits(specifiers: SpecifierSet, pin: str) -> bool:
    from packaging.version import InvalidVersion, Version

    try:
        Version(pin)
    except InvalidVersion:
        return False  # ``===latest`` is not a version
    return specifiers.contains(pin, prereleases=True)


def _versions_around(specifiers: SpecifierSet) -> Iterator[Version]:
    """Versions at, just below and just above every version in a set.

    If the set admits any version, it admits one of these.
    """
    from packaging.version import Version

    for specifier in specifiers:
        version = Version(specifier.version.removesuffix(".*"))
        public, base = version.public, version.base_version
        last = version.release[-1]
        above = base[: len(base) - len(str(last))] + str(last + 1)
        below = [f"{public}.dev0"] if not version.is_devrelease else []
        after = [f"{base}.post{(version.post or 0) + 1}", f"{public}+local"]
        pre = [f"{base}{version.pre[0]}{version.pre[1] + 1}"] if version.pre else [f"{base}a0", f"{base}rc99"]
        for spelling in [
            public,
            base,
            f"{base}.0.1",
            above,
            f"{above}a0",
            "0",
            f"{version.epoch}!99999",
            *below,
            *after,
            *pre,
        ]:
            yield Version(spelling)


def admits(specifier: str, version: str) -> bool:
    """Whether a version is in a specifier set. Pre-releases are admitted if they are within its bounds."""
    from packaging.specifiers import SpecifierSet

    try:
        return SpecifierSet(specifier).contains(version, prereleases=True)
    except ValueError:
        return False


def is_prerelease(version: str) -> bool:
    """Whether a version is a pre-release, which installers choose only on request."""
    from packaging.version import Version

    try:
        return Version(version).is_prerelease
    except ValueError:
        return False


def asks_for_prerelease(specifier: str) -> bool:
    """Whether a specifier set names a pre-release. Then installers accept pre-releases."""
    from packaging.specifiers import SpecifierSet

    try:
        return bool(SpecifierSet(specifier).prereleases)
    except ValueError:
        return False


def version_of_file(filename: str) -> str | None:
    """The normalized version of a wheel or a source archive; ``None`` for any other file."""
    from packaging.utils import parse_sdist_filename, parse_wheel_filename

    try:
        if filename.endswith(".whl"):
            return str(parse_wheel_filename(filename)[1])
        return str(parse_sdist_filename(filename)[1])
    except ValueError:
        return None
