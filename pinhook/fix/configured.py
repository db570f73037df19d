"""The configuration that a Dockerfile gives to an installer before a command, as far as its text contains it."""

from __future__ import annotations

import re
from functools import partial

from pinhook import dockerfile
from pinhook._startup.lazy_re import regex
from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.dockerfile.expansion import expand
from pinhook.dockerfile.words import split_fields
from pinhook.fix.given_options import is_on, variables_of
from pinhook.installers.invocation import find_invocation
from pinhook.shell import SimpleCommand

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pinhook.fix.given_options import OptionValue
    from pinhook.fix.steps import Step
    from pinhook.source import SourceText

_FILE = regex(r"(?<![\w.-])(?:pip\.(?:conf|ini)|uv\.toml)(?![\w-]|\.\w)|\.config/(?:pip|uv)\b|/\.pip\b")
_SECRET = regex(r"env=(?P<name>(?:PIP|UV)_\w+)")
_KEY = regex(r"(?:global|install|download|wheel|user|:env:)\.(?P<name>[\w-]+)")
_VARIABLES = variables_of("pip") | variables_of("uv")


class Configured(NamedTuple):
    """Options set by ``pip config set``: names and values. ``reason`` is a clause why they are unknown, or empty."""

    given: tuple[OptionValue, ...] = ()
    reason: str = ""


def configurations(parsed: dockerfile.Dockerfile, steps: Sequence[Step]) -> list[Configured]:
    """The configuration at each step. A stage that is based on an earlier one starts with its configuration."""
    by_instruction: dict[int, list[Step]] = {}
    for step in steps:
        by_instruction.setdefault(step.instruction_number, []).append(step)
    found: list[Configured] = []
    stages: dict[str, Configured] = {}
    state = Configured()
    names: list[str] = []
    first: dockerfile.StageScope | None = None
    for number, (instruction, (inner, scope)) in enumerate(
        zip(parsed.instructions, dockerfile.walk(parsed), strict=True)
    ):
        if instruction.keyword == "FROM":
            first = first or scope
            value = partial(expand, variables=first.variables, escape=parsed.escape, budget=scope.budget)
            start = dockerfile.parse_from(instruction, value)
            state, names = stages.get(start.base, Configured()), list(filter(None, [start.name]))
        state = state._replace(reason=state.reason or _reason(parsed, instruction, inner, scope))
        for step in by_instruction.get(number, ()):
            found.append(state)
            state = after(state, step)
        stages |= dict.fromkeys(names, state)
    return found


def _reason(
    parsed: dockerfile.Dockerfile,
    instruction: dockerfile.Instruction,
    inner: dockerfile.Instruction,
    scope: dockerfile.StageScope,
) -> str:
    """Why an instruction may configure an index in an unknown way."""
    text = parsed.source.text[slice(*instruction.span)]
    if file := _FILE.search(text):
        return f"{file[0]} may name another index"
    for mount in (str(flag) for flag in inner.flags if str(flag).startswith("--mount=")):
        if secret := next(filter(None, map(_SECRET.fullmatch, mount.split(","))), None):
            return f"only the build knows the value of {secret['name']}"
    for field in split_fields(inner.arguments) if inner.keyword == "ARG" else ():
        if str(field) in _VARIABLES and scope.variables.get(str(field)) is None:
            return f"only the build knows the value of {field}"
    return ""


def after(state: Configured, step: Step) -> Configured:
    """The configuration after a step such as ``pip config set global.index-url URL``."""
    invocation = find_invocation(step.item) if isinstance(step.item, SimpleCommand) else None
    words = invocation.words if invocation and invocation.program == "pip" else ()
    texts = [str(word) for word in words if not str(word).startswith("-")]
    if texts[:1] != ["config"] or texts[1:2] in (["list"], ["get"], ["debug"]):
        return state
    key = _KEY.fullmatch(texts[2]) if len(texts) == 4 and texts[1] == "set" else None
    if key is None:
        return state._replace(reason=state.reason or f"pip {' '.join(texts[:2])} may name another index")
    name, value = "--" + key["name"].replace("_", "-").lower(), _last(words)
    others = tuple(each for each in state.given if each[0] != name)
    is_set = name in _VARIABLES.values() and is_on(name, value)
    return state._replace(given=(*others, (name, value)) if is_set else others)


def _last(words: Sequence[SourceText]) -> SourceText:
    """The value: the last word that is not an option."""
    return next(word for word in reversed(words) if not re.match("-", str(word)))
