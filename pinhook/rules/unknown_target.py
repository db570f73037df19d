"""Only the build knows what is installed, or in which version.

## Why it matters

The Dockerfile does not say it: the value comes from a build argument without a default, from the environment of the
build, or from a command that runs during it. Whoever starts the build decides, and the repository keeps no record.

## Flagged

    RUN pip install $PACKAGES
    RUN pip install flask==$FLASK_VERSION
    RUN pip install $(cat packages)
    RUN pip install git+https://example.org/flask.git@$REF

## Accepted

    RUN pip install flask==3.0.0
    RUN VERSION=3.0.0 && pip install flask==$VERSION

## Fix

Give the variable a value in the Dockerfile: `ARG FLASK_VERSION=3.0.0`. A list of packages belongs in a requirements
file.
"""

from __future__ import annotations

from pinhook.exhaustive import assert_never
from pinhook.light_typing import TYPE_CHECKING
from pinhook.requirements import Direct, Exactness, Local, Malformed, Named, Ref, Unknown
from pinhook.rules.rule import Level, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pinhook.finding import Finding
    from pinhook.installers import Installation, Target


def check(installation: Installation) -> Iterator[Finding]:
    """Report the targets that are unknown, or whose name, version or ref is."""
    for target in installation.targets:
        if not target.swallowed and (message := _message(target)):
            yield RULE.report(installation, target, message)


def _message(target: Target) -> str | None:
    match target.requirement:
        case Unknown(text=text):
            return f"only the build knows what {text} installs"
        case Named(exactness=Exactness.EXACT, name=name) if not name.is_known:
            return f"only the build knows which project {name} is"
        case Named(exactness=Exactness.EXACT, name=name, specifier=specifier) if not specifier.is_known:
            return f"only the build knows which version {name}{specifier} is; give the variable a value"
        case Direct(ref=Ref.UNKNOWN, url=url):
            return f"only the build knows which commit {url} is"
        case Named() | Direct() | Local() | Malformed():
            return None
        case _:
            assert_never(target.requirement)


RULE = Rule("PIN008", "unknown-target", Level.STRICT, check)
