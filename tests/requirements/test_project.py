"""``pyproject.toml``: its dependencies, its groups, and their places."""

from __future__ import annotations

import re

import pytest

from pinhook.requirements.project import ProjectError, parse_project
from pinhook.source import Source
from tests.marks import mark


def shown(marked: str, group: str = "") -> str:
    text = re.sub("[⟦⟧]", "", marked)
    file = parse_project(Source("pyproject.toml", text), group)
    assert (file.is_project, file.require_hashes, file.no_index, file.compiler) == (True, False, False, "")
    return mark(text, [entry.text.span for entry in file.entries])


@pytest.mark.parametrize(
    "text",
    [
        "[project]\ndependencies = [\"⟦flask>=2⟧\", '⟦six⟧', \"⟦x==1; python_version<'4'⟧\"]\n",
        '# "flask"\nname = "flask"\n[project]\ndependencies = [\n  "⟦flask⟧",  # why\n]\n',
        '[ project ]\nname = "Own_Name"\ndependencies = ["own-name[extra]", "⟦flask⟧"]\n',
        '[tool.x]\na = "flask"  # [project]\n \t[ \tproject\t ]\ndependencies = ["⟦flask⟧"]\n',
        '[tool.x]\na = "x"  # [project] "flask"\n[project]\ndependencies = ["⟦flask⟧"]\n',
        '[project]\ndependencies = ["⟦flask=1⟧", "⟦./x⟧"]\n',
        'project.dependencies = ["⟦flask⟧"]\n',
        '[project]\ndynamic = ["dependencies"]\n',
        '[project]\ndependencies = "flask"\n',
        "project = 1\n",
        "",
        '[project]\ndependencies = ["a", "⟦b⟧"]\n[tool.uv.sources]\na = {path = "x"}\n',
        '[project]\ndependencies = ["⟦b⟧", "C_c"]\n[tool.uv]\nconstraint-dependencies = ["c-c<2", 1, "<2"]\n',
        '[project]\ndependencies = ["⟦b⟧", "d"]\n[tool.uv]\noverride-dependencies = ["d==1"]\n',
        '[project]\ndependencies = [1, "⟦flask⟧"]\n[tool]\nuv = 1\n',
    ],
)
def test_dependencies(text: str) -> None:
    assert shown(text) == text


@pytest.mark.parametrize(
    ("group", "text"),
    [
        ("dev", '[project]\ndependencies = ["a"]\n[dependency-groups]\ndev = ["⟦a⟧", "⟦b>1⟧"]\ntest = ["c"]\n'),
        ("Dev_x", '[dependency-groups]\ndev-x = ["⟦a⟧", {include-group = "TEST"}, {other = 1}, 1]\ntest = ["⟦c⟧"]\n'),
    ],
)
def test_groups(group: str, text: str) -> None:
    assert shown(text, group) == text


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "has no dependency group dev"),
        ("[dependency-groups]\nother = []\n", "has no dependency group dev"),
        ("[dependency-groups]\ndev = 1\n", "has no dependency group dev"),
        ('[dependency-groups]\ndev = [{include-group = "x"}]\n', "has no dependency group x"),
        (
            '[dependency-groups]\ndev = [{include-group = "a"}]\na = [{include-group = "dev"}]\n',
            "has a group dev that includes itself",
        ),
        ("[dependency-groups", "cannot be read as TOML"),
        ("x = " + "[" * 100_000, "cannot be read as TOML"),
    ],
)
def test_what_cannot_be_read(text: str, reason: str) -> None:
    with pytest.raises(ProjectError, match=f"^{reason}$"):
        parse_project(Source("pyproject.toml", text), "dev")


def test_a_string_with_escapes_has_the_place_of_the_heading_of_its_table() -> None:
    file = parse_project(Source("pyproject.toml", '[project]\ndependencies = ["fl\\u0061sk"]\n'))
    assert [(str(entry.text), entry.text.span) for entry in file.entries] == [("flask", (9, 9))]
