"""``Followed``: the result of following one name of a file, and the files of an installation."""

from __future__ import annotations

import posixpath

from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.documents.requirements_document import RequirementsDocument
from pinhook.follow.image_paths import UNKNOWN, path_of
from pinhook.follow.layers import Unresolved
from pinhook.installers import FollowedFiles
from pinhook.installers.file_installation import as_installation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from pinhook.follow.layers import State
    from pinhook.installers import Installation
    from pinhook.requirements.file import RequirementsFile
    from pinhook.source import Source, SourceText

MAX_FILES = 200
"""Maximum number of files that are followed from one command."""


class FileReference(NamedTuple):
    """A word that names a requirements or constraints file, and its path if that is known.

    ``group`` is a dependency group of the file, which is then a ``pyproject.toml``.
    """

    text: SourceText
    path: str | Unresolved
    is_constraint: bool = False
    group: str = ""


def group_reference(text: SourceText, folder: str | None) -> FileReference:
    """The reference in a value of ``--group``.

    value = [path-to-pyproject.toml ":"] group
    """
    at = str(text).rfind(":")
    path = text[:at] if at >= 0 else text[:0].decoded("pyproject.toml")
    resolved = path_of(path, folder, reads_projects=True) if text.is_known else UNKNOWN
    return FileReference(text, resolved, group=str(text)[at + 1 :])


class Followed(NamedTuple):
    """The result of following one name of a file.

    ``name``         as written in the option or the including file
    ``image_path``   the path in the image; empty if unknown
    ``path``         the path in the repository; empty for a file that the Dockerfile writes
    ``file``         the parsed file, if it was found
    ``reason``       a clause: why there is no ``file``
    """

    name: SourceText
    is_constraint: bool
    state: State
    image_path: str = ""
    path: str = ""
    reason: str = ""
    file: RequirementsFile | None = None

    @property
    def is_script(self) -> bool:
        """Whether it is a script, and no requirements file."""
        return False

    @property
    def source(self) -> Source | None:
        """The file that contains its text."""
        return self.file and self.file.source

    @property
    def document(self) -> RequirementsDocument | None:
        """The file as a document."""
        return self.file and RequirementsDocument(self.file)


def follow_includes(
    references: Iterable[FileReference], find: Callable[[FileReference, str], Followed]
) -> Iterator[Followed]:
    """The files of some names and the files that they include, each once for each of its two uses.

    ``find`` gives the file at a path. The path of an included file is relative to the including file. A file that is
    included by a constraints file is a constraints file.
    """
    queue = list(references)
    seen: set[tuple[object, ...]] = set()
    while queue and len(seen) < MAX_FILES:
        reference = queue.pop(0)
        if reference[1:] in seen:
            continue
        seen.add(reference[1:])
        if isinstance(reference.path, Unresolved):
            yield Followed(reference.text, reference.is_constraint, reference.path.state, reason=reference.path.reason)
            continue
        followed = find(reference, reference.path)
        yield followed
        folder = posixpath.dirname(reference.path)
        for include in followed.file.includes if followed.file else ():
            path = path_of(include.path, folder)
            queue.append(FileReference(include.path, path, reference.is_constraint or include.is_constraint))


def with_files(installation: Installation, found: Sequence[Followed]) -> tuple[Installation, FollowedFiles]:
    """The installation with the options of its files, and the installations of these files.

    The options of one file about indexes and hashes apply to the whole command.
    """
    by_uv = installation.installer.startswith("uv")
    requirements = tuple(
        as_installation(each.file, each.name, by_uv=by_uv) for each in found if each.file and not each.is_constraint
    )
    constraints = [each for each in found if each.is_constraint]
    are_known = all(each.file for each in constraints)
    known = tuple(as_installation(each.file, each.name) for each in constraints if each.file)
    with_options = installation._replace(
        only_local=installation.only_local or any(each.only_local for each in requirements),
        require_hashes=installation.require_hashes or any(each.require_hashes for each in requirements),
    )
    return with_options, FollowedFiles(requirements, known if are_known else None)
