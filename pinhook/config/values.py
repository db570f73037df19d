"""The value of one setting, from a configuration file or from the command line."""

from __future__ import annotations

from pinhook.config.nearest import nearest
from pinhook.config.settings import CODES, PATTERN, RULE
from pinhook.light_typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pinhook.config.settings import Kind, Setting, Value

MAX_SHOWN = 100
"""Characters of a word in a message."""

_TYPES = {bool: "a boolean", int: "an integer", float: "a float", str: "a string", list: "an array", dict: "a table"}


class SettingError(ValueError):
    """A value that a setting cannot have; the message says why, and what would be right."""


def read(setting: Setting, value: object) -> Value:
    """The value of a setting as TOML gave it, with arrays as tuples. Raises ``SettingError``."""
    match setting.shape:
        case "flag":
            if not isinstance(value, bool):
                raise SettingError(f"must be true or false, not {_type(value)}")
            return value
        case "word":
            return _word(setting.kind, value, "must be")
        case "words":
            return _words(setting.kind, value, "must be")
        case "table":
            return _table(setting.kind, value)
        case "map":  # pragma: no branch  because there is no other shape, as the type checker knows
            return _map(setting, value)


def read_option(setting: Setting, text: str) -> Value:
    """The value of a setting as an option gives it, several words with commas. Raises ``SettingError``."""
    if setting.shape == "words":
        return _words(setting.kind, [word.strip() for word in text.split(",")] if text else [], "must be")
    return _word(setting.kind, text, "must be")


def _table(kind: Kind, value: object) -> dict[str, tuple[str, ...]]:
    if not isinstance(value, dict):
        raise SettingError(f'must be a table, not {_type(value)}; write {{ "tests/**" = ["{CODES[0]}"] }}')
    return {
        _word(PATTERN, pattern, ""): _words(kind, words, f"the value of {_quoted(pattern)} must be")
        for pattern, words in value.items()
    }


def _map(setting: Setting, value: object) -> dict[str, str]:
    if not isinstance(value, dict):
        raise SettingError(f"must be a table of strings, not {_type(value)}")
    return {
        _word(setting.keys, key, ""): _word(setting.kind, word, f"the value of {_quoted(key)} must be")
        for key, word in value.items()
    }


def _words(kind: Kind, value: object, must_be: str) -> tuple[str, ...]:
    if isinstance(value, str):
        raise SettingError(f"{must_be} an array of strings, not a string; write [{_quoted(value)}]")
    if not isinstance(value, list):
        raise SettingError(f"{must_be} an array of strings, not {_type(value)}")
    return tuple(_word(kind, each, f"{must_be} an array of strings, and one of its values is") for each in value)


def _word(kind: Kind, value: object, must_be: str) -> str:
    if not isinstance(value, str):
        wrong = _type(value) if must_be.endswith("is") else f"a string, not {_type(value)}"
        raise SettingError(f"{must_be} {wrong}")
    if value not in kind.choices if kind.choices else not _matches(kind.pattern, value):
        raise SettingError(f"{_quoted(value)} is not {kind.noun}; {_way_out(kind, value)}")
    return value


def _matches(pattern: str, value: str) -> bool:
    import re

    return re.fullmatch(pattern, value) is not None


def _way_out(kind: Kind, word: str) -> str:
    if kind is RULE and (code := code_of(word)):
        return f"write {code}"
    if meant := nearest(word, CODES if kind is RULE else kind.choices):
        return f"did you mean {meant}?"
    return kind.hint or f"choose from {', '.join(kind.choices)}"


def code_of(name: str) -> str | None:
    """The code of the rule with a name."""
    from pinhook.rules import RULES

    return next((rule.code for rule in RULES if rule.name == name), None)


def _type(value: object) -> str:
    return _TYPES.get(type(value), "a date or time")


def _quoted(word: str) -> str:
    return f'"{shortened(word)}"'


def shortened(word: str) -> str:
    """A word for a message."""
    return word if len(word) <= MAX_SHOWN else word[: MAX_SHOWN - 1] + "…"
