"""The regular expressions of the package, found in its modules, with the methods that they are used by."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pinhook
from pinhook._startup.lazy_re import regex

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

SEARCHES = {"search", "finditer", "findall", "sub", "split"}
METHODS = SEARCHES | {"match", "fullmatch"}
PATTERNS: tuple[type, ...] = (re.Pattern, type(regex("")))


class Use(NamedTuple):
    """A pattern with its flags, and a method that it is used by: ``match``, ``fullmatch`` or ``finditer``."""

    name: str
    pattern: str
    flags: int
    method: str


def modules() -> Iterator[ModuleType]:
    """All modules of the package."""
    for module in pkgutil.walk_packages(pinhook.__path__, "pinhook."):
        if not module.name.endswith("__main__"):
            yield importlib.import_module(module.name)


def uses(module: ModuleType) -> set[Use]:
    """The patterns of a module: its global ones, those within its tables, and those that its functions name."""
    tree = ast.parse(_source(module))
    methods = _methods(tree)
    found = set(_inline(module, tree))
    for name, value in vars(module).items():
        for field, pattern in _patterns(value):
            by_field = methods.get(field or "", set()) if pattern is not value else set()
            for method in methods.get(name, set()) | by_field:
                found.add(_use(f"{module.__name__}.{name}", pattern.pattern, pattern.flags, method))
    return found


def _source(module: ModuleType) -> str:
    return Path(str(module.__file__)).read_text(encoding="utf-8")


def _use(name: str, pattern: str | bytes, flags: int, method: str) -> Use:
    text = pattern.decode("latin-1") if isinstance(pattern, bytes) else pattern
    return Use(name, text, int(flags) & ~re.UNICODE, "finditer" if method in SEARCHES else method)


def _methods(tree: ast.Module) -> dict[str, set[str]]:
    """By a pattern's name, or that of its field, the methods that it is used by.

    By an empty name those of what has neither.
    """
    methods: dict[str, set[str]] = {"": {"match", "fullmatch"}}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in METHODS:
            owner = node.value
            name = owner.id if isinstance(owner, ast.Name) else f".{getattr(owner, 'attr', '')}"
            methods.setdefault(name, set()).add(node.attr)
    tabled = [found for name, found in methods.items() if not name.lstrip("_").isupper() and name[:1] != "."]
    methods[""] = set().union(*tabled) - {"split"}
    return methods


def _patterns(value: Any, field: str = "", depth: int = 5) -> Iterator[tuple[str, Any]]:
    """The patterns in a value, each with the field of the named tuple that it is, if it is one."""
    if isinstance(value, PATTERNS):
        yield field, value
    elif depth and isinstance(value, dict):
        yield from _patterns([*value.values()], "", depth)
    elif depth and isinstance(value, (list, tuple, set, frozenset)):
        fields = getattr(value, "_fields", [""] * len(value))
        for name, each in zip(fields, value, strict=True):
            yield from _patterns(each, f".{name}" if name else "", depth - 1)


def _inline(module: ModuleType, tree: ast.Module) -> Iterator[Use]:
    """The patterns that are arguments of the functions of ``re``."""
    for call in _calls(tree):
        pattern = _value(call.args[0], module)
        for method in {call.func.attr} & METHODS or {"match", "finditer"}:  # type: ignore[attr-defined]
            if pattern is not None:
                yield _use(f"{module.__name__}:{call.lineno}", pattern, _flags(call), method)


def _calls(tree: ast.Module) -> Iterator[ast.Call]:
    """The calls of functions of ``re`` that take a pattern."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner, method = node.func.value, node.func.attr
            if isinstance(owner, ast.Name) and owner.id == "re" and method in {*METHODS, "compile"}:
                yield node


def makes_patterns(module: ModuleType) -> bool:
    """Whether a module makes a pattern of what it only knows while it runs."""
    return any(_value(call.args[0], module) is None for call in _calls(ast.parse(_source(module))))


def _value(node: ast.expr, module: ModuleType) -> Any:
    """The value of an expression of global names; ``None`` where a local one is in it."""
    try:
        value = eval(ast.unparse(node), vars(module))
    except NameError:
        return None
    return getattr(value, "pattern", value) if isinstance(value, (str, bytes, *PATTERNS)) else None


def _flags(node: ast.Call) -> int:
    names = [each.attr for each in ast.walk(node) if isinstance(each, ast.Attribute) and each.attr.isupper()]
    return sum(getattr(re, name) for name in names if hasattr(re, name))
