"""How grave a finding is, for the formats that want to know."""

from __future__ import annotations

from pinhook.rules import RULES, Level

_LEVELS = {rule.code: rule.level for rule in RULES}


def is_error(code: str) -> bool:
    """Whether the rule is one that everybody gets; what is asked for on top of those is a warning."""
    return _LEVELS[code] is Level.DEFAULT
