"""The patterns that the README gives to Renovate find the versions that ``--fix`` writes."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from tests.readme import README

if TYPE_CHECKING:
    from tests.fix.conftest import Fixer


def patterns() -> list[re.Pattern[str]]:
    [block] = re.findall(r'(?s)```json\n(\{\s*"customManagers".*?)```', README.read_text("utf-8"))
    [manager] = json.loads(block)["customManagers"]
    return [re.compile(pattern.replace("(?<", "(?P<")) for pattern in manager["matchStrings"]]


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
    assert fixed.made
    found = {
        (match["depName"], match["currentValue"]) for each in patterns() for match in each.finditer(fixed.after.text)
    }
    wrote = [re.fullmatch(r"([\w.-]+).*?(?:==|@)\s*([^\s;]+).*", proposal.text) for proposal in fixed.made]
    assert found == {(each[1], each[2]) for each in wrote if each}


def test_renovate_finds_nothing_else() -> None:
    text = "FROM python:3.12\nRUN pip install flask $X git+https://u@example.org/r@1 && [ a == b ]\nENV A=1 B==\n"
    assert not [match for each in patterns() for match in each.finditer(text)]
