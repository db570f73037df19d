"""The table of settings, and everything that is generated from it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from pinhook.config import SETTINGS, Config
from pinhook.config.settings import INSTALLER, RENAMED
from pinhook.config.values import SettingError, parse_value
from pinhook.installers import INSTALLERS
from pinhook.rule_codes import CODES, LEVELS, NAMES, PREFIXES
from pinhook.rules import RULES, Level, rules_of_level
from tests.generators.settings_schema import SCHEMA, render

VALIDATOR = Draft202012Validator(json.loads(SCHEMA.read_text("utf-8")))

WORDS = (
    st.sampled_from(
        (
            *PREFIXES,
            *LEVELS,
            *INSTALLER.choices,
            *NAMES,
            "pin001",
            "PIN1",
            "text",
            "json",
            "pip",
            "ruamel.yaml",
            "flask==1",
            "16M",
            "-x",
        )
    )
    | st.sampled_from(("x-", "tests/**", "!x", "", "*", "a b", "default "))
    | st.text(st.characters(exclude_characters="\n"), max_size=8)
)  # in Python alone, $ matches before a final newline
VALUES = st.recursive(
    WORDS | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.none(),
    lambda values: st.lists(values, max_size=3) | st.dictionaries(WORDS, values, max_size=3),
    max_leaves=6,
)
TABLES = st.dictionaries(
    st.sampled_from([*(setting.name for setting in SETTINGS), *RENAMED]) | WORDS,
    WORDS | st.lists(WORDS, max_size=3) | st.dictionaries(WORDS, st.lists(WORDS, max_size=2), max_size=2) | VALUES,
    max_size=3,
)


def is_read(table: dict[str, Any]) -> bool:
    settings = {setting.name: setting for setting in SETTINGS}
    if any({old, new} <= table.keys() for old, new in RENAMED.items()):
        return False
    try:
        for key, value in table.items():
            parse_value(settings[RENAMED.get(key, key)], value)
    except (SettingError, KeyError):
        return False
    return True


def test_the_schema_is_that_of_the_settings() -> None:
    assert SCHEMA.read_text("utf-8") == render(), "run: python -m tests.generators.settings_schema"
    Draft202012Validator.check_schema(json.loads(render()))


@given(TABLES)
def test_the_schema_accepts_and_rejects_what_the_reader_does(table: dict[str, Any]) -> None:
    assert VALIDATOR.is_valid(table) == is_read(table)


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
@given(value=WORDS | st.lists(WORDS, max_size=3) | VALUES)
def test_the_schema_of_each_setting(setting: Any, value: Any) -> None:
    assert VALIDATOR.is_valid({setting.name: value}) == is_read({setting.name: value})


def test_the_defaults_are_accepted() -> None:
    defaults = {setting.name: setting.default for setting in SETTINGS if setting.default is not None}
    assert VALIDATOR.is_valid(json.loads(json.dumps(defaults)))


def test_the_config_has_the_settings() -> None:
    assert Config._fields == (*(setting.field for setting in SETTINGS), "origins", "path")


def test_the_levels_are_those_of_the_rules() -> None:
    """The settings repeat what the rules say, because importing the rules takes long."""
    assert {level.name.lower(): tuple(rule.code for rule in rules_of_level(level)) for level in Level} == LEVELS
    assert {rule.name: rule.code for rule in RULES} == NAMES
    assert tuple(rule.code for rule in RULES) == CODES


def test_the_installers_to_ask_for() -> None:
    assert sorted(installer.name for installer in INSTALLERS if installer.is_optional) == list(INSTALLER.choices)
