"""The rules, one module each.

A rule looks at one ``Installation`` and yields a ``Finding`` for each target that it finds a flaw in.
"""

from __future__ import annotations

from pinhook.light_typing import TYPE_CHECKING
from pinhook.requirements import Named
from pinhook.rules import (
    inexact,
    invalid_requirement,
    loose_requirements_file,
    mutable_ref,
    no_hash,
    swallowed_specifier,
    unknown_target,
    unpinned,
    unreadable,
    unused_ignore,
    vcs_without_ref,
)
from pinhook.rules.rule import Level, Rule
from pinhook.rules.split_words import joined

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from pinhook.finding import Finding
    from pinhook.installers import Installation

__all__ = ["RULES", "Level", "Rule", "judge", "loose_requirements_file", "rules_of", "unreadable", "unused_ignore"]

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
)


def rules_of(level: Level) -> tuple[Rule, ...]:
    """The rules of a level."""
    return tuple(rule for rule in RULES if rule.level <= level)


def named(codes: Collection[str]) -> tuple[Rule, ...]:
    """The rules of these codes."""
    return tuple(rule for rule in RULES if rule.code in codes)


def judge(
    installation: Installation, rules: Sequence[Rule] = rules_of(Level.DEFAULT), allowed: Collection[str] = ()
) -> Iterator[Finding]:
    """Yield what the rules find in one install command, in the order of the rules.

    ``allowed`` are the normalized names that need no version.
    """
    whole = joined(installation)
    spared = _without_allowed(whole, allowed) if allowed else whole
    for rule in rules:
        yield from rule.check(spared if rule.spares_allowed else whole)


def _without_allowed(installation: Installation, allowed: Collection[str]) -> Installation:
    return installation._replace(
        targets=tuple(each for each in installation.targets if not _is_allowed(each.requirement, allowed)),
        lists=tuple(_without_allowed(each, allowed) for each in installation.lists),
    )


def _is_allowed(requirement: object, allowed: Collection[str]) -> bool:
    return isinstance(requirement, Named) and requirement.normalized in allowed
