"""``pyproject.toml``: the dependencies of a project, and its dependency groups."""

from __future__ import annotations

import re

from pinhook import _compat
from pinhook._startup.lazy_re import regex
from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.requirements.file import Entry, RequirementsFile
from pinhook.requirements.parser import parse_requirement
from pinhook.requirements.patterns import NAME, normalize
from pinhook.requirements.requirement import Direct, Named
from pinhook.source import SourceText, Span

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from pinhook.source import Source

_FIRST_NAME = regex(NAME)


class ProjectError(ValueError):
    """A ``pyproject.toml`` cannot be read. The message is a clause with the reason."""


def parse_project(source: Source, group: str = "") -> RequirementsFile:
    """The dependencies of a project, or of one of its groups, as a requirements file. Raises ``ProjectError``.

    Not included, because something else may decide the version: the project itself, names with a source, a constraint
    or an override in ``tool.uv``, and dynamic dependencies. The TOML parser gives no offsets. The place of an entry is
    the first occurrence of its string after the heading of its table, or else that heading.

    Follows the packaging specifications: ``pyproject.toml``, dependency groups.
    """
    document = _document(source)
    exempt = set(_exempt(document))
    if group:
        strings = list(_of_group(_table(document, "dependency-groups"), group, ()))
        start = _heading(source, "dependency-groups")
    else:
        strings = _strings(_table(document, "project").get("dependencies"))
        start = _heading(source, "project")
    entries = (Entry(text, parse_requirement(text)) for text in (_found(source, each, start) for each in strings))
    return RequirementsFile(source, tuple(each for each in entries if _name(each) not in exempt), is_project=True)


def _document(source: Source) -> dict[str, Any]:
    try:
        return _compat.parse(source.encode())
    except (ValueError, RecursionError) as error:
        raise ProjectError("cannot be read as TOML") from error


def _table(document: dict[str, Any], *keys: str) -> dict[str, Any]:
    """A table in a table; empty if there is none."""
    for key in keys:
        value = document.get(key)
        document = value if isinstance(value, dict) else {}
    return document


def _strings(value: object) -> list[str]:
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []


def _of_group(groups: dict[str, Any], name: str, above: tuple[str, ...]) -> Iterator[str]:
    """The requirements of a group and of the groups that it includes."""
    normalized = normalize(name)
    items = next((items for each, items in groups.items() if normalize(each) == normalized), None)
    if not isinstance(items, list) or name in above:
        raise ProjectError(
            f"has no dependency group {name}" if name not in above else f"has a group {name} that includes itself"
        )
    for item in items:
        if isinstance(item, str):
            yield item
        elif isinstance(item, dict) and isinstance(included := item.get("include-group"), str):
            yield from _of_group(groups, included, (*above, name))


def _exempt(document: dict[str, Any]) -> Iterator[str | None]:
    """The normalized names whose version may be decided by something other than the index and the range."""
    if project_name := _table(document, "project").get("name"):
        yield normalize(str(project_name))
    uv = _table(document, "tool", "uv")
    yield from map(normalize, _table(uv, "sources"))
    for key in ("constraint-dependencies", "override-dependencies"):
        for each in _strings(uv.get(key)):
            if name := _FIRST_NAME.match(each):
                yield normalize(name[0])


def _name(entry: Entry) -> str:
    requirement = entry.requirement
    return (requirement.normalized or "") if isinstance(requirement, Named | Direct) else ""


def _heading(source: Source, table: str) -> int:
    """The offset after the heading of a table; 0 if it is not found."""
    found = re.search(rf"(?m)^[ \t]*\[[ \t]*{table}[ \t]*\]", source.text)
    return found.end() if found else 0


def _found(source: Source, value: str, start: int) -> SourceText:
    """The place of a string."""
    found = re.compile(rf"(?P<quote>[\"'])(?P<value>{re.escape(value)})(?P=quote)").search(source.text, start)
    if found:
        return SourceText.of(source, Span(*found.span("value")))
    return SourceText.of(source, Span(start, start)).decoded(value)
