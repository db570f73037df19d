"""The JSON schema of the settings, for editors and for those who check configurations without running pinhook.

    python -m tests.generators.settings_schema

writes ``pinhook/schemas/settings.json`` anew.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pinhook.config import SETTINGS
from pinhook.config.settings import PATTERN, RENAMED

if TYPE_CHECKING:
    from pinhook.config import Setting
    from pinhook.config.settings import ValueKind

SCHEMA = Path(__file__).parents[2] / "pinhook" / "schemas" / "settings.json"


def schema() -> dict[str, Any]:
    """The schema of ``pinhook.toml``, and of ``[tool.pinhook]`` in ``pyproject.toml``."""
    properties = {setting.name: _property(setting) for setting in SETTINGS}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Settings of pinhook",
        "type": "object",
        "properties": properties | {old: _old(new, properties[new]) for old, new in RENAMED.items()},
        "additionalProperties": False,
        "not": {"anyOf": [{"required": [old, new]} for old, new in RENAMED.items()]},
    }


def _old(name: str, described: dict[str, Any]) -> dict[str, Any]:
    return {**described, "description": f"the old name of {name}", "deprecated": True}


def _property(setting: Setting) -> dict[str, Any]:
    described = {"description": setting.help, **_shape(setting)}
    return described if setting.default is None else {**described, "default": setting.default}


def _shape(setting: Setting) -> dict[str, Any]:
    match setting.structure:
        case "flag":
            return {"type": "boolean"}
        case "word":
            return _word(setting.kind)
        case "words":
            return _words(setting.kind)
        case "table":
            return {
                "type": "object",
                "propertyNames": _word(PATTERN),
                "additionalProperties": _words(setting.kind),
            }
        case "map":
            return {
                "type": "object",
                "propertyNames": _word(setting.keys),
                "additionalProperties": _word(setting.kind),
            }


def _words(kind: ValueKind) -> dict[str, Any]:
    return {"type": "array", "items": _word(kind)}


def _word(kind: ValueKind) -> dict[str, Any]:
    limits = {"enum": [*kind.choices, *kind.names]} if kind.choices else {"pattern": f"^({kind.pattern})$"}
    return {"type": "string", **limits}


def render() -> str:
    """The file."""
    return json.dumps(schema(), indent=2) + "\n"


if __name__ == "__main__":
    SCHEMA.write_text(render(), "utf-8")
