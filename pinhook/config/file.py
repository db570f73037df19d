"""Configuration files: finding and parsing them. No other module reads them."""

from __future__ import annotations

import os
import re

from pinhook import _compat
from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.config.nearest import nearest
from pinhook.config.settings import RENAMED, SETTINGS
from pinhook.config.values import Mistake, SettingError, parse_value, shortened
from pinhook.repository.discovery import to_root

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from pinhook.config.settings import Value

PINHOOK_TOML = "pinhook.toml"
PYPROJECT_TOML = "pyproject.toml"
NAMES = (PINHOOK_TOML, f".{PINHOOK_TOML}", PYPROJECT_TOML)

MAX_FILE = 1 << 20
"""Maximum size of a configuration file in bytes."""

MAX_PROBLEMS = 20
"""Maximum number of reported mistakes in a configuration file."""


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
    """The first of some paths to which a configuration file is nearer than all that ``find`` looks for, and that file.

    Those are the files in the folders above the path that are not above ``folder``, up to the root of its repository.
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
    table = _shared_table(path, content) if os.path.basename(path) == PYPROJECT_TOML else _parse(path, content)
    if table is None:
        return None
    values = _parse_settings(path, content, table)
    old = [(key, Mistake(f"is called {name} now")) for key, name in RENAMED.items() if key in table]
    return ConfigFile(path, os.path.dirname(full_path), values, tuple(_messages(path, content, old)) if old else ())


def _content(path: str, full_path: str) -> bytes:
    try:
        with open(full_path, "rb") as file:
            content = file.read(MAX_FILE + 1)
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror}") from error
    if len(content) > MAX_FILE:
        raise ConfigError(f"{path}: is larger than {MAX_FILE >> 10} kB")
    return content


def _shared_table(path: str, content: bytes) -> dict[str, Any] | None:
    """The settings in a ``pyproject.toml``. Most have none, and then the TOML parser is not imported."""
    tool = _parse(path, content).get("tool") if b"pinhook" in content else None
    table = tool.get("pinhook") if isinstance(tool, dict) else None
    if table is None and (name := _misspelt(content)):
        raise ConfigError(f"{path}: tool.{name}: unknown table; did you mean tool.pinhook?")
    if table is not None and not isinstance(table, dict):
        raise ConfigError(f"{path}: tool.pinhook: must be a table; write [tool.pinhook]")
    return table


def _misspelt(content: bytes) -> str | None:
    """A table name that is a misspelling of ``pinhook``."""
    names: list[bytes] = re.findall(rb"(?m)^[ \t]*\[[ \t]*tool[ \t]*\.[ \t]*['\"]?([\w-]+)", content)
    for name in map(bytes.decode, names):
        if len(set("pinhook").difference(name.lower())) <= 1 and nearest(name, ["pinhook"]):
            return name
    return None


def _parse(path: str, content: bytes) -> dict[str, Any]:
    try:
        return _compat.parse(content)
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: is not UTF-8") from error
    except ValueError as error:
        raise ConfigError(f"{path}: {error}") from error


def _parse_settings(path: str, content: bytes, table: dict[str, Any]) -> dict[str, Value]:
    settings = {setting.name: setting for setting in SETTINGS}
    values: dict[str, Value] = {}
    mistakes: list[tuple[str, Mistake]] = []
    for key, value in table.items():
        name = RENAMED.get(key, key)
        if name not in settings:
            mistakes.append((key, Mistake(f"unknown key; {_hint(path, key)}")))
            continue
        if name != key and name in table:
            mistakes.append((key, Mistake(f"is the old name of {name}, which is there too")))
        try:
            values[name] = parse_value(settings[name], value)
        except SettingError as error:
            mistakes += ((key, mistake) for mistake in error.mistakes)
        if len(mistakes) > MAX_PROBLEMS:
            break
    if mistakes:
        raise ConfigError(*_messages(path, content, mistakes))
    return values


def _messages(path: str, content: bytes, mistakes: list[tuple[str, Mistake]]) -> Iterator[str]:
    from pinhook.config.places import Places  # few configurations have mistakes

    is_shared = os.path.basename(path) == PYPROJECT_TOML
    table = "tool.pinhook." if is_shared else ""
    places = Places(content.decode("utf-8-sig"), is_shared=is_shared)
    for key, mistake in mistakes[:MAX_PROBLEMS]:
        place = ":".join(filter(None, (path, places.position(key, mistake.word))))
        yield f"{place}: {table}{shortened(key)}: {mistake}"
    if len(mistakes) > MAX_PROBLEMS:
        yield f"{path}: has more mistakes"


def _hint(path: str, key: str) -> str:
    if key == "tool" and os.path.basename(path) != PYPROJECT_TOML:
        return f"leave [tool.pinhook] out, the settings belong at the top of {path}"
    suggestion = nearest(key, [setting.name for setting in SETTINGS])
    return f"did you mean {suggestion}?" if suggestion else "pinhook --isolated --show-settings lists the keys"
