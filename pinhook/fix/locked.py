"""The versions that lock files and requirements files of the repository have."""

from __future__ import annotations

import json
import re

from pinhook import toml
from pinhook.light_typing import TYPE_CHECKING, NamedTuple
from pinhook.requirements import Exactness, Named, normalize
from pinhook.requirements.file import parse_file
from pinhook.source import Source, SourceError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    Versions = dict[str, set[str]]


class Kind(NamedTuple):
    """Files that name versions: what the setting ``fix-from`` calls them, how they are called, and their reader."""

    name: str
    pattern: str
    read: Callable[[bytes], Iterator[tuple[str, str]]]


def versions(kind: Kind, content: bytes) -> Versions:
    """The versions that a file has of each project, by normalized names; none of a file that cannot be read."""
    found: Versions = {}
    try:
        for name, version in kind.read(content):
            found.setdefault(normalize(name) or "", set()).add(version)
    except (ValueError, RecursionError, SourceError, TypeError, AttributeError, KeyError):
        return {}
    return found


def _uv_lock(content: bytes) -> Iterator[tuple[str, str]]:
    for package in toml.parse(content).get("package", []):
        if "registry" in package.get("source", {}) and "version" in package:
            yield package["name"], package["version"]


def _pylock(content: bytes) -> Iterator[tuple[str, str]]:
    for package in toml.parse(content).get("packages", []):
        if "version" in package and not package.keys() & {"vcs", "directory", "archive"}:
            yield package["name"], package["version"]


def _poetry_lock(content: bytes) -> Iterator[tuple[str, str]]:
    for package in toml.parse(content).get("package", []):
        if package.get("source", {}).get("type", "legacy") == "legacy":  # which is what it calls another index
            yield package["name"], package["version"]


def _pipfile_lock(content: bytes) -> Iterator[tuple[str, str]]:
    document: dict[str, Any] = json.loads(content)
    for section in ("default", "develop"):
        for name, package in document.get(section, {}).items():
            if str(package.get("version", "")).startswith("=="):
                yield name, package["version"][2:]


def _requirements(content: bytes) -> Iterator[tuple[str, str]]:
    for entry in parse_file(Source.decode("", content)).entries:
        match entry.requirement:
            case Named(normalized=str(name), exactness=Exactness.EXACT, specifier=specifier) if specifier.is_known:
                if version := re.fullmatch(r"={2,3}\s*([^\s,*]+)", str(specifier)):
                    yield name, version[1]


CONSTRAINTS = Kind("constraints", "", _requirements)
"""The files that a command names with ``-c``."""

LOCKS = (
    Kind("uv.lock", r"uv\.lock", _uv_lock),
    Kind("pylock.toml", r"pylock(\..+)?\.toml", _pylock),
    Kind("poetry.lock", r"poetry\.lock", _poetry_lock),
    Kind("Pipfile.lock", r"Pipfile\.lock", _pipfile_lock),
    Kind("requirements", r"requirements.*\.txt|requirements/.+\.txt", _requirements),
)
"""The files beside the Dockerfile or in the root of the repository, in the order in which they are asked."""
