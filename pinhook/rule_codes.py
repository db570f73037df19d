"""The codes, names and levels of the rules, without the rules: importing these takes most of the time of a run.

All code that treats some rules differently names them here. A test compares the table with the rules.
"""

from __future__ import annotations

INEXACT = "PIN002"
LOOSE_SCRIPT = "PIN012"
UNUSED_IGNORE = "PIN010"

FOLLOWING = frozenset({"PIN007", LOOSE_SCRIPT})
"""The rules that look into other files than those that are named."""

SUGGESTING = frozenset({"PIN004", "PIN005"})
"""The rules with findings whose fix is certain without asking for a version."""

KNOWN_TO_OTHER_TOOLS = frozenset({"PIN001", INEXACT, "PIN003", "PIN008"})
"""The rules whose findings a comment for hadolint's DL3013 or Datadog's rule suppresses."""

_DEFAULT = ("PIN001", INEXACT, "PIN003", "PIN004", "PIN005", "PIN006")
_STRICT = (*_DEFAULT, "PIN007", "PIN008", "PIN009", UNUSED_IGNORE, LOOSE_SCRIPT)
LEVELS = {"default": _DEFAULT, "strict": _STRICT, "hashes": tuple(sorted((*_STRICT, "PIN011")))}
"""The codes of the rules of each level."""

CODES = LEVELS["hashes"]
"""The codes of all rules."""

PREFIXES = tuple(dict.fromkeys(code[:length] for length in range(len("PIN"), len("PIN001") + 1) for code in CODES))
"""Every code, and every common prefix of codes."""

NAMES = {
    "unpinned": "PIN001",
    "inexact": INEXACT,
    "vcs-without-ref": "PIN003",
    "swallowed-specifier": "PIN004",
    "invalid-requirement": "PIN005",
    "unreadable": "PIN006",
    "loose-requirements-file": "PIN007",
    "unknown-target": "PIN008",
    "mutable-ref": "PIN009",
    "unused-ignore": UNUSED_IGNORE,
    "no-hash": "PIN011",
    "loose-script": LOOSE_SCRIPT,
}
"""The codes by name. Settings accept names too."""
