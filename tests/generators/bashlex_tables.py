"""Write ``pinhook/shell/bashlex_tables.py``: the LALR tables of the installed bashlex.

python -m tests.generators.bashlex_tables
"""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import Any

import bashlex
import bashlex.parser
from bashlex import yacc

from pinhook.shell.bashlex_loader import checksum

TARGET = Path(__file__).parents[2] / "pinhook" / "shell" / "bashlex_tables.py"

HEADER = '''"""The LALR tables of bashlex {version}, as its ``yacc`` computes them.

Written by ``python -m tests.generators.bashlex_tables``; not to be edited. ``ACTION`` and ``GOTO`` give the row of
each state; ``PRODUCTIONS`` are name, symbols and function.
"""

# fmt: off
# ruff: noqa: E501

CHECKSUM = {checksum}
'''


def built_parser() -> Any:
    """The parser as bashlex builds it, without our tables."""
    module = vars(bashlex.parser)
    reflection = yacc.ParserReflect(module)
    reflection.get_all()
    grammar = yacc.Grammar(reflection.tokens)
    reflection.validate_all()
    for term, associativity, level in reflection.preclist:
        grammar.set_precedence(term, associativity, level)
    for function, (file, line, name, symbols) in reflection.grammar:
        grammar.add_production(name, symbols, function, file, line)
    grammar.set_start(reflection.start)
    grammar.unused_terminals(), grammar.unused_rules(), grammar.find_unreachable(), grammar.infinite_cycles()
    tables = yacc.LRTable(grammar)
    tables.bind_callables(module)
    return yacc.LRParser(tables, reflection.error_func)


def module() -> str:
    """The text of the module."""
    parser = built_parser()
    rows: dict[tuple[tuple[str, int], ...], int] = {}

    def row(entries: dict[str, int]) -> int:
        return rows.setdefault(tuple(sorted(entries.items())), len(rows))

    states = range(len(parser.action))
    action = [row(parser.action[state]) for state in states]
    goto = [row(parser.goto.get(state, {})) for state in states]
    productions = [(p.name, " ".join(p.prod), p.func) for p in parser.productions]
    folder = str(Path(bashlex.__file__).parent)
    parts = [HEADER.format(version="0.18", checksum=checksum(folder))]
    parts.append(_constant("ROWS", [dict(entries) for entries in rows]))
    parts += [_constant("ACTION", action), _constant("GOTO", goto), _constant("PRODUCTIONS", productions)]
    return "\n".join(parts)


def _constant(name: str, values: list[Any]) -> str:
    """One value a line; numbers as many as fit."""
    lines = [f"{value!r}," for value in values]
    if isinstance(values[0], int):
        lines = textwrap.wrap(" ".join(lines), 110)
    return "\n".join([f"{name} = [", *("    " + line for line in lines), "]", ""])


if __name__ == "__main__":
    TARGET.write_text(module(), encoding="utf-8")
