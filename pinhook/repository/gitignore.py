"""``.gitignore`` files: the files of a working tree that git ignores. git is not started.

Follows https://git-scm.com/docs/gitignore and git's ``dir.c``. Like git, it compares patterns and paths as bytes: the
texts are bytes decoded as Latin-1.
"""

from __future__ import annotations

import os
import stat

from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.repository.globs import GIT, glob
from pinhook.repository.opening import without_waiting

if TYPE_CHECKING:
    from collections.abc import Callable

    from pinhook.repository.globs import Glob

MAX_FILE_SIZE = 256 << 10
"""Maximum size of an ignore file in bytes. A larger file is not read."""

NAME = ".gitignore"


class IgnoreRule(NamedTuple):
    """One line of an ignore file. ``is_for_names``: the glob matches names at any depth."""

    glob: Glob
    is_negated: bool
    is_for_folders: bool
    is_for_names: bool

    def matches(self, path: str, name: str, *, is_folder: bool) -> bool:
        """Whether the rule matches a path relative to the folder of the ignore file."""
        return (is_folder or not self.is_for_folders) and self.glob.matches(name if self.is_for_names else path)


class IgnoreFile(NamedTuple):
    """The rules of one file, last first. Their paths are relative to ``folder``, which ends with a slash."""

    folder: str
    rules: tuple[IgnoreRule, ...]


def parse(content: bytes) -> tuple[IgnoreRule, ...]:
    """The rules of an ignore file, last first."""
    text = content.removeprefix(b"\xef\xbb\xbf").decode("latin-1") + "\n"
    lines = (line.partition("\0")[0] for line in text.replace("\r\n", "\n").split("\n") if not line.startswith("#"))
    return tuple(reversed([rule for line in lines if (rule := _rule(_without_trailing_spaces(line)))]))


def _without_trailing_spaces(line: str) -> str:
    stripped = line.rstrip(" ")
    backslashes = len(stripped) - len(stripped.rstrip("\\"))
    return stripped + " " if backslashes % 2 and stripped != line else stripped


def _rule(line: str) -> IgnoreRule | None:
    pattern = line.removeprefix("!")
    body = pattern.removesuffix("/")
    if not body:
        return None
    return IgnoreRule(
        glob(body.removeprefix("/"), GIT),
        is_negated=pattern != line,
        is_for_folders=body != pattern,
        is_for_names="/" not in body,
    )


class IgnoreFiles:
    """The ignore files for one folder, including those of its parents, the nearest first.

    ``folder`` is its path relative to the root of the working tree, with a slash at its end; empty for the root.
    """

    def __init__(self, folder: str = "", files: tuple[IgnoreFile, ...] = ()) -> None:
        self.folder = folder
        self.files = files

    def ignore(self, name: str, *, is_folder: bool) -> bool:
        """Whether git ignores the entry of this folder with a name. The last matching rule decides."""
        name = _bytewise(name)
        path = self.folder + name
        for file in self.files:
            inside = path[len(file.folder) :]
            for rule in file.rules:
                if rule.matches(inside, name, is_folder=is_folder):
                    return not rule.is_negated
        return False

    def extended(self, rules: tuple[IgnoreRule, ...]) -> IgnoreFiles:
        """These ignore files and one in this folder."""
        return IgnoreFiles(self.folder, (IgnoreFile(self.folder, rules), *self.files)) if rules else self

    def entered(self, name: str) -> IgnoreFiles:
        """The ignore files for a subfolder, without the one in it."""
        return IgnoreFiles(f"{self.folder}{_bytewise(name)}/", self.files)


def _bytewise(name: str) -> str:
    return name if name.isascii() else os.fsencode(name).decode("latin-1")


def read_rules(path: str, on_error: Callable[[OSError], None]) -> tuple[IgnoreRule, ...]:
    """The rules of the ignore file at a path; empty if there is none. Like git, it does not follow a link."""
    try:
        if not stat.S_ISREG(os.lstat(path).st_mode):
            return ()
        with open(path, "rb", opener=without_waiting) as file:
            content = file.read(MAX_FILE_SIZE + 1)
    except (FileNotFoundError, NotADirectoryError):
        return ()
    except OSError as error:
        on_error(error)
        return ()
    if len(content) > MAX_FILE_SIZE:
        on_error(OSError(0, f"is larger than {MAX_FILE_SIZE >> 10} kB, so it is not read", path))
        return ()
    return parse(content)
