"""A package has no hash.

## Why it matters

A version names a release, and a release can have many files. An index, a mirror or a proxy decides which file is sent.
A hash names the file itself. A command line cannot contain a hash: pip reads hashes only in requirements files and in
URLs.

## Flagged

    RUN pip install flask==3.0.0
    RUN pip install https://example.org/flask-3.0.0.tar.gz

## Accepted

    RUN pip install --require-hashes -r requirements.txt
    RUN pip install https://example.org/flask-3.0.0.tar.gz#sha256=0123456789abcdef

## Fix

Move the package to a requirements file, here `requirements.in`. The first command locks it with its dependencies. The
second command installs only the locked files:

    uv pip compile --generate-hashes requirements.in -o requirements.txt
    pip install --require-hashes -r requirements.txt

`pip-compile --generate-hashes` also locks.
"""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.requirements import Direct, Exactness, Named
from pinhook.rules._base import Level, Rule, Subject, related_location

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pinhook.finding import Finding
    from pinhook.installers import FollowedFiles, Installation


_LOCKERS = {"uv": "uv pip compile", "pip-compile": "pip-compile"}
_LOCK = "lock {} with {} --generate-hashes and install it with pip install --require-hashes -r"


def check(installation: Installation, files: FollowedFiles) -> Iterator[Finding]:
    """Report the exact names and the archives without a hash, also in followed files.

    A full commit id of a repository counts as a hash.
    """
    yield from _without_hash(installation)
    if not (installation.require_hashes or installation.only_local):
        for each in files.requirements:
            for finding in _without_hash(each):
                yield finding._replace(related=(related_location(each, installation),))


def _without_hash(installation: Installation) -> Iterator[Finding]:
    if installation.require_hashes or installation.only_local:
        return
    hint = _hint(installation)
    for target in installation.targets:
        if target.hashed:
            continue
        match target.requirement:
            case Named(exactness=Exactness.EXACT, requested=requested, specifier=specifier):
                message = f"{requested}{specifier} has no hash; {hint}"
                yield RULE.report(installation, target, message)
            case Direct(vcs=None, hashed=False, url=url):
                yield RULE.report(installation, target, f"{url} has no hash; write {_with_hash(str(url))}")


def _hint(installation: Installation) -> str:
    """The two commands that lock and install. For a compiled file, the first command is that of its compiler."""
    if installation.file:
        return _LOCK.format("the file", _LOCKERS[installation.file.compiler or "uv"])
    return "move it to a requirements file, " + _LOCK.format("that", _LOCKERS["uv"])


def _with_hash(url: str) -> str:
    return f"{url}{'&' if '#' in url else '#'}sha256=<hash>"


RULE = Rule("PIN011", "no-hash", Level.HASHES, check, (Subject.WITH_FILES,))
