"""The folders that the commands of a stage name. An unknown folder that no command names contains no programs."""

from __future__ import annotations

import posixpath

from pinhook._startup.lazy_re import regex

_MAX_PARENTS = 8
_MAX_STAGES = 32
_PATHS = regex(r"(?:/|~/|\$\{?\w+\}?/)[\w.${}/+-]+")


class NamedFolders:
    """The folders that commands of a stage, or of the stages that it is based on, have named."""

    def __init__(self, before: NamedFolders | None = None) -> None:
        self.folders: set[str] = set()
        self.before = before
        self.depth: int = before.depth + 1 if before else 0

    def add(self, text: str) -> None:
        """Add every folder in a word."""
        for found in _PATHS.finditer(text):
            path = found[0].rstrip("/")
            for _ in range(_MAX_PARENTS):
                self.folders.add(path)
                path = posixpath.dirname(path)

    def has(self, folder: str) -> bool:
        """Whether a folder, or something in it, was named. With very many stages, it is assumed."""
        each: NamedFolders | None = self
        while each:
            if folder in each.folders:
                return True
            each = each.before
        return self.depth > _MAX_STAGES
