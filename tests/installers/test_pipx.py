"""pipx's command lines."""

from __future__ import annotations

import pytest

from pinhook.installers import read
from pinhook.requirements import Direct, Local, Malformed, Named
from tests.installers.show import shown
from tests.installers.words import command
from tests.marks import unmark


@pytest.mark.parametrize(
    "marked",
    [
        "pipx install ⟦poetry⟧",
        "pipx install ⟦poetry==1.8.0⟧ ⟦black⟧",
        "python3 -m pipx install ⟦poetry⟧",
        "/opt/tools/bin/pipx install ⟦poetry⟧",
        "$PIPX install ⟦poetry⟧",
        "pipx -q install --force ⟦poetry⟧ --python 3.12 --suffix=x -i https://example.org",
        "pipx install --pytho 3.12 ⟦poetry⟧",
        "pipx install -i=https://example.org ⟦poetry⟧",
        "pipx install --preinstall ⟦a⟧ ⟦poetry⟧",
        "pipx install -e ⟦.⟧",
        "pipx install ⟦poetry⟧ --pip-args='-c f --no-cache-dir' | -c f",
        "pipx install ⟦poetry⟧ --pip-args '--no-index -f w' | local",
        "pipx install ⟦poetry⟧ --pip-args=--no-deps",
        "pipx install ⟦poetry⟧ --lock pylock.toml | -c pylock.toml",
        "pipx inject --force poetry ⟦a⟧ ⟦b==1⟧",
        "pipx inject poetry -r f | -r f",
        "pipx run ⟦cowsay⟧ moo --spec x",
        "pipx run ⟦cowsay==6.0⟧ moo",
        "pipx run --spec ⟦cowsay==6.0⟧ cowsay moo",
        "pipx run --with ⟦a⟧ ⟦cowsay⟧ moo",
        "pipx run ⟦$APP⟧ moo",
        "pipx runpip poetry install -U ⟦a⟧ -r f | -r f",
        "pipx runpip poetry --no-cache-dir install ⟦a⟧",
    ],
)
def test_targets_and_files(marked: str) -> None:
    line = unmark(marked)[0].split(" | ")[0]
    assert shown(read(command(line))) == marked


@pytest.mark.parametrize(
    "line",
    [
        "pipx",
        "pipx --version",
        "pipx install --help",
        "pipx list",
        "pipx upgrade poetry",
        "pipx uninstall poetry",
        "pipx ensurepath",
        "pipx runpip poetry list",
        "pipx runpip",
    ],
)
def test_commands_that_name_nothing_to_install(line: str) -> None:
    assert read(command(line)) is None


def test_environment() -> None:
    installation = read(command("pipx install poetry", {"PIP_CONSTRAINT": "f"}))
    assert installation
    assert [str(file) for file in installation.constraints_files] == ["f"]


def test_an_ambiguous_option_is_a_problem() -> None:
    marked = "pipx install ⟦--in⟧ x poetry"
    line, [span] = unmark(marked)
    installation = read(command(line))
    assert installation
    assert [problem.place.span for problem in installation.problems] == [span]


def test_kinds_of_targets() -> None:
    installation = read(command("pipx install poetry ./x https://example.org/x-1.tar.gz script.py poetry@1.0"))
    assert installation
    kinds = [type(target.requirement) for target in installation.targets]
    assert kinds == [Named, Local, Direct, Local, Malformed]
