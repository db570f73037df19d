"""From wishes to an edited file: which fixes are made, and that nothing but their words changes."""

from __future__ import annotations

from collections import Counter

from pinhook.check import check
from pinhook.documents import open_document
from pinhook.fix.edits import apply
from pinhook.fix.sameness import difference
from pinhook.fix.wishes import FIXABLE, Proposal, Refusal
from pinhook.light_typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from pinhook.check import Report
    from pinhook.finding import Finding
    from pinhook.source import Source

ELSEWHERE = "the word is used more than once, and not every use can have the same version"


class Fixed(NamedTuple):
    """What came of a file: as it was and as it is now, the fixes that were made, and those that could not be."""

    before: Source
    after: Source
    made: tuple[Proposal, ...] = ()
    refused: tuple[Refusal, ...] = ()


class Checks(NamedTuple):
    """How a file is checked: by the rules, with the installers that are read on request, and against what it was.

    ``difference`` tells what an edit has changed besides the words it was meant for, as that of ``sameness`` does.
    """

    check: Callable[[Source], Report]
    also: Collection[str] = ()
    difference: Callable[[Source, Source, Mapping[tuple[int, int], str], Collection[str]], str | None] = difference


def _check(source: Source) -> Report:
    return check(open_document(source))


DEFAULT = Checks(_check)


def settle(answers: Iterable[Proposal | Refusal]) -> tuple[list[list[Proposal]], list[Refusal]]:
    """Part the answers by finding: a finding is fixed when all wishes about it ask for the same edits."""
    by_finding: dict[int, list[Proposal | Refusal]] = {}
    for answer in answers:
        by_finding.setdefault(id(answer.wish.finding), []).append(answer)
    settled: list[list[Proposal]] = []
    refused: list[Refusal] = []
    for group in by_finding.values():
        proposals = [each for each in group if isinstance(each, Proposal)]
        refusals = [each for each in group if isinstance(each, Refusal)]
        if refusals:
            refused.append(refusals[0])
        elif len({each.fix.edits for each in proposals}) > 1:
            refused.append(Refusal(proposals[0].wish, ELSEWHERE))
        else:
            settled.append(proposals)
    return settled, refused


def make(source: Source, answers: Iterable[Proposal | Refusal], checks: Checks = DEFAULT) -> Fixed:
    """Make the fixes that can be made; after each, the file says the same but for the word, and the finding is gone."""
    settled, refused = settle(answers)
    settled.sort(key=lambda group: group[0].wish.finding.place.span)
    if not settled:
        return Fixed(source, source, (), tuple(refused))
    findings = checks.check(source).findings
    made = settled
    if _objection(source, findings, settled, checks):
        made = []
        for group in settled:
            objection = _objection(source, findings, [*made, group], checks)
            if objection:
                refused.append(Refusal(group[0].wish, objection))
            else:
                made = [*made, group]
    after = apply(source, [group[0].fix for group in made]).source if made else source
    return Fixed(source, after, tuple(group[0] for group in made), tuple(refused))


def _objection(
    source: Source, findings: Sequence[Finding], groups: Sequence[Sequence[Proposal]], checks: Checks
) -> str | None:
    """Why these fixes must not be made together."""
    applied = apply(source, [group[0].fix for group in groups])
    if applied.overlapping:
        return "another fix edits the same place"
    expected = {(each.wish.step, each.wish.at): each.text for group in groups for each in group}
    if reason := checks.difference(source, applied.source, expected, checks.also):
        return f"{reason}, and only the word should"
    gone = Counter(_key(group[0].wish.finding) for group in groups)
    there = Counter(map(_key, checks.check(applied.source).findings))
    if any(there[key] > count - gone[key] for key, count in Counter(map(_key, findings)).items()):
        return "the finding would still be there"
    new = {key for key in there - Counter(map(_key, findings)) if key[0] in FIXABLE}
    if new - {("PIN002", each.text) for group in groups for each in group if not each.origin}:
        return "there would be another finding"
    return None


def _key(finding: Finding) -> tuple[str, str]:
    return finding.code, finding.target
