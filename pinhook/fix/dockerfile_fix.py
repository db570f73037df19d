"""A Dockerfile, fixed as far as it can be."""

from __future__ import annotations

from functools import partial

from pinhook import dockerfile
from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.fix.arg_pins import with_arg_pins
from pinhook.fix.besides import Companions
from pinhook.fix.configured import configurations
from pinhook.fix.image.by_instruction import images_by_instruction
from pinhook.fix.index_options import UndecidableOptionsError, index_options_of
from pinhook.fix.requests import PlannedFix, Unfixable, fix_requests
from pinhook.fix.steps import steps_of
from pinhook.fix.suggestions import spellings
from pinhook.fix.verified import DEFAULT, apply_verified
from pinhook.fix.version_chooser import InstallContext, VersionChooser

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pinhook.finding import Finding
    from pinhook.fix.besides import Besides
    from pinhook.fix.configured import Configured
    from pinhook.fix.image.by_instruction import Image
    from pinhook.fix.index_options import IndexOptions
    from pinhook.fix.steps import Step
    from pinhook.fix.verified import Checks, VerifiedFixes
    from pinhook.fix.version_chooser import VersionSources
    from pinhook.source import Source

_KINDS_OF_QUOTES = 2


def fix(
    source: Source, sources: VersionSources, checks: Checks = DEFAULT, *, as_arg_pins: bool = False
) -> VerifiedFixes:
    """Fix what can be fixed of a Dockerfile; raises nothing but what ``checks`` do.

    ``as_arg_pins`` asks for versions as the values of ARGs.
    """
    parsed = dockerfile.parse(source)
    steps = steps_of(parsed, checks.optional_installers)
    findings = checks.check(source).findings
    base, configured = images_by_instruction(parsed), configurations(parsed, steps)
    companions = Companions(parsed, steps, sources.tree)
    contexts = [
        _context(step, base[step.number], each, companions) for step, each in zip(steps, configured, strict=True)
    ]
    chooser = VersionChooser(contexts, sources)
    answers = [chooser.choose(request) for request in fix_requests([step.installation for step in steps], findings)]
    fixed = apply_verified(source, answers, checks)
    if any(each.request.target.swallowed for each in fixed.unfixable):
        fixed = _with_quotes(fixed, answers, checks)
    return with_arg_pins(fixed, checks) if as_arg_pins and fixed.applied else fixed


def _context(step: Step, image: Image, configured: Configured, companions: Companions) -> InstallContext:
    decide = partial(_decide, step, configured, companions)
    return InstallContext(decide, f"the Python of {image.name or 'the image'} is not known", image)


def _decide(step: Step, configured: Configured, companions: Companions) -> tuple[IndexOptions, Besides]:
    """The options of a command and of its configuration, and what it asks for besides.

    Raises ``UndecidableOptionsError``.
    """
    choice = index_options_of(step, configured.given)
    if configured.reason:
        raise UndecidableOptionsError(configured.reason)
    companions.refuse_configuration(step)
    besides = companions.of(step, no_deps=choice.no_deps)
    return (index_options_of(step, configured.given, besides.options) if besides.options else choice), besides


def _with_quotes(fixed: VerifiedFixes, answers: Sequence[PlannedFix | Unfixable], checks: Checks) -> VerifiedFixes:
    """The same with the swallowed specifiers that could not be pinned in quotes: they are ranges from now on.

    Which kind of quotes is right depends on what is around a word; each kind is tried for all words together.
    """
    refusals = {id(each.request.finding): each for each in fixed.unfixable if each.request.target.swallowed}
    kept = [each for each in answers if id(each.request.finding) not in refusals]
    groups: dict[int, list[list[PlannedFix]]] = {}
    for answer in answers:
        if id(answer.request.finding) in refusals:
            groups.setdefault(id(answer.request.finding), []).append(list(spellings(answer.request)))
    quoted: list[PlannedFix] = []
    for kind in range(_KINDS_OF_QUOTES):
        tried = [each[kind] for wanted in groups.values() for each in wanted if len(each) > kind]
        again = apply_verified(fixed.before, [*kept, *quoted, *tried], checks)
        made = {id(each.request.finding) for each in again.applied}
        quoted += [each for each in tried if id(each.request.finding) in made]
        groups = {key: wanted for key, wanted in groups.items() if key not in made}
    again = apply_verified(fixed.before, [*kept, *quoted], checks)
    ranges = [_of_range(each, refusals[id(each.request.finding)].reason) for each in quoted]
    return again._replace(unfixable=(*again.unfixable, *ranges, *(refusals[key] for key in groups)))


def _of_range(quoted: PlannedFix, reason: str) -> Unfixable:
    """Why the range is no pin, for the finding that there is about it once it is in quotes."""
    finding: Finding = quoted.request.finding._replace(code="PIN002", target=quoted.text)
    return Unfixable(quoted.request._replace(finding=finding), reason)
