"""The options of an install command or a requirements file, and the variables, that decide about versions."""

from __future__ import annotations

import re

from pinhook.installers.invocation import find
from pinhook.light_re import regex
from pinhook.light_typing import TYPE_CHECKING, NamedTuple
from pinhook.options import Parsed, parse, table
from pinhook.shell import SimpleCommand

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pinhook.fix.steps import Step
    from pinhook.options import Option
    from pinhook.shell import Environment
    from pinhook.source import SourceText

_URL = regex(r"https?://[^\s$]+")
_TRUE = {"1", "true", "t", "yes", "y", "on"}
_DEFAULT = ("--default-index", "--index-url")
_EXTRA = ("--index", "--extra-index-url")
_BEST = "unsafe-best-match"
_LONG = {"-i": "--index-url", "-f": "--find-links", "-p": "--python"}  # uv's table has the letters by themselves
_INTERPRETER = regex(r"(?:^|[\s/])(?:python|pip)-?(?P<version>3\.[0-9]{1,2})(?=[\s'\"]|$)")


class UnclearError(Exception):
    """A command whose choice of versions only the build knows; the message is a clause that says why."""


class Choice(NamedTuple):
    """Where a command looks for versions, and which it may take.

    ``default`` and ``extra`` are URLs of indexes, ``links`` those of pages, ``hosts`` those that are trusted without a
    certificate. ``strategy`` and ``cutoff`` are values of ``--index-strategy`` and ``--exclude-newer``. ``python`` is
    the version of an interpreter that the command names.
    """

    default: str = ""
    extra: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    strategy: str = ""
    cutoff: str = ""
    prereleases: bool = False
    python: str = ""


def choice_of(step: Step) -> Choice:
    """What a step says about versions. Raises ``UnclearError``."""
    given = _given(step)
    is_uv = step.installation is not None and step.installation.installer.startswith("uv")
    # pip takes the best of all indexes, uv what the first of them has
    return _choice(given, "" if is_uv else _BEST)._replace(python=_python(step, given))


def choice_of_lines(options: Iterable[Option]) -> Choice:
    """What the options of a requirements file say about versions. Raises ``UnclearError``."""
    given: _Given = {}
    for option in options:
        given.setdefault(option.name, []).append(option.value)
    return _choice(given, _BEST)


_Given = dict[str, list["SourceText | None"]]


def _choice(given: _Given, strategy: str) -> Choice:
    if "--no-index" in given:
        raise UnclearError("no index is asked (--no-index)")
    default = _urls(given, _DEFAULT)
    return Choice(
        default=default[-1] if default else "",
        extra=_urls(given, _EXTRA),
        links=_urls(given, ("--find-links",)),
        hosts=tuple(_literals(given, ("--trusted-host",))),
        strategy=next(iter(_literals(given, ("--index-strategy",))), strategy),
        cutoff=next(iter(_literals(given, ("--exclude-newer", "--uploaded-prior-to"))), ""),
        prereleases="--pre" in given or list(_literals(given, ("--prerelease",))) == ["allow"],
    )


def _given(step: Step) -> _Given:
    """The values of the options, by their names; the variables that stand for them first."""
    found: _Given = {}
    if not isinstance(step.outcome, SimpleCommand) or not step.installation:
        return found
    installer, subcommand = step.installation.installer, step.installation.subcommand
    prefix = "UV" if installer.startswith("uv") else "PIP"
    for name, value in _variables(step.outcome.environment, prefix):
        found.setdefault(name, []).append(value)
    invocation = find(step.outcome)  # none where an unknown word stands in front
    words = invocation.words if invocation else tuple(argument.text for argument in step.outcome.arguments)
    for option in _parse(installer, subcommand, words).options:
        found.setdefault(_LONG.get(option.name, option.name), []).append(option.value)
    return found


def _parse(installer: str, subcommand: str, words: tuple[SourceText, ...]) -> Parsed:
    """The options of the whole command line; the subcommands among them are positional arguments."""
    program, _, level = installer.partition(" ")
    if program not in {"pip", "uv", "pipx"} or not subcommand:
        return Parsed((), (), 0, ())
    behind = next((at for at, word in enumerate(words) if str(word) == subcommand), -1)
    rest = words if program == "pip" else words[behind + 1 :]
    is_tool = subcommand == "run"
    return parse(table(program, f"{level} {subcommand}".strip(), permutes=not is_tool), rest)


def _variables(environment: Environment, prefix: str) -> Iterator[tuple[str, SourceText | None]]:
    names = (*_DEFAULT, *_EXTRA, "--find-links", "--trusted-host", "--no-index", "--pre", "--prerelease")
    for name in (*names, "--index-strategy", "--exclude-newer", "--uploaded-prior-to"):
        for value in environment.get(prefix + name[1:].replace("-", "_").upper(), ()):
            if name not in {"--no-index", "--pre"} or str(value).lower() in _TRUE:
                yield name, value


def _literals(given: Mapping[str, list[SourceText | None]], names: tuple[str, ...]) -> Iterator[str]:
    """The words of some options. Raises ``UnclearError`` for one that is not known."""
    for name in names:
        for value in given.get(name, []):
            if value is not None and not value.is_known:
                raise UnclearError(f"only the build knows the value of {name}")
            yield from str(value or "").split()


def _urls(given: Mapping[str, list[SourceText | None]], names: tuple[str, ...]) -> tuple[str, ...]:
    """The URLs among them. Raises ``UnclearError`` for a path, which is one of the image."""
    words = [re.sub(r"^[\w.-]+=(?=\w+:)", "", word) for word in _literals(given, names)]
    for word in words:
        if not _URL.fullmatch(word):
            raise UnclearError(f"{names[-1]} names a folder, which may be another one where it is installed")
    return tuple(words)


def _python(step: Step, given: Mapping[str, list[SourceText | None]]) -> str:
    """The interpreter that is named: ``--python 3.12``, ``python3.12 -m pip``, ``pip3.12``."""
    for value in (*given.get("--python", []), *given.get("--python-version", [])):
        if found := re.fullmatch(r"(?:python)?(3\.[0-9]+(?:\.[0-9]+)?)", str(value)):
            return found[1]
    if isinstance(step.outcome, SimpleCommand):
        named = _INTERPRETER.search(" ".join(str(argument) for argument in step.outcome.arguments[:1]))
        return named["version"] if named else ""
    return ""
