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
"""What a shell reports of a program that SIGINT has ended."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run pinhook on the given arguments, those of the process by default, and return its exit code."""
    gc.disable()  # a run is over before there is much to collect, and looking for it takes a tenth of the time
    try:
        from pinhook.cli.main import run  # inside, so that Ctrl-C is quiet from the first moment

        return run(argv)
    except KeyboardInterrupt:
        return INTERRUPTED
    finally:
        gc.enable()


def command() -> NoReturn:
    """Run pinhook as the program of this process, and end the process."""
    signals.end_on_interrupt()
    try:
        code = main()
    except SystemExit as end:  # behind --help and --version, and where an option is wrong
        code = int(end.code or 0)
    os._exit(code)  # all is written; to take down what was built up takes a fifth of the time


if __name__ == "__main__":
    command()
