"""Limit the time and the output of programs and servers that we do not control."""

from __future__ import annotations

import errno
import os
import subprocess
from contextlib import contextmanager, suppress
from threading import Lock, Thread
from time import monotonic

from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from typing import IO, TypeVar

    Result = TypeVar("Result")

_CHUNK = 1 << 16


class TooLongError(Exception):
    """The time limit is exceeded."""


class Ended(NamedTuple):
    """The end of a program: its exit code and its output, cut at the limit."""

    code: int
    output: bytes
    errors: bytes


class Programs:
    """The programs that run, in whatever thread ``run`` waits for them."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._running: set[subprocess.Popen[bytes]] = set()
        self._are_ended = False

    @contextmanager
    def started(self, start: Callable[[], subprocess.Popen[bytes]]) -> Iterator[subprocess.Popen[bytes]]:
        """Start a program for the block, which waits for it. Raises ``OSError`` once all programs were ended."""
        with self._lock:
            if self._are_ended:
                raise OSError(errno.ECANCELED, os.strerror(errno.ECANCELED))
            process = start()
            self._running.add(process)
        try:
            with process:
                yield process
        finally:
            with self._lock:
                self._running.discard(process)

    def end(self) -> None:
        """End all programs, and start none any more."""
        with self._lock:
            self._are_ended = True
            for process in self._running:
                process.kill()

    def allow(self) -> None:
        """Let programs start again."""
        with self._lock:
            self._are_ended = False


PROGRAMS = Programs()


def in_time(work: Callable[[], Result], seconds: float) -> Result:
    """The result of a function.

    Raises what it raises, and ``TooLongError``; then the function continues in its thread.
    """
    results: list[Result] = []
    raised: list[Exception] = []

    def do() -> None:
        try:
            results.append(work())
        except Exception as error:  # noqa: BLE001  it is raised below, in the thread that waits
            raised.append(error)

    thread = Thread(target=do, daemon=True)
    thread.start()
    thread.join(seconds)
    if raised:
        raise raised.pop()  # which would keep itself alive in the list
    if not results:
        raise TooLongError
    return results[0]


def run(command: Sequence[str], given: bytes, environment: Mapping[str, str], seconds: float, most: int) -> Ended:
    """Run a program with bytes on stdin. ``most`` is the maximum number of bytes kept of stdout and of stderr.

    Raises ``OSError`` if it cannot be started, and ``TooLongError``. The program ends before this call returns.
    """
    kept: dict[str, bytes] = {}
    pipe = subprocess.PIPE
    end = monotonic() + seconds
    with PROGRAMS.started(
        lambda: subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, env=environment)
    ) as process:
        threads = [
            Thread(target=_write, args=(process.stdin, given), daemon=True),
            Thread(target=_keep, args=(process.stdout, most, kept, "output"), daemon=True),
            Thread(target=_keep, args=(process.stderr, most, kept, "errors"), daemon=True),
        ]
        try:
            for thread in threads:
                thread.start()
            process.wait(seconds)
            for thread in threads:
                thread.join(max(0.0, end - monotonic()))
        except subprocess.TimeoutExpired as error:
            raise TooLongError from error
        finally:
            process.kill()
    return Ended(process.returncode, kept.get("output", b""), kept.get("errors", b""))


def _write(stream: IO[bytes], given: bytes) -> None:
    with suppress(OSError, ValueError), stream:
        stream.write(given)


def _keep(stream: IO[bytes], most: int, kept: dict[str, bytes], name: str) -> None:
    """Read all of a stream, so that its writer does not wait, and keep its beginning."""
    pieces: list[bytes] = []
    left = most
    with suppress(OSError, ValueError):
        while chunk := os.read(stream.fileno(), _CHUNK):  # which does not wait for all of it
            pieces.append(chunk[:left])
            left -= len(pieces[-1])
    kept[name] = b"".join(pieces)
