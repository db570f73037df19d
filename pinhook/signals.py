"""Ctrl-C, where there are POSIX signals: it ends pinhook as it ends a native program, at once and without a word.

An exception would be raised wherever the program happens to be: where a finalizer or a lock of the import system
swallows it, or where nothing is there yet that catches it and a traceback is shown.
"""

from __future__ import annotations

import os
import signal
from contextlib import contextmanager

from pinhook._startup.namedtuple import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


def end_on_interrupt() -> None:
    """Let Ctrl-C end this process, unless whoever started it wants it to be ignored."""
    if os.name == "posix" and signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)


@contextmanager
def interrupts_blocked() -> Iterator[None]:
    """Keep Ctrl-C, and other requests to end, waiting until the end of the block.

    The process must have no threads: they could receive the signal instead.
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
    """Let Ctrl-C end this process by an exception, upon which ``subprocess`` first ends the program it waits for."""
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
    """By what a process is asked to end."""
    return {signal.SIGHUP, signal.SIGINT, signal.SIGTERM}
