"""The properties of an output stream: colors, and its width in columns."""

from __future__ import annotations

import os

from pinhook._startup.namedtuple import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TextIO


def is_terminal(stream: TextIO) -> bool:
    """Whether a stream is probably read by a person."""
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def wants_color(when: str, stream: TextIO | None) -> bool:
    """Whether the output is colored: by ``--color``, else ``NO_COLOR`` and ``FORCE_COLOR``, else by the stream.

    Without a stream, the output is a file.
    """
    if when != "auto" or stream is None:
        return when == "always"
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or is_terminal(stream)


def width(stream: TextIO) -> int:
    """The width of the terminal in columns; 0 if there is none."""
    if not is_terminal(stream):
        return 0
    try:
        return os.get_terminal_size(stream.fileno()).columns
    except (OSError, ValueError):
        return 0
