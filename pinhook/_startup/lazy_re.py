"""Regular expressions that are compiled when they are first used.

There are a hundred of them, and most runs need a third: compiling them all takes as long as Python takes to start.
"""

from __future__ import annotations

import re

from pinhook._startup.namedtuple import TYPE_CHECKING

if TYPE_CHECKING:
    from re import compile as regex
    from typing import Any
else:

    class regex:  # noqa: N801 - it is called as the function re.compile is
        """Stands for a pattern, and has its methods from the first use on."""

        def __init__(self, pattern: str, flags: int = 0) -> None:
            self.pattern = pattern
            self.flags = flags

        def __getattr__(self, name: str) -> Any:
            compiled = re.compile(self.pattern, self.flags)
            self.__dict__.update((method, getattr(compiled, method)) for method in _METHODS)
            return getattr(compiled, name)


__all__ = ["regex"]

_METHODS = ("match", "fullmatch", "search", "finditer", "findall", "sub", "split")
