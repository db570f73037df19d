"""The rules in SARIF, with their manual pages."""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.reporters.severity import is_error
from pinhook.rule_codes import KNOWN_TO_OTHER_TOOLS
from pinhook.rules import RULES

if TYPE_CHECKING:
    from typing import Any

    from pinhook.rules import Rule

INDEX = {rule.code: index for index, rule in enumerate(RULES)}

# common names for these flaws. Do not add a tag DATADOG_RULE_TYPE: it would mark the log as one of Datadog's own
# analyzer, and an upload would replace the results of that analyzer
_KNOWN_AS = ["docker-best-practices/pip-pin-versions", "DL3013"]


def level(code: str) -> str:
    """The SARIF level of the findings of a rule."""
    return "error" if is_error(code) else "warning"


def descriptors() -> list[dict[str, Any]]:
    """Every rule, in the order of ``INDEX``."""
    return [_descriptor(rule) for rule in RULES]


def _descriptor(rule: Rule) -> dict[str, Any]:
    tags = ["reproducibility", "supply-chain", *(_KNOWN_AS if rule.code in KNOWN_TO_OTHER_TOOLS else ())]
    return {
        "id": rule.code,
        "name": rule.name.title().replace("-", ""),
        "shortDescription": {"text": f"{rule.summary}."},
        "fullDescription": {"text": _why(rule.manual)},
        "help": {"text": rule.manual, "markdown": rule.manual},
        "defaultConfiguration": {"level": level(rule.code)},
        "properties": {"tags": tags, "precision": "very-high"},
    }


def _why(manual: str) -> str:
    """The first section of a manual page in one line."""
    return " ".join(manual.partition("## Why it matters\n")[2].partition("\n## ")[0].split())
