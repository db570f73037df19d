"""What an image runs on: its CPU, its system, its C library."""

from __future__ import annotations

import re

from pinhook._startup.lazy_re import regex
from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

_MACHINES = {"amd64": "x86_64", "x86_64": "x86_64", "arm64": "aarch64", "aarch64": "aarch64"}
_PLATFORM = regex(r"--platform=(?P<system>[^/$]*)/(?P<machine>[^/$]+)(?:/(?P<variant>.*))?")
_PORT = regex(r"(?:^|.*/)(?P<machine>amd64|arm32v5|arm32v6|arm32v7|arm64v8|i386|mips64le|ppc64le|riscv64|s390x)/[^/]+")
_PART = regex(
    r"(?:^|[-_.])(?P<machine>x86_64|aarch64|arm64v8|arm64|arm32v[567]|armhf|armv7l?|i386|ppc64le|riscv64|s390x)(?![a-z0-9])"
)
_WINDOWS = regex(r"windows|nanoserver")
_GLIBC = {"bullseye": 31, "bookworm": 36, "trixie": 41, "debian:11": 31, "debian:12": 36, "debian:13": 41}
"""The minor version of glibc 2 in a release of Debian."""
_RELEASE = regex(r"(?:^|[-_.:])(?P<name>bullseye|bookworm|trixie|debian[:-]?1[123])(?![a-z0-9])")
_NEWEST = 40
"""The newest glibc that uv has a platform for."""


class Platform(NamedTuple):
    """``target`` as ``uv --python-platform`` names it, empty where uv has no name; ``docker`` as Docker names it."""

    target: str = "x86_64-unknown-linux-gnu"
    docker: str = "linux/amd64"


def platform_of(name: str, tag: str, flags: Sequence[str]) -> Platform:
    """The platform of an image by its name with tag, its tag, and the flags of ``FROM``."""
    docker = _machine(name, tag, flags)
    return Platform(_target(name, tag, docker), docker)


def _machine(name: str, tag: str, flags: Sequence[str]) -> str:
    """What an image is for: ``linux/arm64``. Where nothing says so, it is taken for one of the builder's: amd64."""
    for found in filter(None, map(_PLATFORM.fullmatch, flags)):
        variant = found["variant"] or ""
        is_usual = (found["machine"], variant) in {("arm64", "v8"), ("amd64", "v1"), ("amd64", "v2"), ("amd64", "v3")}
        return f"{found['system']}/{found['machine']}" + ("" if is_usual or not variant else f"/{variant}")
    port = _PORT.fullmatch(name) or _PART.search(tag)
    if port:
        found_name = port["machine"]
        return "linux/arm64" if found_name in {"arm64v8", "arm64", "aarch64"} else f"linux/{found_name}"
    return "windows/amd64" if _WINDOWS.search(name) else "linux/amd64"


def _target(name: str, tag: str, machine: str) -> str:
    """The platform of uv for an image, empty where there is none."""
    system, _, processor = machine.partition("/")
    known = _MACHINES.get(processor)
    if known is None or system not in {"linux", "windows"}:
        return ""
    if system == "windows" or _WINDOWS.search(name):
        return f"{known}-pc-windows-msvc" if known == "x86_64" else ""
    if re.search(r"(^|[-_])alpine", f"{name.rpartition('/')[2].partition(':')[0]}-{tag}"):
        return f"{known}-unknown-linux-musl"
    release = _RELEASE.search(name.rpartition("/")[2])
    glibc = _GLIBC[re.sub(r"^debian[:-]?", "debian:", release["name"])] if release else 0
    return f"{known}-manylinux_2_{min(glibc, _NEWEST)}" if glibc else f"{known}-unknown-linux-gnu"
