"""A unified diff, as ``git apply`` and ``patch`` read it."""

from __future__ import annotations

import os
from difflib import unified_diff
from io import StringIO

from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.redact import redact
from pinhook.reporters.display import escape_unprintable
from pinhook.source import BOM

if TYPE_CHECKING:
    from pinhook.source import Source

_HEAD_LINES = 2  # the names of the file before and after
_BOLD = "1"
_COLORS = {"-": "31", "+": "32", "@": "36"}


def unified_patch(before: Source, after: Source) -> bytes:
    """What has changed in a file; nothing when that is nothing.

    The lines are in the encoding of the file, so that a patch fits it; those of UTF-16 and UTF-32 are in UTF-8, for
    people, because for git such a file is a binary one.
    """
    path = before.path.replace(os.sep, "/")
    lines = unified_diff(_lines(before), _lines(after), f"a/{path}", f"b/{path}")
    return b"".join(_encoded(line, before, is_head=at < _HEAD_LINES) for at, line in enumerate(lines))


def for_terminal(patch: bytes, *, color: bool = False) -> str:
    """A patch for a terminal: nothing in it acts there, credentials are ``***``, and so it may not apply.

    ``color`` gives it the colors of ``git diff``.
    """
    lines = redact(patch.decode("utf-8", "surrogateescape")).split("\n")
    shown = ["\t".join(map(escape_unprintable, line.split("\t"))) for line in lines]
    return "\n".join(_painted(line, number) for number, line in enumerate(shown)) if color else "\n".join(shown)


def _painted(line: str, number: int) -> str:
    """A line of a patch in the color that ``git diff`` has for it; ``number`` counts from 0."""
    color = _BOLD if number < _HEAD_LINES else _COLORS.get(line[:1])
    return f"\x1b[{color}m{line}\x1b[m" if color and line else line


def _lines(source: Source) -> list[str]:
    """The lines of a file with their ends, as git sees them: a form feed ends none."""
    return list(StringIO((BOM if source.bom else "") + source.text, newline="\n"))


def _encoded(line: str, source: Source, *, is_head: bool) -> bytes:
    if not line.endswith("\n"):
        line += "\n\\ No newline at end of file\n"
    if is_head:
        return os.fsencode(line)
    return line.encode(
        "utf-8" if source.encoding.startswith(("utf-16", "utf-32")) else source.encoding, "surrogateescape"
    )
