"""Versions of Python in the name of an image: ``python3.12``, ``py310``, ``cp312``, ``python-311``."""

from __future__ import annotations

import re

from pinhook._startup.lazy_re import regex
from pinhook._startup.namedtuple import TYPE_CHECKING

if TYPE_CHECKING:
    from pinhook.fix.image.reference import Reference

_WITH_DOT = regex(
    r"(?<![A-Za-z0-9])(?:python|py)-?(?P<version>[23]\.[0-9]{1,2}(?:\.[0-9]{1,2})?)(?![0-9.])", re.IGNORECASE
)
_WITHOUT_DOT = regex(
    r"(?<![A-Za-z0-9])(?:(?:python|py)-?|cp)(?P<major>[23])(?P<minor>(?<=2)[67]|(?<=3)(?:[5-9]|1[0-9]))"
    r"(?!\.?[0-9]|t(?![a-z]))",
    re.IGNORECASE,
)
"""``pypy39`` is another implementation, and ``cp313t`` another ABI."""


_FIRST = regex(
    r"(?:(?:dev-)?[0-9]{1,3}(?:\.[0-9]{1,3}){0,2}-)?"
    r"(?P<version>[23]\.[0-9]{1,2}(?:\.[0-9]{1,2}(?![0-9.]))?)(?![0-9])"
)
"""A version in front of a tag, or after the edition of the image: ``3.12-slim``, ``1-3.12``, ``3.12.2024.05.01``."""


def version_first(tag: str) -> str:
    """The version at the start of a tag of an image named ``python``; empty if there is none."""
    found = _FIRST.match(tag)
    return found["version"] if found else ""


def versions_in(reference: Reference) -> tuple[str, ...]:
    """The versions in the last component of the repository and in the tag, each once.

    ``3.12.4`` and ``3.12`` are one version, the longer one. Several versions contradict each other.
    """
    text = f"{reference.last}:{reference.tag}"
    found = [each["version"] for each in _WITH_DOT.finditer(text)]
    found += [f"{each['major']}.{each['minor']}" for each in _WITHOUT_DOT.finditer(text)]
    unique = dict.fromkeys(found)
    return tuple(each for each in unique if not any(other.startswith(f"{each}.") for other in unique))
