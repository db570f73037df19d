"""A package is installed without any version.

## Why it matters

The image gets the newest version on the day of the build. Two builds of the same Dockerfile differ. A release that
breaks the program, or a malicious release, is installed although no line of the repository has changed.

## Flagged

    RUN pip install flask
    RUN pip install 'flask[async]'
    RUN pip install --upgrade pip
    RUN pip install 'flask; python_version > "3.9"'

## Accepted

    RUN pip install flask==3.0.0
    RUN pip install 'flask[async]==3.0.0'
    RUN pip install flask -c constraints.txt
    RUN pip install --no-index --find-links /wheels flask
    RUN pip install -r requirements.txt
    RUN pip install .

## Fix

Write the version after the name: `flask==3.0.0`. `pinhook --fix` writes it if a lock file of the repository or the
package index has it.
"""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.installers import NO_FILES
from pinhook.requirements import Exactness
from pinhook.rules._base import Level, Rule, Subject
from pinhook.rules._exemptions import unconstrained

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pinhook.finding import Finding
    from pinhook.installers import FollowedFiles, Installation


def check(installation: Installation, files: FollowedFiles = NO_FILES) -> Iterator[Finding]:
    """Report the names without a version."""
    for target, named in unconstrained(installation, Exactness.ANY, files):
        requested = named.requested
        yield RULE.report(installation, target, f"{requested} is not pinned; write {requested}==<version>")


RULE = Rule("PIN001", "unpinned", Level.DEFAULT, check, (Subject.WITH_FILES,), honours_allow=True, has_fix=True)
