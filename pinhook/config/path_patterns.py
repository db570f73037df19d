"""Path patterns, as in ``.gitignore`` but without negation."""

from __future__ import annotations

import os

from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.repository.globs import CONFIGURATION, glob

if TYPE_CHECKING:
    from collections.abc import Iterable


def matches(path: str, patterns: Iterable[str], folder: str) -> bool:
    """Whether some pattern names a path or a directory above it.

    A pattern with a slash before its end is one of paths from ``folder``, any other one of names at any depth; with a
    slash at its end it names directories only. ``*`` and ``?`` stop at a slash, ``**/`` is any number of directories.
    """
    relative = _relative(path, folder)
    return any(_names(pattern, relative) for pattern in patterns)


def _names(pattern: str, path: str) -> bool:
    """Whether a pattern names a path or a directory above it."""
    body = pattern.rstrip("/")
    parts = path.split("/")
    above = parts[:-1] if body != pattern else parts  # a slash at its end: directories
    compiled = glob(body.lstrip("/"), CONFIGURATION)
    if not compiled.elements:
        return False
    if "/" not in body:
        return any(map(compiled.matches, above))
    return any(compiled.matches("/".join(parts[:end])) for end in range(1, len(above) + 1))


def _relative(path: str, folder: str) -> str:
    """The path from a folder with slashes; symbolic links are followed but for the last, whose name counts."""
    whole = os.path.join(os.path.realpath(os.path.dirname(path)), os.path.basename(path))
    try:
        return os.path.relpath(whole, os.path.realpath(folder)).replace(os.sep, "/")
    except ValueError:  # another drive of Windows
        return whole.replace(os.sep, "/")
