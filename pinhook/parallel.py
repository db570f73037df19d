"""Many files at once: several processes share the work, and what they find comes in the order of the files.

Each process has a connection of its own to the first one. They share no lock and no queue, so that one that is killed
keeps nobody waiting; and when the first one is gone, however it ended, the connections close and the others end too.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress

from pinhook import interrupts
from pinhook.light_typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkContext, SpawnContext
    from multiprocessing.process import BaseProcess
    from typing import Any, TypeVar

    Result = TypeVar("Result")

FILES_EACH = 250
"""With fewer files than this for each, more processes would take longer to start than they save."""
_AT_ONCE = 20  # files that a process is given at a time
_MOST = 60  # Windows cannot wait for more than 63 connections


def worthwhile(files: int) -> int:
    """How many processes to use for a number of files."""
    return max(1, min(_processors(), files // FILES_EACH))


def _processors() -> int:
    affinity = getattr(os, "sched_getaffinity", None)  # a container may have some of the processors only
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def each(action: Callable[[str], Result], paths: Sequence[str], jobs: int) -> Iterator[Result]:
    """What an action returns for each path, in their order. It must be fit to be sent to another process."""
    parts = [paths[start : start + _AT_ONCE] for start in range(0, len(paths), _AT_ONCE)]
    jobs = min(jobs, len(parts), _MOST)
    return map(action, paths) if jobs <= 1 else _shared(action, parts, jobs)


def _shared(action: Callable[[str], Result], parts: Sequence[Sequence[str]], jobs: int) -> Iterator[Result]:
    """What several processes return; what one of them was killed over, by a system without memory, is done here."""
    from multiprocessing.connection import wait  # as slow to import as all of a small run

    processes: list[BaseProcess] = []
    numbers = iter(range(len(parts)))
    given: dict[Connection, int] = {}  # the part that is worked on at the other end of a connection
    answers: dict[int, list[Result]] = {}

    def give(connection: Connection) -> None:
        """Give a process the next part, if there is one, and the process still lives."""
        number = next(numbers, None)
        if number is not None:
            with suppress(OSError):
                connection.send(parts[number])
                given[connection] = number

    try:
        for connection in _start(action, jobs, processes):
            give(connection)
        for number, part in enumerate(parts):
            while number in given.values():
                ready: list[Any] = wait(given)
                for connection in ready:
                    done = given.pop(connection)
                    with suppress(EOFError, OSError):  # it was killed
                        answers[done] = connection.recv()
                        give(connection)
            yield from answers.pop(number) if number in answers else map(action, part)
    finally:
        for process in processes:
            process.terminate()


def _start(action: Callable[[str], object], jobs: int, processes: list[BaseProcess]) -> list[Connection]:
    """Add to the processes as many as the system grants, and return connections to them."""
    context = _context(sys.platform)
    connections: list[Connection] = []
    with interrupts.held_off(), suppress(OSError):
        for _ in range(jobs):
            here, there = context.Pipe()
            process = context.Process(target=_work, args=(action, here, there), daemon=True)
            process.start()
            there.close()
            processes.append(process)
            connections.append(here)
    return connections


def _context(platform: str) -> ForkContext | SpawnContext:
    """How processes are started: not by ``forkserver``, which leaves a folder behind in that for temporary files."""
    from multiprocessing import get_context

    if platform == "linux":
        return get_context("fork")  # the quickest, and right where there are no threads
    if platform != "win32":
        from multiprocessing.resource_tracker import ensure_running

        ensure_running()  # the first process would start it, which would let Ctrl-C in again
    return get_context("spawn")


def _work(action: Callable[[str], object], there: Connection, here: Connection) -> None:
    """Do what the first process asks for, until it has no more or is gone; what goes wrong, it finds out by itself."""
    import gc

    interrupts.end_at_once()
    interrupts.let_in()
    gc.disable()
    there.close()  # a process has both ends of its own connection, which would never close if it kept both
    first = os.getppid()
    with suppress(Exception):
        while True:
            answers = []
            for path in here.recv():
                answers.append(action(path))
                if os.getppid() != first:
                    return
            here.send(answers)
