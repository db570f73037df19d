"""The files of a git working tree that git does not ignore, as ``git ls-files --cached --others`` lists them.

git is not started: the configuration of a repository can make git run any program.
"""

from __future__ import annotations

import os

from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.repository import gitignore
from pinhook.repository.git_index import tracked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pinhook.repository.gitignore import IgnoreFiles


class Wanted(NamedTuple):
    """What to search for: files with certain names, outside of excluded folders.

    ``on_error`` gets what cannot be read.
    """

    is_wanted: Callable[[str], bool]
    is_excluded: Callable[[str], bool]
    on_error: Callable[[OSError], None]


def files(root: str, folder: str, wanted: Wanted) -> list[str] | None:
    """The wanted files of a folder in a working tree, as paths relative to that folder, unsorted.

    Untracked files that git ignores and nested repositories are left out. ``None`` if git would list no file of the
    folder, whatever its name.
    """
    if not _is_repository(root):
        return None
    inside = os.path.relpath(os.path.realpath(folder), root)
    above = [] if inside == os.curdir else inside.split(os.sep)
    walk = _Walk(folder, wanted)
    ignores = _ignores_of(root, above, wanted.on_error)
    found = {*walk.files(ignores)} if ignores else set()
    prefix = "".join(f"{name}/" for name in above)
    known = [path[len(prefix) :] for path in tracked(root) if path.startswith(prefix)]
    found.update(path.replace("/", os.sep) for path in known if wanted.is_wanted(path) and _is_inside(folder, path))
    return [*found] if walk.has_files or known else None


def _is_repository(folder: str) -> bool:
    """Whether git takes the entry ``.git`` of a folder for a repository, or for a file that points to one."""
    path = os.path.join(folder, ".git")
    return os.path.isfile(path) or os.path.lexists(os.path.join(path, "HEAD"))


def _is_inside(folder: str, path: str) -> bool:
    """Whether no parent of a tracked file is a link, which could point out of the folder."""
    directory = os.path.normpath(os.path.join(os.path.realpath(folder), os.path.dirname(path)))
    return os.path.realpath(directory) == directory


def _ignores_of(root: str, above: list[str], on_error: Callable[[OSError], None]) -> IgnoreFiles | None:
    """The ignore files of the parents of a folder; ``None`` if the folder is ignored or belongs to git."""
    ignores = gitignore.IgnoreFiles()
    if not os.path.islink(os.path.join(root, ".git")):
        ignores = ignores.extended(gitignore.read_rules(os.path.join(root, ".git", "info", "exclude"), on_error))
    path = root
    for name in above:
        ignores = ignores.extended(gitignore.read_rules(os.path.join(path, gitignore.NAME), on_error))
        if name == ".git" or ignores.ignore(name, is_folder=True):
            return None
        ignores = ignores.entered(name)
        path = os.path.join(path, name)
    return ignores


class _Walk:
    """One walk through a folder. Afterwards ``has_files`` says whether a file is not ignored."""

    def __init__(self, folder: str, wanted: Wanted) -> None:
        self.folder = folder
        self.wanted = wanted
        self.has_files = False

    def files(self, ignores: IgnoreFiles) -> Iterator[str]:
        pending = {self.folder: ignores}
        for directory, directories, names in os.walk(self.folder, onerror=self.wanted.on_error):
            ignores = pending.pop(directory)
            has_git = ".git" in directories or ".git" in names
            if has_git and directory != self.folder and _is_repository(directory):
                directories.clear()
                continue
            if gitignore.NAME in names:
                path = os.path.join(directory, gitignore.NAME)
                ignores = ignores.extended(gitignore.read_rules(path, self.wanted.on_error))
            directories[:] = [name for name in directories if self.is_entered(directory, name, ignores)]
            pending.update((os.path.join(directory, name), ignores.entered(name)) for name in directories)
            yield from self.files_in(directory, names, ignores)

    def is_entered(self, directory: str, name: str, ignores: IgnoreFiles) -> bool:
        path = os.path.join(directory, name)
        return not (name == ".git" or ignores.ignore(name, is_folder=True) or self.wanted.is_excluded(path))

    def files_in(self, directory: str, names: list[str], ignores: IgnoreFiles) -> Iterator[str]:
        inside = os.path.relpath(directory, self.folder)
        for name in filter(self.wanted.is_wanted, names):
            if not ignores.ignore(name, is_folder=False):
                self.has_files = True
                yield os.path.normpath(os.path.join(inside, name))
        self.has_files = self.has_files or not all(ignores.ignore(name, is_folder=False) for name in names)
