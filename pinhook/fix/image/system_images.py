"""The system of images without their own Python, by the exact name of the repository, and the tag.

A suffix alone is not enough: other images with ``-ubuntu22.04`` in the tag have their own Python. Sources: the
histories of docker-library/official-images, osrf/docker_images, linuxserver/docker-baseimage-*,
mamba-org/micromamba-docker, devcontainers/images, rocker-org/rocker-versioned2, nvidia-holoscan/holoscan-sdk and
docker-library/docs, the notes of JetPack and of .NET, NVIDIA's lists of tags, and public Dockerfiles.
"""

from __future__ import annotations

from pinhook._startup.lazy_re import regex
from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.fix.image.systems import CODENAMES, FLOATING, FLOATING_AS_OF

if TYPE_CHECKING:
    from pinhook.fix.image.reference import Reference

AS_OF = "2026-11-26"

_DISTRIBUTIONS = {
    "ubuntu": regex(r"(?P<ubuntu>[0-9]{2}\.(?:04|10))(?:\.[0-9]+)?|(?P<codename>[a-z]+)(?:-[0-9]{8}(?:\.[0-9]+)?)?"),
    "debian": regex(r"(?:(?P<debian>[0-9]+)(?:\.[0-9]+)*|(?P<codename>[a-z]+))(?:-[0-9]{8})?(?:-slim|-backports)?"),
    "alpine": regex(r"(?P<alpine>3\.[0-9]+)(?:\.[0-9]+)?"),
    "fedora": regex(r"(?P<fedora>[0-9]+)"),
    "centos": regex(r"(?:centos)?(?P<el>[78])(?:\..*)?"),
    "quay.io/centos/centos": regex(r"stream(?P<el>[0-9]+)(?:-.*)?"),
    "rockylinux": regex(r"(?P<el>[0-9]+)(?:[.-].*)?"),
    "almalinux": regex(r"(?P<el>[0-9]+)(?:[.-].*)?"),
    "oraclelinux": regex(r"(?P<el>[89])(?:[.-].*)?"),
    "amazonlinux": regex(r"(?P<amazonlinux>2023|2)(?:[.-].*)?"),
    "public.ecr.aws/amazonlinux/amazonlinux": regex(r"(?P<amazonlinux>2023|2)(?:[.-].*)?"),
    "opensuse/leap": regex(r"(?P<leap>1[56]\.[0-9])(?:\..*)?"),
    "ghcr.io/linuxserver/baseimage-ubuntu": regex(r"(?P<codename>[a-z]+)(?:-.*)?"),
    "ghcr.io/linuxserver/baseimage-alpine": regex(r"(?P<alpine>3\.[0-9]+)(?:-.*)?"),
    "ghcr.io/linuxserver/baseimage-alpine-nginx": regex(r"(?P<alpine>3\.[0-9]+)(?:-.*)?"),
}
"""How a whole tag of a repository names a release."""

_SUFFIXED = frozenset(
    {
        "buildpack-deps",
        "eclipse-temurin",
        "golang",
        "intel/oneapi-basekit",
        "mambaorg/micromamba",
        "mcr.microsoft.com/devcontainers/base",
        "mcr.microsoft.com/dotnet/aspnet",
        "mcr.microsoft.com/dotnet/runtime",
        "mcr.microsoft.com/dotnet/sdk",
        "mcr.microsoft.com/playwright",
        "mcr.microsoft.com/playwright/python",
        "node",
        "nvcr.io/nvidia/cuda",
        "nvidia/cuda",
        "openjdk",
        "php",
        "python",
        "ruby",
        "rust",
    }
)
"""Repositories whose tags contain the release as a part."""

_FOLLOWS_DEBIAN = frozenset(
    {"buildpack-deps", "eclipse-temurin", "golang", "node", "openjdk", "php", "python", "ruby", "rust"}
)

_ROCKER = frozenset({"rocker/r-ver", "rocker/rstudio", "rocker/tidyverse", "rocker/verse"})

DEFAULTS_AS_OF = "2026-09-20"

