"""Write to stdout, stderr and files. Handles readers that have gone away."""

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
    """Replace a closed stdout or stderr, so that ``print`` does not write to the wrong file."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8", closefd=False))  # noqa: SIM115


def print_message(message: str) -> None:
    """Print one line on stderr: an error, a warning or a note."""
    with suppress(OSError):  # stderr may be a closed pipe too
        print(f"pinhook: {sanitize(message)}", file=sys.stderr)


def sanitize(message: str) -> str:
    """A message without credentials and without terminal control."""
    return escape_unprintable(redacted(message))


def redacted(text: str) -> str:
    """A text without credentials."""
    if "://" not in text:
        return text
    from pinhook.redact import redact  # imported only if there may be credentials

    return redact(text)


def write_stderr(text: str) -> None:
    """Write a text to stderr."""
    with suppress(OSError):
        print(text.encode("utf-8", "backslashreplace").decode(), end="", file=sys.stderr)


def write(text: str) -> bool:
    """Print on stdout. Returns False on an error; a reader that went away is not an error."""
    return _print(sys.stdout, text)


def write_bytes(content: bytes) -> bool:
    """Print bytes on stdout; otherwise like ``write``."""
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
        print_message(f"stdout: {error.strerror}")
        return False
    return True


def discard_stdout() -> None:
    """Let the flush at the exit of the interpreter succeed."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def write_file(path: str, text: str) -> bool:
    """Write a file in UTF-8, atomically. Returns False on an error."""
    from pinhook.cli import replacing  # rarely needed

    try:
        replacing.write(path, text.encode("utf-8", "backslashreplace"))
    except OSError as error:
        print_message(f"{path}: {error.strerror or error}")
        return False
    return True
