"""The repository of a file, for following what a Dockerfile copies. Nothing outside of it is read."""

from __future__ import annotations

import os
from functools import cache, partial

from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.repository import discovery
from pinhook.repository.opening import open_regular

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pinhook.repository.repository import Repository
    from pinhook.source import Source

MAX_FILE_SIZE = 4 << 20
"""Maximum size of a file in bytes; a setting can change it."""

MAX_FILES = 200_000
"""Maximum number of files of a repository that wildcards see."""


def open_repository(
    path: str,
    context: str | None = None,
    requirements_by_image_path: Mapping[str, str] | None = None,
    max_size: int = MAX_FILE_SIZE,
    dockerfiles_by_image: Mapping[str, str] | None = None,
) -> Repository:
    """The repository of a file: the nearest folder with ``.git``, or else the working directory.

    Without ``.git``, and outside of the working directory, it is the folder of the file. ``context`` is the folder of
    the build context. ``requirements_by_image_path`` maps paths in the image to paths of requirements files (from the
    settings), ``dockerfiles_by_image`` names of images to paths of the Dockerfiles that build them. Files of more than
    ``max_size`` bytes are not read.
    """
    from pinhook.repository.repository import Repository  # not needed at the level default

    folder = os.path.realpath(os.path.dirname(path))
    root = _root_of(folder)
    return Repository(
        path=os.path.relpath(os.path.join(folder, os.path.basename(path)), root).replace(os.sep, "/"),
        is_file=lambda path: os.path.isfile(_real_path(root, path) or ""),
        is_folder=lambda path: os.path.isdir(_real_path(root, path) or ""),
        files=cache(partial(_files, root)),
        read=partial(_read, root, max_size),
        decode=partial(_decode, root, is_absolute=os.path.isabs(path)),
        context=None if context is None else _relative_to_root(root, context),
        requirements_by_image_path=_relative_values(root, requirements_by_image_path),
        dockerfiles_by_image=_relative_values(root, dockerfiles_by_image),
    )


def _relative_values(root: str, paths: Mapping[str, str] | None) -> dict[str, str]:
    """The same with every path relative to the root."""
    return {key: _relative_to_root(root, path) for key, path in (paths or {}).items()}


def _relative_to_root(root: str, path: str) -> str:
    """A path relative to the root. Outside of the repository it starts with ``..``, and no file has this path."""
    inside = os.path.relpath(os.path.realpath(path), root).replace(os.sep, "/")
    return "" if inside == "." else inside


def _root_of(folder: str) -> str:
    if root := discovery.repository_root(folder):
        return root
    here = os.path.realpath(os.getcwd())
    return here if discovery.is_below(folder, here) else folder


def _real_path(root: str, path: str) -> str | None:
    """The real path of a file in the repository; ``None`` for ``..``, links to the outside, and ``.git``."""
    try:
        real = os.path.realpath(os.path.join(root, path))
    except (OSError, ValueError):  # a loop of links; a NUL in the path
        return None
    return real if discovery.is_below(real, root) and not discovery.is_below(real, os.path.join(root, ".git")) else None


def _read(root: str, max_size: int, path: str) -> bytes | None:
    real = _real_path(root, path)
    try:
        if real is None:
            return None
        with open_regular(real) as file:
            data = file.read(max_size + 1)
    except (OSError, ValueError):
        return None
    return data if len(data) <= max_size else None


def _files(root: str) -> Sequence[str]:
    found: list[str] = []
    for directory, directories, names in os.walk(root):
        directories[:] = sorted(set(directories) - discovery.UNSEARCHED)
        inside = os.path.relpath(directory, root).replace(os.sep, "/")
        found += [name if inside == "." else f"{inside}/{name}" for name in sorted(names)]
        if len(found) > MAX_FILES:
            break
    return found


def _decode(root: str, path: str, data: bytes, *, is_absolute: bool) -> Source:
    """A requirements file.

    Its path has the form of that of the checked file: relative to the working directory, or absolute.
    """
    from pinhook.requirements.encoding import decode

    whole = os.path.join(root, path)
    return decode(whole if is_absolute else os.path.relpath(whole), data)
