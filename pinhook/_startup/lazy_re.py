"""Regular expressions that are compiled at their first use.

A run with an installation defines more than two hundred of them and compiles about twenty. Compiling all takes longer
than starting Python.
"""

from __future__ import annotations

import re

from pinhook._startup.namedtuple import TYPE_CHECKING

if TYPE_CHECKING:
    from re import compile as regex
    from typing import Any
else:

    class regex:  # noqa: N801 - in lower case because it replaces the function re.compile
        """A pattern that is compiled at its first use. It has the methods of ``re.Pattern`` in ``_METHODS``."""

        def __init__(self, pattern: str, flags: int = 0) -> None:
            self.pattern = pattern
            self.flags = flags

        def __getattr__(self, name: str) -> Any:
            compiled = re.compile(self.pattern, self.flags)
            self.__dict__.update((method, getattr(compiled, method)) for method in _METHODS)
            return getattr(compiled, name)


__all__ = ["regex"]

_METHODS = ("match", "fullmatch", "search", "finditer", "findall", "sub", "split")
