"""The option table of a subcommand, built when it is first asked for: a hook is a process of a moment."""

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
    """The options of a tool's subcommand (``pip install``); ``main`` for those that stand before it."""
    notation = getattr(import_module(f"pinhook.argv.{tool}_options"), subcommand.upper().replace(" ", "_"))
    return OptionTable.of(notation, permutes=permutes, skips_unknown=skips_unknown, **_PARSER_STYLES[tool])
