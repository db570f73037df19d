"""Imports go in one direction, each foreign library has one importer, and a run imports only what it needs."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.projects import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# each may import those above it; those in one row do not import each other
LAYERS = [
    {"_startup"},
    {"signals"},
    {"_compat", "bisection", "source", "prefilter", "rule_codes"},
    {"finding", "redact", "argv", "budget"},
    {"dockerfile", "requirements", "shell"},
    {"installers", "ignore_comments", "repository"},
    {"documents", "rules"},
    {"check", "follow", "reporters"},
    {"config", "fix"},
    {"api", "cli"},
    {"__init__", "__main__"},
]
LAYER_NUMBERS = {layer: number for number, row in enumerate(LAYERS) for layer in row}
# tomllib is in the standard library, but not in that of the oldest Python
IMPORTERS = {
    "bashlex": "shell",
    "packaging": "requirements",
    "tomli": "_compat",
    "tomllib": "_compat",
    "uv": "fix",
    "yaml": "follow",
}

MODULES = sorted((ROOT / "pinhook").rglob("*.py"))


def layer(module: Path) -> str:
    return module.relative_to(ROOT / "pinhook").parts[0].removesuffix(".py")


def imports(tree: ast.AST) -> Iterator[str]:
    """The names of the modules that a program imports, where it does; what only types need is left out."""
    for node in ast.iter_child_nodes(tree):
        match node:
            case ast.If(test=ast.Name(id="TYPE_CHECKING")):
                continue
            case ast.Import(names=names):
                yield from (alias.name for alias in names)
            case ast.ImportFrom(module="pinhook", names=names):
                yield from (f"pinhook.{alias.name}" for alias in names)
            case ast.ImportFrom(module=str(module)):
                yield module
            case _:
                yield from imports(node)


def test_every_module_has_a_layer() -> None:
    assert {layer(module) for module in MODULES} == LAYER_NUMBERS.keys()


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.relative_to(ROOT).as_posix())
def test_imports_run_downhill(module: Path) -> None:
    here = layer(module)
    for name in imports(ast.parse(module.read_text("utf-8"))):
        package, _, rest = name.partition(".")
        there = rest.partition(".")[0]
        if package != "pinhook":
            assert package in sys.stdlib_module_names or IMPORTERS[package] == here, name
        elif there not in {here, "__version__"}:
            assert LAYER_NUMBERS[there] < LAYER_NUMBERS[here], name


# every start pays for what is imported: typing costs 2 ms, argparse 3, inspect 5, packaging 30
LIGHT = [
    *("__future__", "bisect", "collections.abc", "contextlib", "enum", "errno", "functools", "gc", "importlib"),
    *("itertools", "math", "os", "re", "signal", "stat", "sys"),
]
PLAIN = {
    *("__main__", "_startup", "budget", "check", "cli", "config", "dockerfile", "documents", "prefilter"),
    *("reporters", "repository", "rule_codes", "signals", "source"),
}
WITH_INSTALLER = PLAIN | {
    *("_compat", "finding", "installers", "redact", "argv", "requirements", "rules", "shell"),
}
FOR_BASHLEX = {"bashlex", "copy", "importlib", "types", "warnings", "weakref", "_weakrefset", "zlib"}


@pytest.mark.parametrize(
    ("script", "layers", "others"),
    [
        ("apt-get update && make -j $(nproc) | tee log", PLAIN, set()),
        ("pip install flask requests==2.32.0 && make", WITH_INSTALLER, FOR_BASHLEX),
    ],
)
def test_what_a_run_imports(tmp_path: Path, script: str, layers: set[str], others: set[str]) -> None:
    (tmp_path / "Dockerfile").write_text(f'FROM python:3.13\nENV A=1\nRUN {script}\nCMD ["app"]\n')
    program = (
        f"import {', '.join(LIGHT)}; before = set(sys.modules); from pinhook.__main__ import main\n"
        "main(['--force-exclude', 'Dockerfile']); print(*sorted(set(sys.modules) - before))"
    )
    process = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    modules = [name.split(".") for name in process.stdout.splitlines()[-1].split()]
    assert {name[0] for name in modules} - others == {"pinhook"}
    assert {name[1] for name in modules if name[0] == "pinhook" and len(name) > 1} == layers
