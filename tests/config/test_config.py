"""The combination of defaults, file and command line: precedence, enabled rules, and excluded files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from pinhook.config import combine
from pinhook.config.file import ConfigFile
from pinhook.rule_codes import LEVELS

if TYPE_CHECKING:
    from pathlib import Path

DEFAULT, STRICT, HASHES = (set(LEVELS[level]) for level in ("default", "strict", "hashes"))


def from_file(**values: Any) -> ConfigFile:
    return ConfigFile("pinhook.toml", "/r", {name.replace("_", "-"): value for name, value in values.items()})


@pytest.mark.parametrize(
    ("values", "codes"),
    [
        ({}, DEFAULT),
        ({"level": "strict"}, STRICT),
        ({"level": "hashes"}, HASHES),
        ({"select": ("PIN001",)}, {"PIN001"}),
        ({"select": (), "level": "strict"}, set()),
        ({"select": ("PIN01",), "level": "strict"}, {"PIN010", "PIN011", "PIN012"}),
        ({"select": ("PIN",)}, HASHES),
        ({"select": ("PIN001",), "extend_select": ("PIN011",)}, {"PIN001", "PIN011"}),
        ({"extend_select": ("PIN008",)}, DEFAULT | {"PIN008"}),
        ({"extend_select": ("PIN001",)}, DEFAULT),
        ({"ignore": ("PIN002", "PIN011")}, DEFAULT - {"PIN002"}),
        ({"ignore": ("PIN",)}, set()),
        ({"level": "strict", "ignore": ("PIN00",)}, {"PIN010", "PIN012"}),
        # the longer prefix wins; of two equal ones, that of ignore
        ({"ignore": ("PIN00",), "extend_select": ("PIN002",)}, {"PIN002"}),
        ({"select": ("PIN00",), "ignore": ("PIN",)}, HASHES - {"PIN010", "PIN011", "PIN012"}),
        ({"select": ("PIN001",), "ignore": ("PIN001",)}, set()),
        ({"select": ("PIN", "PIN001"), "ignore": ("PIN0",)}, {"PIN001"}),
    ],
)
def test_rules_that_are_on(values: dict[str, Any], codes: set[str]) -> None:
    assert combine(from_file(**values), {}).codes == codes


@pytest.mark.parametrize(
    ("file", "options", "codes"),
    [
        ({"level": "strict"}, {"level": "default"}, DEFAULT),
        ({"ignore": ("PIN001",)}, {"ignore": ("PIN002",)}, DEFAULT - {"PIN002"}),
        ({"ignore": ("PIN001",)}, {"ignore": ()}, DEFAULT),
        ({"ignore": ("PIN001",)}, {"level": "strict"}, STRICT - {"PIN001"}),
        ({"select": ("PIN001",)}, {"level": "strict"}, STRICT),
        ({"ignore": ("PIN001",), "extend_select": ("PIN008",)}, {"select": ("PIN001",)}, {"PIN001"}),
        ({"select": ("PIN001",)}, {"extend-select": ("PIN008",)}, {"PIN001", "PIN008"}),
        ({"select": ("PIN001",)}, {"level": "strict", "select": ("PIN002",)}, {"PIN002"}),
    ],
)
def test_the_command_line_wins(file: dict[str, Any], options: dict[str, Any], codes: set[str]) -> None:
    assert combine(from_file(**file), options).codes == codes


def test_where_a_value_comes_from(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    config = combine(from_file(level="strict", exclude=("a",), select=("PIN",)), {"exclude": ("b",), "level": "hashes"})
    assert (config.level, config.exclude, config.select, config.format) == ("hashes", ("b",), None, "text")
    origins = {name: tuple(origin) for name, origin in config.origins.items()}
    assert origins["exclude"] == ("--exclude", str(tmp_path))
    assert origins["level"] == ("--level", str(tmp_path))
    assert origins["select"] == origins["format"] == ("default", "")
    assert combine(from_file(allow=("x",)), {}).origins["allow"] == ("pinhook.toml", "/r")


def test_per_file_ignores(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    file = ConfigFile(
        "pinhook.toml",
        str(tmp_path),
        {
            "per-file-ignores": {"*.dev": ("PIN00",), "a/": ("PIN001", "PIN002"), "a/b/**": ("PIN003",)},
            "level": "strict",
        },
    )
    config = combine(file, {})
    assert config.codes_for("Dockerfile") == STRICT
    assert config.codes_for("x/Dockerfile.dev") == {"PIN010", "PIN012"}
    assert config.codes_for("a/Dockerfile") == STRICT - {"PIN001", "PIN002"}
    assert config.codes_for("a/b/Dockerfile") == STRICT - {"PIN001", "PIN002", "PIN003"}
    assert config.codes_for(str(tmp_path / "a" / "Dockerfile")) == STRICT - {"PIN001", "PIN002"}
    (tmp_path / "a" / "b").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "a" / "b")  # paths go with the working directory, patterns with their file
    assert config.codes_for("Dockerfile") == STRICT - {"PIN001", "PIN002", "PIN003"}
    assert config.codes_for("../../Dockerfile") == STRICT


def test_excluded(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    monkeypatch.chdir(tmp_path / "sub")
    of_file = combine(ConfigFile("../pinhook.toml", str(tmp_path), {"exclude": ("sub/x",)}), {})
    assert of_file.is_excluded("x/Dockerfile")
    assert not of_file.is_excluded("sub/x/Dockerfile")
    of_option = combine(None, {"exclude": ("sub/x",)})
    assert of_option.is_excluded("sub/x/Dockerfile")
    assert not of_option.is_excluded("x/Dockerfile")
    assert not combine(None, {}).is_excluded("x")
