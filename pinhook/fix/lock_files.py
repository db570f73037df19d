"""The versions in lock files and requirements files of the repository."""

from __future__ import annotations

import json
import re

from pinhook import _compat
from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.requirements import Exactness, Named, normalize
from pinhook.requirements.file import parse_file
from pinhook.source import Source, SourceError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    Versions = dict[str, list["LockFileEntry"]]


class LockFileEntry(NamedTuple):
    """A version of a project in a file, its environments, and its index if the file names it."""

    version: str
    marker: str = ""
    index_url: str = ""


class LockFileKind(NamedTuple):
    """A kind of file with versions: its name in the setting ``fix-from``, its file names, and its parser."""

    name: str
    pattern: str
    parse: Callable[[bytes], Iterator[tuple[object, ...]]]


def versions(kind: LockFileKind, content: bytes) -> Versions:
    """The versions of each project in a file, by normalized name; empty if the file cannot be read.

    The content of the file is not trusted: names, versions, markers and URLs must be strings, or else the entry is
    ignored.
    """
    found: Versions = {}
    try:
        for name, *fields in kind.parse(content):
            if isinstance(name, str) and all(isinstance(field, str) for field in fields):
                found.setdefault(normalize(name) or "", []).append(LockFileEntry(*map(str, fields)))
    except (ValueError, RecursionError, SourceError, TypeError, AttributeError, KeyError):
        return {}
    return found


def _uv_lock(content: bytes) -> Iterator[tuple[object, ...]]:
    for package in _compat.parse(content).get("package", []):
        if "registry" in package.get("source", {}) and "version" in package:
            yield package["name"], package["version"], "", package["source"]["registry"]


def _pylock(content: bytes) -> Iterator[tuple[object, ...]]:
    for package in _compat.parse(content).get("packages", []):
        if "version" in package and not package.keys() & {"vcs", "directory", "archive"}:
            yield package["name"], package["version"], package.get("marker", ""), package.get("index", "")


def _poetry_lock(content: bytes) -> Iterator[tuple[object, ...]]:
    for package in _compat.parse(content).get("package", []):
        source = package.get("source", {})
        if source.get("type", "legacy") == "legacy":  # "legacy" is poetry's word for another index
            marker = package.get("markers", "")
            yield package["name"], package["version"], marker if isinstance(marker, str) else "", source.get("url", "")


def _pipfile_lock(content: bytes) -> Iterator[tuple[object, ...]]:
    document: dict[str, Any] = json.loads(content)
    for section in ("default", "develop"):
        for name, package in document.get(section, {}).items():
            if str(package.get("version", "")).startswith("=="):
                yield name, package["version"][2:], package.get("markers", "")


def _requirements(content: bytes) -> Iterator[tuple[object, ...]]:
    for entry in parse_file(Source.decode("", content)).entries:
        match entry.requirement:
            case Named(normalized=str(name), exactness=Exactness.EXACT, specifier=specifier) if specifier.is_known:
                if version := re.fullmatch(r"={2,3}\s*([^\s,*]+)", str(specifier)):
                    yield name, version[1], str(entry.text).partition(";")[2].strip()


CONSTRAINTS = LockFileKind("constraints", "", _requirements)
"""The files that a command names with ``-c``."""

LOCKS = (
    LockFileKind("uv.lock", r"uv\.lock", _uv_lock),
    LockFileKind("pylock.toml", r"pylock(\..+)?\.toml", _pylock),
    LockFileKind("poetry.lock", r"poetry\.lock", _poetry_lock),
    LockFileKind("Pipfile.lock", r"Pipfile\.lock", _pipfile_lock),
    LockFileKind("requirements", r"requirements.*\.txt|requirements/.+\.txt", _requirements),
)
"""The files beside the Dockerfile or in the root of the repository, in the order of priority."""
