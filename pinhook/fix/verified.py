"""Apply fixes and verify that only their words change."""

from __future__ import annotations

from collections import Counter

from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.bisection import find_rejected
from pinhook.fix.edits import apply_fixes
from pinhook.fix.requests import PlannedFix, Unfixable
from pinhook.rule_codes import INEXACT
from pinhook.rules import FIXABLE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import TypeAlias, TypeVar

    from pinhook.documents import Document
    from pinhook.finding import Finding
    from pinhook.fix.editable import Editable
    from pinhook.fix.requests import Difference
    from pinhook.source import Source, Span

    Group: TypeAlias = Sequence[PlannedFix]  # about one finding, all with the same edits
    _Key = TypeVar("_Key")

USED_MORE_THAN_ONCE = "the word is used more than once, and not all uses can have the same version"
MAX_TRIALS = 24
"""Maximum number of trials with the fixes of a file, or a part of them."""


class VerifiedFixes(NamedTuple):
    """A document with fixes applied: the applied fixes, and the others with the reason."""

    document: Document
    applied: tuple[PlannedFix, ...] = ()
    unfixable: tuple[Unfixable, ...] = ()

    @property
    def after(self) -> Source:
        """The file with the fixes."""
        return self.document.source


def group_by_finding(
    planned_or_unfixable: Iterable[PlannedFix | Unfixable],
) -> tuple[list[list[PlannedFix]], list[Unfixable]]:
    """Group planned and impossible fixes by finding. A finding can be fixed if all its requests have the same edits."""
    by_finding: dict[object, list[PlannedFix | Unfixable]] = {}
    for each_plan in planned_or_unfixable:
        by_finding.setdefault(each_plan.request.finding.key, []).append(each_plan)
    groups: list[list[PlannedFix]] = []
    unfixable: list[Unfixable] = []
    for group in by_finding.values():
        planned = [each for each in group if isinstance(each, PlannedFix)]
        unfixable_here = [each for each in group if isinstance(each, Unfixable)]
        if unfixable_here:
            unfixable.append(unfixable_here[0])
        elif not have_same_edits(planned):
            unfixable.append(Unfixable(planned[0].request, USED_MORE_THAN_ONCE))
        else:
            groups.append(planned)
    return groups, unfixable


def have_same_edits(group: Sequence[PlannedFix]) -> bool:
    """Whether all fixes of a group have the same edits."""
    return len({each.fix.edits for each in group}) == 1


def apply_verified(editable: Editable, planned_or_unfixable: Iterable[PlannedFix | Unfixable]) -> VerifiedFixes:
    """Apply the fixes that can be applied together: only their words change, and the findings disappear."""
    groups, unfixable = group_by_finding(planned_or_unfixable)
    groups.sort(key=lambda group: group[0].request.finding.place.span)
    made, rejected = verified(editable, groups)
    unfixable += [Unfixable(group[0].request, reason) for group, reason in rejected]
    applied = tuple(group[0] for group in made)
    return VerifiedFixes(with_fixes(editable, applied).document, applied, tuple(unfixable))


def with_fixes(editable: Editable, applied: Sequence[PlannedFix]) -> Editable:
    """The document with fixes applied. No two of them overlap."""
    source = editable.document.source
    return editable.edited(apply_fixes(source, [each.fix for each in applied]).source) if applied else editable


def verified(editable: Editable, groups: Sequence[Group]) -> tuple[list[Group], list[tuple[Group, str]]]:
    """The fixes that can be applied together, in the order of the file, and the others with the reason.

    All are tried at once. Those that may cause an objection are left out, and then added again in halves as long as
    there is no objection. So a file is checked a bounded number of times for any number of fixes.
    """
    if not groups:
        return [], []
    trial = _Trial(editable)
    rejected: list[tuple[Group, str]] = []
    doubtful: list[tuple[Group, str]] = []
    made = list(groups)
    while made and (objections := trial.objections(made)):
        if trial.is_over:
            objections = dict.fromkeys(range(len(made)), next(iter(objections.values()))) | objections
        (rejected if len(made) == 1 else doubtful).extend((made[number], why) for number, why in objections.items())
        made = [each for number, each in enumerate(made) if number not in objections]
    reasons = {id(group): why for group, why in doubtful}

    def accepts(part: list[Group]) -> bool:
        nonlocal made
        together = sorted([*made, *part], key=_place)
        objections = trial.objections(together)
        if not objections:
            made = together
        elif len(part) == 1:
            reasons[id(part[0])] = objections.get(together.index(part[0]), reasons[id(part[0])])
        return not objections

    left_out = sorted((group for group, _ in doubtful), key=_place)
    rejected += [(group, reasons[id(group)]) for group in find_rejected(left_out, accepts, lambda: trial.is_over)]
    return made, sorted(rejected, key=lambda each: _place(each[0]))


