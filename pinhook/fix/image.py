"""The image that a command runs in, as far as ``FROM`` says it: its Python and its platform."""

from __future__ import annotations

import re
from functools import partial

from pinhook import dockerfile
from pinhook._startup.lazy_re import regex
from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.dockerfile.expansion import expand
from pinhook.dockerfile.words import split_fields

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pinhook.source import SourceText

_VERSION = r"(?P<version>[23]\.[0-9]{1,2}(?:\.[0-9]{1,2})?)(?![0-9.])"
_TAG = regex(rf"(?:[0-9]-)?{_VERSION}")  # 1-3.12 is a first edition of an image with Python 3.12
_NAMED = regex(rf"(?:^|[-_])(?:python|py)-?{_VERSION}")
_IMAGE = regex(r"(?:.*/)?(?P<name>[^/:@]+)(?::(?P<tag>[^/@]+))?(?:@.*)?")
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


class Image(NamedTuple):
    """The base of a build stage.

    ``name`` is as ``FROM`` has it, variables replaced. ``python`` is a version with its minor number at least, or
    empty: nothing is made up for ``python:3`` or ``ubuntu``. ``platform`` is one of ``uv --python-platform``, empty
    where uv has none for it; ``machine`` is what the image is for, as Docker calls it.
    """

    name: str = ""
    python: str = ""
    platform: str = "x86_64-unknown-linux-gnu"
    machine: str = "linux/amd64"


def images_by_instruction(parsed: dockerfile.Dockerfile) -> list[Image]:
    """The image that each instruction runs in, by the number of the instruction.

    A stage that is built on an earlier one has the image of that one.
    """
    found: list[Image] = []
    stages: dict[str, Image] = {}
    image = Image()
    variables: Mapping[str, SourceText] | None = None
    scopes = dockerfile.walk(parsed)
    for instruction, (_, scope) in zip(parsed.instructions, scopes, strict=True):
        if instruction.keyword == "FROM":
            variables = scope.variables if variables is None else variables  # those from before the first FROM
            expanded = partial(expand, variables=variables, escape=parsed.escape, budget=scope.budget)
            fields = [str(expanded(field)) for field in split_fields(instruction.arguments)]
            flags = [str(expanded(flag)) for flag in instruction.flags]
            base = fields[0] if fields else ""
            image = stages.get(base.lower()) or parse_image(base, flags)
            if len(fields) == 3:
                stages[fields[2].lower()] = image
        found.append(image)
    return found


def parse_image(name: str, flags: list[str]) -> Image:
    """What the name of an image says: ``python:3.12-alpine``, ``lambda/python:3.11``, ``tools:2.1-python3.10``."""
    found = _IMAGE.fullmatch(name)
    tag = (found and found["tag"]) or ""
    version = _NAMED.search(tag)
    if found and found["name"] == "python":
        version = _TAG.match(tag) or version
    machine = _machine(name, tag, flags)
    return Image(name, version["version"] if version else "", _platform(name, tag, machine), machine)


def _machine(name: str, tag: str, flags: list[str]) -> str:
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


def _platform(name: str, tag: str, machine: str) -> str:
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
