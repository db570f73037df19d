"""A progress line on stderr for long runs, while nothing else is printed."""

from __future__ import annotations

import sys
from contextlib import contextmanager, suppress
from time import monotonic

from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.cli import terminal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

DELAY = 0.5
"""Seconds before the line appears, so that it does not flicker in a short run."""

_ERASE = "\r\x1b[K"


class Progress:
    """The number of finished files, the number of requested packages, and the elapsed time.

    Nothing is printed unless stderr is a terminal.
    """

    def __init__(self, files: int, clock: Callable[[], float] = monotonic) -> None:
        self.files = files
        self.done = 0
        self.packages = 0
        self._clock, self._start = clock, clock()
        self._is_terminal = terminal.is_terminal(sys.stderr)
        self._is_drawn = False

    @contextmanager
    def shown(self) -> Iterator[Callable[[int], None]]:
        """Yield a function that adds packages and draws the line. The line is erased at the end of the block."""
        before = self.packages

        def draw(packages: int) -> None:
            self.packages = before + packages
            self._draw()

        try:
            yield draw
        finally:
            if self._is_drawn:
                self._write(_ERASE)
                self._is_drawn = False

    def _draw(self) -> None:
        seconds = self._clock() - self._start
        if self._is_terminal and seconds >= DELAY:
            text = f"pinhook: {self.done} of {self.files} files, {self.packages} packages asked, {seconds:.0f} s"
            self._write(_ERASE + text[: max(terminal.width(sys.stderr) - 1, 0) or None])
            self._is_drawn = True

    def _write(self, text: str) -> None:
        with suppress(OSError):  # the terminal may be gone
            sys.stderr.write(text)
            sys.stderr.flush()