def _place(group: Group) -> Span:
    return group[0].request.finding.place.span


class _Trial:
    """Tries fixes of a document. ``is_over``: ``MAX_TRIALS`` is reached."""

    def __init__(self, editable: Editable) -> None:
        self.editable = editable
        self.findings = Counter(map(_key, editable.findings))
        self.times = 0

    @property
    def is_over(self) -> bool:
        return self.times >= MAX_TRIALS

    def objections(self, groups: Sequence[Group]) -> dict[int, str]:
        """By the number of a group, why it may not be applied with the others; empty if all can be."""
        self.times += 1
        applied = apply_fixes(self.editable.document.source, [group[0].fix for group in groups])
        if applied.overlapping:
            overlapping = set(applied.overlapping)
            reason = "another fix edits the same place"
            return {number: reason for number, group in enumerate(groups) if group[0].fix in overlapping}
        expected = {(each.request.step, each.request.at): each.text for group in groups for each in group}
        edited = self.editable.edited(applied.source)
        if differences := self.editable.differences(edited, expected):
            return _of_differences(groups, differences)
        return self.of_findings(groups, Counter(map(_key, edited.findings)))

    def of_findings(self, groups: Sequence[Group], there: Counter[tuple[str, str]]) -> dict[int, str]:
        """The objections to fixes after which a finding remains, or a new one appears."""
        gone = Counter(_key(group[0].request.finding) for group in groups)
        there = there - Counter((INEXACT, group[0].text) for group in groups if not group[0].origin)  # only quoted
        still = {key for key, count in self.findings.items() if there[key] > count - gone[key]}
        new = {key for key in there - self.findings if key[0] in FIXABLE}
        found = _blamed(
            groups, lambda group: _key(group[0].request.finding) in still, "the finding would still be there"
        )
        if not found and (still or new):
            texts = {target for _, target in new}
            reason = "there would be another finding"
            found = _blamed(groups, lambda group: any(each.text in texts for each in group), reason)
            found = found or dict.fromkeys(range(len(groups)), reason)
        return found


def _of_differences(groups: Sequence[Group], differences: Sequence[Difference]) -> dict[int, str]:
    """The objections to the fixes that may cause the differences.

    A step is changed by the fixes of its own targets, or else by those of values that are written elsewhere.
    """
    by_target: dict[tuple[int | None, int | None], int] = {
        (each.request.step, each.request.at): number for number, group in enumerate(groups) for each in group
    }
    by_step = _grouped((step, number) for (step, _), number in by_target.items())
    elsewhere = [number for number, group in enumerate(groups) if not _is_inside(group)]
    by_text = _grouped((str(each.request.target.text), number) for number in elsewhere for each in groups[number])
    found: dict[int, str] = {}
    for each in differences:
        own = by_target.get((each.step, each.at))
        mentioned = {number for word in each.words.split() for number in by_text.get(word, ())}
        blamed = {own} if own is not None else by_step.get(each.step, mentioned)
        reason = f"{each.reason}, and only the word may change"
        if not blamed:
            return dict.fromkeys(elsewhere or range(len(groups)), reason) | found
        for number in blamed:
            found.setdefault(number, reason)
    return found


def _grouped(pairs: Iterable[tuple[_Key, int]]) -> dict[_Key, set[int]]:
    """Indices grouped by key."""
    found: dict[_Key, set[int]] = {}
    for key, number in pairs:
        found.setdefault(key, set()).add(number)
    return found


def _is_inside(group: Group) -> bool:
    """Whether all edits are inside the command that they are for."""
    command = group[0].request.installation.place.span
    return len(group) == 1 and all(command.encloses(edit.span) for edit in group[0].fix.edits)


def _blamed(groups: Sequence[Group], is_blamed: Callable[[Group], bool], reason: str) -> dict[int, str]:
    return {number: reason for number, group in enumerate(groups) if is_blamed(group)}


def _key(finding: Finding) -> tuple[str, str]:
    return finding.code, finding.target
