"""The base image: what its name says about it."""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.fix.image.known_images import (
    MANYLINUX,
    PYTHON_IMAGES,
    find_known,
    has_packages,
    is_manylinux,
    is_without_packages,
    why_unknown,
)
from pinhook.fix.image.named_version import version_first, versions_in
from pinhook.fix.image.official_python import official_python
from pinhook.fix.image.platform import Platform, platform_of
from pinhook.fix.image.python import Evidence, Python, UnknownPython
from pinhook.fix.image.reference import parse_reference
from pinhook.fix.image.system_images import system_of
from pinhook.fix.image.systems import AS_OF, SYSTEMS
from pinhook.repository.globs import CONFIGURATION, glob

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from pinhook.fix.image.known_images import Known
    from pinhook.fix.image.reference import Reference
    from pinhook.fix.image.system_images import SystemName

DEFAULT_FOLDER = "/usr/local/bin"
"""The default folder of an image's own Python."""

PATH = ("/usr/local/sbin", DEFAULT_FOLDER, "/usr/sbin", "/usr/bin", "/sbin", "/bin")
"""The default folders of ``PATH``."""


class ImageSettings(NamedTuple):
    """The settings about images.

    ``pythons`` are versions by pattern; the last matching pattern decides. ``builds`` maps the names of images that the
    repository builds (see ``Reference.without_registry``) to the path of the Dockerfile relative to the root of the
    repository; it may be slow.
    """

    pythons: Mapping[str, str] = {}
    builds: Callable[[], Mapping[str, str]] = dict


class Base(NamedTuple):
    """A base image.

    ``system``          a key of the table of systems (``debian:12``); empty if it is unknown
    ``likely_system``   the key of a release that only the name says, if the system is unknown
    ``own``             the Python of commands without a path
    ``pythons``         the interpreters by the path of each of their commands
    ``path``            the folders of ``PATH``
    ``dockerfile``      the path of the Dockerfile that builds the image, relative to the root of the repository

    The following clauses make a fix unsafe, like the caveats of the Python: ``system_caveats`` for a Python that the
    package manager installs, ``packages`` for the image's own Python (but not in a virtual environment, and not with
    ``--upgrade``), ``constraints`` for every pip that reads ``PIP_CONSTRAINT``.
    """

    name: str
    system: str
    own: Python | UnknownPython
    pythons: Mapping[str, Python | UnknownPython]
    path: tuple[str, ...]
    platform: Platform
    system_caveats: tuple[str, ...] = ()
    packages: str = ""
    constraints: str = ""
    dockerfile: str = ""
    likely_system: str = ""


def base_of(name: str, flags: Sequence[str], settings: ImageSettings | None = None) -> Base:
    """The base image by its name and the flags of ``FROM``, with variables expanded in both."""
    settings = settings or ImageSettings()
    reference = parse_reference(name)
    system, known = system_of(reference), find_known(reference)
    given = _of_user(reference, settings)
    own = given or _own(reference, known)
    folder = known.image.folder if known else PYTHON_IMAGES.get(reference.key, DEFAULT_FOLDER)
    return Base(
        name,
        system.key,
        own,
        {**_pythons_of_system(reference, system), **_pythons(reference, own, folder)},
        _path(reference, folder),
        platform_of(reference, flags, system.key),
        _system_caveats(system),
        _packages(reference, known, is_named=given is None and isinstance(own, Python)),
        f"{reference.without_digest} has constraints of its own" if known and known.has_constraints else "",
        "" if given else _dockerfile(reference, system, settings),
        system.likely,
    )


def _of_user(reference: Reference, settings: ImageSettings) -> Python | None:
    """The Python in a setting. The last matching pattern decides."""
    whole = reference.without_digest
    path = whole.removesuffix(f":{reference.tag}")
    names = dict.fromkeys((reference.key, f"{reference.key}:{reference.tag}", path, whole))
    for pattern, version in reversed(list(settings.pythons.items())):
        if any(map(glob(pattern, CONFIGURATION).matches, names)):
            return Python(version, evidence=(Evidence(None, f"{whole} (image-pythons)"),))
    return None


