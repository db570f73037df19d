"""Path patterns, as in ``.gitignore`` but without negation."""

from __future__ import annotations

import os
import re

from pinhook.light_re import regex
from pinhook.light_typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_PART = regex(
    r"""(?x)
      (?P<folders>(?:^|(?<=/))\*\*+/)
    | (?P<inside>(?<=/)\*\*+$)
    | (?P<stars>\*+)
    | (?P<any>\?)
    | \[(?P<negated>[!^]?)(?P<class>\]?[^\]/]*)\]
    | \\(?P<escaped>.)
    | (?P<plain>.)
    """,
    re.DOTALL,
)


def matches(path: str, patterns: Iterable[str], folder: str) -> bool:
    """Whether some pattern names a path or a directory above it.

    A pattern with a slash before its end is one of paths from ``folder``, any other one of names at any depth; with a
    slash at its end it names directories only. ``*`` and ``?`` stop at a slash, ``**/`` is any number of directories.
    """
    relative = _relative(path, folder)
    return any(re.search(_regex(pattern), relative, re.DOTALL) for pattern in patterns)


def _relative(path: str, folder: str) -> str:
    """The path from a folder with slashes; symbolic links are followed but for the last, whose name counts."""
    whole = os.path.join(os.path.realpath(os.path.dirname(path)), os.path.basename(path))
    try:
        return os.path.relpath(whole, os.path.realpath(folder)).replace(os.sep, "/")
    except ValueError:  # another drive of Windows
        return whole.replace(os.sep, "/")


def _regex(pattern: str) -> str:
    body = pattern.rstrip("/")
    start = "^" if "/" in body else "(?:^|/)"
    end = "/" if body != pattern else r"(?:/|\Z)"
    return start + "".join(map(_part, _PART.finditer(body.lstrip("/")))) + end


def _part(part: re.Match[str]) -> str:
    if part["folders"]:
        return "(?:.*/)?"
    if part["inside"]:
        return ".+"
    if part["stars"]:
        return "[^/]*"
    if part["any"]:
        return "[^/]"
    if part["class"]:
        characters = re.sub(r"([\\\[\]^&|~])", r"\\\1", part["class"])
        return f"(?!/)[{'^' if part['negated'] else ''}{characters}]"
    return re.escape(part["escaped"] or part["plain"])
