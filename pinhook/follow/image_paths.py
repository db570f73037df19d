"""The path in the image of a word that names a requirements file."""

from __future__ import annotations

import posixpath
import re
from urllib.parse import unquote

from pinhook._startup.lazy_re import regex
from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.follow.layers import OUTSIDE, Unresolved

if TYPE_CHECKING:
    from pinhook.source import SourceText

_LAMBDA = regex(r"^\$(?:LAMBDA_TASK_ROOT\b|\{LAMBDA_TASK_ROOT\})")  # set by the base images of AWS
_REMOTE = regex(r"(?:https?|ftp|git\+\w+|s3|gs)://", re.IGNORECASE)
_STDIN = regex(r"-|/dev/.*|/proc/.*")
_LOCK = regex(r"(?:.*/)?pylock(?:\.[^/]+)?\.toml")
_PROJECT = regex(r"(?:.*/)?pyproject\.toml")
_METADATA = regex(r".*\.(?:toml|cfg|py|ya?ml|json|lock)")
_MAX_PATH = 4096  # the maximum on Linux
UNKNOWN = Unresolved("is a name that only the build knows")
UNKNOWN_FOLDER = Unresolved("is in a folder that only the build knows")
_LOCKED = Unresolved("is a lock file", "lock")
_NOT_REQUIREMENTS = Unresolved("is the metadata of a project, and no requirements file")


def join_path(folder: str, path: str) -> str:
    """A path in the image relative to a folder. A path that starts with an unknown variable is absolute."""
    path = _LAMBDA.sub("/var/task", path)
    return posixpath.normpath(posixpath.join(folder, "/" + path if path.startswith("$") else path))[:_MAX_PATH]


def is_project(path: str) -> bool:
    """Whether uv reads a file as the metadata of a project."""
    return _PROJECT.fullmatch(path) is not None


def path_of(name: SourceText, folder: str | None, *, reads_projects: bool = False) -> str | Unresolved:
    """The path of a word in a working directory; ``Unresolved`` if it is unknown or not a requirements file.

    ``reads_projects``: a ``pyproject.toml`` is accepted in place of a requirements file.
    """
    text = str(name)
    if not name.is_known or re.search(r"[*?\[]", text):
        return UNKNOWN
    if _REMOTE.match(text):
        return OUTSIDE
    if text.lower().startswith("file:"):
        text = unquote(re.sub("^file:(?://(?:localhost)?)?", "", text, flags=re.IGNORECASE))
    if not text or _STDIN.fullmatch(text) or text.startswith("~"):
        return UNKNOWN
    if _LOCK.fullmatch(text):
        return _LOCKED
    if _METADATA.fullmatch(text) and not (reads_projects and is_project(text)):
        return _NOT_REQUIREMENTS
    if folder is None and not text.startswith("/"):
        return UNKNOWN_FOLDER
    return join_path("/" if folder is None else folder, text)
