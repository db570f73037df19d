"""Whether editing comments leaves the build and the findings of a file unchanged: ``Verifier``."""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.rule_codes import UNUSED_IGNORE
from pinhook.source import SourceError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import TypeAlias

    from pinhook.check import Report
    from pinhook.documents import Document
    from pinhook.finding import Finding
    from pinhook.ignore_comments.build_content import BuildContent
    from pinhook.ignore_comments.placement import LogicalLines, Slot
    from pinhook.ignore_comments.suppress import CoveringComment
    from pinhook.source import Source, Span

    Check: TypeAlias = Callable[[Source], tuple[Document, Report]]
    """A function from the bytes of a source to the document and its report."""

MAX_TRIALS = 24
"""Maximum number of trials with the edits of a file, or a part of them."""


class ComparedFinding(NamedTuple):
    """A finding that is not about a comment, and whether it is suppressed."""

    finding: Finding
    is_suppressed: bool


class BuildDifference(NamedTuple):
    """A change by an edit: a part of the original file, or ``part=None`` for anything else."""

    part: Span | None


class Verifier:
    """Compares a file with edited versions of it.

    ``findings`` are the findings of the original file, suppressed or not, in its order.
    """

    def __init__(self, source: Source, check: Check) -> None:
        self.check = check
        self.document, report = check(source)
        self.build_content = _build_content(self.document)
        self.findings = findings_of(report)
        self.trials = 0
        self.logical_lines: LogicalLines = {}

    @property
    def is_over(self) -> bool:
        """Whether ``MAX_TRIALS`` is reached."""
        return self.trials >= MAX_TRIALS

    def slots(self, finding: Finding) -> list[Slot]:
        """The slots for a comment about a finding, narrowest first."""
        return list(self.document.comment_slots(finding.place.span.start, self.logical_lines))

    def findings_after(self, after: Source) -> list[ComparedFinding] | BuildDifference:
        """The same findings in the edited file, one for each of ``findings``; or a difference."""
        self.trials += 1
        try:
            document, report = self.check(after)
        except SourceError:
            return BuildDifference(None)  # the comment that declares an encoding has moved
        if document.source.text != after.text:
            return BuildDifference(None)
        if (changed := self._changed_part(_build_content(document))) is not None:
            return changed
        findings = findings_of(report)
        return (
            findings if list(map(_identity, findings)) == list(map(_identity, self.findings)) else BuildDifference(None)
        )

    def _changed_part(self, build_content: BuildContent) -> BuildDifference | None:
        if len(build_content) != len(self.build_content):
            return BuildDifference(None)
        pairs = zip(self.build_content, build_content, strict=True)
        return next((BuildDifference(before[0]) for before, after in pairs if before[1] != after[1]), None)


def comments_of(document: Document) -> Iterator[CoveringComment]:
    """The comments of a document, with what each one covers."""
    contents = document.read((), with_comments=True)
    return document.comments(contents) if contents else iter(())


def _build_content(document: Document) -> BuildContent:
    contents = document.read((), with_comments=True)
    return document.build_content(contents) if contents else []


def findings_of(report: Report) -> list[ComparedFinding]:
    """The findings of a file that are not about its comments, suppressed or not, in its order."""
    findings = [ComparedFinding(each, False) for each in report.findings] + [
        ComparedFinding(each.finding, True) for each in report.suppressed
    ]
    return sorted((each for each in findings if each.finding.code != UNUSED_IGNORE), key=lambda each: each.finding.key)


def _identity(compared: ComparedFinding) -> tuple[str, str, str]:
    return compared.finding.code, compared.finding.target, compared.finding.project
