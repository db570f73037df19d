"""A shorter input with the same failure: delta debugging by lines, then by bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_TRIALS = 3000


def minimise(data: bytes, fails: Callable[[bytes], bool], trials: int = MAX_TRIALS) -> bytes:
    """The shortest input found in so many trials that fails still."""
    count = 0

    def try_out(pieces: list[bytes]) -> bool:
        nonlocal count
        count += 1
        return count <= trials and fails(b"".join(pieces))

    lines = _without(data.splitlines(keepends=True), try_out)
    return b"".join(_without([bytes([byte]) for byte in b"".join(lines)], try_out))


def _without(pieces: list[bytes], fails: Callable[[list[bytes]], bool]) -> list[bytes]:
    """The pieces that are needed: halves are left out, then quarters, down to single pieces, until nothing changes."""
    size = max(len(pieces) // 2, 1)
    while size:
        start = 0
        shorter = False
        while start < len(pieces):
            fewer = pieces[:start] + pieces[start + size :]
            if fails(fewer):
                pieces, shorter = fewer, True
            else:
                start += size
        size = size if shorter and size == 1 else size // 2
    return pieces
