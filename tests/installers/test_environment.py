"""Exemptions by the environment, and the commands that see it."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest
from uv import find_uv_bin

from pinhook.source import Source
from tests.checks import check
from tests.marks import mark, unmark

if TYPE_CHECKING:
    from pathlib import Path

WRAPPED = """
pip install x
sudo pip install ⟦x⟧
sudo -H -u app pip install ⟦x⟧
sudo -E pip install x
sudo -EH pip install x
sudo --preserve-env pip install x
sudo --preserve-env=PATH,PIP_CONSTRAINT pip install x
sudo --preserve-env=PATH pip install ⟦x⟧
sudo PIP_CONSTRAINT=c.txt pip install x
sudo sh -c 'pip install ⟦x⟧'
sudo -E sudo pip install ⟦x⟧
sudo sudo -E pip install ⟦x⟧
doas pip install x
gosu app pip install x
env -u PIP_CONSTRAINT pip install ⟦x⟧
env --unset=PIP_CONSTRAINT pip install ⟦x⟧
env -u OTHER pip install x
env -i pip install ⟦x⟧
env - pip install ⟦x⟧
env -i PIP_CONSTRAINT=c.txt pip install x
env -i sh -c 'pip install ⟦x⟧'
env -u PIP_CONSTRAINT bash -c 'exec pip install ⟦x⟧'
su app -c 'pip install x'
su - app -c 'pip install ⟦x⟧'
su -l app -c 'pip install ⟦x⟧'
runuser -u app pip install x
PIP_CONSTRAINT= pip install ⟦x⟧
PIP_CONSTRAINT=/dev/null pip install ⟦x⟧
unset PIP_CONSTRAINT && pip install ⟦x⟧
env -u PIP_CONSTRAINT true; pip install x
"""
COMMANDS = """
UV_CONSTRAINT   uv pip install six
UV_CONSTRAINT   uv tool install six
UV_CONSTRAINT   uv tool run six
UV_CONSTRAINT   uv add six
UV_CONSTRAINT   uv run --no-project --with six true
UV_OVERRIDE     uv pip install six
UV_OVERRIDE     uv tool install six
UV_OVERRIDE     uv tool run six
UV_OVERRIDE     uv add six
UV_OVERRIDE     uv run --no-project --with six true
"""


def marked(text: str) -> str:
    return mark(text, [finding.place.span for finding in check(Source("Dockerfile", text)).findings])


@pytest.mark.parametrize("run", WRAPPED.strip().splitlines())
def test_what_a_wrapper_keeps_from_its_command(run: str) -> None:
    text = f"FROM x\nENV PIP_CONSTRAINT=/c.txt\nRUN {run}\n"
    assert marked(unmark(text)[0]) == text


@pytest.mark.parametrize(
    "line", [line for line in WRAPPED.strip().splitlines() if line.startswith("env") and ";" not in line]
)
def test_env_is_the_referee(line: str) -> None:
    command = unmark(line)[0].replace("pip install x", "printenv PIP_CONSTRAINT").partition(";")[0]
    environment = {"PATH": os.environ["PATH"], "PIP_CONSTRAINT": "/c.txt"}
    said = subprocess.run(["sh", "-c", command], env=environment, capture_output=True, text=True, check=False).stdout
    assert bool(said.strip()) != ("⟦" in line)


@pytest.mark.parametrize("constraint", ["/dev/null", "''"])
def test_an_empty_file_exempts_nothing(constraint: str) -> None:
    assert marked(f"FROM x\nENV PIP_CONSTRAINT={constraint}\nRUN pip install x\n").endswith("pip install ⟦x⟧\n")
    assert marked("FROM x\nRUN pip install -c /dev/null x\n").endswith("⟦x⟧\n")


@pytest.mark.parametrize("case", COMMANDS.strip().splitlines())
def test_uv_is_the_referee_of_its_variables(case: str, tmp_path: Path) -> None:
    variable, line = case.split(maxsplit=1)
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "x"\nversion = "1"\nrequires-python = ">=3.10"\n')
    command = [find_uv_bin(), "--offline", "--no-cache", *line.split()[1:]]
    missing = "/nowhere/c.txt"
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), variable: missing}
    run = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    findings = check(Source("Dockerfile", f"FROM x\nENV {variable}=c.txt\nRUN {line}\n")).findings
    assert bool(findings) == (missing not in run.stderr), run.stderr
