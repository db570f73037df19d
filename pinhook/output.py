"""Where text goes: stdout, a file, stderr. Whoever reads it may have gone away."""

from __future__ import annotations

import errno
import os
import stat
import sys
from contextlib import suppress
from functools import partial
from io import TextIOWrapper

from pinhook import interrupts
from pinhook.light_typing import TYPE_CHECKING
from pinhook.reporters.display import visible

if TYPE_CHECKING:
    from typing import IO, AnyStr


def open_streams() -> None:
    """Give a process that was started with stdout or stderr closed something to write to; ``print`` would mix them."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8", closefd=False))  # noqa: SIM115


def complain(message: str) -> None:
    """Say on stderr what went wrong."""
    with suppress(OSError):  # stderr may be a closed pipe too
        print(f"pinhook: {harmless(message)}", file=sys.stderr)


def harmless(message: str) -> str:
    """A message without credentials, and with nothing in it that acts on a terminal."""
    return visible(masked(message))


def masked(text: str) -> str:
    """A text without credentials."""
    if "://" not in text:
        return text
    from pinhook.masking import mask  # for those who have something to hide

    return mask(text)


def remark(text: str) -> None:
    """Print on stderr what is no trouble."""
    with suppress(OSError):
        print(text.encode("utf-8", "backslashreplace").decode(), end="", file=sys.stderr)


def write(text: str) -> bool:
    """Print on stdout; return whether that worked. That its reader went away early is no failure."""
    return _print(sys.stdout, text)


def write_bytes(content: bytes) -> bool:
    """Print on stdout what is in an encoding of its own; as ``write``."""
    return _print(sys.stdout.buffer, content)


def _print(stream: IO[AnyStr], content: AnyStr) -> bool:
    try:
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
        stream.write(content)
        stream.flush()
    except BrokenPipeError:
        discard_stdout()
    except OSError as error:
        discard_stdout()
        complain(f"stdout: {error.strerror}")
        return False
    return True


def discard_stdout() -> None:
    """Let the interpreter's own flush at exit succeed."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def write_file(path: str, text: str) -> bool:
    """Write a file, in UTF-8; return whether that worked. Nobody sees the file with only a part of the text in it."""
    content = text.encode("utf-8", "backslashreplace")
    try:
        if _is_special(path):
            with open(path, "wb") as device:
                device.write(content)
        else:
            _replace(os.path.realpath(path), content)
    except OSError as error:
        complain(f"{path}: {error.strerror or error}")
        return False
    return True


def rewrite(path: str, before: bytes, after: bytes) -> None:
    """Put new content in the place of a file's, or of that of the file that a symbolic link leads to.

    Mode and owner stay. Raises ``OSError``, and then the file is as it was; so it is when someone else has written to
    it since ``before`` was read, or it is read-only.
    """
    path = os.path.realpath(path)
    status = os.stat(path)
    if not status.st_mode & 0o222 or not os.access(path, os.W_OK):
        raise PermissionError(errno.EACCES, "is read-only, and so was not fixed")
    with open(path, "rb") as file:
        if file.read() != before:
            raise OSError(errno.EBUSY, "has changed in the meantime, and so was not fixed")
    _replace(path, after, status)


def _is_special(path: str) -> bool:
    """Whether a path is that of a device, a pipe or a directory, in whose place no file must be put."""
    try:
        return not stat.S_ISREG(os.stat(path).st_mode)
    except FileNotFoundError:
        return False


def _replace(path: str, content: bytes, status: os.stat_result | None = None) -> None:
    beside = f"{path}.{os.getpid()}.tmp"
    mode = stat.S_IMODE(status.st_mode) if status else 0o666  # nobody who may not read the one may read the other
    with interrupts.held_off(), open(beside, "xb", opener=partial(os.open, mode=mode)) as file:
        try:
            file.write(content)
            if status:
                _take_over(beside, status)
            file.close()
            os.replace(beside, path)
        except BaseException:  # where Ctrl-C cannot be held off, it leaves nothing behind
            with suppress(OSError):
                os.unlink(beside)
            raise


def _take_over(path: str, status: os.stat_result) -> None:
    """Give a file the owner, as far as that is allowed, and the mode of another."""
    if hasattr(os, "chown"):
        with suppress(OSError):
            os.chown(path, status.st_uid, status.st_gid)
    os.chmod(path, stat.S_IMODE(status.st_mode))
