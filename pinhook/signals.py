"""Ctrl-C on POSIX: it ends pinhook at once and without output, as it ends a native program.

``KeyboardInterrupt`` would be raised at any point of the program: in a finalizer or in a lock of the import system,
which ignore it, or before any ``try`` block exists, which prints a traceback.
"""

from __future__ import annotations

import os
import signal
from contextlib import contextmanager

from pinhook._startup.namedtuple import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


def end_on_interrupt() -> None:
    """Let Ctrl-C end this process, except if the parent process has set it to be ignored."""
    if os.name == "posix" and signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)


@contextmanager
def interrupts_blocked() -> Iterator[None]:
    """Delay Ctrl-C, and other signals that end the process, until the end of the block.

    The process must have no other threads: they could receive the signal.
    """
    if os.name != "posix":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ())
    try:
        signal.pthread_sigmask(signal.SIG_BLOCK, _ending_signals())
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def interrupts_as_exceptions() -> Iterator[None]:
    """Let Ctrl-C raise ``KeyboardInterrupt``; ``subprocess`` then ends its program before this process ends."""
    if signal.getsignal(signal.SIGINT) != signal.SIG_DFL:
        yield
        return
    try:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        yield
    except KeyboardInterrupt:
        end_on_interrupt()
        signal.raise_signal(signal.SIGINT)
    finally:
        signal.signal(signal.SIGINT, signal.SIG_DFL)


def _ending_signals() -> set[signal.Signals]:
    """The signals that ask a process to end."""
    return {signal.SIGHUP, signal.SIGINT, signal.SIGTERM}
