"""The index of a git repository: the names of the tracked files.

Follows https://git-scm.com/docs/index-format. A file with another format gives no names.
"""

from __future__ import annotations

import os

from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.repository.opening import open_regular

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_FILE_SIZE = 64 << 20
"""Maximum size of an index in bytes. That of Linux, with 90,000 files, has 9 MB."""

_FIXED = 62  # bytes of an entry in front of its name, with a SHA-1 hash
_EXTENDED = 0x40  # bit in the first byte of the flags: two more bytes of flags follow


def tracked(root: str) -> Iterator[str]:
    """The paths of tracked files relative to the root of a working tree, with slashes.

    A ``.git`` file that points elsewhere (linked working trees, submodules) is not followed.
    """
    path = os.path.join(root, ".git", "index")
    try:
        if os.path.islink(os.path.dirname(path)) or os.path.islink(path):
            return
        with open_regular(path) as file:
            content = file.read(MAX_FILE_SIZE + 1)
    except OSError:
        return
    if content.startswith(b"DIRC") and len(content) <= MAX_FILE_SIZE:
        yield from map(os.fsdecode, _names(content))


def _names(content: bytes) -> Iterator[bytes]:
    version = int.from_bytes(content[4:8], "big")
    at, name = 12, b""
    for _ in range(int.from_bytes(content[8:12], "big")):
        start = at + _FIXED
        if start > len(content):
            return
        if content[start - 2] & _EXTENDED:
            start += 2
        kept = 0
        if version == 4:  # a name is the one before it, with some bytes at its end replaced
            removed, start = _variable_width(content, start)
            kept = len(name) - removed
        end = content.find(b"\0", start)
        if end < 0 or kept < 0:
            return
        name = name[:kept] + content[start:end]
        yield name
        at = end + 1 if version == 4 else at + (end - at + 8) // 8 * 8


def _variable_width(content: bytes, at: int) -> tuple[int, int]:
    """A number in git's encoding of offsets, and the offset after it."""
    value = -1
    for place in range(at, min(at + 8, len(content))):
        value = (value + 1) << 7 | content[place] & 0x7F
        if not content[place] & 0x80:
            return value, place + 1
    return len(content), len(content)
