"""Which findings the ignore comments of a file silence."""

from __future__ import annotations

from bisect import bisect_right
from itertools import islice

from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.finding import Related, Suppressed
from pinhook.ignore_comments.coverage import CommentPosition, Coverage, find_coverage, find_coverage_in_requirements
from pinhook.ignore_comments.directive import Directive, DirectiveProblem, Selector, Tool, parse_directives
from pinhook.redact import redact
from pinhook.source import SourceText, Span

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from pinhook.dockerfile import Dockerfile
    from pinhook.finding import Finding
    from pinhook.requirements.file import RequirementsFile
    from pinhook.source import Source

# another tool's comment is read only where that tool reads it, but in any line of a block of comment lines there
_POSITIONS = {
    Tool.PINHOOK: frozenset(CommentPosition),
    Tool.HADOLINT: frozenset({CommentPosition.ABOVE_INSTRUCTION}),
    Tool.DATADOG: frozenset(CommentPosition) - {CommentPosition.END_OF_LINE},
}


MAX_NOTES = 8
"""What is told beside a finding of the comments that would silence it if they were right."""

MAX_COMMENTS_PER_SPAN = 256
"""Comments that cover one and the same part of a file and are asked for; those behind them silence nothing."""


class Ignore(NamedTuple):
    """A directive, the part of the file that it covers, if any, and its selectors by a code and a project of theirs."""

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
        """Whether it is written for pinhook, and not for another tool."""
        return self.directive.tool is Tool.PINHOOK

    def selecting(self, finding: Finding) -> Iterator[Selector]:
        """The selectors for a finding: for its rule or for all, on its project or on any."""
        for key in _keys(finding, self.directive.text.source):
            yield from self.selectors.get(key, ())


def _keys(finding: Finding, source: Source | None) -> Iterator[tuple[str | None, str | None]]:
    """The codes and projects with which a selector in a file is one for a finding.

    Where the finding is in the same file, it may be called by the code of the flaw itself.
    """
    codes: tuple[str | None, ...] = (finding.code, None)
    if finding.flaw and finding.place.source is source:
        codes = (finding.flaw, *codes)
    for code in codes:
        for project in (finding.project, None):
            yield code, project


class Ignores:
    """The ignore comments of a file, in its order: those for a part of it by the line, the others by what they name."""

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
        self.invalid = invalid[: MAX_NOTES + 1]  # as many as are told of, were one of them the comment in question
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
        """Those that cover a finding, in the order of the file; of those for the file, what names it or is mistaken."""
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
    """Findings parted by the ignore comments, and what of the comments was of use."""

    kept: list[Finding]
    suppressed: list[Suppressed]
    used: set[Selector]


class CoveringComment(NamedTuple):
    """A comment, what it covers, and the tools whose comments are read where it is.

    ``stage`` goes from the comment to the end of its build stage.
    """

    text: SourceText
    coverage: Coverage | None
    tools: Collection[Tool] = tuple(Tool)
    stage: Span | None = None


def comments_of_dockerfile(dockerfile: Dockerfile, script_comments: Iterable[SourceText]) -> Iterator[CoveringComment]:
    """The comments of a Dockerfile, in its order; ``script_comments`` are those that a shell sees."""
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
    """The comments of a requirements file, in its order; the other tools read none there."""
    below: dict[int, int | None] = {}
    for comment, line in file.comments:
        yield CoveringComment(comment, find_coverage_in_requirements(comment, line, below), (Tool.PINHOOK,))


def find_ignores(comments: Iterable[CoveringComment], codes: Collection[str], *, require_reason: bool) -> Ignores:
    """The ignore comments among the comments of a file. One that lacks a required reason silences nothing.

    ``codes`` are the codes of all rules.
    """
    stage_ends: set[int] = set()  # of the stages that a comment covers
    found: list[Ignore] = []
    for comment in comments:
        for directive in _parse(comment.text, codes, require_reason=require_reason):
            if directive.tool in comment.tools:
                covered = _covered_span(directive, comment)
                if directive.is_for_stage and covered:  # a second one says the same, and covers nothing
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
        directive.text, "this comment has no reason, and so silences nothing; write one behind it"
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
    """Part findings into those that a comment, one ``except_for``, covers and names, and the others.

    Of several comments for one finding all are of use, and the one that covers least is given as its suppression. A
    finding that is kept although a comment covers it says what is wrong with the comment, if anything is.
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
    """Whether a part of a file has some of a finding's place, or all of the command that led there."""
    start, end = finding.place.span
    if finding.place.source is source and start <= covered.end and covered.start < max(end, start + 1):
        return True
    return any(related.place.source is source and covered.encloses(related.place.span) for related in finding.related)


def _specificity(ignore: Ignore) -> tuple[int, bool]:
    """How little a comment is meant for one finding: by how much it covers, then by whose it is."""
    return ignore.covers.end - ignore.covers.start if ignore.covers else 0, not ignore.is_ours


def _with_notes(finding: Finding, covering: Iterable[Ignore]) -> Finding:
    problems = (problem for ignore in covering for problem in ignore.directive.problems)
    notes = tuple(Related(problem.text.place, problem.reason) for problem in islice(problems, MAX_NOTES))
    return finding._replace(related=(*finding.related, *notes)) if notes else finding
