"""What stdout can show: colors, links, and how many columns."""

from __future__ import annotations

import os
import sys

_LINKING_PROGRAMS = {"ghostty", "Hyper", "iTerm.app", "mintty", "rio", "tabby", "vscode", "WezTerm"}
_LINKING_TERMS = ("alacritty", "contour", "foot", "xterm-ghostty", "xterm-kitty")
_LINKING_VTE = 5000  # GNOME Terminal and its kin


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


def follows_links() -> bool:
    """Whether stdout is a terminal that is known to make links of OSC 8; there is no way to ask it."""
    if not is_terminal():
        return False
    environment = os.environ
    version = environment.get("VTE_VERSION", "")
    return (
        environment.get("TERM_PROGRAM") in _LINKING_PROGRAMS
        or environment.get("TERM", "").startswith(_LINKING_TERMS)
        or "WT_SESSION" in environment
        or "KONSOLE_VERSION" in environment
        or (version.isascii() and version.isdigit() and int(version[:18]) >= _LINKING_VTE)
    )


def width() -> int:
    """The columns of the terminal, 0 where there is none."""
    if not is_terminal():
        return 0
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns
    except (OSError, ValueError):
        return 0
