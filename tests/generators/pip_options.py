"""Write ``pip_options.py``: the wheel of every release is put on the path of an interpreter that can import it, and
its optparse parsers are read."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.generators.tables import Option, clean_environment, find_python, merge, write

COMMANDS = ["install", "download", "wheel", "lock"]
OLD, MIDDLE, NEW = ["3.6", "3.7", "3.8"], ["3.8", "3.9", "3.7"], ["3.11", "3.12", "3.13", "3.10"]
RELEASES = {
    OLD[0]: "9.0.3 10.0.1 18.0 18.1 19.0.3 19.1.1 19.2.3 19.3.1",
    MIDDLE[0]: "20.0.2 20.1.1 20.2.4 20.3.4 21.0.1 21.1.3 21.2.4 21.3.1 22.0.4 22.1.2 22.2.2",
    NEW[
        0
    ]: "22.3.1 23.0.1 23.1.2 23.2.1 23.3.2 24.0 24.1.2 24.2 24.3.1 25.0.1 25.1.1 25.2 25.3 26.0.1 26.1.2 26.2.1 26.3",
}
INTERPRETERS = {minors[0]: minors for minors in (OLD, MIDDLE, NEW)}

# runs inside the old interpreter, so it stays within Python 3.6
DUMP = r"""
import json, sys
sys.path[:0] = sys.argv[1:2]
try:  # 19.3 and newer
    from pip._internal.commands import commands_dict, create_command as make
    from pip._internal.cli.main_parser import create_main_parser
except ImportError:
    try:  # 10 to 19.2
        from pip._internal.commands import commands_dict
        try:
            from pip._internal.cli.main_parser import create_main_parser
        except ImportError:
            from pip._internal import create_main_parser
    except ImportError:  # 9
        from pip.commands import commands_dict
        from pip import create_main_parser
    make = lambda name: commands_dict[name]()

def options(parser):
    for option in [*parser.option_list, *(o for group in parser.option_groups for o in group.option_list)]:
        yield option._short_opts + option._long_opts, "=" if option.takes_value() else ""

found = {"main": list(options(create_main_parser()))}
found.update((name, list(options(make(name).parser))) for name in sys.argv[2:] if name in commands_dict)
print(json.dumps(found))
"""


def dump(python: str, wheel: str = "") -> dict[str, list[Option]]:
    """The options of a pip, by subcommand: that of a wheel, or the one the interpreter has."""
    environment = {**clean_environment("PIP_"), "PIP_CONFIG_FILE": os.devnull}
    found = subprocess.run(
        [python, "-W", "ignore", "-c", DUMP, *([wheel] if wheel else [os.devnull]), *COMMANDS],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    parsed: dict[str, list[tuple[list[str], str]]] = json.loads(found.stdout)
    return {name: [Option(tuple(spellings), takes) for spellings, takes in parsed[name]] for name in parsed}


def _wheel(release: str, cache: Path) -> str:
    if not list(cache.glob(f"pip-{release}-*.whl")):
        minor = "3.13" if release[:2] > "25" else "3.11"
        options = ["--no-deps", "--only-binary=:all:", "--ignore-requires-python", f"--python-version={minor}"]
        command = [sys.executable, "-m", "pip", "download", "-q", f"--dest={cache}", *options, f"pip=={release}"]
        subprocess.run(command, check=True)
    return str(next(cache.glob(f"pip-{release}-*.whl")))


def main() -> None:
    cache = Path(tempfile.gettempdir()) / "pip-wheels"
    cache.mkdir(exist_ok=True)
    dumps: dict[str, dict[str, list[Option]]] = {}
    for interpreter, releases in RELEASES.items():
        python = find_python(INTERPRETERS[interpreter])
        assert python, f"no Python {INTERPRETERS[interpreter]}"
        for release in releases.split():
            dumps[release] = dump(python, _wheel(release, cache))
    tables = {name: merge([found.get(name, []) for found in dumps.values()]) for name in ["main", *COMMANDS]}
    write("pip", list(dumps), tables)


if __name__ == "__main__":
    main()
