"""bashlex, without the 70 ms in which it builds its LALR tables anew at every import.

bashlex 0.18 has no way to keep its tables. They are the same every time, so they are kept in ``bashlex_tables``, made
from exactly the files whose checksum stands there; with any other release bashlex builds its own. ``inspect``, which
``bashlex.yacc`` imports and uses only to build tables, takes as long as all of bashlex, and is imported on first use.
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
"""The files of bashlex that decide what its tables are."""


def load_parse() -> Any:
    """``bashlex.parse``."""
    if "bashlex" not in sys.modules:
        spec = importlib.util.find_spec("bashlex")
        if spec and spec.submodule_search_locations:
            _import_with_tables(spec, spec.submodule_search_locations[0])
    return import_module("bashlex").parse


def checksum(folder: str) -> int:
    """A number that changes with the grammar of bashlex. Raises ``OSError`` where its files cannot be read."""
    value = 0
    for name in GRAMMAR_FILES:
        with open(os.path.join(folder, name), "rb") as file:
            value = zlib.crc32(file.read(), value)
    return value


def _import_with_tables(spec: ModuleSpec, folder: str) -> None:
    """Import bashlex with a ``yacc`` that takes its tables from ours; nothing is done when they do not fit."""
    from pinhook.shell import bashlex_tables

    try:
        if checksum(folder) != bashlex_tables.CHECKSUM or spec.loader is None:
            return
    except OSError:  # bashlex is in an archive
        return
    package = importlib.util.module_from_spec(spec)
    sys.modules["bashlex"] = package  # bashlex.yacc alone, before the package imports its parser
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
    """A module that is imported when an attribute of it is first read."""

    def __getattr__(self, name: str) -> Any:
        return getattr(import_module(self.__name__), name)


def _parser(yacc: Any) -> Any:
    """What ``yacc.yacc`` would return: a parser over our tables whose productions call bashlex's functions."""
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
