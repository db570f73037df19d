"""Replacements for ``typing.assert_never`` and ``tomllib``, which Python has only since 3.11."""

from __future__ import annotations

import sys

from pinhook._startup.lazy_re import regex
from pinhook._startup.namedtuple import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any, NoReturn


def assert_never(value: NoReturn) -> NoReturn:
    """Mark the end of an exhaustive ``match`` over a union: the type checker reports a missing case."""
    raise AssertionError(f"not handled: {value!r}")


MAX_KEY_PARTS = 100
"""Maximum number of parts of a dotted key. Parsing a key takes time proportional to the square of this number."""

_QUOTED = regex(r"""(?x) "(?:\\.|[^"\\])*" | '[^']*' """)


def parse(content: bytes) -> dict[str, Any]:
    """Parse a TOML document. Raises ``UnicodeDecodeError`` and other ``ValueError``."""
    if sys.version_info >= (3, 11):
        import tomllib
    else:  # pragma: no cover - a given Python runs only one of the branches
        import tomli as tomllib

    text = content.decode("utf-8-sig")
    for number, line in enumerate(text.split("\n"), 1):
        if _has_long_key(line):
            raise ValueError(f"a key has more than {MAX_KEY_PARTS} parts (at line {number})")
    try:
        document: dict[str, Any] = tomllib.loads(text)  # a date such as 2020-13-01 raises ValueError
    except RecursionError:
        raise ValueError("is nested too deeply") from None
    return document


def _has_long_key(line: str) -> bool:
    """Whether a line may have a key with more than ``MAX_KEY_PARTS`` parts, by its dots outside of strings."""
    if line.count(".") < MAX_KEY_PARTS:
        return False
    is_multiline = '"""' in line or "'''" in line  # the line may start inside a string
    return is_multiline or _QUOTED.sub("", line).count(".") >= MAX_KEY_PARTS
