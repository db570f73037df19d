"""The rules, one module each.

A rule checks one kind of ``Subject``, usually an ``Installation``, and yields a ``Finding`` for each violation.
"""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.finding import Related
from pinhook.installers import NO_FILES, join_split_words
from pinhook.requirements import Named
from pinhook.rules import (
    inexact,
    invalid_requirement,
    loose_requirements_file,
    loose_script,
    mutable_ref,
    no_hash,
    swallowed_specifier,
    unknown_target,
    unpinned,
    unreadable,
    unused_ignore,
    vcs_without_ref,
)
from pinhook.rules._base import Level, Rule, Subject

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from pinhook.documents.contents import Unread
    from pinhook.finding import Finding
    from pinhook.ignore_comments import Ignore, Selector
    from pinhook.installers import FollowedFiles, Installation
    from pinhook.source import Place

__all__ = [
    "CODES",
    "FIXABLE",
    "RULES",
    "Level",
    "Rule",
    "Subject",
    "check_comment",
    "check_installation",
    "check_unread",
    "looking_at",
    "rules_by_code",
    "rules_of_level",
]

RULES = (
    unpinned.RULE,
    inexact.RULE,
    vcs_without_ref.RULE,
    swallowed_specifier.RULE,
    invalid_requirement.RULE,
    unreadable.RULE,
    loose_requirements_file.RULE,
    unknown_target.RULE,
    mutable_ref.RULE,
    unused_ignore.RULE,
    no_hash.RULE,
    loose_script.RULE,
)


CODES = tuple(rule.code for rule in RULES)
"""The codes of all rules."""
FIXABLE = frozenset(rule.code for rule in RULES if rule.has_fix)
"""The codes of the rules with findings that ``--fix`` can fix."""


_OF_FILES = frozenset({Subject.FOLLOWED_FILES, Subject.WITH_FILES})
_OF_INSTALLATIONS = _OF_FILES | {Subject.INSTALLATION}


def rules_of_level(level: Level) -> tuple[Rule, ...]:
    """The rules of a level."""
    return tuple(rule for rule in RULES if rule.level <= level)


def rules_by_code(codes: Collection[str]) -> tuple[Rule, ...]:
    """The rules of these codes."""
    return tuple([rule for rule in RULES if rule.code in codes])


def looking_at(subjects: AbstractSet[Subject], rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """The rules that check one of these subjects."""
    return tuple([rule for rule in rules if not subjects.isdisjoint(rule.looks_at)])


def check_installation(
    installation: Installation,
    rules: Sequence[Rule] = rules_of_level(Level.DEFAULT),
    allowed: Collection[str] = (),
    files: FollowedFiles = NO_FILES,
) -> Iterator[Finding]:
    """Yield the findings in one installation and in its followed files, in the order of the rules.

    ``allowed`` are the normalized names that need no version.
    """
    whole = join_split_words(installation)
    kept, kept_files = whole, files
    if allowed:
        kept = _without_allowed(whole, allowed)
        requirements = tuple(_without_allowed(each, allowed) for each in files.requirements)
        kept_files = files._replace(requirements=requirements)
    for rule in looking_at(_OF_INSTALLATIONS, _with_default(rules, installation.run_by)):
        given = (kept, kept_files) if rule.honours_allow else (whole, files)
        findings = rule.check(*given) if not _OF_FILES.isdisjoint(rule.looks_at) else rule.check(given[0])
        yield from _findings_in_script(findings, installation.run_by, rule, rules) if installation.run_by else findings


def check_unread(unread: Unread, rules: Sequence[Rule]) -> Iterator[Finding]:
    """Yield the findings about a part of a document that cannot be read."""
    for rule in looking_at({Subject.UNREAD}, _with_default(rules, unread.run_by)):
        findings = rule.check(unread)
        yield from _findings_in_script(findings, unread.run_by, rule, rules) if unread.run_by else findings


def _with_default(rules: Sequence[Rule], run_by: Place | None) -> Sequence[Rule]:
    """The rules, and for commands of a script also those of the level *default*, if a rule looks at its findings."""
    if run_by is None or not looking_at({Subject.FINDING_IN_SCRIPT}, rules):
        return rules
    return (*rules, *(rule for rule in rules_of_level(Level.DEFAULT) if rule not in rules))


def _findings_in_script(
    findings: Iterable[Finding], run_by: Place, rule: Rule, rules: Sequence[Rule]
) -> Iterator[Finding]:
    """The findings of a rule in a script file that a command runs.

    A finding in the Dockerfile, which may write the script itself, gets the command that runs the script. One in a
    script of the repository is given to the rules that look at such findings, if its rule is of the level *default*.
    """
    for finding in findings:
        if finding.place.source is run_by.source or Subject.FOLLOWED_FILES in rule.looks_at:
            if rule in rules:
                yield _with_run(finding, run_by)
        elif rule.level is Level.DEFAULT:
            for each in looking_at({Subject.FINDING_IN_SCRIPT}, rules):
                yield from each.check(finding, run_by)


def _with_run(finding: Finding, run_by: Place) -> Finding:
    """A finding in the Dockerfile, with the command that runs the script, unless the finding is in that command."""
    is_inside = finding.place.source is run_by.source and run_by.span.encloses(finding.place.span)
    return finding if is_inside else finding._replace(related=(*finding.related, Related(run_by, "run here")))


def check_comment(ignore: Ignore, used: Collection[Selector], rules: Sequence[Rule]) -> Iterator[Finding]:
    """Yield the findings about an ignore comment; ``used`` are the selectors that suppress a finding."""
    for rule in looking_at({Subject.IGNORE_COMMENT}, rules):
        yield from rule.check(ignore, used, [each.code for each in rules])


def _without_allowed(installation: Installation, allowed: Collection[str]) -> Installation:
    return installation._replace(
        targets=tuple(each for each in installation.targets if not _is_allowed(each.requirement, allowed)),
        problems=tuple(
            each
            for each in installation.problems
            if not (each.doubtful and _is_allowed(each.doubtful.requirement, allowed))
        ),
    )


def _is_allowed(requirement: object, allowed: Collection[str]) -> bool:
    return isinstance(requirement, Named) and requirement.normalized in allowed
