"""Write ``pipx_options.py``: every release is installed into a directory, and its argparse parsers are read."""

from __future__ import annotations

import json
import subprocess
import tempfile
from pathlib import Path

from tests.generators.tables import Option, clean_environment, find_python, merge, write

COMMANDS = ["install", "run", "inject", "runpip"]
RELEASES = {
    "3.8": "0.16.5 1.0.0",
    "3.10": "1.1.0 1.2.1 1.4.3 1.5.0 1.6.0",
    "3.12": "1.7.1 1.8.0 1.10.1 1.12.0 1.14.1 1.16.7 1.17.14 1.18.4",
}

DUMP = r"""
import argparse, json, sys
sys.path[:0] = sys.argv[1:]
from pipx import main
try:
    parser = main.get_command_parser()
except TypeError:
    parser = main.get_command_parser(None)
parser = parser[0] if isinstance(parser, tuple) else parser

def options(parser):
    for action in parser._actions:
        if action.option_strings:
            yield action.option_strings, "" if action.nargs == 0 else "="

found = {"main": list(options(parser))}
for action in parser._actions:
    if isinstance(action, argparse._SubParsersAction):
        found.update((name, list(options(sub))) for name, sub in action.choices.items())
print(json.dumps(found))
"""


def dump(python: str, *path: str) -> dict[str, list[Option]]:
    """The options of a pipx, by subcommand: that of a directory, or the one the interpreter has."""
    found = subprocess.run(
        [python, "-W", "ignore", "-c", DUMP, *path],
        env=clean_environment("PIPX_"),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    parsed: dict[str, list[tuple[list[str], str]]] = json.loads(found.stdout)
    return {name: [Option(tuple(spellings), takes) for spellings, takes in parsed[name]] for name in parsed}


def _directory(release: str, python: str, cache: Path) -> str:
    path = cache / release
    if not path.exists():
        command = [python, "-m", "pip", "install", "-q", f"--target={path}", f"pipx=={release}"]
        subprocess.run(command, check=True)
    return str(path)


def main() -> None:
    cache = Path(tempfile.gettempdir()) / "pipx-releases"
    cache.mkdir(exist_ok=True)
    dumps: dict[str, dict[str, list[Option]]] = {}
    for minor, releases in RELEASES.items():
        python = find_python([minor])
        assert python, f"no Python {minor}"
        for release in releases.split():
            dumps[release] = dump(python, _directory(release, python, cache))
    tables = {name: merge([found.get(name, []) for found in dumps.values()]) for name in ["main", *COMMANDS]}
    write("pipx", list(dumps), tables)


if __name__ == "__main__":
    main()
