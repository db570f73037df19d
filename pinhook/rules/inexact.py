"""A package is installed with a range of versions.

## Why it matters

A range, `~=` or `==1.*` admits several versions. The image gets the newest of them on the day of the build.

## Flagged

    RUN pip install 'flask>=3'
    RUN pip install 'flask>=3,<4'
    RUN pip install flask~=3.0
    RUN pip install flask!=3.0.1
    RUN pip install 'flask==3.*'
    RUN pip install 'flask>=3,<=3'

## Accepted

    RUN pip install flask==3.0.0
    RUN pip install 'flask==3.0.0,!=3.0.1'
    RUN pip install flask===3.0.0
    RUN pip install 'flask>=3' -c constraints.txt
    RUN pip install 'flask>=3' flask==3.0.0

## Fix

Write one version: `flask==3.0.0`. A range belongs in the metadata of a package: it says with which versions the package
works. A Dockerfile says which version is installed. `pinhook --fix` writes the newest version that the
range admits.
"""

from __future__ import annotations

import re

from pinhook._startup.lazy_re import regex
from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.installers import NO_FILES
from pinhook.requirements import Exactness, Named
from pinhook.rules._base import Level, Rule, Subject
from pinhook.rules._exemptions import unconstrained

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pinhook.finding import Finding
    from pinhook.installers import FollowedFiles, Installation

_CLOSED = regex(r"(?P<first>[<>])=(?P<version>[^,]+),(?!(?P=first))[<>]=(?P=version)")
_PREFIX = regex(r"==(?P<prefix>[^,]+)\.\*")


def check(installation: Installation, files: FollowedFiles = NO_FILES) -> Iterator[Finding]:
    """Report the names whose specifier set admits several versions."""
    for target, named in unconstrained(installation, Exactness.INEXACT, files):
        yield RULE.report(installation, target, _message(named))


def _message(named: Named) -> str:
    specifier = re.sub(r"\s", "", str(named.specifier))
    requested = str(named.requested)
    written = f"{requested}{' ' * (named.requested.span.end < named.specifier.span.start)}{named.specifier}"
    if closed := _CLOSED.fullmatch(specifier):
        return f"{written} admits only one version, but is a range; write {requested}=={closed['version']}"
    if specifier == "@latest":
        return f"{written} is the newest version at every build; write {requested}@<version>"
    if specifier.startswith("==="):
        return f"{written} compares the text of the version, including the *; write {requested}==<version>"
    if prefix := _PREFIX.fullmatch(specifier):
        return f"{written} admits every version that starts with {prefix['prefix']}; write {requested}==<version>"
    return f"{written} admits several versions; write {requested}==<version>"


RULE = Rule("PIN002", "inexact", Level.DEFAULT, check, (Subject.WITH_FILES,), honours_allow=True, has_fix=True)
