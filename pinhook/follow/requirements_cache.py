"""The requirements files of a repository, each parsed once."""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.follow.image_paths import is_project
from pinhook.follow.layers import Unresolved
from pinhook.requirements.file import parse_file
from pinhook.requirements.project import ProjectError, parse_project
from pinhook.source import SourceError

if TYPE_CHECKING:
    from pinhook.repository.repository import Repository
    from pinhook.requirements.file import RequirementsFile


class RequirementsCache:
    """Parses files of a repository and caches them. ``files`` has already parsed files by path."""

    def __init__(self, repository: Repository, files: dict[str, RequirementsFile] | None = None) -> None:
        self.repository = repository
        self.files: dict[tuple[str, str], RequirementsFile | Unresolved] = {
            (path, ""): file for path, file in (files or {}).items()
        }

    def read(self, path: str, group: str = "") -> RequirementsFile | Unresolved:
        """A requirements file, project or dependency group of the repository; or why it cannot be read."""
        if (path, group) not in self.files:
            self.files[path, group] = self.load(path, group)
        return self.files[path, group]

    def load(self, path: str, group: str) -> RequirementsFile | Unresolved:
        """The same, without the cache."""
        data = self.repository.read(path)
        if data is None:
            return Unresolved("cannot be read, or is larger than the setting max-file-size allows")
        try:
            source = self.repository.decode(path, data)
            return parse_project(source, group) if group or is_project(path) else parse_file(source)
        except (SourceError, ProjectError) as error:
            return Unresolved(str(error))
