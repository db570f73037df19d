"""Which findings the ignore comments of a file silence."""

from __future__ import annotations

from pinhook.finding import Related, Suppressed
from pinhook.light_typing import TYPE_CHECKING, NamedTuple
from pinhook.source import Span
from pinhook.suppression.directive import Directive, Problem, Selector, Tool, read
from pinhook.suppression.reach import Reach, Standing, reach, reach_in_list

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from pinhook.dockerfile import Dockerfile
    from pinhook.finding import Finding
    from pinhook.requirements.file import RequirementsFile
    from pinhook.source import SourceText

# another tool's comment is read only where that tool reads it, but in any line of a block of comment lines there
_STANDINGS = {
    Tool.PINHOOK: frozenset(Standing),
    Tool.HADOLINT: frozenset({Standing.ABOVE}),
    Tool.DATADOG: frozenset(Standing) - {Standing.BEHIND},
}


class Ignore(NamedTuple):
    """A directive and the part of the file that it covers, if any."""

    directive: Directive
    covers: Span | None

    @property
    def is_ours(self) -> bool:
        """Whether it is written for pinhook, and not for another tool."""
        return self.directive.tool is Tool.PINHOOK


class Silenced(NamedTuple):
    """Findings parted by the ignore comments, and what of the comments was of use."""

    kept: list[Finding]
    suppressed: list[Suppressed]
    used: set[Selector]


def find_ignores(
    dockerfile: Dockerfile, script_comments: Iterable[SourceText], codes: Collection[str], *, require_reason: bool
) -> list[Ignore]:
    """The ignore comments of a file, in its order. One that lacks a required reason silences nothing.

    ``script_comments`` are those that a shell sees, ``codes`` the codes of all rules.
    """
    comments = {comment.span: (comment, True) for comment in script_comments}
    comments |= {comment.span: (comment, False) for comment in dockerfile.comments}
    reaches = (
        (comment, reach(dockerfile, comment, is_of_script=is_of_script))
        for _, (comment, is_of_script) in sorted(comments.items())
    )
    return list(_ignores(reaches, codes, require_reason=require_reason))


def find_ignores_in_list(file: RequirementsFile, codes: Collection[str], *, require_reason: bool) -> list[Ignore]:
    """The ignore comments of a requirements file; the other tools have none there."""
    reaches = ((comment, reach_in_list(comment, line)) for comment, line in file.comments)
    return [ignore for ignore in _ignores(reaches, codes, require_reason=require_reason) if ignore.is_ours]


def _ignores(
    comments: Iterable[tuple[SourceText, Reach | None]], codes: Collection[str], *, require_reason: bool
) -> Iterator[Ignore]:
    for comment, found in comments:
        for directive in read(comment, codes):
            reasoned = _reasoned(directive) if require_reason else directive
            yield Ignore(reasoned, _covered(directive, found))


def _reasoned(directive: Directive) -> Directive:
    if directive.reason or not directive.selectors:
        return directive
    problem = Problem(directive.text, "this comment has no reason, and so silences nothing; write one behind it")
    return directive._replace(selectors=(), problems=(*directive.problems, problem))


def _covered(directive: Directive, found: Reach | None) -> Span | None:
    if directive.is_for_file:
        return Span(0, len(directive.text.source.text))
    return found.span if found and found.standing in _STANDINGS[directive.tool] else None


def silence(findings: Iterable[Finding], ignores: Iterable[Ignore]) -> Silenced:
    """Part findings into those that a comment covers and names, and the others.

    Of several comments for one finding all are of use, and the one that covers least is given as its suppression. A
    finding that is kept although a comment covers it says what is wrong with the comment, if anything is.
    """
    silenced = Silenced([], [], set())
    for finding in findings:
        covering = [ignore for ignore in ignores if _covers(ignore, finding)]
        hits = [(each, one) for each in covering for one in each.directive.selectors if _selects(one, finding)]
        silenced.used.update(selector for _, selector in hits)
        if hits:
            directive, _ = min((ignore for ignore, _ in reversed(hits)), key=_distance)
            silenced.suppressed.append(Suppressed(finding, directive.reason, directive.text.place))
        else:
            silenced.kept.append(_explained(finding, covering))
    return silenced


def _covers(ignore: Ignore, finding: Finding) -> bool:
    """Whether a comment covers some of a finding's place, or all of the install command that led there."""
    if ignore.covers is None:
        return False
    source = ignore.directive.text.source
    start, end = finding.place.span
    if finding.place.source is source and start <= ignore.covers.end and ignore.covers.start < max(end, start + 1):
        return True
    return any(
        related.place.source is source and ignore.covers.encloses(related.place.span) for related in finding.related
    )


def _selects(selector: Selector, finding: Finding) -> bool:
    is_of_rule = selector.codes is None or finding.code in selector.codes
    return is_of_rule and selector.project in {None, finding.project}


def _distance(ignore: Ignore) -> tuple[int, bool]:
    """How little a comment is meant for one finding: by how much it covers, then by whose it is."""
    return ignore.covers.end - ignore.covers.start if ignore.covers else 0, not ignore.is_ours


def _explained(finding: Finding, covering: Iterable[Ignore]) -> Finding:
    problems = (problem for ignore in covering for problem in ignore.directive.problems)
    notes = tuple(Related(problem.text.place, problem.reason) for problem in problems)
    return finding._replace(related=(*finding.related, *notes)) if notes else finding
