"""Client for the simple API of an index: the files of a project, for checks that uv does not make.

uv ignores upper bounds of ``requires-python``, and chooses a pre-release if only that is within the bounds. pip does
neither.
"""

from __future__ import annotations

import json
from functools import partial
from html.parser import HTMLParser
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.fix import bounded, old_pips
from pinhook.requirements.versions import admits, is_prerelease, version_of_file

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

TIMEOUT = 15.0
"""Time limit in seconds for a silent index. The whole answer may take twice as long."""

MAX_BYTES = 64 << 20
"""Maximum size of a page in bytes. The largest pages of the public index have about 20 MB."""

_ACCEPT = "application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html;q=0.2, text/html;q=0.1"


class File(NamedTuple):
    """A file of a project: its version, and its ``requires-python``."""

    version: str
    requires_python: str
    is_yanked: bool
    name: str = ""


def objection(files: Iterable[File], version: str, python: str) -> str | None:
    """A clause: why pip would not install a version for a Python, although uv chose it."""
    files = list(files)
    files_of_version = [file for file in files if admits(f"=={version}", file.version)]
    if files_of_version and not any(
        not file.requires_python or admits(file.requires_python, python) for file in files_of_version
    ):
        return f"its version {version} needs Python {files_of_version[0].requires_python}"
    return None


def versions_not_taken(files: Iterable[File], pip: str, python: str, platform: str) -> list[str]:
    """The versions without a file that an old pip can install. ``platform`` is named as in uv."""
    cpu = platform.partition("-")[0]
    takes: dict[str, bool] = {}
    for file in files:
        takes[file.version] = takes.get(file.version, False) or old_pips.takes(file.name, pip, python, cpu)
    return [version for version, is_taken in takes.items() if not is_taken]


def has_final(files: Iterable[File]) -> bool:
    """Whether a project has a version that is not a pre-release. Then pip would not choose a pre-release."""
    return any(not is_prerelease(file.version) and not file.is_yanked for file in files)


class PageError(Exception):
    """The page of an index is wrong. The message is a clause whose subject is the index."""


class StalledError(PageError):
    """The answer of the index does not end."""


def files_of(index: str, name: str) -> list[File] | None:
    """The files of a project; ``None`` if the index refuses access without a password, or cannot be asked.

    Raises ``PageError`` for a wrong answer.
    """
    try:
        parts = urlsplit(index)
    except ValueError:
        return None
    if parts.scheme not in {"http", "https", "file"} or "@" in parts.netloc:
        return None
    page = f"{index.rstrip('/')}/{name}/" + ("index.html" if parts.scheme == "file" else "")
    try:
        return bounded.in_time(partial(_files, page), 2 * TIMEOUT)
    except (bounded.TooLongError, TimeoutError) as error:
        raise StalledError(f"does not finish its answer about {name}") from error
    except (OSError, HTTPException):
        return None
    except (ValueError, KeyError, TypeError, AttributeError, AssertionError, RecursionError) as error:
        raise PageError(f"has a page of {name} that cannot be read") from error


def _files(page: str) -> list[File]:
    content = _content(page)
    return list(_from_json(content) if content.lstrip().startswith(b"{") else _from_html(content))


def _content(page: str) -> bytes:
    """The bytes of a page. Raises ``ValueError`` if it is larger than ``MAX_BYTES``."""
    try:
        with urlopen(Request(page, headers={"Accept": _ACCEPT}), timeout=TIMEOUT) as response:  # noqa: S310  see above
            content: bytes = response.read(MAX_BYTES + 1)
    except HTTPError as error:
        error.close()
        raise
    if len(content) > MAX_BYTES:
        raise ValueError(page)
    return content


def _from_json(content: bytes) -> Iterable[File]:
    document: dict[str, Any] = json.loads(content)
    for file in document["files"]:
        python = file.get("requires-python") or ""
        if not isinstance(python, str):
            raise TypeError(python)
        if version := version_of_file(file["filename"]):
            yield File(version, python, bool(file.get("yanked")), file["filename"])


def _from_html(content: bytes) -> Iterable[File]:
    page = _Page()
    page.feed(content.decode("utf-8", "replace"))
    page.close()
    for attributes in page.links:
        filename = urlsplit(attributes.get("href") or "").path.rpartition("/")[2]
        if version := version_of_file(filename):
            python = attributes.get("data-requires-python") or ""
            yield File(version, python, "data-yanked" in attributes, filename)


class _Page(HTMLParser):
    """The links of a page, with their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[dict[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep a link."""
        if tag == "a":
            self.links.append(dict(attrs))
