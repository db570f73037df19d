"""A repository is installed without a commit.

## Why it matters

Without a ref, pip installs the newest commit of the default branch. Every build may install another program, which was
never released. The `@` in front of a host is not a ref: it follows the user name.

## Flagged

    RUN pip install git+https://example.org/flask.git
    RUN pip install -e git+https://example.org/flask.git#egg=flask
    RUN pip install git+ssh://git@example.org/flask.git
    RUN pip install 'flask @ git+https://example.org/flask.git'
    RUN uv pip install https://example.org/flask.git

## Accepted

    RUN pip install git+https://example.org/flask.git@3.0.0
    RUN pip install -e git+https://example.org/flask.git@3.0.0#egg=flask
    RUN pip install 'flask @ git+https://example.org/flask.git@0123456789abcdef0123456789abcdef01234567'

## Fix

Write `@` and a commit id after the path of the URL. A tag is accepted too. A tag can be moved; rule PIN009 of the
level strict reports it.
"""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.requirements import Direct, Ref, repository_url
from pinhook.rules._base import Level, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pinhook.finding import Finding
    from pinhook.installers import Installation


def check(installation: Installation) -> Iterator[Finding]:
    """Report the VCS URLs without a ref. A constraints file cannot give them one."""
    for target in installation.targets:
        match target.requirement:
            case Direct(ref=Ref.MISSING, url=url):
                message = f"{url} names no commit; write {repository_url(str(url))}"
                yield RULE.report(installation, target, message)


RULE = Rule("PIN003", "vcs-without-ref", Level.DEFAULT, check)