_DEFAULTS = (
    ("node", regex(r"12(?:-slim)?"), "debian:9"),
    ("node", regex(r"14(?:-slim)?"), "debian:10"),
    ("node", regex(r"18(?:-slim)?"), "debian:12"),
    ("node", regex(r"(?:20|22|24)(?:\.[0-9]+){0,2}(?:-slim)?"), "debian:12"),
    ("node", regex(r"26(?:\.[0-9]+){0,2}(?:-slim)?|(?:latest|slim)?"), "debian:13"),
    ("golang", regex(r"1\.2[23]"), "debian:12"),
    ("golang", regex(r"1\.2[45]|1\.2[67](?:\.[0-9]+)?|(?:latest)?"), "debian:13"),
    ("openjdk", regex(r"8|11"), "debian:11"),
    ("openjdk", regex(r"17"), "el:8"),
    ("php", regex(r"7\.4(?:-(?:cli|apache|fpm))?"), "debian:11"),
    ("php", regex(r"8\.[2-5](?:-(?:cli|apache|fpm))?"), "debian:13"),
    *((name, regex(r"(?:latest|4)?"), "ubuntu:24.04") for name in sorted(_ROCKER)),
    ("ruby", regex(r"(?:3\.[34]|4\.0)(?:-slim)?"), "debian:13"),
    ("rust", regex(r"1(?:-slim)?|(?:latest|slim)?"), "debian:13"),
    ("eclipse-temurin", regex(r"(?:11|17|21|25)(?:-jdk|-jre)?"), "ubuntu:26.04"),
)
"""Images without a release in the tag, and the release that they are built on."""

RELEASE = regex(
    r"(?:^|[-_.:/])(?:"
    r"ubuntu[:-]?(?P<ubuntu>[0-9]{2}\.(?:04|10))|rocky(?:linux)?[:-]?(?P<rocky>[0-9]+)|ubi(?P<ubi>[0-9]+)|centos(?P<centos>[0-9]+)"
    r"|debian[:-]?(?P<debian>[0-9]+)|alpine-?(?P<alpine>3\.[0-9]+)|(?P<codename>[a-z]+))(?![a-z0-9])"
)
"""A release as a part of a tag. Only code names in the table are recognized."""

_IN_NAMES = regex(
    r"rocm/dev-ubuntu-(?P<ubuntu>[0-9]{2}\.04)"
    r"|marketplace\.gcr\.io/google/ubuntu(?P<year>[0-9]{2})04"
    r"|registry\.access\.redhat\.com/ubi(?P<el>[0-9]+)(?:/.*)?"
)

_ROS = {"humble": "22.04", "jazzy": "24.04", "kilted": "24.04", "lyrical": "26.04"}
_L4T = {"36": "22.04", "39": "24.04"}
_CUDA = {"9.0": "16.04", "9.1": "16.04", "9.2": "16.04", "10.0": "18.04", "10.1": "18.04", "10.2": "18.04"}
_CUDA_TAG = regex(r"(?P<release>[0-9]+\.[0-9]+)(?:-cudnn[0-9]+)?-(?:base|runtime|devel)")
_DOTNET = {
    "3.1": "debian:10",
    "5.0": "debian:10",
    "6.0": "debian:11",
    "8.0": "debian:12",
    "10.0": "ubuntu:24.04",
}
_DOTNET_TAG = regex(r"(?P<release>[0-9]+\.[0-9])(?:\.[0-9]+)?")
_R = regex(r"(?P<release>[3-9]\.[0-9]{1,2}\.[0-9]{1,2})")
_OF_R = (
    ((3, 3, 2), (3, 3, 2), "debian:8"),
    ((3, 4, 4), (3, 4, 4), "debian:9"),
    ((3, 6, 3), (3, 6, 3), "debian:10"),
    ((4, 0, 0), (4, 2, 1), "ubuntu:20.04"),
    ((4, 2, 2), (4, 4, 1), "ubuntu:22.04"),
    ((4, 4, 2), (4, 6, 1), "ubuntu:24.04"),
)
"""The first and the last release of R on a system."""

_TENSORFLOW = regex(r"1\.(?P<minor>[4-9]|1[0-5])(?:\.[0-9]+)?(?:-gpu)?(?:-py3)?(?:-jupyter)?")
_LAST_TENSORFLOW_ON_XENIAL = 13
_HOLOSCAN_CUDA = {"cuda12": "22.04", "cuda13": "24.04"}
_HOLOSCAN = regex(r"v(?P<major>[0-9]{1,4})\.(?P<minor>[0-9]{1,4})(?![0-9])(?:[^-]*-(?P<cuda>cuda1[23])(?![0-9]))?")


class SystemName(NamedTuple):
    """A key of the table of systems; empty if it is unknown.

    ``caveats`` are clauses about a tag that may name another release later. ``likely``, if the system is unknown, is
    the key of the release in the name, which proves nothing.
    """

    key: str
    caveats: tuple[str, ...] = ()
    likely: str = ""


def system_of(reference: Reference) -> SystemName:
    """The system of an image."""
    if floating := _floating(reference):
        return floating
    key = _named(reference) or _by_tag(reference) or _of_vendor(reference)
    if key:
        return SystemName(key)
    if default := _default(reference):
        return default
    if reference.key in _FOLLOWS_DEBIAN:
        return SystemName("")
    return SystemName("", likely=release_in(f"{reference.last}:{reference.tag}"))


