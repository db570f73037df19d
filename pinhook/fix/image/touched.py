"""The folders that a stage has named so far: an unknown folder that nothing has named holds no program."""

from __future__ import annotations

import posixpath

from pinhook._startup.lazy_re import regex

_MAX_PARENTS = 8
_MAX_STAGES = 32
_PATHS = regex(r"(?:/|~/|\$\{?\w+\}?/)[\w.${}/+-]+")


class Touched:
    """The folders that commands of a stage, or of those that it is built on, have named."""

    def __init__(self, before: Touched | None = None) -> None:
        self.folders: set[str] = set()
        self.before = before
        self.depth: int = before.depth + 1 if before else 0

    def add(self, text: str) -> None:
        """Note every folder in a word."""
        for found in _PATHS.finditer(text):
            path = found[0].rstrip("/")
            for _ in range(_MAX_PARENTS):
                self.folders.add(path)
                path = posixpath.dirname(path)

    def has(self, folder: str) -> bool:
        """Whether a folder, or something in it, was named; of very many stages that is not followed."""
        each: Touched | None = self
        while each:
            if folder in each.folders:
                return True
            each = each.before
        return self.depth > _MAX_STAGES
