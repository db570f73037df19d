"""A URL names something that can change.

## Why it matters

A branch changes with every commit, and a tag can be moved. Only a full commit id always names the same files. The same
is true for a requirements or constraints file that is downloaded during the build.

## Flagged

    RUN pip install git+https://example.org/flask.git@main
    RUN pip install git+https://example.org/flask.git@3.0.0
    RUN pip install git+https://example.org/flask.git@0123456
    RUN pip install https://github.com/pallets/flask/archive/main.zip
    RUN pip install https://github.com/pallets/flask/raw/main/dist/flask-3.0.0.tar.gz
    RUN pip install -r https://example.org/requirements.txt

## Accepted

    RUN pip install git+https://example.org/flask.git@0123456789abcdef0123456789abcdef01234567
    RUN pip install https://github.com/pallets/flask/archive/refs/tags/3.0.0.zip
    RUN pip install https://example.org/flask-3.0.0.tar.gz
    RUN pip install -r requirements.txt

## Fix

Write the full commit id, and the tag in a comment. Copy the requirements file into the repository, or download it from
a URL with a commit id.
"""

from __future__ import annotations

import re

from pinhook._startup.lazy_re import regex
from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.requirements import Direct, Ref
from pinhook.rules._base import Level, Rule, place_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pinhook.finding import Finding
    from pinhook.installers import Installation

_REMOTE = regex("(?:https?|ftp)://", re.IGNORECASE)
_COMMIT = regex("(?<![0-9a-f])[0-9a-f]{40}(?![0-9a-f])", re.IGNORECASE)


def check(installation: Installation) -> Iterator[Finding]:
    """Report the URLs that name a branch or a tag, and the files that are downloaded during the build."""
    for target in installation.targets:
        match target.requirement:
            case Direct(ref=Ref.MUTABLE, vcs=None, hashed=True):
                pass  # installers refuse a file with another hash
            case Direct(ref=Ref.MUTABLE, vcs=None, url=url):
                message = f"{url} names a branch, which changes; write a tag or a full commit id"
                yield RULE.report(installation, target, message)
            case Direct(ref=Ref.MUTABLE, url=url):
                message = f"{url} names a branch or a tag, which can change; write a full commit id"
                yield RULE.report(installation, target, message)
    for file in (*installation.requirements_files, *installation.constraints_files):
        if _REMOTE.match(str(file)) and file.is_known and not _COMMIT.search(str(file)):
            message = f"{file} can change between two builds; copy the file into the repository"
            yield RULE.finding(installation, place_in(installation.place, file), message, str(file), str(file))


RULE = Rule("PIN009", "mutable-ref", Level.STRICT, check)
