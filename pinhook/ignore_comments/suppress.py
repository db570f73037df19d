"""Suppress findings by the ignore comments of a file."""

from __future__ import annotations

from bisect import bisect_right
from itertools import islice

from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.finding import Related, Suppressed
from pinhook.ignore_comments.coverage import (
    CommentPosition,
    Coverage,
    find_coverage,
    find_coverage_in_requirements,
    find_coverage_in_script,
)
from pinhook.ignore_comments.directive import Directive, DirectiveProblem, Selector, Tool, parse_directives
from pinhook.redact import redact
from pinhook.source import SourceText, Span

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from pinhook.dockerfile import Dockerfile
    from pinhook.finding import Finding
    from pinhook.requirements.file import RequirementsFile
    from pinhook.source import Source

# another tool's comment counts only where that tool reads it, but in any line of a block of comment lines there
_POSITIONS = {
    Tool.PINHOOK: frozenset(CommentPosition),
    Tool.HADOLINT: frozenset({CommentPosition.ABOVE_INSTRUCTION}),
    Tool.DATADOG: frozenset(CommentPosition) - {CommentPosition.END_OF_LINE},
}


MAX_NOTES = 8
"""Maximum number of notes in a finding about comments with mistakes that would suppress it."""

MAX_COMMENTS_PER_SPAN = 256
"""Maximum number of comments that cover the same part of a file. Later ones suppress nothing."""


class Ignore(NamedTuple):
    """A directive, the part of the file that it covers, and its selectors by code and project."""

    directive: Directive
    covers: Span | None
    selectors: Mapping[tuple[str | None, str | None], Sequence[Selector]]

    @classmethod
    def of(cls, directive: Directive, covers: Span | None) -> Ignore:
        """A directive that covers a part of its file."""
        selectors: dict[tuple[str | None, str | None], list[Selector]] = {}
        for selector in directive.selectors:
            for code in selector.codes or (None,):
                selectors.setdefault((code, selector.project), []).append(selector)
        return cls(directive, covers, selectors)

    @property
    def is_ours(self) -> bool:
        """Whether it is for pinhook, not for another tool."""
        return self.directive.tool is Tool.PINHOOK

    def selecting(self, finding: Finding) -> Iterator[Selector]:
        """The selectors that match a finding: for its rule or all rules, for its project or any project."""
        for key in _keys(finding, self.directive.text.source):
            yield from self.selectors.get(key, ())


def _keys(finding: Finding, source: Source | None) -> Iterator[tuple[str | None, str | None]]:
    """The pairs of code and project by which a selector can match a finding.

    For a finding in the same file, they include the code of its ``original_code``.
    """
    codes: tuple[str | None, ...] = (finding.code, None)
    if finding.original_code and finding.place.source is source:
        codes = (finding.original_code, *codes)
    for code in codes:
        for project in (finding.project, None):
            yield code, project


class Ignores:
    """The ignore comments of a file in order: comments for a part by line, comments for the file by their selectors."""

    def __init__(self, ignores: Iterable[Ignore]) -> None:
        self.all = tuple(ignores)
        self.source = self.all[0].directive.text.source if self.all else None
        of_file = [at for at, each in enumerate(self.all) if each.covers and each.directive.is_for_file][
            :MAX_COMMENTS_PER_SPAN
        ]
        self.of_file: dict[tuple[str | None, str | None], list[int]] = {}
        for at in of_file:
            for key in self.all[at].selectors:
                self.of_file.setdefault(key, []).append(at)
        invalid = [at for at in of_file if self.all[at].directive.problems]
        self.invalid = invalid[: MAX_NOTES + 1]  # one more than MAX_NOTES, because the comment itself may be among them
        self.by_line: dict[int, list[tuple[int, Span]]] = {}
        by_span: dict[Span, list[int]] = {}
        for at, each in enumerate(self.all):
            if each.covers and not each.directive.is_for_file:
                by_span.setdefault(each.covers, []).append(at)
        for span, indices in by_span.items():
            covering = [(at, span) for at in indices[:MAX_COMMENTS_PER_SPAN]]
            for line in _lines(self.all[0].directive.text.source, span):
                self.by_line.setdefault(line, []).extend(covering)

    def covering(self, finding: Finding) -> list[Ignore]:
        """The comments that cover a finding, in the order of the file.

        Comments for the whole file are included only if they name the finding or have a mistake.
        """
        places = [finding.place, *(related.place for related in finding.related)]
        places = [place for place in places if place.source is self.source]
        on_lines = {each for place in places for line in _lines(*place) for each in self.by_line.get(line, ())}
        found = {at for at, covered in on_lines if _covers(self.source, covered, finding)}
        if places:
            found.update(self.invalid, *(self.of_file.get(key, ()) for key in _keys(finding, self.source)))
        return [self.all[at] for at in sorted(found)]


def _lines(source: Source, span: Span) -> range:
    return range(source.position(span.start).line, source.position(span.end).line + 1)


class Partition(NamedTuple):
    """Findings divided by the ignore comments: kept and suppressed; and the used selectors."""

    kept: list[Finding]
    suppressed: list[Suppressed]
    used: set[Selector]


