"""A Dockerfile, fixed as far as it can be."""

from __future__ import annotations

from functools import partial

from pinhook import dockerfile
from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.fix.arg_pins import with_arguments
from pinhook.fix.besides import Companions
from pinhook.fix.configured import configurations
from pinhook.fix.image import images
from pinhook.fix.index_options import UnclearError, choice_of
from pinhook.fix.requests import Proposal, Refusal, wishes
from pinhook.fix.steps import steps_of
from pinhook.fix.suggestions import spellings
from pinhook.fix.verified import DEFAULT, make
from pinhook.fix.version_chooser import Answers, Context

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pinhook.finding import Finding
    from pinhook.fix.besides import Besides
    from pinhook.fix.configured import Configured
    from pinhook.fix.image import Image
    from pinhook.fix.index_options import Choice
    from pinhook.fix.steps import Step
    from pinhook.fix.verified import Checks, Fixed
    from pinhook.fix.version_chooser import Means
    from pinhook.source import Source

_KINDS_OF_QUOTES = 2


def fix(source: Source, means: Means, checks: Checks = DEFAULT, *, as_arguments: bool = False) -> Fixed:
    """Fix what can be fixed of a Dockerfile; raises nothing but what ``checks`` do.

    ``as_arguments`` asks for versions as the values of ARGs.
    """
    parsed = dockerfile.parse(source)
    steps = steps_of(parsed, checks.also)
    findings = checks.check(source).findings
    base, configured = images(parsed), configurations(parsed, steps)
    companions = Companions(parsed, steps, means.tree)
    contexts = [
        _context(step, base[step.number], each, companions) for step, each in zip(steps, configured, strict=True)
    ]
    plan = Answers(contexts, means)
    answers = [plan.answer(wish) for wish in wishes([step.installation for step in steps], findings)]
    fixed = make(source, answers, checks)
    if any(each.wish.target.swallowed for each in fixed.refused):
        fixed = _with_quotes(fixed, answers, checks)
    return with_arguments(fixed, checks) if as_arguments and fixed.made else fixed


def _context(step: Step, image: Image, configured: Configured, companions: Companions) -> Context:
    decide = partial(_decide, step, configured, companions)
    return Context(decide, f"the Python of {image.name or 'the image'} is not known", image)


def _decide(step: Step, configured: Configured, companions: Companions) -> tuple[Choice, Besides]:
    """The options of a command and of its configuration, and what it asks for besides. Raises ``UnclearError``."""
    choice = choice_of(step, configured.given)
    if configured.reason:
        raise UnclearError(configured.reason)
    companions.refuse_configuration(step)
    besides = companions.of(step, no_deps=choice.no_deps)
    return (choice_of(step, configured.given, besides.options) if besides.options else choice), besides


def _with_quotes(fixed: Fixed, answers: Sequence[Proposal | Refusal], checks: Checks) -> Fixed:
    """The same with the swallowed specifiers that could not be pinned in quotes: they are ranges from now on.

    Which kind of quotes is right depends on what is around a word; each kind is tried for all words together.
    """
    refusals = {id(each.wish.finding): each for each in fixed.refused if each.wish.target.swallowed}
    kept = [each for each in answers if id(each.wish.finding) not in refusals]
    groups: dict[int, list[list[Proposal]]] = {}
    for answer in answers:
        if id(answer.wish.finding) in refusals:
            groups.setdefault(id(answer.wish.finding), []).append(list(spellings(answer.wish)))
    quoted: list[Proposal] = []
    for kind in range(_KINDS_OF_QUOTES):
        tried = [each[kind] for wanted in groups.values() for each in wanted if len(each) > kind]
        again = make(fixed.before, [*kept, *quoted, *tried], checks)
        made = {id(each.wish.finding) for each in again.made}
        quoted += [each for each in tried if id(each.wish.finding) in made]
        groups = {key: wanted for key, wanted in groups.items() if key not in made}
    again = make(fixed.before, [*kept, *quoted], checks)
    ranges = [_of_range(each, refusals[id(each.wish.finding)].reason) for each in quoted]
    return again._replace(refused=(*again.refused, *ranges, *(refusals[key] for key in groups)))


def _of_range(quoted: Proposal, reason: str) -> Refusal:
    """Why the range is no pin, for the finding that there is about it once it is in quotes."""
    finding: Finding = quoted.wish.finding._replace(code="PIN002", target=quoted.text)
    return Refusal(quoted.wish._replace(finding=finding), reason)
