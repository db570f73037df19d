"""The documents and their generated parts: outputs of the command, tables, and the pages of the rules.

    python -m tests.readme

writes them again.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import textwrap
from typing import TYPE_CHECKING, NamedTuple

from pinhook.cli.help_pages import explain
from pinhook.config import SETTINGS
from pinhook.reporters import REPORTERS
from pinhook.rules import RULES
from tests.projects import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from pinhook.config import Setting

README = ROOT / "README.md"
DOCS = ROOT / "docs"
CONTRIBUTING = ROOT / ".github" / "CONTRIBUTING.md"
DOCUMENTS = (README, *sorted(DOCS.glob("*.md")))
"""What a user reads, and what has generated parts."""

_BLOCK = re.compile(r"(?ms)^(?P<indent> *)```(?P<language>\w*)\n(?P<body>.*?)^(?P=indent)```$")
_COMMAND = re.compile(r"(?ms)^```console\n\$ \.venv/bin/pinhook (?P<arguments>.*?)\n(?P<output>.*?)^```$")
_HEADING = re.compile(r"(?m)^#")
_TYPES = {
    "flag": "true or false",
    "word": "string",
    "words": "list of strings",
    "table": "table of lists",
    "map": "table of strings",
}


class Block(NamedTuple):
    """A fenced block: the document that it is in, its language, and its text without the indentation."""

    document: Path
    language: str
    body: str


def all_blocks() -> Iterator[Block]:
    """The fenced blocks of the documents."""
    for document in DOCUMENTS:
        for found in _BLOCK.finditer(document.read_text("utf-8")):
            yield Block(document, found["language"], textwrap.dedent(found["body"]))


def blocks(language: str, name: str = "") -> list[str]:
    """The texts of the fenced blocks of a language; ``name`` is that of the document, if only one is wanted."""
    return [
        block.body for block in all_blocks() if block.language == language and (not name or block.document.name == name)
    ]


def renewed(text: str) -> str:
    """A document with what is generated in it as it should be."""
    text = _COMMAND.sub(
        lambda found: f"```console\n$ .venv/bin/pinhook {found['arguments']}\n{_output(found)}```", text
    )
    rules = [(rule.code, f"`{rule.name}`", rule.level.name.lower(), rule.summary) for rule in RULES]
    text = _with_table(text, "rules", ("code", "name", "level", ""), rules)
    text = _with_table(text, "settings", ("setting", "type", "default", ""), list(map(_setting_row, SETTINGS)))
    text = _with_table(text, "formats", ("format", ""), [(f"`{each.name}`", each.description) for each in REPORTERS])
    return _with_part(text, "pages", "\n".join(_page(rule.code) for rule in RULES))


def _page(code: str) -> str:
    """The manual page of a rule, its headings one level below the title of the document."""
    page = explain(code)
    assert page
    return _HEADING.sub("##", page)


def _with_table(text: str, name: str, head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    return _with_part(text, name, "".join([_row(head), "|---" * len(head) + "|\n", *map(_row, rows)]))


def _with_part(text: str, name: str, part: str) -> str:
    """The text with the part between the comments of that name replaced, if it has such comments."""
    pattern = rf"(?s)(?<=<!-- {name} -->\n).*(?=<!-- end of {name} -->)"
    return re.sub(pattern, lambda _: f"\n{part}\n", text)


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
    """What the command prints on stdout, followed by what it prints on stderr."""
    process = subprocess.run(
        [sys.executable, "-m", "pinhook", *shlex.split(command["arguments"])],
        capture_output=True,
        check=False,
        cwd=ROOT,
        encoding="utf-8",
        env={name: value for name, value in os.environ.items() if name != "FORCE_COLOR"},
    )
    return process.stdout + process.stderr


if __name__ == "__main__":
    for document in DOCUMENTS:
        document.write_text(renewed(document.read_text("utf-8")), "utf-8")
