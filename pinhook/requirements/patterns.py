"""Patterns for texts with unknown characters: each unknown character is masked by ``UNKNOWN``."""

from __future__ import annotations

import re

from pinhook._startup.lazy_re import regex
from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.source import UNKNOWN

if TYPE_CHECKING:
    from pinhook.source import SourceText

NAME = rf"[A-Za-z0-9{UNKNOWN}](?:[A-Za-z0-9._{UNKNOWN}-]*[A-Za-z0-9{UNKNOWN}])?"
VERSION = (
    r"v?(?:[0-9]+!)?[0-9]+(?:\.[0-9]+)*(?:(?:a|b|rc)[0-9]+)?(?:\.post[0-9]+)?(?:\.dev[0-9]+)?"
    r"(?:\+[a-z0-9]+(?:\.[a-z0-9]+)*)?"
)
"""The common spellings of a version. ``packaging`` knows all of them."""
_VARIABLE = regex(r"\$\{?(?:env:)?([A-Za-z_]\w*)|[%!](\w+)[%!]", re.IGNORECASE)
_SEPARATORS = regex(r"[-_.]+")


def variables_of(text: SourceText) -> list[str]:
    """The names of the variables in the unknown parts of a text, each once, in order.

    A command substitution, ``$(command)``, has no name.
    """
    found = (_VARIABLE.match(str(text[start:end])) for start, end in text.unknown)
    return list(dict.fromkeys(match[1] or match[2] for match in found if match))


def normalize(name: str) -> str | None:
    """The normalized name of the packaging specifications; ``None`` if the name has unknown characters."""
    return None if UNKNOWN in name else _SEPARATORS.sub("-", name).lower()
