"""The requirements files of a repository, each read once."""

from __future__ import annotations

from pinhook.following.layers import Elsewhere
from pinhook.light_typing import TYPE_CHECKING
from pinhook.requirements.file import parse_file
from pinhook.source import SourceError

if TYPE_CHECKING:
    from pinhook.following.tree import Tree
    from pinhook.requirements.file import RequirementsFile


class Shelf:
    """Reads files of a tree, and keeps what was read. ``files`` has some that have been read already, by their path."""

    def __init__(self, tree: Tree, files: dict[str, RequirementsFile] | None = None) -> None:
        self.tree = tree
        self.files: dict[str, RequirementsFile | Elsewhere] = {**files} if files else {}

    def read(self, path: str) -> RequirementsFile | Elsewhere:
        """A requirements file of the repository, or why it cannot be read."""
        if path not in self.files:
            self.files[path] = self.read_anew(path)
        return self.files[path]

    def read_anew(self, path: str) -> RequirementsFile | Elsewhere:
        """The same, from the disk."""
        data = self.tree.read(path)
        if data is None:
            return Elsewhere("cannot be read")
        try:
            return parse_file(self.tree.decode(path, data))
        except SourceError as error:
            return Elsewhere(str(error))
