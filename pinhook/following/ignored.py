"""``.dockerignore``: which files of a build context the build does not see."""

from __future__ import annotations

import posixpath
import re

from pinhook.light_re import regex
from pinhook.light_typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_PART = regex(
    r"""(?x)
      (?P<any>\*\*/?)
    | (?P<star>\*)
    | (?P<one>\?)
    | \[(?P<negated>\^?)(?P<class>(?:\\.|[^\]\\])+)\]
    | \\(?P<escaped>.)
    | (?P<plain>.)
    """,
    re.DOTALL,
)
_MEMBER = re.compile(r"(?P<first>\\.|[^\\])(?:-(?P<last>\\.|[^\\]))?", re.DOTALL)


class Pattern(NamedTuple):
    """One line: what it matches, and whether that is taken in again (``!``)."""

    matches: re.Pattern[str]
    includes: bool


def parse(text: str) -> tuple[Pattern, ...]:
    """Read the lines of an ignore file.

    line = "#" comment / ["!"] pattern

    A pattern is anchored at the root of the context, with or without a slash in front. Follows moby's ignorefile and
    patternmatcher.
    """
    lines = (line.strip() for line in text.removeprefix("\ufeff").split("\n") if not line.startswith("#"))
    return tuple(_pattern(line) for line in lines if line and line != "!")


def _pattern(line: str) -> Pattern:
    includes = line.startswith("!")
    return compiled(line[1:].strip() if includes else line)._replace(includes=includes)


def compiled(text: str) -> Pattern:
    """One pattern, as ``COPY --exclude`` has it."""
    clean = posixpath.normpath(text).lstrip("/")
    regex = "".join(_part(part, clean) for part in _PART.finditer(clean))
    try:
        return Pattern(re.compile(regex, re.DOTALL), includes=False)
    except re.error:  # a range that ends before it starts
        return Pattern(re.compile(re.escape(clean)), includes=False)


def _part(part: re.Match[str], pattern: str) -> str:
    if part["any"]:
        return ".*" if part.end() == len(pattern) else "(?:.*/)?"
    if part["star"]:
        return "[^/]*"
    if part["one"]:
        return "[^/]"
    if part["class"]:
        characters = "".join(map(_of_class, _MEMBER.finditer(part["class"])))
        return f"(?!/)[{part['negated']}{characters}]"
    return re.escape(part["escaped"] or part["plain"])


def _of_class(member: re.Match[str]) -> str:
    first, last = (re.escape(each.removeprefix("\\") or "\\") if each else "" for each in member.group("first", "last"))
    return f"{first}-{last}" if last else first


def is_ignored(path: str, patterns: Sequence[Pattern]) -> bool:
    """Whether the build does not see a file; the last pattern that names it, or a folder above it, decides."""
    ignored = False
    for pattern in patterns:
        if pattern.includes == ignored and any(map(pattern.matches.fullmatch, _with_parents(path))):
            ignored = not pattern.includes
    return ignored


def _with_parents(path: str) -> Iterator[str]:
    while path:
        yield path
        path = posixpath.dirname(path)


def expand(pattern: str, files: Sequence[str]) -> list[str]:
    """The files and folders that a wildcard in a source of ``COPY`` matches, as Go's ``filepath.Match`` does."""
    regex = compiled(pattern).matches
    found = {each for file in files for each in _with_parents(file) if regex.fullmatch(each)}
    return sorted(found)
