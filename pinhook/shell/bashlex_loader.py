"""Import bashlex without the 70 ms that it takes to build its LALR tables at every import.

bashlex 0.18 cannot store its tables. They never change, so they are stored in ``bashlex_tables``, with the checksum of
the files that they are made from. With any other release, bashlex builds its tables itself. ``bashlex.yacc`` imports
``inspect`` only to build tables; this takes as long as importing all of bashlex, so it is imported on first use.
"""

from __future__ import annotations

import importlib.util
import os
import sys
import zlib
from importlib import import_module
from types import ModuleType

from pinhook._startup.namedtuple import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.machinery import ModuleSpec
    from typing import Any

GRAMMAR_FILES = ("parser.py", "tokenizer.py", "yacc.py")
"""The files of bashlex that determine its tables."""


def load_parse() -> Any:
    """The function ``bashlex.parse``."""
    if "bashlex" not in sys.modules:
        spec = importlib.util.find_spec("bashlex")
        if spec and spec.submodule_search_locations:
            _import_with_tables(spec, spec.submodule_search_locations[0])
    return import_module("bashlex").parse


def checksum(folder: str) -> int:
    """A checksum of bashlex's grammar. Raises ``OSError`` if its files cannot be read."""
    value = 0
    for name in GRAMMAR_FILES:
        with open(os.path.join(folder, name), "rb") as file:
            value = zlib.crc32(file.read(), value)
    return value


def _import_with_tables(spec: ModuleSpec, folder: str) -> None:
    """Import bashlex with a ``yacc`` that uses the stored tables. Does nothing if they do not match."""
    from pinhook.shell import bashlex_tables

    try:
        if checksum(folder) != bashlex_tables.CHECKSUM or spec.loader is None:
            return
    except OSError:  # bashlex is in an archive
        return
    package = importlib.util.module_from_spec(spec)
    sys.modules["bashlex"] = package  # only bashlex.yacc, before the package imports its parser
    yacc = _import_yacc()
    build, yacc.yacc = yacc.yacc, lambda **_: _parser(yacc)
    try:
        spec.loader.exec_module(package)
    finally:
        yacc.yacc = build


def _import_yacc() -> Any:
    """``bashlex.yacc``, with an ``inspect`` that is imported on first use."""
    if "inspect" in sys.modules:
        return import_module("bashlex.yacc")
    sys.modules["inspect"] = _Deferred("inspect")
    try:
        return import_module("bashlex.yacc")
    finally:
        del sys.modules["inspect"]


class _Deferred(ModuleType):
    """A module that is imported when one of its attributes is first read."""

    def __getattr__(self, name: str) -> Any:
        return getattr(import_module(self.__name__), name)


def _parser(yacc: Any) -> Any:
    """Replaces ``yacc.yacc``: a parser with the stored tables whose productions call bashlex's functions."""
    from pinhook.shell import bashlex_tables

    functions = yacc.get_caller_module_dict(3)
    tables = _Tables()
    tables.lr_action = {state: bashlex_tables.ROWS[row] for state, row in enumerate(bashlex_tables.ACTION)}
    tables.lr_goto = {state: bashlex_tables.ROWS[row] for state, row in enumerate(bashlex_tables.GOTO)}
    tables.lr_productions = [
        yacc.Production(number, name, symbols.split(), func=function)
        for number, (name, symbols, function) in enumerate(bashlex_tables.PRODUCTIONS)
    ]
    for production in tables.lr_productions:
        production.bind(functions)
    return yacc.LRParser(tables, functions["p_error"])


class _Tables:
    lr_action: dict[int, dict[str, int]]
    lr_goto: dict[int, dict[str, int]]
    lr_productions: list[Any]
