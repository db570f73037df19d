"""Write ``uv_options.py``: clap keeps its tables to itself, so every release is asked in two ways.

Its shell completion lists the options that are no secret, and those that take a value have a branch there. Hidden
aliases (``--requirement``) are tried one by one, the candidates being the spellings of pip and of older releases.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from pinhook.argv import OptionTable, pip_options
from tests.generators.tables import Option, clean_environment, merge, write

RELEASES = "0.1.45 0.2.37 0.3.5 0.4.30 0.5.31 0.6.17 0.7.22 0.8.24 0.9.30 0.10.12 0.11.33 0.12.24 0.13.9"
COMMANDS = ["pip install", "pip sync", "pip compile", "add", "sync", "run", "tool install", "tool run"]
UNHEARD_OF = "--unheard-of"


def ask(uv: str, *words: str) -> str:
    environment = {**clean_environment("UV_"), "UV_NO_CONFIG": "1", "UV_OFFLINE": "1"}
    with tempfile.TemporaryDirectory() as directory:
        return subprocess.run(
            [uv, *words],
            env=environment,
            cwd=directory,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        ).stdout


def listed(completion: str, command: str) -> dict[str, str]:
    """The options of a subcommand in the completion for bash, and what they take."""
    label = "uv__(?:subcmd__)?" + "__(?:subcmd__)?".join(command.split()) if command else "uv"
    branch = re.search(rf"^        {label}\)\n(.*?)^            ;;", completion, re.DOTALL | re.MULTILINE)
    options = branch and re.search(r'opts="([^"]*)"', branch[1])
    if not branch or not options:
        return {}
    valued = set(re.findall(r"^ +(--?[A-Za-z][\w-]*)\)$", branch[1], re.MULTILINE))
    return {name: "=" if name in valued else "" for name in options[1].split() if name.startswith("-")}


def probe(uv: str, command: str, name: str) -> str | None:
    """The arity of an option; ``None`` if it does not exist. Nothing is run."""
    answer = ask(uv, *command.split(), f"{name}=x=x", UNHEARD_OF)
    if "unexpected value 'x=x' for" in answer:
        return ""
    return "=" if f"unexpected argument '{UNHEARD_OF}'" in answer or "invalid value 'x=x'" in answer else None


def dump(uv: str, candidates: set[str]) -> dict[str, list[Option]]:
    """The options of a uv, by subcommand."""
    completion = ask(uv, "generate-shell-completion", "bash")
    found = {"main": [Option((name,), takes) for name, takes in listed(completion, "").items()]}
    for command in COMMANDS:
        options = listed(completion, command)
        if options:
            hidden = {name: probe(uv, command, name) for name in sorted(candidates - options.keys())}
            options |= {name: takes for name, takes in hidden.items() if takes is not None}
        found[command] = [Option((name,), takes) for name, takes in options.items()]
    return found


def likely_spellings(binaries: list[str]) -> set[str]:
    """Options that uv may take without saying so: those of pip, and those that a release of uv once listed."""
    names = set(OptionTable.of(pip_options.INSTALL).entries)
    for uv in binaries:
        names |= listed(ask(uv, "generate-shell-completion", "bash"), "pip install").keys()
    return {name for name in names if name.startswith("--")}


def _binary(release: str, cache: Path) -> str:
    path = cache / f"uv-{release}"
    if not path.exists():
        options = ["-q", "--no-deps", "--only-binary=:all:", f"--dest={cache}"]
        subprocess.run([sys.executable, "-m", "pip", "download", *options, f"uv=={release}"], check=True)
        wheel = next(cache.glob(f"uv-{release}-*.whl"))
        with zipfile.ZipFile(wheel) as archive:
            name = next(name for name in archive.namelist() if name.endswith("scripts/uv"))
            path.write_bytes(archive.read(name))
        path.chmod(0o755)
        wheel.unlink()
    return os.fspath(path)


def main() -> None:
    cache = Path(tempfile.gettempdir()) / "uv-binaries"
    cache.mkdir(exist_ok=True)
    releases = RELEASES.split()
    binaries = [_binary(release, cache) for release in releases]
    candidates = likely_spellings(binaries)
    dumps = [dump(uv, candidates) for uv in binaries]
    tables = {name: merge([found[name] for found in dumps]) for name in ["main", *COMMANDS]}
    write("uv", releases, tables)


if __name__ == "__main__":
    main()
