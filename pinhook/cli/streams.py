"""Where text goes: stdout, a file, stderr. Whoever reads it may have gone away."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from io import TextIOWrapper

from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.reporters.display import escape_unprintable

if TYPE_CHECKING:
    from typing import IO, AnyStr


def open_streams() -> None:
    """Give a process that was started with stdout or stderr closed something to write to; ``print`` would mix them."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8", closefd=False))  # noqa: SIM115


def print_error(message: str) -> None:
    """Say on stderr what went wrong."""
    with suppress(OSError):  # stderr may be a closed pipe too
        print(f"pinhook: {sanitize(message)}", file=sys.stderr)


def sanitize(message: str) -> str:
    """A message without credentials, and with nothing in it that acts on a terminal."""
    return escape_unprintable(redacted(message))


def redacted(text: str) -> str:
    """A text without credentials."""
    if "://" not in text:
        return text
    from pinhook.redact import redact  # for those who have something to hide

    return redact(text)


def print_note(text: str) -> None:
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
        print_error(f"stdout: {error.strerror}")
        return False
    return True


def discard_stdout() -> None:
    """Let the interpreter's own flush at exit succeed."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def write_file(path: str, text: str) -> bool:
    """Write a file, in UTF-8; return whether that worked. Nobody sees the file with only a part of the text in it."""
    from pinhook.cli import replacing  # few runs write

    try:
        replacing.write(path, text.encode("utf-8", "backslashreplace"))
    except OSError as error:
        print_error(f"{path}: {error.strerror or error}")
        return False
    return True
