"""``Followed``: what became of one name of a file, and the lists behind an installation that come of several."""

from __future__ import annotations

import posixpath

from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.documents.requirements_document import RequirementsDocument
from pinhook.follow.image_paths import UNKNOWN, path_of
from pinhook.follow.layers import Unresolved
from pinhook.installers.requirements_list import as_installation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from pinhook.follow.layers import State
    from pinhook.installers import Installation
    from pinhook.requirements.file import RequirementsFile
    from pinhook.source import SourceText

MAX_FILES = 200
"""More files than this are not followed from one command."""


class FileReference(NamedTuple):
    """A word that names a requirements or constraints file, and the path that it means, if that can be known.

    ``group`` is a dependency group of the file, which is a ``pyproject.toml``.
    """

    text: SourceText
    path: str | Unresolved
    is_constraint: bool = False
    group: str = ""


def group_reference(text: SourceText, folder: str | None) -> FileReference:
    """What a value of ``--group`` names.

    value = [path-to-pyproject.toml ":"] group
    """
    at = str(text).rfind(":")
    path = text[:at] if at >= 0 else text[:0].decoded("pyproject.toml")
    resolved = path_of(path, folder, reads_projects=True) if text.is_known else UNKNOWN
    return FileReference(text, resolved, group=str(text)[at + 1 :])


class Followed(NamedTuple):
    """What was found behind one name of a file.

    ``name`` is as the option or the including file has it, and ``image_path`` what it means in the image, empty where
    that is not known; ``path`` is that in the repository, empty for a file that the Dockerfile writes itself. Without
    a ``file``, ``reason`` says as a clause why there is none.
    """

    name: SourceText
    is_constraint: bool
    state: State
    image_path: str = ""
    path: str = ""
    reason: str = ""
    file: RequirementsFile | None = None

    @property
    def document(self) -> RequirementsDocument | None:
        """The file as a document."""
        return self.file and RequirementsDocument(self.file)


def follow_includes(
    references: Iterable[FileReference], find: Callable[[FileReference, str], Followed]
) -> Iterator[Followed]:
    """What is behind some names, and behind those that the files include, each file once in each of its two uses.

    ``find`` finds a file by its path. An included file is sought beside the including one; what constrains, or is
    included by what does, is a constraints file.
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


def with_requirements(installation: Installation, found: Sequence[Followed]) -> Installation:
    """The installation with the lists behind it; no constraints at all where one of their files was not found.

    What the options of one file say of indexes and hashes, they say to the whole command.
    """
    by_uv = installation.installer.startswith("uv")
    requirements = tuple(
        as_installation(each.file, each.name, by_uv=by_uv) for each in found if each.file and not each.is_constraint
    )
    constraints = [each for each in found if each.is_constraint]
    are_known = all(each.file for each in constraints)
    return installation._replace(
        followed_files=requirements,
        constraints=tuple(as_installation(each.file, each.name) for each in constraints if each.file)
        if are_known
        else None,
        only_local=installation.only_local or any(each.only_local for each in requirements),
        require_hashes=installation.require_hashes or any(each.require_hashes for each in requirements),
    )
