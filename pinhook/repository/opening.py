"""Open files that an attacker may control: opening never waits, and only regular files are opened."""

from __future__ import annotations

import os
import stat

from pinhook._startup.namedtuple import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import BinaryIO


class IrregularError(OSError):
    """The path is a pipe, a device, a socket or a folder."""


def without_waiting(path: str, flags: int) -> int:
    """An ``opener`` for ``open``: it does not wait for the writer of a pipe."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def open_regular(path: str) -> BinaryIO:
    """Open a regular file for reading. Raises ``OSError``, and ``IrregularError`` for anything else.

    The open file is checked, not the path: another file may be at the path later.
    """
    if not stat.S_ISREG(os.stat(path).st_mode):  # opening a device may have an effect on it
        raise IrregularError("is not a regular file")
    file = open(path, "rb", opener=without_waiting)  # noqa: SIM115  the caller closes it
    if stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        return file
    file.close()
    raise IrregularError("is not a regular file")
