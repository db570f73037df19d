"""Ctrl-C, where there are POSIX signals: it ends pinhook as it ends a native program, at once and without a word.

An exception would be raised wherever the program happens to be: where a finalizer or a lock of the import system
swallows it, or where nothing is there yet that catches it and a traceback is shown.
"""

from __future__ import annotations

import os
import signal
from contextlib import contextmanager

from pinhook.light_typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


def end_at_once() -> None:
    """Let Ctrl-C end this process, unless whoever started it wants it to be ignored."""
    if os.name == "posix" and signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)


@contextmanager
def held_off() -> Iterator[None]:
    """Keep Ctrl-C waiting until the end of the block, in a process without threads, which could receive it instead.

    Processes started within it are spared until ``let_in``.
    """
    if os.name != "posix":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ())
    try:
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def let_in() -> None:
    """Spare this process no longer, which was started while Ctrl-C was held off."""
    if os.name == "posix":
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    else:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # for the first process to answer
