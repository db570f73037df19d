"""The command ``pinhook``; also ``python -m pinhook``."""

from __future__ import annotations

import gc
import os

from pinhook import signals
from pinhook._startup.namedtuple import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import NoReturn


INTERRUPTED = 130
"""The exit code that a shell reports if SIGINT ended the program."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run pinhook with the given arguments (default: those of the process). Returns the exit code."""
    gc.disable()  # a run is short: garbage collection takes a tenth of its time and frees little
    try:
        from pinhook.cli.main import run  # imported here, so that Ctrl-C during the import prints no traceback

        return run(argv)
    except KeyboardInterrupt:
        return INTERRUPTED
    finally:
        gc.enable()


def command() -> NoReturn:
    """Run pinhook as a program and end the process with its exit code."""
    signals.end_on_interrupt()
    try:
        code = main()
    except SystemExit as end:  # --help, --version, and a wrong option
        code = int(end.code or 0)
    os._exit(code)  # all output is written; freeing the objects would take a fifth of the time


if __name__ == "__main__":
    command()