def _default(reference: Reference) -> SystemName | None:
    """The release that an image without one in its tag was built on, on the date of the table."""
    for repository, tag, key in _DEFAULTS:
        if reference.key == repository and tag.fullmatch(reference.tag) and not reference.digest:
            return SystemName(key, caveats=(f"{reference.without_digest} was built on {key} on {DEFAULTS_AS_OF}",))
    return None


def _floating(reference: Reference) -> SystemName | None:
    """The release of a tag without one, on the date of the table. A digest may be of any date."""
    tag = reference.tag.removesuffix("-slim") if reference.key == "debian" else reference.tag
    key = FLOATING.get(f"{reference.key}:{tag or 'latest'}")
    if key is None or (reference.digest and not reference.tag):
        return None
    if reference.digest:
        return SystemName("")
    name = reference.name if reference.tag else f"{reference.shown}:latest"
    return SystemName(key, caveats=(f"{name} was {_shown(key)} on {FLOATING_AS_OF}",))


def _shown(key: str) -> str:
    """A release for a message: ``26.04``, ``13``."""
    return key.partition(":")[2]


def _named(reference: Reference) -> str:
    """The system in the name of the repository, or in the whole tag."""
    if found := _IN_NAMES.fullmatch(reference.key):
        return _key({**found.groupdict(), "ubuntu": found["ubuntu"] or (found["year"] and f"{found['year']}.04")})
    pattern = _DISTRIBUTIONS.get(reference.key)
    matched = pattern.fullmatch(reference.tag) if pattern else None
    return _key(matched.groupdict()) if matched else ""


def _by_tag(reference: Reference) -> str:
    """The system in a part of the tag."""
    return release_in(reference.tag) if reference.key in _SUFFIXED else ""


def release_in(text: str) -> str:
    """The key of the first release in a name or tag; empty if there is none."""
    return next(filter(None, (_key(found.groupdict()) for found in RELEASE.finditer(text))), "")


def _key(groups: dict[str, str | None]) -> str:
    """The key of the table for the group of a pattern that matched."""
    for group, value in groups.items():
        if value and group == "codename":
            return CODENAMES.get(value, "")
        if value and group in _PREFIXES:
            return f"{_PREFIXES[group]}:{value}"
    return ""


_PREFIXES = {
    "ubuntu": "ubuntu",
    "debian": "debian",
    "alpine": "alpine",
    "fedora": "fedora",
    "amazonlinux": "amazonlinux",
    "leap": "opensuse/leap",
    "el": "el",
    "rocky": "el",
    "ubi": "el",
    "centos": "el",
}


def _of_r(tag: str) -> str:
    """The system of an image of R."""
    found = _R.fullmatch(tag)
    release = tuple(map(int, found["release"].split("."))) if found else ()
    return next((key for first, last, key in _OF_R if first <= release <= last), "")


def _of_vendor(reference: Reference) -> str:
    """The system of a release of another product."""
    if reference.key in _ROCKER:
        return _of_r(reference.tag)
    if reference.key.startswith("mcr.microsoft.com/dotnet/"):
        found = _DOTNET_TAG.fullmatch(reference.tag)
        return _DOTNET.get(found["release"], "") if found else ""
    release = ""
    if reference.key in {"nvidia/cuda", "nvcr.io/nvidia/cuda"} and (found := _CUDA_TAG.fullmatch(reference.tag)):
        release = _CUDA.get(found["release"], "")
    elif reference.key == "tensorflow/tensorflow" and (found := _TENSORFLOW.match(reference.tag)):
        release = "16.04" if int(found["minor"]) <= _LAST_TENSORFLOW_ON_XENIAL else "18.04"
    elif reference.key == "ros":
        release = _ROS.get(reference.tag.partition("-")[0], "")
    elif reference.key.startswith("nvcr.io/nvidia/l4t-"):
        release = _L4T.get(reference.tag.removeprefix("r").partition(".")[0], "")
    elif reference.key == "nvcr.io/nvidia/clara-holoscan/holoscan":
        release = _of_holoscan(reference.tag)
    return f"ubuntu:{release}" if release else ""


def _of_holoscan(tag: str) -> str:
    found = _HOLOSCAN.match(tag)
    if found is None:
        return ""
    version = (int(found["major"]), int(found["minor"]))
    if version >= (3, 6):
        return _HOLOSCAN_CUDA.get(found["cuda"] or "", "")
    return "20.04" if version < (1, 0) else "22.04"
