"""The examples in the manual page of every rule, from the Dockerfile to the finding."""

from __future__ import annotations

import re

import pytest

from pinhook.rules import RULES, Rule, rules_of_level
from pinhook.source import Source
from tests.checks import check
from tests.follow.repositories import repository_of

EXAMPLE = re.compile(r"^ {4}((?:#.*\n {4})*.*(?:\\\n {4}.*)*)$", re.MULTILINE)


FILE = re.compile(r"`(\S+)` has `([^`]+)`")


def examples(section: str) -> list[tuple[Rule, str, dict[str, str]]]:
    """Every indented instruction in a section of a manual page."""
    sections = [(rule, re.search(rf"## {section}\n(.*?)\n##", rule.manual, re.DOTALL)) for rule in RULES]
    return [
        (rule, re.sub("^ {4}", "", example, flags=re.MULTILINE), dict(FILE.findall(text[1])))
        for rule, text in sections
        if text
        for example in EXAMPLE.findall(text[1])
    ]


def codes(rule: Rule, instruction: str, files: dict[str, str]) -> set[str]:
    """The findings for an instruction by the rules of the rule's own level."""
    source = Source("Dockerfile", f"FROM python:3.13-slim\n{instruction}\n")
    repository = repository_of({"Dockerfile": source.text, **files})
    enabled = [each.code for each in rules_of_level(rule.level)]
    report = check(source, enabled, repository=(lambda: repository) if files else None)
    return {finding.code for each in (report, *report.included) for finding in each.findings}


@pytest.mark.parametrize(("rule", "instruction", "files"), examples("Flagged"))
def test_what_the_manual_says_is_flagged_is_flagged_by_this_rule_only(
    rule: Rule, instruction: str, files: dict[str, str]
) -> None:
    assert codes(rule, instruction, files) == {rule.code}


@pytest.mark.parametrize(("rule", "instruction", "files"), examples("Accepted"))
def test_what_the_manual_says_is_accepted_is_accepted(rule: Rule, instruction: str, files: dict[str, str]) -> None:
    assert codes(rule, instruction, files) == set()


def test_every_rule_has_examples() -> None:
    assert {rule for rule, *_ in examples("Flagged")} == {rule for rule, *_ in examples("Accepted")} == set(RULES)
