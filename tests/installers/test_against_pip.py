"""The installed pip's own parser is the referee: the same targets and files from every command line it accepts."""

from __future__ import annotations

from contextlib import redirect_stderr, suppress
from copy import deepcopy
from importlib import import_module
from io import StringIO
from typing import Any

import pytest
from hypothesis import assume, event, given
from hypothesis import strategies as st

from pinhook.argv import Arity, OptionError, parse_options, table
from pinhook.source import Source, SourceText

WORDS = ["flask", "x==1", ".", "-", "f.txt", "https://example.org/x", "=f", "-U", "--pre", "--", "é"]
LISTS = {"--requirement": "requirements", "--constraint": "constraints", "--editable": "editables"}
SUBCOMMANDS = ("install", "download", "wheel")
PARSERS: dict[str, Any] = {  # made here, since their imports draw random numbers, which no strategy may
    name: import_module("pip._internal.commands").create_command(name).parser for name in SUBCOMMANDS
}


def known_names(subcommand: str) -> list[str]:
    """The spellings in our table that the installed pip has too, those excepted that print and exit."""
    table_names = table("pip", subcommand).entries.keys() - {"-h", "--help", "-V", "--version"}
    return sorted(name for name in table_names if PARSERS[subcommand].has_option(name))


def spelled(draw: st.DrawFn, names: list[str], arities: dict[str, Arity]) -> list[str]:
    """One option in one of its spellings: abbreviated, glued, clustered, with its value apart."""
    name = draw(st.sampled_from(names))
    value = draw(st.sampled_from(WORDS))
    if name.startswith("--"):
        name = name[: draw(st.integers(min_value=3, max_value=len(name)))]
        return draw(st.sampled_from([[name], [name, value], [f"{name}={value}"]]))
    flags = "".join(draw(st.lists(st.sampled_from("qUIv"), max_size=2)))
    cluster = f"-{flags}{name[1]}"
    return [cluster] if arities[name] is Arity.FLAG else draw(st.sampled_from([[cluster, value], [cluster + value]]))


@st.composite
def command_lines(draw: st.DrawFn, subcommand: str) -> list[str]:
    entries = table("pip", subcommand).entries
    arities = {name: entry.arity for name, entry in entries.items()}
    names = known_names(subcommand)
    lists = [name for name in names if entries[name].name in LISTS]
    line: list[str] = []
    for kind in draw(st.lists(st.sampled_from(["target", "option", "list"]), max_size=6)):
        if kind == "target":
            line.append(draw(st.sampled_from(WORDS)))
        else:
            line += spelled(draw, lists if kind == "list" else names, arities)
    return line


@pytest.mark.parametrize("subcommand", SUBCOMMANDS)
@given(st.data())
def test_words_are_parsed_as_pip_does(subcommand: str, data: st.DataObject) -> None:
    line = data.draw(command_lines(subcommand))
    with redirect_stderr(StringIO()), suppress(SystemExit, import_module("pip._internal.exceptions").CommandError):
        parser = PARSERS[subcommand]
        values, targets = parser.parse_args(list(line), deepcopy(parser.get_default_values()))
        parsed = parse_options(table("pip", subcommand), [SourceText.of(Source("", word)) for word in line])
        # a prefix that a newer option has made ambiguous
        assume(all(problem.error is not OptionError.AMBIGUOUS for problem in parsed.problems))
        assert [line[at] for at in parsed.positionals] == targets
        for name, attribute in LISTS.items():
            assert [str(value) for value in parsed.values(name)] == getattr(values, attribute, [])
        return
    event("refused by pip")
