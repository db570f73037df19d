"""``assert_never``, which ``typing`` has only from Python 3.11 on.

TOML, which Python reads by itself only from 3.11 on.
"""

from __future__ import annotations

import sys

from pinhook._startup.lazy_re import regex
from pinhook._startup.namedtuple import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any, NoReturn


def assert_never(value: NoReturn) -> NoReturn:
    """Close a ``match`` over a union: a kind that is forgotten fails the type check."""
    raise AssertionError(f"not handled: {value!r}")


MAX_PARTS = 100

"""Parts of a dotted key. A key takes the square of their number to read."""

_QUOTED = regex(r"""(?x) "(?:\\.|[^"\\])*" | '[^']*' """)


def parse(content: bytes) -> dict[str, Any]:
    """The document. Raises ``UnicodeDecodeError`` and other ``ValueError``."""
    if sys.version_info >= (3, 11):
        import tomllib
    else:  # pragma: no cover  because a Python is never an older one, too
        import tomli as tomllib

    text = content.decode("utf-8-sig")
    for number, line in enumerate(text.split("\n"), 1):
        if _has_long_key(line):
            raise ValueError(f"a key has more than {MAX_PARTS} parts (at line {number})")
    try:
        document: dict[str, Any] = tomllib.loads(text)  # a date like 2020-13-01 is a ValueError
    except RecursionError:
        raise ValueError("is nested too deeply") from None
    return document


def _has_long_key(line: str) -> bool:
    """Whether a line may hold a key of too many parts: it has as many dots outside of strings."""
    if line.count(".") < MAX_PARTS:
        return False
    is_multiline = '"""' in line or "'''" in line  # the line may begin within a string
    return is_multiline or _QUOTED.sub("", line).count(".") >= MAX_PARTS
