"""The installer refuses a target, or reads it as something else.

## Why it matters

`flask=2.0` and `flask@2.0` are exact versions in other tools, but not in pip. `requirements.txt` without `-r` is a
valid name of a project, which anybody may own. `flask == 2.0` without quotes is three words, and pip reads three
projects. None of these installs the version that was meant.

## Flagged

    RUN pip install flask=2.0
    RUN pip install flask@2.0
    RUN pip install flask == 2.0
    RUN pip install requirements.txt
    RUN pip install flask==
    RUN pip install 'flask==1.0,==2.0'
    RUN pip install git@example.org:team/flask.git
    RUN pip install https://example.org/team/flask.git
    RUN pip install flask==2.0 pip install django==5.0

## Accepted

    RUN pip install flask==2.0
    RUN pip install 'flask == 2.0'
    RUN pip install -r requirements.txt
    RUN pip install git+ssh://git@example.org/team/flask.git@2.0

## Fix

The message says what to write, if it is certain. `pinhook --fix` writes it.
"""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.requirements import Exactness, Malformed, Named
from pinhook.rules._base import Level, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pinhook.finding import Finding
    from pinhook.installers import Installation


def check(installation: Installation) -> Iterator[Finding]:
    """Report the targets that are not requirements, and those that no version can satisfy."""
    for target in installation.targets:
        if target.swallowed:
            continue
        match target.requirement:
            case Malformed(text=text, reason=reason, suggestion=suggestion):
                word = text if len(text) else target.argument.written
                hint = f"; write {suggestion}" if suggestion else ""
                yield RULE.report(installation, target, f"{word} {reason}{hint}")
            case Named(exactness=Exactness.NONE, requested=requested, specifier=specifier):
                message = f"no version satisfies {requested}{specifier}; write {requested}==<version>"
                yield RULE.report(installation, target, message)


RULE = Rule("PIN005", "invalid-requirement", Level.DEFAULT, check, has_fix=True)
