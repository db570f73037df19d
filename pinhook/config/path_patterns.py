"""Path patterns: like ``.gitignore``, but without negation."""

from __future__ import annotations

import os

from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.repository.globs import CONFIGURATION, glob

if TYPE_CHECKING:
    from collections.abc import Iterable


def matches(path: str, patterns: Iterable[str], folder: str) -> bool:
    """Whether a pattern matches a path or a parent of it.

    A pattern with a slash before its end matches paths relative to ``folder``, any other pattern matches names at any
    depth. A pattern with a slash at its end matches directories only. ``*`` and ``?`` do not match a slash. ``**/``
    matches any number of directories.
    """
    relative = _relative(path, folder)
    return any(_names(pattern, relative) for pattern in patterns)


def _names(pattern: str, path: str) -> bool:
    """Whether a pattern matches a path or a parent of it."""
    body = pattern.rstrip("/")
    parts = path.split("/")
    above = parts[:-1] if body != pattern else parts  # a slash at the end: directories only
    compiled = glob(body.lstrip("/"), CONFIGURATION)
    if not compiled.elements:
        return False
    if "/" not in body:
        return any(map(compiled.matches, above))
    return any(compiled.matches("/".join(parts[:end])) for end in range(1, len(above) + 1))


def _relative(path: str, folder: str) -> str:
    """The path relative to a folder, with slashes. Symbolic links are followed, except for the last component."""
    whole = os.path.join(os.path.realpath(os.path.dirname(path)), os.path.basename(path))
    try:
        return os.path.relpath(whole, os.path.realpath(folder)).replace(os.sep, "/")
    except ValueError:  # another drive on Windows
        return whole.replace(os.sep, "/")