class CoveringComment(NamedTuple):
    """A comment, the part that it covers, and the tools that read comments there.

    ``stage`` goes from the comment to the end of its build stage.
    """

    text: SourceText
    coverage: Coverage | None
    tools: Collection[Tool] = tuple(Tool)
    stage: Span | None = None


def comments_of_dockerfile(dockerfile: Dockerfile, script_comments: Iterable[SourceText]) -> Iterator[CoveringComment]:
    """The comments of a Dockerfile in order. ``script_comments`` are those that a shell sees."""
    comments = {comment.span: (comment, True) for comment in script_comments}
    comments |= {span: (SourceText.of(dockerfile.source, span), False) for span in dockerfile.comments}
    below: dict[int, int | None] = {}
    starts = [each.span.start for each in dockerfile.instructions if each.keyword == "FROM"]
    ends = [*starts, len(dockerfile.source.text)]
    for _, (comment, is_of_script) in sorted(comments.items()):
        start = comment.span.start
        stage = Span(start, ends[bisect_right(starts, start)])
        yield CoveringComment(
            comment, find_coverage(dockerfile, comment, below, is_of_script=is_of_script), stage=stage
        )


def comments_of_requirements_file(file: RequirementsFile) -> Iterator[CoveringComment]:
    """The comments of a requirements file in order. The other tools read none there."""
    below: dict[int, int | None] = {}
    for comment, line in file.comments:
        yield CoveringComment(comment, find_coverage_in_requirements(comment, line, below), (Tool.PINHOOK,))


def comments_of_script(comments: Iterable[SourceText]) -> Iterator[CoveringComment]:
    """The comments of a shell script, in its order; the other tools read none there."""
    below: dict[int, int | None] = {}
    by_span = {comment.span: comment for comment in comments}
    for _, comment in sorted(by_span.items()):
        yield CoveringComment(comment, find_coverage_in_script(comment, below), (Tool.PINHOOK,))


def find_ignores(comments: Iterable[CoveringComment], codes: Collection[str], *, require_reason: bool) -> Ignores:
    """The ignore comments of a file. A comment without a required reason suppresses nothing.

    ``codes`` are the codes of all rules.
    """
    stage_ends: set[int] = set()  # ends of the stages that a comment covers
    found: list[Ignore] = []
    for comment in comments:
        for directive in _parse(comment.text, codes, require_reason=require_reason):
            if directive.tool in comment.tools:
                covered = _covered_span(directive, comment)
                if directive.is_for_stage and covered:  # a second one for the same stage has no effect
                    covered = None if covered.end in stage_ends else covered
                    stage_ends.update([covered.end] if covered else ())
                found.append(Ignore.of(directive, covered))
    return Ignores(found)


def _parse(comment: SourceText, codes: Collection[str], *, require_reason: bool) -> Iterator[Directive]:
    return (
        map(_require_reason, parse_directives(comment, codes)) if require_reason else parse_directives(comment, codes)
    )


def _require_reason(directive: Directive) -> Directive:
    if directive.reason or not directive.selectors:
        return directive
    problem = DirectiveProblem(
        directive.text, "this comment has no reason, so it suppresses nothing; write a reason after it"
    )
    return directive._replace(selectors=(), problems=(*directive.problems, problem))


def _covered_span(directive: Directive, comment: CoveringComment) -> Span | None:
    if directive.is_for_file:
        return Span(0, len(directive.text.source.text))
    found = comment.coverage
    if found is None or found.position not in _POSITIONS[directive.tool]:
        return None
    return comment.stage if directive.is_for_stage else found.span


def suppress(findings: Iterable[Finding], ignores: Ignores, except_for: Ignore | None = None) -> Partition:
    """Divide findings into those that a comment suppresses (other than ``except_for``) and the others.

    If several comments match a finding, all of them are used; the one that covers least is given with the suppressed
    finding. A kept finding has a note about each covering comment with a mistake.
    """
    partition = Partition([], [], set())
    for finding in findings:
        covering = [ignore for ignore in ignores.covering(finding) if ignore is not except_for]
        matches = [(each, selector) for each in covering for selector in each.selecting(finding)]
        partition.used.update(selector for _, selector in matches)
        if matches:
            directive = min((ignore for ignore, _ in reversed(matches)), key=_specificity).directive
            partition.suppressed.append(Suppressed(finding, redact(directive.reason), directive.text.place))
        else:
            partition.kept.append(_with_notes(finding, covering))
    return partition


def _covers(source: Source | None, covered: Span, finding: Finding) -> bool:
    """Whether a part of a file overlaps the place of a finding, or contains the command that names its file."""
    start, end = finding.place.span
    if finding.place.source is source and start <= covered.end and covered.start < max(end, start + 1):
        return True
    return any(related.place.source is source and covered.encloses(related.place.span) for related in finding.related)


def _specificity(ignore: Ignore) -> tuple[int, bool]:
    """Sort key: the narrowest comment first; ours before another tool's."""
    return ignore.covers.end - ignore.covers.start if ignore.covers else 0, not ignore.is_ours


def _with_notes(finding: Finding, covering: Iterable[Ignore]) -> Finding:
    problems = (problem for ignore in covering for problem in ignore.directive.problems)
    notes = tuple(Related(problem.text.place, problem.reason) for problem in islice(problems, MAX_NOTES))
    return finding._replace(related=(*finding.related, *notes)) if notes else finding
