"""The builds of a bake file: ``docker-bake.json``, and ``docker-bake.hcl`` as far as its text says them plainly."""

from __future__ import annotations

import json
import re

from pinhook.following.described import Described, UnclearError
from pinhook.light_re import regex
from pinhook.light_typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

_STRING = r"\"(?:[^\"\\$%]|\\.)*\""
_COMMENT = regex(r"(?m)^\s*(?:#|//).*$")
_HEAD = regex(r"(?m)^[ \t]*target\b")
_TARGET = regex(r"(?ms)^target +\"(?P<name>[^\"]*)\" *\{\s*?$(?P<body>.*?)^\}")
_ATTRIBUTE = regex(
    rf"""(?mx)^\s* (?P<key>context|contexts|dockerfile|dockerfile-inline|inherits|matrix) \s*=\s*
    (?: (?P<string>{_STRING}) \s* (?:(?:\#|//).*)? $
      | (?P<list>\[ (?:\s*{_STRING}\s*,?)* \s*\])
      | (?P<map>\{{ (?:\s*\"?[\w.-]+\"?\s*[=:]\s*{_STRING}\s*,?)* \s*\}})
      | (?P<other>)
    )"""
)
_STRINGS = regex(_STRING)
_PAIR = regex(rf"\"?(?P<key>[\w.-]+)\"?\s*[=:]\s*(?P<value>{_STRING})")
_BRACES = regex(r"\{[^{}]*\}")


def read_json(text: str) -> Iterator[Described]:
    """The targets of a bake file in JSON. Raises ``UnclearError`` where it has another form than the usual one."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnclearError from error
    targets = document.get("target", {}) if isinstance(document, dict) else None
    if not isinstance(targets, dict) or not all(isinstance(each, dict) for each in targets.values()):
        raise UnclearError
    yield from _described(targets)


def read_hcl(text: str) -> Iterator[Described]:
    """The targets of a bake file in HCL; see ``read_json``. What is computed there is unclear."""
    text = _COMMENT.sub("", text)
    found = list(_TARGET.finditer(text))
    if "<<" in text or len(found) != len(_HEAD.findall(text)):
        raise UnclearError
    yield from _described({target["name"]: dict(_attributes(target["body"])) for target in found})


def _attributes(body: str) -> Iterator[tuple[str, Any]]:
    """The attributes of a target that say what is built; those within the braces of another one are not its own."""
    for found in _ATTRIBUTE.finditer(body):
        before = body[: found.start()]
        while (shorter := _BRACES.sub("", before)) != before:
            before = shorter
        if "{" in before:
            continue
        if found["string"]:
            yield found["key"], _value(found["string"])
        elif found["list"]:
            yield found["key"], [_value(each[0]) for each in _STRINGS.finditer(found["list"])]
        elif found["map"]:
            yield found["key"], {each["key"]: _value(each["value"]) for each in _PAIR.finditer(found["map"])}
        else:
            raise UnclearError


def _value(string: str) -> str:
    return re.sub(r"\\(.)", r"\1", string[1:-1])


def _described(targets: dict[str, dict[str, Any]]) -> Iterator[Described]:
    for name in targets:
        target = _inherited(targets, name, ())
        if "matrix" in target:
            raise UnclearError
        if "dockerfile-inline" not in target:
            context, dockerfile = target.get("context", "."), target.get("dockerfile", "Dockerfile")
            named = target["contexts"]
            if not all(isinstance(each, str) for each in (context, dockerfile, *named.values())):
                raise UnclearError
            yield Described(context, dockerfile, named)


def _inherited(targets: dict[str, dict[str, Any]], name: str, below: tuple[str, ...]) -> dict[str, Any]:
    """The attributes of a target, with those that it has from others."""
    if name not in targets or name in below:
        raise UnclearError
    parents, contexts = targets[name].get("inherits", []), targets[name].get("contexts", {})
    if not (isinstance(parents, list) and isinstance(contexts, dict)):
        raise UnclearError
    whole: dict[str, Any] = {"contexts": {}}
    for each in [*(_inherited(targets, str(parent), (*below, name)) for parent in parents), targets[name]]:
        whole = {**whole, **each, "contexts": {**whole["contexts"], **each.get("contexts", {})}}
    return whole
