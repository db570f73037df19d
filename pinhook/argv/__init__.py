"""Command-line options: the parser (``grammar``) and the option tables of the tools (``tables``)."""

from pinhook.argv.grammar import (
    Arity,
    Option,
    OptionError,
    OptionProblem,
    OptionTable,
    ParsedOptions,
    parse_options,
    starts_unknown,
)
from pinhook.argv.tables import table

__all__ = [
    "Arity",
    "Option",
    "OptionError",
    "OptionProblem",
    "OptionTable",
    "ParsedOptions",
    "parse_options",
    "starts_unknown",
    "table",
]
