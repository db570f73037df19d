"""The patterns that the documents give to Renovate find the versions that ``--fix`` writes."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from tests.readme import blocks

if TYPE_CHECKING:
    from tests.fix.conftest import Fixer


def patterns(*, for_arg_pins: bool = False) -> list[re.Pattern[str]]:
    """The patterns of the manager for words, or of the one for ARGs."""
    renovate, argument_manager = (json.loads(block) for block in blocks("json", "fixing.md"))
    [word_manager] = renovate["customManagers"]
    assert argument_manager.keys() == word_manager.keys()
    manager = argument_manager if for_arg_pins else word_manager
    assert not any(re.search(r"\(\?(?!:|<\w)|\\[1-9]", pattern) for pattern in manager["matchStrings"]), "not of RE2"
    return [re.compile(pattern.replace("(?<", "(?P<")) for pattern in manager["matchStrings"]]


def found(text: str, *, for_arg_pins: bool = False) -> set[tuple[str, str]]:
    """Names and versions that Renovate finds."""
    matches = [match for each in patterns(for_arg_pins=for_arg_pins) for match in each.finditer(text)]
    return {(match["depName"], match["currentValue"]) for match in matches}


@pytest.mark.parametrize(
    "command",
    [
        "pip install alpha beta",
        "pip install 'alpha>=1' \"beta\" epoch",
        "pip install 'extra-pkg [x]' 'alpha >= 1'",
        "pip install \\\n  alpha \\\n  beta>=1",
        "for p in alpha beta; do pip install $p; done",
        "P=alpha; pip install $P",
        "uv run --with alpha,beta x",
        "uvx alpha@latest",
        "uv tool install alpha@latest",
        "pip install alpha\\<2",
        '["pip", "install", "alpha"]',
        "pip install alpha=1.0",
    ],
)
def test_renovate_finds_what_is_written(command: str, online: Fixer) -> None:
    fixed = online(f"FROM python:3.12\nRUN {command}\n")
    assert fixed.applied
    wrote = [re.fullmatch(r"([\w.-]+).*?(?:==|@)\s*([^\s;]+).*", proposal.text) for proposal in fixed.applied]
    assert found(fixed.after.text) == {(each[1], each[2]) for each in wrote if each}


@pytest.mark.parametrize(
    "command",
    [
        "pip install alpha 'beta>1' epoch",
        "pip install 'extra-pkg [x]' && uvx alpha@latest",
        "for p in alpha beta; do pip install $p; done",
    ],
)
@pytest.mark.parametrize("indent", ["", "  "])
def test_renovate_finds_the_arguments_that_are_written(command: str, indent: str, online: Fixer) -> None:
    fixed = online(f"FROM python:3.12\n{indent}RUN {command}\n", as_arg_pins=True)
    assert not found(fixed.after.text)
    wrote = [re.fullmatch(r"([\w.-]+).*?(?:==|@).* with ARG \w+=(\S+)", proposal.text) for proposal in fixed.applied]
    assert {
        (name.lower().replace("_", "-"), version) for name, version in found(fixed.after.text, for_arg_pins=True)
    } == {(each[1], each[2]) for each in wrote if each}
    assert all(wrote)


def test_renovate_finds_nothing_else() -> None:
    text = "FROM python:3.12\nRUN pip install flask $X git+https://u@example.org/r@1 && [ a == b ]\nENV A=1 B==\n"
    assert not found(text)
    assert not found(
        f"{text}ARG X\nARG Y_VERSION\nARG Z_VERSION=latest\nENV A_VERSION=1\n# ARG B_VERSION=1\n", for_arg_pins=True
    )
