"""The README, and what is generated in it: the outputs of the command, and the tables of rules, settings and formats.

    python -m tests.readme

writes them anew.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import textwrap
from typing import TYPE_CHECKING

from pinhook.config import SETTINGS
from pinhook.reporters import REPORTERS
from pinhook.rules import RULES
from tests.projects import ROOT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pinhook.config import Setting

README = ROOT / "README.md"
_BLOCK = re.compile(r"(?ms)^(?P<indent> *)```(?P<language>\w*)\n(?P<body>.*?)^(?P=indent)```$")
_COMMAND = re.compile(r"(?ms)^```console\n\$ \.venv/bin/pinhook (?P<arguments>.*?)\n(?P<output>.*?)^```$")
_TYPES = {
    "flag": "true or false",
    "word": "string",
    "words": "list of strings",
    "table": "table of lists",
    "map": "table of strings",
}


def blocks(language: str) -> list[str]:
    """The bodies of the fenced blocks of a language."""
    found = _BLOCK.finditer(README.read_text("utf-8"))
    return [textwrap.dedent(block["body"]) for block in found if block["language"] == language]


def renewed(text: str) -> str:
    """The README with what is generated in it as it should be."""
    text = _COMMAND.sub(lambda found: found[0].replace(f"\n{found['output']}```", f"\n{_output(found)}```"), text)
    rules = [(rule.code, f"`{rule.name}`", rule.level.name.lower(), rule.summary) for rule in RULES]
    text = _with_table(text, "rules", ("code", "name", "level", ""), rules)
    text = _with_table(text, "settings", ("setting", "type", "default", ""), list(map(_setting_row, SETTINGS)))
    return _with_table(text, "formats", ("format", ""), [(f"`{each.name}`", each.description) for each in REPORTERS])


def _with_table(text: str, name: str, head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [_row(head), "|---" * len(head) + "|\n", *map(_row, rows)]
    pattern = rf"(?s)(?<=<!-- {name} -->\n).*(?=<!-- end of {name} -->)"
    return re.sub(pattern, lambda _: f"\n{''.join(lines)}\n", text)


def _row(cells: tuple[str, ...]) -> str:
    return "".join(f"| {cell} " if cell else "| " for cell in cells) + "|\n"


def _setting_row(setting: Setting) -> tuple[str, ...]:
    match setting.default:
        case None:
            default = ""
        case str(word):
            default = f'`"{word}"`'
        case bool(flag):
            default = f"`{str(flag).lower()}`"
        case empty:
            default = "`{}`" if isinstance(empty, dict) else "`[]`"
    return f"`{setting.name}`", _TYPES[setting.structure], default, setting.help


def _output(command: re.Match[str]) -> str:
    process = subprocess.run(
        [sys.executable, "-m", "pinhook", *shlex.split(command["arguments"])],
        check=False,
        cwd=ROOT,
        encoding="utf-8",
        env={name: value for name, value in os.environ.items() if name != "FORCE_COLOR"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    return process.stdout


if __name__ == "__main__":
    README.write_text(renewed(README.read_text("utf-8")), "utf-8")
