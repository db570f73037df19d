"""The option tables contain every option of the installed tools."""

from __future__ import annotations

import sys

import pytest

from pinhook.argv import Arity, table
from tests.generators import pip_options, pipx_options, tables, uv_options
from tests.generators.tables import Option, merge
from tests.hermetic import program

TAKES = {"": Arity.FLAG, "=": Arity.VALUE}


def differences(tool: str, dumps: dict[str, list[Option]]) -> dict[str, str]:
    """Options of a tool that its table lacks or gets wrong, and the subcommand that has them."""
    return {
        f"{spelling}{option.takes}": subcommand
        for subcommand, options in dumps.items()
        for option in options
        for spelling in option.spellings
        if (entry := table(tool, subcommand).entries.get(spelling)) is None or entry.arity is not TAKES[option.takes]
    }


def test_pip() -> None:
    assert differences("pip", pip_options.dump(sys.executable)) == {}


def test_pipx() -> None:
    dumps = pipx_options.dump(sys.executable)
    assert differences("pipx", {name: dumps[name] for name in ["main", *pipx_options.COMMANDS]}) == {}


def test_uv() -> None:
    assert differences("uv", uv_options.dump(str(program("uv")), candidates=set())) == {}


@pytest.mark.parametrize("subcommand", ["install", "download", "wheel", "lock"])
def test_a_name_is_the_same_in_every_subcommand_of_pip(subcommand: str) -> None:
    entries = table("pip", subcommand).entries
    names = [entries[short].name for short in ("-r", "-c", "-e", "-f")]
    assert names == ["--requirement", "--constraint", "--editable", "--find-links"]


def test_merging_keeps_the_oldest_first_and_joins_spellings() -> None:
    old = [Option(("-b", "--build"), "="), Option(("--egg",), "")]
    new = [Option(("--new",), ""), Option(("--build-dir", "--build"), "=")]
    assert tables.notation(merge([old, new])) == "-b/--build/--build-dir= --egg --new"


def test_merging_refuses_an_option_that_changed() -> None:
    with pytest.raises(ValueError, match="--build"):
        merge([[Option(("--build",), "=")], [Option(("--build",), "")]])
