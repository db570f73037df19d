"""Fix a document: choose versions for its findings and write them."""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.fix.editable import Checks, open_editable
from pinhook.fix.requests import PlannedFix, Unfixable, fix_requests
from pinhook.fix.resolver import Recorder
from pinhook.fix.suggestions import spellings
from pinhook.fix.verified import VerifiedFixes, apply_verified
from pinhook.fix.version_chooser import VersionChooser
from pinhook.rule_codes import INEXACT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pinhook.documents import Document
    from pinhook.finding import Finding
    from pinhook.fix.editable import Editable
    from pinhook.fix.resolver import VersionRequests
    from pinhook.fix.version_chooser import VersionSources

_KINDS_OF_QUOTES = 2
_DEFAULT = Checks()


def fix(
    document: Document, sources: VersionSources, checks: Checks = _DEFAULT, *, as_arg_pins: bool = False
) -> VerifiedFixes:
    """Fix a document as far as possible. Raises only what ``checks`` raise.

    ``as_arg_pins``: in a Dockerfile, write versions as values of ARGs.
    """
    editable = open_editable(document, checks)
    answers = _plan(editable, sources)
    fixed = apply_verified(editable, answers)
    if any(each.request.target.swallowed for each in fixed.unfixable):
        fixed = _with_quotes(fixed, answers, editable)
    return editable.with_arg_pins(fixed) if as_arg_pins and fixed.applied else fixed


def version_requests(document: Document, sources: VersionSources, checks: Checks) -> VersionRequests:
    """The first requests to the resolver for each install command, in order. The index is not asked."""
    recorder = Recorder()
    _plan(open_editable(document, checks), sources._replace(resolver=recorder))
    return recorder.requests


def _plan(editable: Editable, sources: VersionSources) -> list[PlannedFix | Unfixable]:
    """The planned fix for each finding, or the reason why there is none."""
    requests = list(fix_requests(editable.installations, editable.findings))
    if editable.unfixable:
        return [Unfixable(request, editable.unfixable) for request in requests]
    chooser = VersionChooser(editable.contexts(sources), sources)
    return [chooser.choose(request) for request in requests]


def _with_quotes(fixed: VerifiedFixes, answers: Sequence[PlannedFix | Unfixable], editable: Editable) -> VerifiedFixes:
    """The document with quotes around the swallowed specifiers that could not be pinned. These are ranges now.

    Which kind of quotes is right depends on the text around a word. Each kind is tried for all words together.
    """
    unfixable_here = {each.request.finding.key: each for each in fixed.unfixable if each.request.target.swallowed}
    kept = [each for each in answers if each.request.finding.key not in unfixable_here]
    groups: dict[tuple[int, int, str, str], list[list[PlannedFix]]] = {}
    for answer in answers:
        if answer.request.finding.key in unfixable_here:
            groups.setdefault(answer.request.finding.key, []).append(list(spellings(answer.request)))
    quoted: list[PlannedFix] = []
    for kind in range(_KINDS_OF_QUOTES):
        tried = [each[kind] for wanted in groups.values() for each in wanted if len(each) > kind]
        again = apply_verified(editable, [*kept, *quoted, *tried])
        made = {each.request.finding.key for each in again.applied}
        quoted += [each for each in tried if each.request.finding.key in made]
        groups = {key: wanted for key, wanted in groups.items() if key not in made}
    again = apply_verified(editable, [*kept, *quoted])
    ranges = [_of_range(each, unfixable_here[each.request.finding.key].reason) for each in quoted]
    return again._replace(unfixable=(*again.unfixable, *ranges, *(unfixable_here[key] for key in groups)))


def _of_range(quoted: PlannedFix, reason: str) -> Unfixable:
    """Why the range cannot be pinned, for the finding about it after it is quoted."""
    finding: Finding = quoted.request.finding._replace(code=INEXACT, target=quoted.text)
    return Unfixable(quoted.request._replace(finding=finding), reason)
