"""The tags of the official image ``python``, and the last patch release of each.

Source: the history of docker-library/official-images. A removed tag is not built again, so its patch release is exact.
A tag that is still built can only get a later one.
"""

from __future__ import annotations

from pinhook._startup.lazy_re import regex
from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.fix.image.python import Evidence, Python, UnknownPython

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pinhook.fix.image.reference import Reference

AS_OF = "2026-08-21"


class TagSeries(NamedTuple):
    """The last patch of the tag of a series, and of its variants that ended earlier.

    ``is_alive``: the tag is still built. A variant is the text after the version, without ``slim``.
    """

    patch: int
    is_alive: bool
    variants: Mapping[str, int]


def _alpine(patches: Mapping[str, int]) -> dict[str, int]:
    return {f"alpine{release}": patch for release, patch in patches.items()}


SERIES = {
    "2.7": TagSeries(
        18,
        False,
        {"jessie": 16, "wheezy": 16} | _alpine({"3.9": 17, "3.8": 16, "3.7": 15, "3.6": 15, "3.5": 15, "3.4": 15}),
    ),
    "3.5": TagSeries(10, False, {"jessie": 7} | _alpine({"3.10": 9, "3.9": 9, "3.8": 7, "3.7": 6, "3.4": 5})),
    "3.6": TagSeries(
        15,
        False,
        {"stretch": 14, "jessie": 9}
        | _alpine({"3.12": 13, "3.11": 12, "3.10": 10, "3.9": 10, "3.8": 8, "3.7": 8, "3.6": 8, "3.4": 5}),
    ),
    "3.7": TagSeries(
        17,
        False,
        {"stretch": 11}
        | _alpine({"3.16": 16, "3.15": 15, "3.14": 13, "3.13": 12, "3.12": 10, "3.11": 9, "3.10": 7, "3.9": 6})
        | _alpine({"3.8": 3, "3.7": 2}),
    ),
    "3.8": TagSeries(
        20,
        False,
        {"buster": 17}
        | _alpine({"3.18": 19, "3.17": 18, "3.16": 16, "3.15": 15, "3.14": 13, "3.13": 12, "3.12": 10, "3.11": 7})
        | _alpine({"3.10": 3}),
    ),
    "3.9": TagSeries(
        25,
        False,
        {"bullseye": 23, "buster": 17}
        | _alpine({"3.20": 22, "3.19": 21, "3.18": 19, "3.17": 18, "3.16": 16, "3.15": 15, "3.14": 13, "3.13": 9})
        | _alpine({"3.12": 5}),
    ),
    "3.10": TagSeries(
        21,
        True,
        {"bullseye": 18, "buster": 12}
        | _alpine({"3.22": 20, "3.21": 19, "3.20": 17, "3.19": 16, "3.18": 14, "3.17": 13, "3.16": 11, "3.15": 8})
        | _alpine({"3.14": 4, "3.13": 0}),
    ),
    "3.11": TagSeries(
        16,
        True,
        {"bullseye": 13, "buster": 4}
        | _alpine({"3.22": 15, "3.21": 14, "3.20": 12, "3.19": 11, "3.18": 9, "3.17": 7, "3.16": 3, "3.15": 0}),
    ),
    "3.12": TagSeries(
        14,
        True,
        {"bullseye": 11} | _alpine({"3.22": 13, "3.21": 12, "3.20": 10, "3.19": 8, "3.18": 3, "3.17": 0}),
    ),
    "3.13": TagSeries(15, True, {"bullseye": 6} | _alpine({"3.22": 13, "3.21": 10, "3.20": 3, "3.19": 1})),
    "3.14": TagSeries(7, True, _alpine({"3.22": 5, "3.21": 1})),
}

NEWEST = "3.14.7"
"""The versions of ``python:3`` and ``python:latest``."""

FROZEN = {
    "bullseye": "3.13.6",
    "buster": "3.11.4",
    "stretch": "3.7.4",
    "jessie": "3.6.6",
    "alpine3.22": "3.14.5",
    "alpine3.21": "3.14.1",
    "alpine3.20": "3.13.3",
    "alpine3.19": "3.13.1",
    "alpine3.18": "3.12.3",
    "alpine3.17": "3.12.0",
    "alpine3.16": "3.11.3",
    "alpine3.15": "3.11.0",
    "alpine3.14": "3.10.4",
    "alpine3.13": "3.10.0",
    "alpine3.12": "3.9.5",
}
"""The variants of ``python:3`` that ended, with the last version of each."""

_TAG = regex(
    r"(?P<version>[23](?:\.[0-9]{1,2}){0,2})?(?P<prerelease>(?:a|b|rc)[0-9]+|-rc)?(?:(?:^|-)(?P<variant>[a-z].*))?"
)

_MOVING = regex(r"(?:|alpine(?:3\.[0-9]+)?|bookworm|trixie|windowsservercore.*)")
"""The variants of ``python:3`` that follow the newest version."""


def official_python(reference: Reference) -> Python | UnknownPython:
    """The Python of the official image, by its tag."""
    if reference.digest and not reference.tag:
        return UnknownPython(f"the digest of {reference.shown} names no version of Python")
    found = _TAG.fullmatch(reference.tag or "latest")
    if found is None:
        return UnknownPython(f"the tag of {reference.shown} names no version of Python")
    version, variant = found["version"] or "", _plain_variant(found["variant"] or "")
    evidence = (Evidence(None, reference.without_digest),)
    if found["prerelease"]:
        return _prerelease(reference, version, evidence)
    if version.count(".") == 2:
        return Python(version, evidence=evidence)
    if version.count(".") == 1:
        return _of_series(reference, version, variant, evidence)
    return _floating(reference, version, variant, evidence)


def _plain_variant(variant: str) -> str:
    """A variant without ``slim``: ``bookworm`` for ``slim-bookworm``."""
    return "" if variant in {"slim", "latest"} else variant.removeprefix("slim-")


def _prerelease(reference: Reference, version: str, evidence: tuple[Evidence, ...]) -> Python | UnknownPython:
    caveat = f"{reference.without_digest} is a pre-release"
    if version.count(".") < 2:
        return UnknownPython(f"{caveat} that changes")
    return Python(version, evidence=evidence, caveats=(caveat,))


def _of_series(reference: Reference, version: str, variant: str, evidence: tuple[Evidence, ...]) -> Python:
    """The last patch of a tag. A digest may be of an older image, and no table has the tags for Windows."""
    row = SERIES.get(version)
    if row is None or reference.digest or variant.startswith(("windows", "nanoserver", "onbuild")):
        return Python(version, evidence=evidence)
    if variant in row.variants:
        return Python(f"{version}.{row.variants[variant]}", evidence=evidence)
    return Python(f"{version}.{row.patch}", is_lower_bound=row.is_alive, evidence=evidence)


def _floating(
    reference: Reference, version: str, variant: str, evidence: tuple[Evidence, ...]
) -> Python | UnknownPython:
    if reference.digest:
        return UnknownPython(f"the digest of {reference.shown} names no version of Python")
    if version == "2":
        return _of_series(reference, "2.7", variant, evidence)
    if variant in FROZEN:
        return Python(FROZEN[variant], evidence=evidence)
    if not _MOVING.fullmatch(variant):
        return UnknownPython(f"the tag of {reference.shown} names no version of Python")
    name = reference.without_digest
    caveat = f"{name} was {NEWEST.rpartition('.')[0]} on {AS_OF}"
    return Python(NEWEST, is_lower_bound=True, evidence=evidence, caveats=(caveat,))
