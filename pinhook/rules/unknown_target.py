"""Only the build knows what is installed, or which version.

## Why it matters

The value is not in the Dockerfile: it comes from a build argument without a default, from the environment of the build,
or from a command that runs during the build. The person who starts the build decides, and the repository has no record
of it.

## Flagged

    RUN pip install $PACKAGES
    RUN pip install flask==$FLASK_VERSION
    RUN pip install $(cat packages)
    RUN pip install git+https://example.org/flask.git@$REF

## Accepted

    RUN pip install flask==3.0.0
    RUN VERSION=3.0.0 && pip install flask==$VERSION

## Fix

Give the variable a value in the Dockerfile: `ARG FLASK_VERSION=3.0.0`. An `ARG` before the first `FROM` is visible in a
stage only if the stage repeats it: `ARG FLASK_VERSION`. Replace a command substitution by the version itself. Write a
list of packages into a requirements file.
"""

from __future__ import annotations

from pinhook._compat import assert_never
from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.requirements import Direct, Exactness, Local, Malformed, Named, Ref, Unknown, is_too_long, variables_of
from pinhook.rules._base import Level, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pinhook.finding import Finding
    from pinhook.installers import Installation, Target
    from pinhook.source import SourceText


def check(installation: Installation) -> Iterator[Finding]:
    """Report the targets that are unknown, or whose name, version or ref is unknown."""
    for target in installation.targets:
        if target.swallowed or is_too_long(target.text):
            continue
        if message := _message(target, installation.undeclared_arguments):
            yield RULE.report(installation, target, message)._replace(is_once_per_word=True)


def _message(target: Target, lost: frozenset[str]) -> str | None:
    match target.requirement:
        case Unknown(text=text):
            return f"only the build knows what {text} installs{_hint(text, lost)}"
        case Named(exactness=Exactness.EXACT, name=name) if not name.is_known:
            return f"only the build knows which project {name} is{_hint(name, lost)}"
        case Named(exactness=Exactness.EXACT, requested=requested, specifier=specifier) if not specifier.is_known:
            otherwise = "give the variable a value" if variables_of(specifier) else f"write {requested}==<version>"
            hint = _hint(specifier, lost, otherwise)
            return f"only the build knows which version {requested}{specifier} is{hint}"
        case Direct(ref=Ref.UNKNOWN, url=url):
            return f"only the build knows which commit {url} is{_hint(url, lost)}"
        case Named() | Direct() | Local() | Malformed():
            return None
        case _:
            assert_never(target.requirement)


def _hint(text: SourceText, lost: frozenset[str], otherwise: str = "") -> str:
    """What to do about the unknown parts of a text, with a semicolon in front; empty if there is no advice."""
    names = [name for name in variables_of(text) if name in lost]
    hint = f"repeat ARG {' '.join(names)} in the stage" if names else otherwise
    return f"; {hint}" if hint else ""


RULE = Rule("PIN008", "unknown-target", Level.STRICT, check)
