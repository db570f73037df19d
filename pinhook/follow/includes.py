"""Follow the includes of a requirements file that is checked by itself."""

from __future__ import annotations

import posixpath

from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.follow.followed import FileReference, Followed, follow_includes, with_files
from pinhook.follow.image_paths import path_of
from pinhook.follow.layers import MISSING, Unresolved
from pinhook.follow.requirements_cache import RequirementsCache
from pinhook.installers.file_installation import as_installation

if TYPE_CHECKING:
    from pinhook.installers import FollowedFiles, Installation
    from pinhook.repository.repository import Repository
    from pinhook.requirements.file import RequirementsFile

_OTHER_MACHINE = Unresolved("is an absolute path on the machine that installs the requirements")


def with_includes(
    file: RequirementsFile, repository: Repository
) -> tuple[tuple[Installation, FollowedFiles], tuple[Followed, ...]]:
    """The installation of a requirements file with its followed files, and the result for each of these files."""
    cache = RequirementsCache(repository, {repository.path: file})

    def find(reference: FileReference, path: str) -> Followed:
        found = _found(cache, path)
        if isinstance(found, Unresolved):
            return Followed(reference.text, reference.is_constraint, found.state, reason=found.reason)
        return Followed(reference.text, reference.is_constraint, "file", path=path, file=found)

    folder = posixpath.dirname(repository.path)
    references = [FileReference(each.path, path_of(each.path, folder), each.is_constraint) for each in file.includes]
    found = [each for each in follow_includes(references, find) if each.file is not file or each.is_constraint]
    return with_files(as_installation(file), found), tuple(found)


def _found(cache: RequirementsCache, path: str) -> RequirementsFile | Unresolved:
    if path.startswith("/"):
        return _OTHER_MACHINE
    return cache.read(path) if cache.repository.is_file(path) else MISSING
