"""The option tables of subcommands. Each is built at its first use, because a hook runs for a short time."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from pinhook.argv.grammar import OptionTable

_PARSER_STYLES = {
    "pip": {"abbreviations": True, "drops_equals": False},  # optparse
    "uv": {"abbreviations": False, "drops_equals": True},  # clap
    "pipx": {"abbreviations": True, "drops_equals": True},  # argparse
}


@cache
def table(tool: str, subcommand: str, *, permutes: bool = True, skips_unknown: bool = False) -> OptionTable:
    """The options of a subcommand (``pip install``); ``main`` for the options in front of the subcommand."""
    notation = getattr(import_module(f"pinhook.argv.{tool}_options"), subcommand.upper().replace(" ", "_"))
    return OptionTable.of(notation, permutes=permutes, skips_unknown=skips_unknown, **_PARSER_STYLES[tool])
