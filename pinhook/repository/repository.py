"""What following sees of a repository: paths with slashes from its root, ``""`` for the root itself."""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from pinhook.source import Source


class Repository(NamedTuple):
    """A repository. Nothing outside of it can be asked for: a path that leads out of it is one of nothing.

    ``is_file`` and ``is_folder`` tell what a path is; ``files`` are the paths of all files, for wildcards, and may be
    slow; ``read`` gives the bytes of a file, ``None`` for one that cannot be read or is very large; ``decode`` makes
    them a requirements file with the path that messages have, and raises ``SourceError``. ``path`` is that of the file
    that is checked, a Dockerfile or a requirements file.

    What the settings say of it: ``context`` is the path of the build context, and ``requirements_by_image_path`` has
    the paths of some requirements files by their path in the image, or by the word that names them.
    """

    path: str
    is_file: Callable[[str], bool]
    is_folder: Callable[[str], bool]
    files: Callable[[], Sequence[str]]
    read: Callable[[str], bytes | None]
    decode: Callable[[str, bytes], Source]
    context: str | None = None
    requirements_by_image_path: Mapping[str, str] = {}
