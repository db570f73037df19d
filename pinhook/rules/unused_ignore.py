"""An ignore comment suppresses nothing.

## Why it matters

The comment was written for a finding that no longer exists, or it does not mean what its author thought. It misleads
readers, and it will suppress the next finding there without a review.

## Flagged

    RUN pip install flask==3.0.0  # pinhook: ignore[PIN001] the newest is wanted

    # pinhook: ignore[PIN001: flask, django] the newest are wanted
    RUN pip install flask

    # pinhook: ignore[PIN999] the newest is wanted
    RUN pip install flask==3.0.0

## Accepted

    RUN pip install flask  # pinhook: ignore[PIN001] the newest is wanted

    # pinhook: ignore[PIN001: flask] the newest is wanted
    RUN pip install flask

    # pinhook: ignore[PIN001, PIN010] a matrix of builds pins it now and then
    RUN pip install flask==3.0.0

    # hadolint ignore=DL3013
    RUN pip install flask==3.0.0

## Fix

Remove the comment, or the part of it that the caret marks. `pinhook --remove-unused-ignores` does so. A comment that
names PIN010, or is for another tool, is never reported. A code counts as unused only if its rule is enabled.
"""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.finding import Finding
from pinhook.rules._base import Level, Rule, Subject, shorten

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from pinhook.ignore_comments import Ignore, Selector
    from pinhook.source import SourceText


def check(ignore: Ignore, used: Collection[Selector], codes: Collection[str]) -> Iterator[Finding]:
    """Report the mistakes in an ignore comment, and its selectors that are not in ``used``.

    ``codes`` are those of the enabled rules.
    """
    selectors = ignore.directive.selectors
    if not ignore.is_ours or any(RULE.code in (selector.codes or ()) for selector in selectors):
        return
    for problem in ignore.directive.problems:
        yield _finding(problem.text, problem.reason)
    unused = [each for each in selectors if each not in used and (each.codes is None or each.codes & set(codes))]
    if unused and len(unused) == len(selectors):
        yield _finding(ignore.directive.text, "this comment suppresses nothing; remove it")
    else:
        for selector in unused:
            yield _finding(selector.text, f"{selector.text} suppresses nothing here; remove it from the comment")


def _finding(text: SourceText, message: str) -> Finding:
    return Finding(text.place, RULE.code, RULE.name, shorten(message))


RULE = Rule("PIN010", "unused-ignore", Level.STRICT, check, (Subject.IGNORE_COMMENT,))
