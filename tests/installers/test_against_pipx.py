"""The installed pipx's own parser is the referee: the same targets from every command line it accepts."""

from __future__ import annotations

from contextlib import redirect_stderr, redirect_stdout, suppress
from functools import cache
from importlib import import_module
from io import StringIO
from typing import Any

import pytest
from hypothesis import assume, event, given
from hypothesis import strategies as st

from pinhook.argv import Arity, parse_options, table
from pinhook.source import Source, SourceText

WORDS = ["poetry", "x==1", ".", "f.txt", "https://example.org/x"]
POSITIONALS = {"install": ["package_spec"], "inject": ["package", "dependencies"], "run": ["app_with_args"]}


@cache
def pipx_parser() -> Any:
    found = import_module("pipx.main").get_command_parser()
    return found[0] if isinstance(found, tuple) else found


@st.composite
def command_lines(draw: st.DrawFn, subcommand: str) -> list[str]:
    entries = table("pipx", subcommand).entries
    line: list[str] = []
    for name in draw(st.lists(st.sampled_from([*entries, *("" for _ in entries)]), min_size=1, max_size=6)):
        value = draw(st.sampled_from(WORDS))
        if not name:
            line.append(value)
        elif entries[name].arity is Arity.FLAG:
            line.append(name)
        else:
            line += draw(st.sampled_from([[name, value], [f"{name}={value}"]]))
    return line


@pytest.mark.parametrize("subcommand", list(POSITIONALS))
@given(st.data())
def test_words_are_parsed_as_pipx_does(subcommand: str, data: st.DataObject) -> None:
    line = data.draw(command_lines(subcommand))
    assume(not {"-h", "--help"} & set(line))
    with redirect_stderr(StringIO()), redirect_stdout(StringIO()), suppress(SystemExit):
        values = vars(pipx_parser().parse_args([subcommand, *line]))
        found = [values[name] for name in POSITIONALS[subcommand]]
        targets = [word for one in found for word in (one if isinstance(one, list) else [one])]
        options = table("pipx", subcommand, permutes=subcommand != "run")
        parsed = parse_options(options, [SourceText.of(Source("", word)) for word in line])
        assert [line[at] for at in parsed.positionals] == [target for target in targets if target != "--"]
        return
    event("refused by pipx")
