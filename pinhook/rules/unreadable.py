"""Something that may install packages cannot be read.

## Why it matters

What pinhook cannot read it cannot judge, and it does not pretend to have judged it: a package without a version may
hide there. The rest of the file is checked all the same.

## Flagged

    RUN pip install --req requirements.txt

## Accepted

    RUN pip install --requirement requirements.txt

## Fix

Write options in full; an abbreviation that could be two options is an error for pip too. Shell text that pinhook cannot
read is often text that a shell cannot read either: a quote or a parenthesis that is not closed. Docker refuses an exec
form that holds anything but strings, and reads a file with carriage returns and no line feeds as one line.
"""

from __future__ import annotations

from pinhook.finding import Finding
from pinhook.light_typing import TYPE_CHECKING
from pinhook.rules.rule import Level, Rule, Subject, tellable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pinhook.documents.contents import Unread


def check(unread: Unread) -> Iterator[Finding]:
    """Report an option of a command that could not be read, or shell text outside of any command."""
    reason = unread.reason if unread.installer else f"this cannot be read: {unread.reason}"
    yield Finding(unread.place, RULE.code, RULE.name, tellable(reason), installer=unread.installer)


RULE = Rule("PIN006", "unreadable", Level.DEFAULT, check, Subject.UNREAD)
