"""The README, and what is generated in it: the outputs of the command, and the table of rules.

    python -m tests.readme

writes them anew.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys

from pinhook.rules import Level, rules_of
from tests.projects import ROOT

README = ROOT / "README.md"
_BLOCK = re.compile(r"(?ms)^```(?P<language>\w*)\n(?P<body>.*?)^```$")
_COMMAND = re.compile(r"(?ms)^```console\n\$ \.venv/bin/pinhook (?P<arguments>.*?)\n(?P<output>.*?)^```$")
_RULES = re.compile(r"(?s)(?<=<!-- rules -->\n).*(?=<!-- end of rules -->)")


def blocks(language: str) -> list[str]:
    """The bodies of the fenced blocks of a language."""
    return [found["body"] for found in _BLOCK.finditer(README.read_text("utf-8")) if found["language"] == language]


def renewed(text: str) -> str:
    """The README with what is generated in it as it should be."""
    text = _COMMAND.sub(lambda found: found[0].replace(f"\n{found['output']}```", f"\n{_output(found)}```"), text)
    return _RULES.sub(lambda _: _table(), text)


def _output(command: re.Match[str]) -> str:
    process = subprocess.run(
        [sys.executable, "-m", "pinhook", *command["arguments"].split()],
        check=False,
        cwd=ROOT,
        encoding="utf-8",
        env={name: value for name, value in os.environ.items() if name != "FORCE_COLOR"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    return process.stdout


def _table() -> str:
    rows = [f"| {rule.code} | `{rule.name}` | {rule.summary} |\n" for rule in rules_of(Level.DEFAULT)]
    return "".join(["\n| code | name | |\n|---|---|---|\n", *rows, "\n"])


if __name__ == "__main__":
    README.write_text(renewed(README.read_text("utf-8")), "utf-8")
