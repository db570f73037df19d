"""What stdout can show: colors, and how many columns."""

from __future__ import annotations

import os
import sys


def is_terminal() -> bool:
    """Whether a person is likely to look at stdout."""
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def wants_color(when: str, *, to_file: bool = False) -> bool:
    """Whether the output gets colors: ``--color`` first, then ``NO_COLOR`` and ``FORCE_COLOR``, then what stdout is."""
    if when != "auto" or to_file:
        return when == "always"
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or is_terminal()


def width() -> int:
    """The columns of the terminal, 0 where there is none."""
    if not is_terminal():
        return 0
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns
    except (OSError, ValueError):
        return 0
