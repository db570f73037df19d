"""``Config``: the settings of a run, combined from defaults, a configuration file and the command line."""

from __future__ import annotations

import os
from functools import lru_cache

from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.config.settings import SETTINGS
from pinhook.rule_codes import CODES, LEVELS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from pinhook.config.file import ConfigFile
    from pinhook.config.settings import Value

# an option of the command line also replaces these settings of the file
_OVERRIDDEN_BY = {"level": {"select"}, "select": {"extend-select", "ignore"}, "context": {"per-file-contexts"}}


_BITS = {"k": 10, "M": 20, "G": 30}


class Origin(NamedTuple):
    """The source of a setting's value, and the folder that its paths are relative to."""

    name: str
    folder: str = ""


class Config(NamedTuple):
    """The settings of a run; ``origins`` has the origin of each by its name, ``path`` is the file that was read."""

    level: str
    select: tuple[str, ...] | None
    extend_select: tuple[str, ...]
    ignore: tuple[str, ...]
    per_file_ignores: dict[str, tuple[str, ...]]
    allow: tuple[str, ...]
    installers: tuple[str, ...]
    require_reason: bool
    exclude: tuple[str, ...]
    context: str | None
    per_file_contexts: dict[str, str]
    requirements: dict[str, str]
    force_exclude: bool
    max_file_size: str
    fix_from: tuple[str, ...] | None
    fix_as: str
    default_python_version: str | None
    image_pythons: dict[str, str]
    images: dict[str, str]
    unsafe_fixes: bool
    exclude_newer: str | None
    format: str
    origins: dict[str, Origin]
    path: str = ""

    @property
    def max_size(self) -> int:
        """Maximum size of a file in bytes."""
        return int(self.max_file_size[:-1]) << _BITS[self.max_file_size[-1]]

    @property
    def codes(self) -> frozenset[str]:
        """The rules that are on."""
        return codes_of(self.level, self.select, self.extend_select, self.ignore)

    def codes_for(self, path: str) -> frozenset[str]:
        """The enabled rules for a file."""
        if not self.per_file_ignores:
            return self.codes
        ignored = [
            prefix
            for pattern, prefixes in self.per_file_ignores.items()
            if self._names("per-file-ignores", [pattern], path)
            for prefix in prefixes
        ]
        return frozenset(code for code in self.codes if not _longest_prefix(code, ignored))

    def is_excluded(self, path: str) -> bool:
        """Whether ``exclude`` matches a path or a parent of it."""
        return bool(self.exclude) and self._names("exclude", self.exclude, path)

    def context_for(self, path: str) -> str | None:
        """The build context of a Dockerfile, if a setting names it. The last matching pattern decides."""
        for pattern, folder in reversed(self.per_file_contexts.items()):
            if self._names("per-file-contexts", [pattern], path):
                return os.path.join(self.origins["per-file-contexts"].folder, folder)
        return None if self.context is None else os.path.join(self.origins["context"].folder, self.context)

    @property
    def requirements_by_image_path(self) -> dict[str, str]:
        """Paths in the image, mapped to the paths of requirements files."""
        folder = self.origins["requirements"].folder
        return {image_path: os.path.join(folder, path) for image_path, path in self.requirements.items()}

    @property
    def dockerfiles_by_image(self) -> dict[str, str]:
        """The paths of Dockerfiles by the names of the images that they build."""
        folder = self.origins["images"].folder
        return {name: os.path.join(folder, path) for name, path in self.images.items()}

    def _names(self, setting: str, patterns: Iterable[str], path: str) -> bool:
        from pinhook.config.path_patterns import matches

        return matches(path, patterns, self.origins[setting].folder)


def codes_of(
    level: str, select: tuple[str, ...] | None, extend_select: tuple[str, ...], ignore: tuple[str, ...]
) -> frozenset[str]:
    """The rules that are on: where a code is both selected and ignored, the longer prefix wins."""
    base = LEVELS[level] if select is None else ()
    return _codes(base, (*(select or ()), *extend_select), ignore)


@lru_cache  # every file asks, and nearly always for the same
def _codes(base: tuple[str, ...], selected: tuple[str, ...], ignored: tuple[str, ...]) -> frozenset[str]:
    return frozenset(
        code for code in CODES if max(_longest_prefix(code, selected), code in base) > _longest_prefix(code, ignored)
    )


def _longest_prefix(code: str, prefixes: Iterable[str]) -> int:
    """The length of the longest prefix of a code; 0 if it has none."""
    return max((len(prefix) for prefix in prefixes if code.startswith(prefix)), default=0)


def combine(file: ConfigFile | None, options: Mapping[str, Value]) -> Config:
    """The value of each setting: from the command line, else from the file, else its default.

    ``--level`` replaces ``select`` of the file. ``--select`` replaces ``level``, ``select``, ``extend-select`` and
    ``ignore`` of the file. ``--context`` replaces ``per-file-contexts``.
    """
    given = dict(file.values) if file else {}
    for option in options:
        for name in _OVERRIDDEN_BY.get(option, ()):
            given.pop(name, None)
    values: dict[str, Any] = {}
    origins: dict[str, Origin] = {}
    for name, field, default in ((setting.name, setting.field, setting.default) for setting in SETTINGS):
        if name in options:
            values[field], origins[name] = options[name], Origin(f"--{name}", os.getcwd())
        elif file and name in given:
            values[field], origins[name] = given[name], Origin(file.path, file.folder)
        else:
            values[field], origins[name] = default, Origin("default")
    return Config(**values, origins=origins, path=file.path if file else "")
