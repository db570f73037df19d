"""Shared by the generators: from the options of many releases to a module with their union."""

from __future__ import annotations

import os
import shutil
import textwrap
from pathlib import Path
from typing import NamedTuple

PACKAGE = Path(__file__).parents[2] / "pinhook" / "argv"


HEADER = '''"""The options of {tool}, as ``OptionTable.of`` reads them.

Written by ``python -m tests.generators.{tool}_options``; not to be edited. Every spelling in
{count} releases from {first} to {last}; the oldest spelling first.
"""
'''


class Option(NamedTuple):
    """An option of one release: its spellings, and ``""``, ``"="`` or ``"[=]"`` for what it takes."""

    spellings: tuple[str, ...]
    takes: str


def merge(releases: list[list[Option]]) -> list[Option]:
    """The union over releases, oldest first; options that share a spelling are one.

    Raises ``ValueError`` where releases differ in what a spelling takes.
    """
    merged: list[Option] = []
    for options in releases:
        for option in options:
            known = [other for other in merged if set(other.spellings) & set(option.spellings)]
            for other in known:
                if other.takes != option.takes:
                    raise ValueError(f"{option} was {other}")
            spellings = dict.fromkeys(spelling for one in [*known, option] for spelling in one.spellings)
            union = Option(tuple(spellings), option.takes)
            if known:
                merged[merged.index(known[0])] = union
                merged = [other for other in merged if other not in known[1:]]
            else:
                merged.append(union)
    return merged


def notation(options: list[Option]) -> str:
    """The options in the notation of ``OptionTable.of``."""
    return " ".join("/".join(option.spellings) + option.takes for option in options)


def module(tool: str, releases: list[str], tables: dict[str, list[Option]]) -> str:
    """The text of a module: one constant for each subcommand."""
    parts = [HEADER.format(tool=tool, count=len(releases), first=releases[0], last=releases[-1])]
    for name, options in tables.items():
        lines = textwrap.wrap(notation(options), 110, break_long_words=False, break_on_hyphens=False)
        body = "\n".join("    " + line for line in lines)
        parts.append(f'{name.upper().replace(" ", "_")} = """\n{body}\n"""\n')
    return "\n".join(parts)


def write(tool: str, releases: list[str], tables: dict[str, list[Option]]) -> None:
    """Write the module of a tool into the package."""
    path = PACKAGE / f"{tool}_options.py"
    path.write_text(module(tool, releases, tables), encoding="utf-8")
    print(f"{path.name}: {len(releases)} releases,", ", ".join(f"{name} {len(tables[name])}" for name in tables))


def find_python(minors: list[str]) -> str | None:
    """The path of an interpreter: ``python3.N`` on ``PATH`` or below ``$PYENV_ROOT/versions``."""
    root = Path(os.environ.get("PYENV_ROOT", "~/.pyenv")).expanduser()
    for minor in minors:
        found = sorted(root.glob(f"versions/{minor}.*/bin/python"))
        if found or shutil.which(f"python{minor}"):
            return str(found[0]) if found else shutil.which(f"python{minor}")
    return None


def clean_environment(prefix: str) -> dict[str, str]:
    """The environment without a tool's own variables, which change its defaults."""
    return {name: value for name, value in os.environ.items() if not name.startswith(prefix)}
