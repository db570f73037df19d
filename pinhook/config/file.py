"""Configuration files: finding and parsing them. No other module reads them."""

from __future__ import annotations

import os
import re

from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.repository.discovery import to_root

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from pinhook.config.settings import Value

PINHOOK_TOML = "pinhook.toml"
PYPROJECT_TOML = "pyproject.toml"
NAMES = (PINHOOK_TOML, f".{PINHOOK_TOML}", PYPROJECT_TOML)

MAX_FILE_SIZE = 1 << 20
"""Maximum size of a configuration file in bytes."""


class ConfigError(Exception):
    """A configuration cannot be used. Its arguments are the mistakes, one line each."""


class ConfigFile(NamedTuple):
    """What a configuration file says: the values of some settings by their names.

    ``path`` is for messages; ``folder`` is what the paths in it are relative to. ``warnings`` are messages about old
    names in it.
    """

    path: str
    folder: str
    values: dict[str, Value]
    warnings: tuple[str, ...] = ()


def find(folder: str) -> ConfigFile | None:
    """The nearest configuration file, from a folder up to the root of its git repository.

    In one folder, ``pinhook.toml`` comes before ``.pinhook.toml`` and that before ``pyproject.toml``, which is used
    only if it has ``[tool.pinhook]``. Outside of a repository, the search ends at the root of the file system. Raises
    ``ConfigError``.
    """
    for here in to_root(folder):
        for full_path in filter(os.path.isfile, (os.path.join(here, name) for name in NAMES)):
            path = os.path.relpath(full_path, folder)
            if (file := _file(path, full_path)) is not None:
                return file
    return None


def load(path: str) -> ConfigFile:
    """The configuration file at a path. Raises ``ConfigError``."""
    file = _file(path, os.path.abspath(path))
    if file is None:
        raise ConfigError(f"{path}: has no [tool.pinhook]")
    return file


def find_unread(paths: Iterable[str], folder: str) -> tuple[str, str] | None:
    """The first path that has a configuration file nearer to it than those that ``find`` looks for, and that file.

    The folders above each path are searched, up to the root of its repository or to a folder that ``find`` searches.
    """
    seen = set(to_root(folder))
    for path in paths:
        for here in to_root(os.path.normpath(os.path.join(folder, os.path.dirname(path)))):
            if here in seen:
                break
            seen.add(here)
            for full_path in (os.path.join(here, name) for name in NAMES):
                if os.path.isfile(full_path) and _has_settings(full_path):
                    return path, os.path.relpath(full_path, folder)
    return None


def _has_settings(full_path: str) -> bool:
    if os.path.basename(full_path) != PYPROJECT_TOML:
        return True
    try:
        return re.search(rb"(?m)^[ \t]*\[[ \t]*tool[ \t]*\.[ \t]*pinhook\b", _content(full_path, full_path)) is not None
    except ConfigError:
        return False


def _file(path: str, full_path: str) -> ConfigFile | None:
    """The settings in a file; ``None`` for a ``pyproject.toml`` without settings. ``full_path`` is absolute."""
    content = _content(path, full_path)
    is_shared = os.path.basename(path) == PYPROJECT_TOML
    if is_shared and b"pinhook" not in content:
        _refuse_misspelt(path, content)
        return None
    from pinhook.config.table import ConfigText  # few repositories have settings

    text = ConfigText(path, content, is_shared=is_shared)
    document = text.parse()
    table = _shared_table(path, content, document) if is_shared else document
    if table is None:
        return None
    return ConfigFile(path, os.path.dirname(full_path), text.values(table), text.warnings(table))


def _content(path: str, full_path: str) -> bytes:
    try:
        with open(full_path, "rb") as file:
            content = file.read(MAX_FILE_SIZE + 1)
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror}") from error
    if len(content) > MAX_FILE_SIZE:
        raise ConfigError(f"{path}: is larger than {MAX_FILE_SIZE >> 10} kB")
    return content


def _shared_table(path: str, content: bytes, document: dict[str, Any]) -> dict[str, Any] | None:
    """The settings in a ``pyproject.toml``, if it has some. Raises ``ConfigError``."""
    tool = document.get("tool")
    table = tool.get("pinhook") if isinstance(tool, dict) else None
    if table is None:
        _refuse_misspelt(path, content)
    elif not isinstance(table, dict):
        raise ConfigError(f"{path}: tool.pinhook: must be a table; write [tool.pinhook]")
    return table


def _refuse_misspelt(path: str, content: bytes) -> None:
    if name := _misspelt(content):
        raise ConfigError(f"{path}: tool.{name}: unknown table; did you mean tool.pinhook?")


def _misspelt(content: bytes) -> str | None:
    """A table name that is a misspelling of ``pinhook``."""
    names: list[bytes] = re.findall(rb"(?m)^[ \t]*\[[ \t]*tool[ \t]*\.[ \t]*['\"]?([\w-]+)", content)
    for name in map(bytes.decode, names):
        if len(set("pinhook").difference(name.lower())) <= 1:
            from pinhook.config.nearest import nearest

            if nearest(name, ["pinhook"]):
                return name
    return None
