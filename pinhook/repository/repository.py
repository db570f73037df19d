"""The repository as following sees it: paths with slashes relative to its root; ``""`` is the root."""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from pinhook.source import Source


class Repository(NamedTuple):
    """A repository. A path outside of it has no file.

    ``path``       the path of the checked file: a Dockerfile, a requirements file or a script
    ``is_file``    whether a path is a file
    ``is_folder``  whether a path is a folder
    ``files``      the paths of all files, for wildcards; may be slow
    ``read``       the bytes of a file; ``None`` if it cannot be read or is very large
    ``decode``     a requirements file from bytes, with the path for messages; raises ``SourceError``
    ``context``    from the settings: the path of the build context

    ``requirements_by_image_path``, from the settings, maps the path of a requirements file in the image, or the word
    that names it, to its path in the repository. ``dockerfiles_by_image``, from the settings, maps the name of an image
    to the path of the Dockerfile that builds it.
    """

    path: str
    is_file: Callable[[str], bool]
    is_folder: Callable[[str], bool]
    files: Callable[[], Sequence[str]]
    read: Callable[[str], bytes | None]
    decode: Callable[[str, bytes], Source]
    context: str | None = None
    requirements_by_image_path: Mapping[str, str] = {}
    dockerfiles_by_image: Mapping[str, str] = {}
