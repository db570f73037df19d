"""The platform of an image: its CPU, its operating system, its C library."""

from __future__ import annotations

from pinhook._startup.lazy_re import regex
from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.fix.image.reference import PORTS
from pinhook.fix.image.system_images import release_in
from pinhook.fix.image.systems import SYSTEMS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pinhook.fix.image.reference import Reference

_CPUS = {"amd64": "x86_64", "x86_64": "x86_64", "arm64": "aarch64", "aarch64": "aarch64"}
_FLAG = regex(r"--platform=(?:(?P<system>[^/$]*)/)?(?P<cpu>[^/$]+)(?:/(?P<variant>[^/]*))?")
_USUAL_VARIANTS = frozenset({("arm64", "v8"), ("amd64", "v1"), ("amd64", "v2"), ("amd64", "v3")})
_ALONE = frozenset({*_CPUS, "386", "arm", "ppc64le", "riscv64", "s390x"})
"""Values of ``--platform`` that are a CPU without an operating system."""

_PART = regex(
    r"(?:^|[-_.:])(?P<cpu>x86_64|aarch64|arm64v8|arm64|arm32v[567]|armhf|armv7l?|i386|ppc64le|riscv64|s390x)(?![a-z0-9])"
)
_JETSON = regex(r"(?:^|[-:])(?:l4t|igpu)(?![a-z0-9])")
_DOCKER_NAMES = PORTS | {
    "x86_64": "amd64",
    "aarch64": "arm64",
    "armhf": "arm/v7",
    "armv7": "arm/v7",
    "armv7l": "arm/v7",
}
"""Docker's name of each CPU that a tag names."""

_WINDOWS = regex(r"windows|nanoserver|dotnet/framework")
_MUSL = regex(r"(?:^|[-_:])(?:alpine|musllinux)")
_CONDA = regex(r"conda|mamba|miniforge")
"""Images with a Python of conda, which is built for glibc, also on Alpine."""

_GLIBC_OF_UV = (17, 28, *range(31, 41))
"""The minor versions of glibc 2 for which uv has a platform."""


class Platform(NamedTuple):
    """A platform by its name in ``uv --python-platform`` (empty if uv has none) and in Docker."""

    target: str = "x86_64-unknown-linux-gnu"
    docker: str = "linux/amd64"


def platform_of(reference: Reference, flags: Sequence[str], system: str) -> Platform:
    """The platform of an image by its name, the flags of ``FROM`` and the key of its system, if known."""
    docker = _of_flags(flags) or _of_name(reference)
    return Platform(_target(reference, docker, system), docker)


def _of_flags(flags: Sequence[str]) -> str:
    """The value of ``--platform``, such as ``linux/arm64``; empty if there is none."""
    for found in filter(None, (_FLAG.fullmatch(flag.lower()) for flag in flags)):
        cpu, variant = found["cpu"], found["variant"] or ""
        if found["system"] is None and cpu not in _ALONE:
            return ""
        has_suffix = variant and (cpu, variant) not in _USUAL_VARIANTS
        return f"{found['system'] or 'linux'}/{cpu}" + (f"/{variant}" if has_suffix else "")
    return ""


def _of_name(reference: Reference) -> str:
    """The platform in the name. Without one, amd64 is assumed."""
    if _WINDOWS.search(reference.without_digest):
        return "windows/amd64"
    port = next(filter(None, map(PORTS.get, reference.without_digest.split("/")[:-1])), "")
    text = f"{reference.last}:{reference.tag}"
    part = _PART.search(text)
    if port or part is None:
        return f"linux/{port or ('arm64' if _JETSON.search(text) else 'amd64')}"
    return f"linux/{_DOCKER_NAMES.get(part['cpu'], part['cpu'])}"


def _target(reference: Reference, docker: str, system: str) -> str:
    """The platform of uv for an image; empty if there is none."""
    kind, _, processor = docker.partition("/")
    cpu = _CPUS.get(processor)
    if cpu is None or kind not in {"linux", "windows"}:
        return ""
    text = f"{reference.last}:{reference.tag}"
    if kind == "windows" or _WINDOWS.search(reference.without_digest):
        return f"{cpu}-pc-windows-msvc" if cpu == "x86_64" else ""
    if (system.startswith("alpine:") or _MUSL.search(text)) and not _CONDA.search(text):
        return f"{cpu}-unknown-linux-musl"
    row = SYSTEMS.get(system or release_in(text))
    known = [minor for minor in _GLIBC_OF_UV if row and minor <= row.glibc]
    return f"{cpu}-manylinux_2_{known[-1]}" if known else f"{cpu}-unknown-linux-gnu"
