"""Whether a file in which comments were edited says the same to the build and has the same findings: ``Verifier``."""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.source import SourceError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import TypeAlias

    from pinhook.check import Report
    from pinhook.documents import Document
    from pinhook.finding import Finding
    from pinhook.ignore_comments.outline import Outline
    from pinhook.ignore_comments.suppress import CoveringComment
    from pinhook.source import Source, Span

    Check: TypeAlias = Callable[[Source], tuple[Document, Report]]
    """Reads the bytes that a source is written as, and gives the document and the report on it."""

UNUSED = "PIN010"
"""The code of the rule about the comments themselves."""
MAX_TRIALS = 24
"""How often the edits of a file are tried, all of them or a part."""


class Flaw(NamedTuple):
    """A finding that is not about a comment, and whether a comment suppresses it."""

    finding: Finding
    is_suppressed: bool


class Difference(NamedTuple):
    """What an edit has changed: a part of the file as it was, or with ``part=None`` something else."""

    part: Span | None


class Verifier:
    """Compares a file with what edits of its comments make of it.

    ``flaws`` are the findings of the file as it is, suppressed or not, in the order of the file.
    """

    def __init__(self, source: Source, check: Check) -> None:
        self.check = check
        self.document, report = check(source)
        self.outline = _outline(self.document)
        self.flaws = flaws_of(report)
        self.trials = 0

    @property
    def is_over(self) -> bool:
        """Whether edits have been tried so often that it has to do."""
        return self.trials >= MAX_TRIALS

    def flaws_after(self, after: Source) -> list[Flaw] | Difference:
        """The same findings in the edited file, one for each of ``flaws``; or what differs."""
        self.trials += 1
        try:
            document, report = self.check(after)
        except SourceError:
            return Difference(None)  # the comment that declares an encoding has moved
        if document.source.text != after.text:
            return Difference(None)
        if (changed := self._changed_part(_outline(document))) is not None:
            return changed
        flaws = flaws_of(report)
        return flaws if list(map(_subject, flaws)) == list(map(_subject, self.flaws)) else Difference(None)

    def _changed_part(self, outline: Outline) -> Difference | None:
        if len(outline) != len(self.outline):
            return Difference(None)
        pairs = zip(self.outline, outline, strict=True)
        return next((Difference(before[0]) for before, after in pairs if before[1] != after[1]), None)


def comments_of(document: Document) -> Iterator[CoveringComment]:
    """The comments of a document, with what each one covers."""
    contents = document.read((), with_comments=True)
    return document.comments(contents) if contents else iter(())


def _outline(document: Document) -> Outline:
    contents = document.read((), with_comments=True)
    return document.outline(contents) if contents else []


def flaws_of(report: Report) -> list[Flaw]:
    """The findings of a file that are not about its comments, suppressed or not, in the order of the file."""
    flaws = [Flaw(each, False) for each in report.findings] + [Flaw(each.finding, True) for each in report.suppressed]
    return sorted((each for each in flaws if each.finding.code != UNUSED), key=lambda each: each.finding.key)


def _subject(flaw: Flaw) -> tuple[str, str, str]:
    return flaw.finding.code, flaw.finding.target, flaw.finding.project
