"""Repositories as dictionaries, and the findings in them."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from pinhook.repository.repository import Repository
from pinhook.requirements.encoding import decode
from pinhook.source import Source
from tests.checks import check

if TYPE_CHECKING:
    from pinhook.check import Report

LOOSE, PINNED = "flask\n", "flask==3.0.0\n"


def repository_of(files: dict[str, str], dockerfile: str = "Dockerfile") -> Repository:
    folders = {above for path in files for above in _above(path)}
    return Repository(
        dockerfile,
        files.__contains__,
        folders.__contains__,
        lambda: sorted(files),
        lambda path: files[path].encode() if path in files else None,
        decode,
    )


def _above(path: str) -> list[str]:
    parts = path.split("/")[:-1]
    return [posixpath.join("", *parts[:count]) for count in range(len(parts) + 1)]


def checked(files: dict[str, str], dockerfile: str = "Dockerfile", codes: tuple[str, ...] = ("PIN007",)) -> Report:
    """What is found in a Dockerfile, which is one of the files."""
    repository = repository_of(files, dockerfile)
    return check(Source(dockerfile, files[dockerfile]), codes, repository=lambda: repository)


def found(files: dict[str, str], dockerfile: str = "Dockerfile") -> list[str]:
    """The places of findings: ``path:line``, those in the Dockerfile first."""
    report = checked(files, dockerfile)
    findings = [finding for each in (report, *report.included) for finding in each.findings]
    return [f"{place.source.path}:{place.source.position(place.span.start).line}" for place, *_ in findings]


def reasons(files: dict[str, str], dockerfile: str = "Dockerfile") -> list[str]:
    """What became of each file that a command names: its path, or why it was not found."""
    return [each.reason or each.path or "here" for each in checked(files, dockerfile).followed]
