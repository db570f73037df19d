"""The help pages: manual pages, the list of rules, the settings. Pure: from values to text."""

from __future__ import annotations

import re

from pinhook._compat import assert_never
from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.cli.wrapping import fill
from pinhook.config import SETTINGS
from pinhook.config.nearest import nearest
from pinhook.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pinhook.config import Config
    from pinhook.config.settings import Value
    from pinhook.rules import Rule

_BOLD = "\x1b[1m{}\x1b[0m".format


def explain(word: str, *, color: bool = False, width: int = 0) -> str | None:
    """The manual page of a rule, by code or name; ``None`` if there is none.

    It is in Markdown, or with ``color`` for a terminal. Lines are wrapped to ``width`` columns, except if that is 0.
    """
    for rule in RULES:
        if word.casefold() in {rule.code.casefold(), rule.name}:
            page = f"# {rule.code} {rule.name}\n\n{rule.manual.strip()}\n\n## Level\n\n{_level(rule)}\n"
            page = fill(page, width) if width else page
            return re.sub(r"(?m)^#+ (.*)$", lambda heading: _BOLD(heading[1]), page) if color else page
    return None


def no_such_rule(word: str) -> str:
    """The message for an unknown rule."""
    suggestion = nearest(word, [name for rule in RULES for name in (rule.code, rule.name)])
    return f"{word} is not a rule; " + (f"did you mean {suggestion}?" if suggestion else "pinhook --rules lists them")


def _level(rule: Rule) -> str:
    name = rule.level.name.lower()
    return "The rule is on unless it is ignored." if not rule.level else f"The rule is on with `--level {name}`."


def rule_table() -> str:
    """A line for each rule."""
    return _aligned((rule.code, rule.name, rule.level.name.lower(), rule.summary) for rule in RULES)


_UNSET = {
    "select": "the rules of the level",
    "context": "from the repository",
    "fix-from": "every source",
    "default-python-version": "none",
    "exclude-newer": "nothing",
}


def show_settings(config: Config) -> str:
    """The settings in TOML, each with a comment that names the source of its value, and the enabled rules."""
    rows = [_setting_row(setting.name, getattr(config, setting.field), config) for setting in SETTINGS]
    return _aligned(rows) + f"# rules: {', '.join(sorted(config.codes)) or 'none'}\n"


def _setting_row(name: str, value: Value, config: Config) -> tuple[str, str]:
    if value is None:  # TOML has no null
        return f"# {name} = {_UNSET[name]}", "# default"
    return f"{name} = {_toml(value)}", f"# {_printable(config.origins[name].name)}"


def _toml(value: bool | str | tuple[str, ...] | dict[str, tuple[str, ...]] | dict[str, str]) -> str:
    match value:
        case bool():
            return str(value).lower()
        case str():
            return '"' + _printable(value.replace("\\", "\\\\").replace('"', '\\"')) + '"'
        case tuple():
            return f"[{', '.join(map(_toml, value))}]"
        case dict():
            pairs = [f"{_toml(key)} = {_toml(words)}" for key, words in value.items()]
            return f"{{ {', '.join(pairs)} }}" if pairs else "{}"
        case _:
            assert_never(value)


def _printable(text: str) -> str:
    """The text with TOML escapes for unprintable characters."""
    return "".join(each if each.isprintable() else f"\\U{ord(each):08x}" for each in text)


def _aligned(rows: Iterable[tuple[str, ...]]) -> str:
    """Lines of cells in aligned columns. A long cell does not move the cells of other lines."""
    table = list(rows)
    widths = [min(max(map(len, column)), 40) for column in zip(*table, strict=True)]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in table)
    return "".join(f"{line.rstrip()}\n" for line in lines)
