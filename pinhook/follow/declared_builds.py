"""The build contexts of a Dockerfile that compose files declare."""

from __future__ import annotations

import posixpath

from pinhook._startup.lazy_re import regex
from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.follow.compose import ComposeBuild, UnclearError, parse_compose

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pinhook.repository.repository import Repository

_COMPOSE_FILE = regex(r"(?:.*/)?(?:docker-)?compose[\w.-]*\.ya?ml")
_USUAL_NAMES = ("compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml")
_REMOTE = regex(r"[\w.+-]+://|[\w.-]+@|[\w-]+:|github\.com/")
"""A context that is not a folder: a URL, ``git@host:path``, ``service:name``."""


class DeclaredBuild(NamedTuple):
    """A build of the Dockerfile: the folder of its context, and the folders of its additional contexts.

    Paths are relative to the root of the repository. The value is ``None`` for an additional context that is not a
    folder of it.
    """

    folder: str
    named: Mapping[str, str | None]


def declared(repository: Repository) -> tuple[DeclaredBuild, ...]:
    """The builds of the Dockerfile that compose files of the repository declare.

    Empty if a compose file has a build that cannot be read, because that may be one of this Dockerfile.
    """
    try:
        return tuple(each for path in repository.files() for each in _in_file(repository, path))
    except UnclearError:
        return ()


def built_images(repository: Repository) -> dict[str, str]:
    """The paths of Dockerfiles by the names of the images that compose files build from them, each with its tag.

    An image is left out if its name or Dockerfile contains a variable, if it has a ``target``, or if two services build
    it from different Dockerfiles.
    """
    found: dict[str, set[str]] = {}
    for path in repository.files():
        try:
            built = [(name, dockerfile) for name, dockerfile in _images_in(repository, path) if name]
        except UnclearError:
            continue
        for name, dockerfile in built:
            found.setdefault(name, set()).add(dockerfile)
    return {name: paths.pop() for name, paths in found.items() if len(paths) == 1 and "" not in paths}


def _images_in(repository: Repository, path: str) -> Iterator[tuple[str, str]]:
    """The names of the images of a compose file, with tag, and their Dockerfiles. An unknown one is empty."""
    for folder, each in _builds_in(repository, path):
        context = _folder(folder, each.context)
        is_known = context is not None and not each.target and "$" not in each.dockerfile
        dockerfile = _inside(context or "", each.dockerfile) if is_known else None
        name = each.image if ":" in each.image.rpartition("/")[2] else f"{each.image}:latest"
        yield ("" if not each.image or "$" in name or "@" in name else name, dockerfile or "")


def is_near_compose_file(repository: Repository) -> bool:
    """Whether a compose file with a usual name is in the folder of the Dockerfile or a parent of it."""
    folder = repository.path
    while folder:
        folder = posixpath.dirname(folder)
        if any(repository.is_file(posixpath.join(folder, name)) for name in _USUAL_NAMES):
            return True
    return False


def _builds_in(repository: Repository, path: str) -> Iterator[tuple[str, ComposeBuild]]:
    """The builds of a file, each with the folder that its paths are relative to; empty if it is not a compose file."""
    data = repository.read(path) if _COMPOSE_FILE.fullmatch(path) else None
    if data is None:
        return
    folder, name = posixpath.split(path)
    for each in parse_compose(data.decode("utf-8", "replace"), is_override="override" in name):
        yield folder, each


def _in_file(repository: Repository, path: str) -> Iterator[DeclaredBuild]:
    for base, each in _builds_in(repository, path):
        if "$" in each.context + each.dockerfile:
            raise UnclearError
        context = _folder(base, each.context)
        if context is not None and _inside(context, each.dockerfile) == repository.path:
            yield DeclaredBuild(context, {name.lower(): _folder(base, value) for name, value in each.named.items()})


def _folder(base: str, path: str) -> str | None:
    """A folder of the repository; ``None`` if it is outside or not a folder."""
    return None if _REMOTE.match(path) or "$" in path else _inside(base, path)


def _inside(folder: str, path: str) -> str | None:
    """A path relative to the root of the repository; ``None`` if it is outside."""
    path_from_root = posixpath.normpath(posixpath.join(folder, path))
    return (
        None
        if path_from_root.startswith("/") or path_from_root.split("/")[0] == ".."
        else ""
        if path_from_root == "."
        else path_from_root
    )
