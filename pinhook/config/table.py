"""The text of a configuration file: its settings, and where in it the mistakes are."""

from __future__ import annotations

from pinhook import _compat
from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.config.file import ConfigError
from pinhook.config.nearest import nearest
from pinhook.config.settings import RENAMED, SETTINGS
from pinhook.config.values import Mistake, SettingError, parse_value, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from pinhook.config.settings import Value

MAX_MISTAKES = 20
"""Maximum number of reported mistakes in a configuration file."""


class ConfigText:
    """The content of a configuration file. ``path`` is for messages; ``is_shared``: it is a ``pyproject.toml``."""

    def __init__(self, path: str, content: bytes, *, is_shared: bool) -> None:
        self.path, self.content, self.is_shared = path, content, is_shared

    def parse(self) -> dict[str, Any]:
        """The whole document. Raises ``ConfigError``."""
        try:
            return _compat.parse(self.content)
        except UnicodeDecodeError as error:
            raise ConfigError(f"{self.path}: is not UTF-8") from error
        except ValueError as error:
            raise ConfigError(f"{self.path}: {error}") from error

    def values(self, table: dict[str, Any]) -> dict[str, Value]:
        """The values of the settings in a table of the document. Raises ``ConfigError``."""
        settings = {setting.name: setting for setting in SETTINGS}
        values: dict[str, Value] = {}
        mistakes: list[tuple[str, Mistake]] = []
        for key, value in table.items():
            name = RENAMED.get(key, key)
            if name not in settings:
                mistakes.append((key, Mistake(f"unknown key; {self._hint(key)}")))
                continue
            if name != key and name in table:
                mistakes.append((key, Mistake(f"is the old name of {name}, which is there too")))
            try:
                values[name] = parse_value(settings[name], value)
            except SettingError as error:
                mistakes += ((key, mistake) for mistake in error.mistakes)
            if len(mistakes) > MAX_MISTAKES:
                break
        if mistakes:
            raise ConfigError(*self._messages(mistakes))
        return values

    def warnings(self, table: dict[str, Any]) -> tuple[str, ...]:
        """Messages about old names of settings."""
        old = [(key, Mistake(f"is called {name} now")) for key, name in RENAMED.items() if key in table]
        return tuple(self._messages(old)) if old else ()

    def _messages(self, mistakes: list[tuple[str, Mistake]]) -> Iterator[str]:
        from pinhook.config.places import Places  # few configurations have mistakes

        table = "tool.pinhook." if self.is_shared else ""
        places = Places(self.content.decode("utf-8-sig"), is_shared=self.is_shared)
        for key, mistake in mistakes[:MAX_MISTAKES]:
            place = ":".join(filter(None, (self.path, places.position(key, mistake.word))))
            yield f"{place}: {table}{shortened(key)}: {mistake}"
        if len(mistakes) > MAX_MISTAKES:
            yield f"{self.path}: has more mistakes"

    def _hint(self, key: str) -> str:
        if key == "tool" and not self.is_shared:
            return f"leave [tool.pinhook] out, the settings belong at the top of {self.path}"
        suggestion = nearest(key, [setting.name for setting in SETTINGS])
        return f"did you mean {suggestion}?" if suggestion else "pinhook --isolated --show-settings lists the keys"
