"""The installer refuses a target, or reads it as something else than was meant.

## Why it matters

`flask=2.0` and `flask@2.0` are pins in other tools and none for pip. `requirements.txt` without `-r` is a valid name
for a project, and somebody may own it. In three words, `flask == 2.0` asks for three projects. None of them installs
the version that was meant.

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

Every message says what to write where that is certain.
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
    """Report the targets that are no requirements, and those that no version can meet."""
    for target in installation.targets:
        if target.swallowed:
            continue
        match target.requirement:
            case Malformed(text=text, reason=reason, suggestion=suggestion):
                word = text if len(text) else target.argument.written
                hint = f"; write {suggestion}" if suggestion else ""
                yield RULE.report(installation, target, f"{word} {reason}{hint}")
            case Named(exactness=Exactness.NONE, requested=requested, specifier=specifier):
                message = f"no version can be {requested}{specifier}; write {requested}==<version>"
                yield RULE.report(installation, target, message)


RULE = Rule("PIN005", "invalid-requirement", Level.DEFAULT, check)
