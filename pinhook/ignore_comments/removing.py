"""Remove unused ignore comments, and unused parts of them."""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.bisection import find_rejected
from pinhook.finding import Edit, apply_edits
from pinhook.ignore_comments.adding import render_entries
from pinhook.ignore_comments.directive import text_in_brackets
from pinhook.ignore_comments.suppress import find_ignores
from pinhook.ignore_comments.verified import BuildDifference, Verifier, comments_of
from pinhook.rule_codes import UNUSED_IGNORE
from pinhook.source import Span

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from pinhook.finding import Finding
    from pinhook.ignore_comments.directive import Directive
    from pinhook.ignore_comments.verified import Check
    from pinhook.source import Source


class RemovedIgnores(NamedTuple):
    """A file without its unused ignore comments, and the findings about them."""

    after: Source
    removed: tuple[Finding, ...] = ()


class _Removal(NamedTuple):
    """The edit that removes an unused comment or part, and the findings about it."""

    edit: Edit
    findings: tuple[Finding, ...]


def remove_unused_ignores(
    source: Source, check: Check, codes: Collection[str], *, require_reason: bool = False
) -> RemovedIgnores:
    """Remove comments that suppress nothing with any rule. Raises only what ``check`` raises.

    ``check`` has all rules enabled, because a comment may suppress a finding of another level. ``codes`` are the codes
    of all rules. A comment with a mistake is kept, because its author meant something by it.
    """
    verifier = Verifier(source, check)
    _, report = check(source)
    findings = {each.place.span: each for each in report.findings if each.code == UNUSED_IGNORE}
    ignores = find_ignores(comments_of(verifier.document), codes, require_reason=require_reason)
    directives = [each.directive for each in ignores.all if each.is_ours and not each.directive.problems]
    removals = [each for directive in directives for each in _removals(source, directive, findings)]
    made = _made(verifier, source, removals)
    return RemovedIgnores(
        apply_edits(source, [each.edit for each in made]), tuple(found for each in made for found in each.findings)
    )


def _made(verifier: Verifier, source: Source, removals: list[_Removal]) -> list[_Removal]:
    """The removals that can be made together: all of them, or those found by bisection that change nothing else."""
    made: list[_Removal] = []

    def accepts(part: list[_Removal]) -> bool:
        nonlocal made
        together = [*made, *part]
        is_right = _is_right(verifier, source, together)
        made = together if is_right else made
        return is_right

    find_rejected(removals, accepts, lambda: verifier.is_over)
    return made


def _is_right(verifier: Verifier, source: Source, removals: list[_Removal]) -> bool:
    """Whether the build and the suppressed findings of the file without some comments are the same."""
    findings = verifier.findings_after(apply_edits(source, [each.edit for each in removals]))
    if isinstance(findings, BuildDifference):
        return False
    return [each.is_suppressed for each in findings] == [each.is_suppressed for each in verifier.findings]


def _removals(source: Source, directive: Directive, findings: dict[Span, Finding]) -> Iterator[_Removal]:
    if whole := findings.get(directive.text.span):
        yield _Removal(Edit(_span_of_comment(source, directive.text.span), ""), (whole,))
        return
    entries = text_in_brackets(directive)
    unused = [findings[each.text.span] for each in directive.selectors if each.text.span in findings]
    if entries is not None and unused:
        spans = {each.place.span for each in unused}
        kept = [each for each in directive.selectors if each.text.span not in spans]
        pairs = [(code, str(each.text) if each.project else "") for each in kept for code in each.codes or ()]
        yield _Removal(Edit(entries.span, render_entries(pairs)), tuple(unused))


def _span_of_comment(source: Source, span: Span) -> Span:
    """The text to remove with a directive: its line, or the white space between it and the rest of its line."""
    line = source.position(span.start).line
    start, end = source.line_span(line)
    before, behind = source.text[start : span.start], source.text[span.end : end]
    if before.strip():
        return Span(span.start - (len(before) - len(before.rstrip())), span.end)
    if behind.strip():
        return Span(span.start, span.end + len(behind) - len(behind.lstrip()))
    starts = source.line_starts
    return Span(start, starts[line] if line < len(starts) else len(source.text))
