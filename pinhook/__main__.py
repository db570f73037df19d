"""The command ``pinhook``; also ``python -m pinhook``."""

from __future__ import annotations

import gc
import sys

from pinhook.light_typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run pinhook on the given arguments, those of the process by default, and return its exit code."""
    gc.disable()  # a run is over before there is much to collect, and looking for it takes a tenth of the time
    try:
        from pinhook.cli import run  # inside, so that Ctrl-C is quiet from the first moment

        return run(argv)
    except KeyboardInterrupt:
        return 130  # what a shell reports of a program that SIGINT ended
    finally:
        gc.enable()


if __name__ == "__main__":
    sys.exit(main())
