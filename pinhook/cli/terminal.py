"""What a stream can show: colors, and how many columns."""

from __future__ import annotations

import os

from pinhook._startup.namedtuple import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TextIO


def is_terminal(stream: TextIO) -> bool:
    """Whether a person is likely to look at a stream."""
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def wants_color(when: str, stream: TextIO | None) -> bool:
    """Whether the output gets colors: ``--color`` first, then ``NO_COLOR`` and ``FORCE_COLOR``, then what it goes to.

    Without a stream it goes to a file.
    """
    if when != "auto" or stream is None:
        return when == "always"
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or is_terminal(stream)


def width(stream: TextIO) -> int:
    """The columns of the terminal, 0 where there is none."""
    if not is_terminal(stream):
        return 0
    try:
        return os.get_terminal_size(stream.fileno()).columns
    except (OSError, ValueError):
        return 0
