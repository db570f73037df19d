"""The shell reads a specifier as a redirection.

## Why it matters

In `pip install flask>=1.0` without quotes, the shell reads `>` as a redirection. pip gets only `flask` and installs any
version; its output is written to a file named `=1.0`. With `<` the shell opens a file for reading.

## Flagged

    RUN pip install flask>=1.0
    RUN pip install flask<2,>=1
    RUN pip install 'flask[async]'>1

## Accepted

    RUN pip install flask==3.0.0
    RUN pip install flask==3.0.0 > log

## Fix

Write the requirement in quotes, `'flask>=1.0'`; or better, write an exact version: `flask==3.0.0`. `pinhook --fix`
writes the version if it is known, and the quotes otherwise.
"""

from __future__ import annotations

import re

from pinhook._compat import assert_never
from pinhook._startup.lazy_re import regex
from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.requirements import Direct, Exactness, Local, Malformed, Named, Unknown, parse_requirement
from pinhook.rules._base import Level, Rule
from pinhook.source import SourceText

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pinhook.finding import Finding
    from pinhook.installers import Installation, Target

_PROJECT = regex(r"[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?(?:\[[\w.,-]*\])?")


def check(installation: Installation) -> Iterator[Finding]:
    """Report the targets with a swallowed specifier. Exemptions do not apply."""
    for target in installation.targets:
        if target.swallowed:
            with_specifier = SourceText.join([target.text, *(redirection.written for redirection in target.swallowed)])
            place = with_specifier.place if with_specifier.is_contiguous else None
            yield RULE.report(installation, target, _message(target, installation.installer), place)


def _message(target: Target, installer: str) -> str:
    written = "".join(re.sub(r"\s", "", str(redirection.written)) for redirection in target.swallowed)
    kind = "a redirection" if len(target.swallowed) == 1 else "redirections"
    cause = f"the shell reads {written} as {kind}, so {installer} sees only {target.text}"
    match target.requirement:
        case Named(exactness=Exactness.ANY, requested=requested):
            quoted = _quoted(target)
            return f"{cause}; write {f'{quoted} in quotes, or better ' if quoted else ''}{requested}==<version>"
        case Named(exactness=Exactness.EXACT) | Direct() | Local():
            return f"{cause}; leave {written} out"
        case Named(requested=requested):
            return f"{cause}; write {requested}==<version>"
        case Malformed(text=text):  # ``flask=>1``
            project = _PROJECT.fullmatch(str(text).rstrip("=~!"))
            return f"{cause}; write {project[0]}==<version>" if project else cause
        case Unknown(text=text):
            return f'{cause}; write "{text}{target.specifier}" in quotes' if "$" in str(text) else cause
        case _:
            assert_never(target.requirement)


def _quoted(target: Target) -> str | None:
    """The target with its specifier, in quotes; ``None`` if that is not a requirement."""
    specifier = target.specifier
    missing = "" if re.search(r"[\d$]", specifier) else "<version>"  # ``flask >= 1.0`` in three words
    last = target.swallowed[-1].written
    with_specifier = SourceText.join([target.text, last.decoded(specifier + missing.replace("<version>", "1"))])
    quote = '"' if "$" in str(with_specifier) else "'"
    is_one = "$" in str(with_specifier) or (
        isinstance(parse_requirement(with_specifier), Named) and not {quote, ";"} & {*str(with_specifier)}
    )
    return f"{quote}{target.text}{specifier}{missing}{quote}" if is_one else None


RULE = Rule("PIN004", "swallowed-specifier", Level.DEFAULT, check, has_fix=True)
