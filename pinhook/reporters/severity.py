"""The severity of a finding, for the formats that have one."""

from __future__ import annotations

from pinhook.rules import RULES, Level

_LEVELS = {rule.code: rule.level for rule in RULES}


def is_error(code: str) -> bool:
    """Whether the rule is of the level default. Findings of other rules are warnings."""
    return _LEVELS[code] is Level.DEFAULT
