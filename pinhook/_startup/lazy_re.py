"""Regular expressions that are compiled at their first use.

There are about a hundred of them, and most runs use a third. Compiling all takes as long as starting Python.
"""

from __future__ import annotations

import re

from pinhook._startup.namedtuple import TYPE_CHECKING

if TYPE_CHECKING:
    from re import compile as regex
    from typing import Any
else:

    class regex:  # noqa: N801 - it is called like the function re.compile
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
