"""The smaller tools."""

from __future__ import annotations

import pytest

from pinhook.installers import read
from tests.installers.show import shown
from tests.installers.words import command
from tests.marks import unmark


@pytest.mark.parametrize(
    "marked",
    [
        "easy_install ⟦flask⟧ ⟦django==1.9⟧",
        "easy_install-3.6 -U ⟦pip⟧",
        "/usr/bin/easy_install --index-url https://example.org -d d ⟦flask⟧",
        "python -m easy_install ⟦flask⟧",
        "easy_install ⟦$PACKAGE⟧",
        "pip-sync",
        "pip-sync f g --pip-args x | -r f -r g",
        "python -m piptools sync f | -r f",
    ],
)
def test_targets_and_files(marked: str) -> None:
    line = unmark(marked)[0].split(" | ")[0]
    assert shown(read(command(line))) == marked


@pytest.mark.parametrize(
    "line",
    ["easy_install --help", "easy_install --version", "python -m piptools compile x.in", "pip-sync --help"],
)
def test_commands_that_name_nothing_to_install(line: str) -> None:
    assert read(command(line)) is None
