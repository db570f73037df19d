"""``.dockerignore``: the files of a build context that the build does not see."""

from __future__ import annotations

import posixpath

from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.repository.globs import MOBY, glob

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pinhook.repository.globs import Glob


class Pattern(NamedTuple):
    """One line: a glob, and whether it includes files again (``!``)."""

    glob: Glob
    includes: bool


def parse(text: str) -> tuple[Pattern, ...]:
    """Parse the lines of an ignore file.

    line = "#" comment / ["!"] pattern

    A pattern starts at the root of the context, with or without a slash in front. Follows moby's ignorefile and
    patternmatcher.
    """
    lines = (line.strip() for line in text.removeprefix("\ufeff").split("\n") if not line.startswith("#"))
    return tuple(_pattern(line) for line in lines if line and line != "!")


def _pattern(line: str) -> Pattern:
    includes = line.startswith("!")
    return compile_pattern(line[1:].strip() if includes else line)._replace(includes=includes)


def compile_pattern(text: str) -> Pattern:
    """One pattern, in the syntax of ``COPY --exclude``."""
    return Pattern(glob(posixpath.normpath(text).lstrip("/"), MOBY), includes=False)


def is_ignored(path: str, patterns: Sequence[Pattern]) -> bool:
    """Whether the build does not see a file. The last pattern that matches it, or a folder above it, decides."""
    ignored = False
    for pattern in patterns:
        if pattern.includes == ignored and any(map(pattern.glob.matches, _with_parents(path))):
            ignored = not pattern.includes
    return ignored


def _with_parents(path: str) -> Iterator[str]:
    while path:
        yield path
        path = posixpath.dirname(path)


def expand(pattern: str, files: Sequence[str]) -> list[str]:
    """The files and folders that match a wildcard in a source of ``COPY``. Follows Go's ``filepath.Match``."""
    paths = {each for file in files for each in _with_parents(file)}
    return sorted(filter(compile_pattern(pattern).glob.matches, paths))
