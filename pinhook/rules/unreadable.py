"""A part of the file may install packages and cannot be read.

## Why it matters

A package without a version may be in the part that pinhook cannot read. So pinhook reports this part. The rest of the
file is checked.

## Flagged

    RUN pip install --req requirements.txt
    RUN pip install --an-option-of-tomorrow flask

## Accepted

    RUN pip install --an-option-of-tomorrow flask==3.0.0
    RUN pip install --requirement requirements.txt

## Fix

Write options in full: pip also refuses an abbreviation that could mean two options. If pinhook cannot read shell code,
a shell often cannot read it either: a quote or a parenthesis is not closed. Docker refuses an exec form with anything
but strings. It reads a file with carriage returns and no line feeds as one line.
"""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.finding import Finding
from pinhook.installers import Installation
from pinhook.requirements import is_too_long
from pinhook.rules._base import Level, Rule, Subject, shorten
from pinhook.rules._exemptions import reported_by_default

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pinhook.documents.contents import Unread
    from pinhook.source import Place


def check(seen: Installation | Unread) -> Iterator[Finding]:
    """Report the parts of an install command that could not be read, and the unread parts of a document.

    An unknown option is reported only if the word after it would be a finding as a target.
    """
    if not isinstance(seen, Installation):
        yield _finding(seen.place, f"this cannot be read: {seen.reason}")
        return
    doubtful = [problem.doubtful for problem in seen.problems if problem.doubtful]
    reported = {id(target) for target in reported_by_default(seen, doubtful)} if doubtful else ()
    for problem in seen.problems:
        if problem.doubtful is None or id(problem.doubtful) in reported:
            yield _finding(problem.place, problem.reason, seen.installer)
    for target in seen.targets:
        if is_too_long(target.text) and not target.swallowed:
            message = f"a word of {len(target.text)} characters is too long to read"
            yield RULE.report(seen, target, message)


def _finding(place: Place, reason: str, installer: str = "") -> Finding:
    return Finding(place, RULE.code, RULE.name, shorten(reason), installer=installer)


_SUBJECTS = (Subject.UNREAD, Subject.INSTALLATION)
RULE = Rule("PIN006", "unreadable", Level.DEFAULT, check, _SUBJECTS, honours_allow=True)
