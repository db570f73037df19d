"""TOML, which Python reads by itself only from 3.11 on."""

from __future__ import annotations

import sys

from pinhook.light_typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any


def parse(content: bytes) -> dict[str, Any]:
    """The document. Raises ``UnicodeDecodeError``, other ``ValueError``, and ``RecursionError``."""
    if sys.version_info >= (3, 11):
        import tomllib
    else:  # pragma: no cover  because a Python is never an older one, too
        import tomli as tomllib

    document: dict[str, Any] = tomllib.loads(content.decode("utf-8-sig"))  # a date like 2020-13-01 is a ValueError
    return document
