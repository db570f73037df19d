"""Command-line options: the ways in which they are read (``grammar``), and the tables of the tools (``tables``)."""

from pinhook.argv.grammar import (
    Arity,
    Flaw,
    Option,
    OptionProblem,
    OptionTable,
    Parsed,
    parse,
    starts_unknown,
)
from pinhook.argv.tables import table

__all__ = [
    "Arity",
    "Flaw",
    "Option",
    "OptionProblem",
    "OptionTable",
    "Parsed",
    "parse",
    "starts_unknown",
    "table",
]
