"""Opening files that somebody else may have put there: nothing waits, and what is opened is a regular file."""

from __future__ import annotations

import os
import stat

from pinhook._startup.namedtuple import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import BinaryIO


class IrregularError(OSError):
    """What is at a path is a pipe, a device, a socket or a folder."""


def without_waiting(path: str, flags: int) -> int:
    """An ``opener`` for ``open``: a pipe that has no writer does not wait for one."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def open_regular(path: str) -> BinaryIO:
    """Open a regular file for reading. Raises ``OSError``, and ``IrregularError`` for anything else that is there.

    What is asked about is the file that is open: another one may be at the path a moment later.
    """
    if not stat.S_ISREG(os.stat(path).st_mode):  # opening a device may act on it
        raise IrregularError("is not a regular file")
    file = open(path, "rb", opener=without_waiting)  # noqa: SIM115  the caller closes it
    if stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        return file
    file.close()
    raise IrregularError("is not a regular file")