def _own(reference: Reference, known: Known | None) -> Python | UnknownPython:
    """The Python by the name or by the tables."""
    if reference.key == "python":
        return official_python(reference)
    named = versions_in(reference)
    if len(named) > 1:
        return UnknownPython(f"{reference.shown} names several versions of Python: {' and '.join(named)}")
    if named or known:
        return _named_or_known(reference, named[0] if named else "", known)
    if reference.last == "python" and (version := version_first(reference.tag)):
        is_vouched = reference.key in PYTHON_IMAGES
        caveat = f"{reference.without_digest} is not the official image"
        return _python(reference, version, () if is_vouched else (caveat,))
    if why := why_unknown(reference):
        return UnknownPython(f"{reference.shown} {why}")
    return UnknownPython(f"the Python of {reference.shown or 'the image'} is not known")


def _named_or_known(reference: Reference, named: str, known: Known | None) -> Python | UnknownPython:
    """A version in the name has priority over a dated row of a table.

    If it contradicts another row, it is undecided.
    """
    if known is None or (named and known.image.as_of):
        return _python(reference, named)
    if not named:
        as_of = known.image.as_of
        python = _python(reference, known.version)
        caveat = f"{reference.without_digest} was {python.series} on {as_of}"
        return python._replace(caveats=(caveat,) if as_of else ())
    if not f"{named}.".startswith(f"{known.version}."):
        return UnknownPython(f"{reference.shown} names Python {named}, but is known to have {known.version}")
    return _python(reference, named)


def _python(reference: Reference, version: str, caveats: tuple[str, ...] = ()) -> Python:
    return Python(version, evidence=(Evidence(None, reference.without_digest),), caveats=caveats)


def _pythons(reference: Reference, own: Python | UnknownPython, folder: str) -> dict[str, Python | UnknownPython]:
    """The commands of an image's own Python by path."""
    if isinstance(own, Python):
        return {f"{folder}/{command}": own for command in _commands(own)}
    if is_manylinux(reference):
        return {
            f"/opt/python/{tag}-{tag}/bin/{command}": python
            for python in (_python(reference, series) for series in MANYLINUX)
            for tag in (f"cp{python.series.replace('.', '')}",)
            for command in _commands(python)
        }
    return {}


def _commands(python: Python) -> tuple[str, ...]:
    """The commands of a Python, if nothing else has the name. ``pip3`` does not belong to Python 2."""
    major = python.version[0]
    return tuple(f"{name}{suffix}" for name in ("python", "pip") for suffix in ("", major, python.series))


def _pythons_of_system(reference: Reference, system: SystemName) -> dict[str, Python | UnknownPython]:
    """The Pythons of the bare system: Python 2 on RHEL 7 and its relatives, without pip."""
    row = SYSTEMS.get(system.key)
    if row and system.key == "el:7":
        python = _python(reference, row.python2)
        return {f"/usr/bin/{command}": python for command in ("python", "python2", "python2.7")}
    if row and reference.key == "ros":
        python = _python(reference, row.python3)._replace(is_lower_bound=row.is_lower_bound)
        return {f"/usr/bin/{command}": python for command in ("python3", f"python{python.series}")}
    return {}


def _path(reference: Reference, folder: str) -> tuple[str, ...]:
    if reference.key.startswith("ghcr.io/linuxserver/baseimage-"):
        return ("/lsiopy/bin", *PATH)
    return PATH if folder in PATH else (folder, *PATH)


def _system_caveats(system: SystemName) -> tuple[str, ...]:
    row = SYSTEMS.get(system.key)
    if row is None or not row.is_moving:
        return system.caveats
    series = row.python3.rpartition(".")[0]
    return (*system.caveats, f"python3 of {system.key} was {series} on {AS_OF}")


def _packages(reference: Reference, known: Known | None, *, is_named: bool) -> str:
    """A clause about packages other than the installers; empty if there are none.

    ``is_named``: the image has its own Python, and no setting says which.
    """
    if known.image.has_packages if known else has_packages(reference):
        return f"{reference.without_digest} has packages of its own"
    is_bare = known or reference.key == "python" or reference.key in PYTHON_IMAGES or is_without_packages(reference)
    return "" if is_bare or not is_named else f"{reference.without_digest} may have packages of its own"


def _dockerfile(reference: Reference, system: SystemName, settings: ImageSettings) -> str:
    """The Dockerfile that builds an image with this name. An image with a digest was built earlier."""
    is_official = reference.key == "python" or ("/" not in reference.key and system.key)
    if reference.digest or not reference.name or is_official:
        return ""
    builds = settings.builds()
    names = (f"{reference.key}:{reference.tag or 'latest'}", reference.key)
    return next((builds[name] for name in names if name in builds), "")
