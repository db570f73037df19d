"""Contradicting evidence about one Python."""

from __future__ import annotations

from pinhook.fix.image.python import UnknownPython


class Contradiction(UnknownPython):
    """The Python is unknown because two pieces of evidence contradict each other. ``reason`` names both."""

    __slots__ = ()
