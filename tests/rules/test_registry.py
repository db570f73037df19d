"""All rules: none is forgotten, and every manual page is complete."""

from __future__ import annotations

import importlib
import pkgutil
import subprocess
import sys

import pytest

from pinhook import rules
from pinhook.rules import RULES, Level, Rule, rules_of_level


def test_every_module_with_a_rule_is_in_the_tuple() -> None:
    modules = [
        importlib.import_module(f"pinhook.rules.{module.name}") for module in pkgutil.iter_modules(rules.__path__)
    ]
    assert {module.RULE for module in modules if hasattr(module, "RULE")} == set(RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_manual_page_names_fix_where_it_applies(rule: Rule) -> None:
    assert ("--fix" in rule.manual.partition("## Fix")[2]) == rule.has_fix


def test_codes_and_names_are_unique_and_in_order() -> None:
    codes = [rule.code for rule in RULES]
    assert codes == sorted(set(codes))
    assert len({rule.name for rule in RULES}) == len(RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_is_named_like_its_module(rule: Rule) -> None:
    assert rule.check.__module__ == f"pinhook.rules.{rule.name.replace('-', '_')}"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_manual_page_has_all_its_sections(rule: Rule) -> None:
    headings = [line for line in rule.manual.splitlines() if line.startswith("#")]
    assert headings == ["## Why it matters", "## Flagged", "## Accepted", "## Fix"]
    assert rule.manual.startswith(f"{rule.summary}.\n\n")


def test_a_level_has_the_rules_of_the_levels_below() -> None:
    assert (
        set(rules_of_level(Level.DEFAULT))
        < set(rules_of_level(Level.STRICT))
        < set(rules_of_level(Level.HASHES))
        == set(RULES)
    )


def test_importing_the_rules_is_cheap() -> None:
    program = "import sys, pinhook.rules; print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    run = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert not {"packaging", "bashlex"} & set(run.stdout.split())
