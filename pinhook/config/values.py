"""Parse the value of one setting, from a configuration file or from the command line."""

from __future__ import annotations

from functools import partial

from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.config.nearest import nearest
from pinhook.config.settings import PATTERN, RULE
from pinhook.rule_codes import CODES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import TypeVar

    from pinhook.config.settings import Setting, Structure, Value, ValueKind

    Result = TypeVar("Result")

MAX_SHOWN = 100
"""Maximum number of code points of a word in a message."""

_TYPES = {bool: "a boolean", int: "an integer", float: "a float", str: "a string", list: "an array", dict: "a table"}


class Mistake(NamedTuple):
    """A message: what is wrong with a value, and what to write. ``word`` is the string, if the value is one."""

    message: str
    word: str | None = None

    def __str__(self) -> str:
        return self.message


class SettingError(ValueError):
    """A setting has a wrong value. ``mistakes`` are all mistakes in it."""

    def __init__(self, *mistakes: Mistake) -> None:
        super().__init__("; ".join(mistake.message for mistake in mistakes))
        self.mistakes = mistakes


def _error(message: str, word: str | None = None) -> SettingError:
    return SettingError(Mistake(message, word))


def _each(parsers: Iterable[Callable[[], Result]]) -> list[Result]:
    """The results of several parsers. Raises ``SettingError`` with the mistakes of all of them."""
    results: list[Result] = []
    mistakes: list[Mistake] = []
    for parser in parsers:
        try:
            results.append(parser())
        except SettingError as error:
            mistakes += error.mistakes
    if mistakes:
        raise SettingError(*mistakes)
    return results


def parse_value(setting: Setting, value: object) -> Value:
    """The value of a setting from a TOML value, with arrays as tuples. Raises ``SettingError``."""
    match setting.structure:
        case "flag":
            if not isinstance(value, bool):
                raise _error(f"must be true or false, not {_type(value)}")
            return value
        case "word":
            return _word(setting.kind, value, "must be")
        case "words":
            return _words(setting.kind, value, "must be")
        case "table":
            return _table(setting.kind, value)
        case "map":  # pragma: no branch - the type checker knows that there is no other case
            return _map(setting, value)


def parse_option_value(structure: Structure, kind: ValueKind, text: str) -> Value:
    """The value of a setting from an option; commas separate words. Raises ``SettingError``."""
    if structure == "words":
        return _words(kind, [word.strip() for word in text.split(",")] if text else [], "must be")
    return _word(kind, text, "must be")


def _table(kind: ValueKind, value: object) -> dict[str, tuple[str, ...]]:
    if not isinstance(value, dict):
        raise _error(f'must be a table, not {_type(value)}; write {{ "tests/**" = ["{CODES[0]}"] }}')
    patterns = _each(partial(_word, PATTERN, pattern, "") for pattern in value)
    must_be = "the value of {} must be"
    words = _each(partial(_words, kind, each, must_be.format(_quoted(key))) for key, each in value.items())
    return dict(zip(patterns, words, strict=True))


def _map(setting: Setting, value: object) -> dict[str, str]:
    if not isinstance(value, dict):
        raise _error(f"must be a table of strings, not {_type(value)}")
    keys = _each(partial(_word, setting.keys, key, "") for key in value)
    must_be = "the value of {} must be"
    words = _each(partial(_word, setting.kind, each, must_be.format(_quoted(key))) for key, each in value.items())
    return dict(zip(keys, words, strict=True))


def _words(kind: ValueKind, value: object, must_be: str) -> tuple[str, ...]:
    if isinstance(value, str):
        raise _error(f"{must_be} an array of strings, not a string; write [{_quoted(value)}]")
    if not isinstance(value, list):
        raise _error(f"{must_be} an array of strings, not {_type(value)}")
    must_be = f"{must_be} an array of strings; one of its values is"
    return tuple(_each(partial(_word, kind, each, must_be) for each in value))


def _word(kind: ValueKind, value: object, must_be: str) -> str:
    if not isinstance(value, str):
        wrong = _type(value) if must_be.endswith("is") else f"a string, not {_type(value)}"
        raise _error(f"{must_be} {wrong}")
    if value in kind.names:
        return kind.names[value]
    if value not in kind.choices if kind.choices else not _matches(kind.pattern, value):
        raise _error(f"{_quoted(value)} is not {kind.noun}; {_hint(kind, value)}", value)
    return value


def _matches(pattern: str, value: str) -> bool:
    import re

    return re.fullmatch(pattern, value) is not None


def _hint(kind: ValueKind, word: str) -> str:
    if suggestion := nearest(word, (*CODES, *kind.names) if kind is RULE else kind.choices):
        return f"did you mean {suggestion}?"
    return kind.hint or f"choose from {', '.join(kind.choices)}"


def _type(value: object) -> str:
    return _TYPES.get(type(value), "a date or time")


def _quoted(word: str) -> str:
    return f'"{shortened(word)}"'


def shortened(word: str) -> str:
    """A word cut for a message."""
    return word if len(word) <= MAX_SHOWN else word[: MAX_SHOWN - 1] + "…"
