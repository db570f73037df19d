"""Whether editing comments leaves the build and the findings of a file unchanged: ``Verifier``."""

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
    from pinhook.ignore_comments.placement import LogicalLines, Slot
    from pinhook.ignore_comments.suppress import CoveringComment
    from pinhook.source import Source, Span

    Check: TypeAlias = Callable[[Source], tuple[Document, Report]]
    """A function from the bytes of a source to the document and its report."""

UNUSED = "PIN010"
"""The code of the rule about ignore comments."""
MAX_TRIALS = 24
"""Maximum number of trials with the edits of a file, or a part of them."""


class Flaw(NamedTuple):
    """A finding that is not about a comment, and whether it is suppressed."""

    finding: Finding
    is_suppressed: bool


class Difference(NamedTuple):
    """A change by an edit: a part of the original file, or ``part=None`` for anything else."""

    part: Span | None


class Verifier:
    """Compares a file with edited versions of it.

    ``flaws`` are the findings of the original file, suppressed or not, in its order.
    """

    def __init__(self, source: Source, check: Check) -> None:
        self.check = check
        self.document, report = check(source)
        self.outline = _outline(self.document)
        self.flaws = flaws_of(report)
        self.trials = 0
        self.logical_lines: LogicalLines = {}

    @property
    def is_over(self) -> bool:
        """Whether ``MAX_TRIALS`` is reached."""
        return self.trials >= MAX_TRIALS

    def slots(self, finding: Finding) -> list[Slot]:
        """The slots for a comment about a finding, narrowest first."""
        return list(self.document.comment_slots(finding.place.span.start, self.logical_lines))

    def flaws_after(self, after: Source) -> list[Flaw] | Difference:
        """The same findings in the edited file, one for each of ``flaws``; or a difference."""
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
    """The findings of a file that are not about its comments, suppressed or not, in its order."""
    flaws = [Flaw(each, False) for each in report.findings] + [Flaw(each.finding, True) for each in report.suppressed]
    return sorted((each for each in flaws if each.finding.code != UNUSED), key=lambda each: each.finding.key)


def _subject(flaw: Flaw) -> tuple[str, str, str]:
    return flaw.finding.code, flaw.finding.target, flaw.finding.project
