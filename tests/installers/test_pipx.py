"""pipx's command lines."""

from __future__ import annotations

import shlex

import pytest

from pinhook.installers import parse_install
from pinhook.requirements import Direct, Local, Malformed, Named
from pinhook.requirements.lines import split_words
from pinhook.source import Source, SourceText
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
        "pipx install ⟦black==1⟧ --pip-args='⟦click⟧'",
        "pipx install ⟦black⟧ --pip-args='--pre ⟦black==1⟧ -r f' | -r f",
        "pipx install ⟦black⟧ --pip-args=x --pip-args='⟦y⟧'",
        "pipx run --pip-args='-e ⟦.⟧' ⟦black⟧ x",
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
    assert shown(parse_install(command(line))) == marked


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
    assert parse_install(command(line)) is None


def test_environment() -> None:
    installation = parse_install(command("pipx install poetry", {"PIP_CONSTRAINT": "f"}))
    assert installation
    assert [str(file) for file in installation.constraints_files] == ["f"]


def test_an_ambiguous_option_is_a_problem() -> None:
    marked = "pipx install ⟦--in⟧ x poetry"
    line, [span] = unmark(marked)
    installation = parse_install(command(line))
    assert installation
    assert [problem.place.span for problem in installation.problems] == [span]


def test_kinds_of_targets() -> None:
    installation = parse_install(command("pipx install poetry ./x https://example.org/x-1.tar.gz script.py poetry@1.0"))
    assert installation
    kinds = [type(target.requirement) for target in installation.targets]
    assert kinds == [Named, Local, Direct, Local, Malformed]


@pytest.mark.parametrize(
    ("environment", "arguments", "expected"),
    [
        ({"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": "w"}, "", "local"),
        ({"PIP_NO_INDEX": "1"}, "--pip-args='-f w'", "local"),
        ({"PIP_NO_INDEX": "1"}, "", ""),
        ({"PIP_CONSTRAINT": "c"}, "--pip-args=--pre", "-c c"),
        ({"PIP_CONSTRAINT": "c"}, "--pip-args=--isolated", ""),
        ({"PIP_REQUIREMENT": "r"}, "", "-r r"),
    ],
)
def test_the_environment_of_pip_reaches_pipx(environment: dict[str, str], arguments: str, expected: str) -> None:
    line = f"pipx install black {arguments}".strip()
    assert (
        shown(parse_install(command(line, environment))).removeprefix(line.replace("black", "⟦black⟧")).strip(" |")
        == expected
    )


def test_a_quote_that_is_not_closed_is_a_problem() -> None:
    assert shown(parse_install(command('pipx install a "--pip-args=it\'s"'))).endswith('? "--pip-args=it\'s"')


@pytest.mark.parametrize("text", ["click", "'idna>=2' -c \"a b\"", "a\\ b", "--pre 'x y'z"])
def test_shlex_is_the_referee_of_pip_arguments(text: str) -> None:
    assert [str(word) for word in split_words(SourceText.of(Source("", text)))] == shlex.split(text)
