"""The Python that a command installs for: a table of Dockerfiles, and properties of all of them."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pinhook import dockerfile
from pinhook.fix.image.python import UnknownPython
from pinhook.fix.image.stages import StepImage, images_of_steps
from pinhook.fix.steps import steps_of
from pinhook.fix.version_chooser import python_clause
from pinhook.source import Source

if TYPE_CHECKING:
    from collections.abc import Callable

TABLE = (Path(__file__).parent / "pythons.txt").read_text()
ROWS = [
    (found["text"], found["sentence"])
    for found in re.finditer(r"(?P<text>(?:ARG .*\n)*FROM .*\n(?:.+\n)*?)=> (?P<sentence>.*)", TABLE)
]
"""Dockerfiles, and what is said of the last command that installs in each."""


def concluded(text: str) -> StepImage:
    """The image of the last step that installs something else than a wheel."""
    parsed = dockerfile.parse(Source("Dockerfile", text))
    steps = steps_of(parsed)
    found = [
        image
        for step, image in zip(steps, images_of_steps(parsed, steps), strict=True)
        if step.installation and any(str(target.text) in {"a", "setuptools"} for target in step.installation.targets)
    ]
    return found[-1]


def sentence(text: str) -> str:
    """The sentence of the report about it."""
    image = concluded(text)
    if isinstance(image.python, UnknownPython):
        return f"not known: {image.python.reason}"
    reasons = "; ".join(each.clause for each in image.python.evidence)
    return f"{python_clause(image.python)} ({reasons})" + "".join(f", unsafe: {each}" for each in image.caveats)


def test_the_table_is_read() -> None:
    assert len(ROWS) == TABLE.count("\n=> ") > 190


@pytest.mark.parametrize(("text", "expected"), ROWS)
def test_conclusion(text: str, expected: str) -> None:
    assert sentence(text.rstrip("\n")) == expected


def calls(text: str) -> int:
    """How many calls of functions it takes to conclude something from a Dockerfile."""
    parsed = dockerfile.parse(Source("Dockerfile", text))
    steps = steps_of(parsed)
    count = 0

    def profile(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event.endswith("call")

    sys.setprofile(profile)
    try:
        images_of_steps(parsed, steps)
    finally:
        sys.setprofile(None)
    return count


GROWING: dict[str, Callable[[int], str]] = {
    "links": lambda n: "RUN true" + "".join(f"; ln -s /usr/bin/python3.9 /x{i}/bin/python" for i in range(n)),
    "branches": lambda n: (
        "RUN true" + "".join(f"; if [ x ]; then ln -s /usr/bin/python3.9 /x{i}/bin/python; fi" for i in range(n))
    ),
    "stages": lambda n: "".join(f"FROM s{i} AS s{i + 1}\nRUN python3.9 -m venv /v{i}\n" for i in range(n)),
    "alternatives of one name": lambda n: (
        "RUN update-alternatives"
        + "".join(f" --install /usr/bin/python3 python3 /usr/bin/python3.9 {i}" for i in range(n))
    ),
    "alternatives": lambda n: (
        "RUN true" + "".join(f"; update-alternatives --install /usr/bin/python3 p{i} /a 1" for i in range(n))
    ),
    "folders of PATH": lambda n: (
        "ENV PATH=" + ":".join(f"/a{i}" for i in range(n)) + ":$PATH\n" + "RUN pip3 install a\n" * n
    ),
    "scripts": lambda n: "RUN true" + "".join(f"; ./x{i}" for i in range(n)),
    "wheels": lambda n: "RUN pip install a" + "".join(f"; pip install x{i}-1-cp310-cp310-a.whl" for i in range(n)),
    "Pythons of uv": lambda n: "RUN uv python install" + " 3.9" * n + "; uv venv" * n,
    "packages": lambda n: "RUN apt-get install" + "".join(f" python3.{i % 99}" for i in range(n)),
    "a chain of links": lambda n: (
        "RUN true" + "".join(f"; ln -s /usr/bin/python3.{i} /usr/bin/python3.{i + 1}" for i in range(n))
    ),
    "copies": lambda n: "".join(f"COPY --from=python:3.9 /usr/local /x{i}\n" for i in range(n)),
}


@pytest.mark.parametrize("growing", GROWING.values(), ids=GROWING)
def test_twice_the_input_costs_twice(growing: Callable[[int], str]) -> None:
    start = "FROM ubuntu:22.04 AS s0\nRUN apt-get install -y python3-pip\n"
    calls(start + growing(2))  # what is compiled once is compiled
    small, large = (calls(start + growing(n)) for n in (400, 800))
    assert large < 2.5 * small


UBUNTU = "FROM ubuntu:22.04\nRUN apt-get install -y python3-pip\n"
HARMLESS = (
    "RUN apt-get update && apt-get install -y git curl",
    "RUN mkdir -p /data && rm -rf /var/lib/apt/lists/*",
    "ENV LANG=C.UTF-8",
    "ARG X=1",
    "LABEL a=b",
    "EXPOSE 80",
    "WORKDIR /",
    "COPY app.py /app/app.py",
    "RUN pip3 install -r requirements.txt",
    "RUN if [ -f x ]; then echo y; fi",
    "CMD rm /usr/bin/python3",
    "ENTRYPOINT ln -sf /usr/bin/python3.9 /usr/bin/python3",
)
CHANGES = (
    "ln -sf /usr/bin/python3.9 /usr/bin/python3",
    "update-alternatives --install /usr/bin/python3 python3 /usr/bin/python3.9 1",
    "python3.9 -m pip install -U pip",
    "python3.9 get-pip.py",
    "curl https://example.org/get-pip.py | python3.9",
    "mv /usr/bin/python3.9 /usr/bin/python3",
    "cp /usr/bin/python3.9 /usr/bin/python3",
    "./setup.sh",
    "rm /usr/bin/pip3 && ln -s /opt/python3.9/bin/pip3.9 /usr/bin/pip3",
)
BRANCHES = (
    "if [ -f x ]; then {}; fi",
    "if [ -f x ]; then echo; else {}; fi",
    "case $x in a) {};; esac",
    "[ -f x ] && {}",
    "{} || true",
    "false || {}",
    "command -v x && {}",
    "while read x; do {}; done",
    "until test -f x; do {}; done",
    "for f in $(ls); do {}; done",
    "! grep -q x y && {}",
    "if true; then if [ x ]; then {}; fi; fi",
    "bash -c 'if [ -f x ]; then {}; fi'",
    "f() {{ {}; }}",
)


@given(st.lists(st.sampled_from(HARMLESS), max_size=6), st.sampled_from(["RUN pip3 install a", "RUN pip install a"]))
def test_what_does_not_touch_python_changes_nothing(lines: list[str], command: str) -> None:
    python = concluded("\n".join([UBUNTU, *lines, command])).python
    assert not isinstance(python, UnknownPython)
    assert python.version == "3.10.12"


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_changes_the_conclusion(change: str) -> None:
    python = concluded(f"{UBUNTU}RUN {change}\nRUN pip3 install a").python
    assert isinstance(python, UnknownPython) or python.version == "3.9"


@pytest.mark.parametrize("branch", BRANCHES)
@pytest.mark.parametrize("change", CHANGES)
def test_a_change_in_a_branch_makes_it_unknown(change: str, branch: str) -> None:
    grouped = f"{{ {change}; }}"
    assert isinstance(concluded(f"{UBUNTU}RUN {branch.format(grouped)}\nRUN pip3 install a").python, UnknownPython)


@given(st.lists(st.sampled_from(CHANGES), min_size=1, max_size=4))
def test_a_stage_says_nothing_of_another_one(changes: list[str]) -> None:
    other = "FROM python:3.8 AS other\n" + "".join(f"RUN {each}\n" for each in changes)
    python = concluded(f"{other}{UBUNTU}RUN pip3 install a").python
    assert python == concluded(f"FROM python:3.8\n{UBUNTU}RUN pip3 install a").python or not isinstance(
        python, UnknownPython
    )
    assert not isinstance(python, UnknownPython)
    assert python.version == "3.10.12"


@given(st.lists(st.sampled_from([*HARMLESS, *(f"RUN {each}" for each in CHANGES)]), max_size=8))
def test_a_stage_built_on_another_one_begins_where_that_ends(lines: list[str]) -> None:
    text = UBUNTU.replace("22.04\n", "22.04 AS first\n") + "".join(f"{line}\n" for line in lines)
    here, there = (
        concluded(f"{text}RUN pip3 install a").python,
        concluded(f"{text}FROM first\nRUN pip3 install a").python,
    )
    if isinstance(here, UnknownPython) or isinstance(there, UnknownPython):
        assert type(here) is type(there)
    else:
        assert here.version == there.version


def test_no_table_is_read_without_a_fix() -> None:
    script = "import sys, pinhook.fix; print([name for name in sys.modules if name.startswith('pinhook.fix.image.')])"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    for module in ("base", "stages", "systems", "known_images", "official_python", "system_images"):
        assert f"'pinhook.fix.image.{module}'" not in loaded
