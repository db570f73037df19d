"""Many files at once: several processes share the work, and what they find comes in the order of the files."""

from __future__ import annotations

import os

from pinhook.light_typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import Any, TypeVar

    Result = TypeVar("Result")

FILES_EACH = 250
"""With fewer files than this for each, more processes would take longer to start than they save."""
_AT_ONCE = 20  # files that a process is given at a time
_actions: list[Callable[[str], Any]] = []


def worthwhile(files: int) -> int:
    """How many processes to use for a number of files."""
    return max(1, min(_processors(), files // FILES_EACH))


def _processors() -> int:
    affinity = getattr(os, "sched_getaffinity", None)  # a container may have some of the processors only
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def each(action: Callable[[str], Result], paths: Sequence[str], jobs: int) -> Iterator[Result]:
    """What an action returns for each path, in their order. It must be fit to be sent to another process."""
    if jobs == 1:
        yield from map(action, paths)
        return
    done = 0
    for result in _shared(action, paths, min(jobs, len(paths))):
        yield result
        done += 1
    yield from map(action, paths[done:])


def _shared(action: Callable[[str], Result], paths: Sequence[str], jobs: int) -> Iterator[Result]:
    """What several processes return, up to where one of them is killed: by a system without memory, say."""
    from concurrent.futures import ProcessPoolExecutor  # as slow to import as all of a small run
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import active_children

    with ProcessPoolExecutor(jobs, initializer=_begin, initargs=(action,)) as processes:
        try:
            for answer in [processes.submit(_act, each) for each in _parts(paths)]:
                yield from answer.result()
        except BrokenProcessPool:
            return
        except BaseException:  # Ctrl-C does not wait for what nobody will read
            for process in active_children():
                process.terminate()
            raise


def _begin(action: Callable[[str], object]) -> None:
    """Prepare a process: the action is sent once, and Ctrl-C is for the first process to answer."""
    import gc
    import signal

    gc.disable()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _actions[:] = [action]


def _parts(paths: Sequence[str]) -> Iterator[Sequence[str]]:
    return (paths[start : start + _AT_ONCE] for start in range(0, len(paths), _AT_ONCE))


def _act(paths: Sequence[str]) -> list[Any]:
    return [_actions[0](path) for path in paths]
