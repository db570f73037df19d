"""The options and environment variables of an install command or a requirements file that influence its versions."""

from __future__ import annotations

import re
from datetime import datetime
from urllib.parse import urlsplit

from pinhook._startup.lazy_re import regex
from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.argv import ParsedOptions, parse_options, table
from pinhook.installers.invocation import find_invocation
from pinhook.shell import SimpleCommand

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from typing import TypeAlias

    from pinhook.argv import Option
    from pinhook.fix.steps import Step
    from pinhook.shell import Environment
    from pinhook.source import SourceText

    Given: TypeAlias = tuple[str, SourceText | None]
    """An option from a file or a variable, and its value."""

_URL = regex(r"https?://[^\s$]+")
_TRUE = {"1", "true", "t", "yes", "y", "on"}
_DEFAULT = ("--default-index", "--index-url")
_EXTRA = ("--index", "--extra-index-url")
_BEST = "unsafe-best-match"
_STRATEGIES = frozenset({"", "first-index", "first-match", "unsafe-first-match", _BEST})
_PRERELEASES = frozenset({"allow", "if-necessary-or-explicit"})
_LONG = {"-i": "--index-url", "-f": "--find-links", "-p": "--python"}  # uv's table has the letters as separate options
_INTERPRETER = regex(r"(?:^|[\s/])(?:python|pip)-?(?P<version>3\.[0-9]{1,2})(?=[\s'\"]|$)")
_PYTHON = regex(r"(?:python)?(?P<version>3\.[0-9]{1,2}(?:\.[0-9]{1,2})?)")
_PARAMETER = regex(r"\$\{?\w+\}?")
_PROJECT = regex(r"[\w.-]+")
_HOST = regex(r"[\w.:\[\]-]+")
_INDEX_OPTION = regex(r"-[if]|--(?:(?:default-|extra-)?index(?:-url)?|find-links|source|pypi-mirror|pre)(?:=.*)?")
_DAY = regex(r"\d{4}-\d{2}-\d{2}")
_TIME = regex(r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?P<zone>[Zz]|[+-]\d{2}:\d{2})?")

_CUTOFFS = ("--exclude-newer", "--uploaded-prior-to")
_UNREPEATABLE = frozenset({
    "--abi", "--all-releases", "--build-constraint", "--build-constraints", "--config-file", "--exclude",
    "--exclude-newer-package", "--excludes", "--group", "--ignore-requires-python", "--implementation",
    "--no-binary-package", "--no-build-package", "--only-deps", "--only-final", "--override", "--overrides",
    "--platform", "--prefer-binary", "--python-platform", "--require-hashes", "--requirements-from-script",
    "--resolution", "--torch-backend", "--use-deprecated", "--with-editable",
})  # fmt: skip
"""Options that influence versions and have no equivalent in uv."""

_HARMLESS = {"--resolution": "highest"}
"""Values of such options that change nothing."""

_FLAGS = frozenset({
    "--ignore-requires-python", "--no-build", "--no-deps", "--no-index", "--pre", "--prefer-binary", "--require-hashes",
})  # fmt: skip
"""Options whose variables are true or false."""

_OF_VARIABLES = (
    *_DEFAULT, *_EXTRA, "--find-links", "--trusted-host", "--prerelease", "--index-strategy", *_CUTOFFS,
    "--no-binary", "--only-binary", "--python", "--python-version",
    *sorted(_FLAGS | _UNREPEATABLE - {"--config-file", "--exclude", "--group"}),
)  # fmt: skip
"""Options that can be set by a variable."""


class UndecidableOptionsError(Exception):
    """Only the build knows which versions a command chooses. The message is a clause with the reason."""


class IndexOptions(NamedTuple):
    """Where a command looks for versions, and which versions it accepts.

    ``default``, ``extra``    URLs of indexes
    ``links``                 URLs of pages
    ``hosts``                 hosts that are trusted without a certificate
    ``strategy``, ``cutoff``   values of ``--index-strategy`` and ``--exclude-newer``
    ``only_wheels``           the projects that need a wheel, or ``:all:``
    ``no_wheels``             the projects that need a source distribution, or ``:all:``
    ``no_deps``               dependencies are neither installed nor checked
    ``python``                the version of an interpreter that the command names
    ``caveats``               clauses about further sources that are not asked
    """

    default: str = ""
    extra: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    strategy: str = ""
    cutoff: str = ""
    prereleases: bool = False
    only_wheels: tuple[str, ...] = ()
    no_wheels: tuple[str, ...] = ()
    no_deps: bool = False
    python: str = ""
    caveats: tuple[str, ...] = ()

    @property
    def default_only(self) -> IndexOptions:
        """The options without further sources of versions, if the best version of all sources is taken."""
        return self._replace(extra=(), links=()) if self.strategy == _BEST else self


def index_options_of(step: Step, configured: Iterable[Given] = (), options: Iterable[Option] = ()) -> IndexOptions:
    """The options of a step. Raises ``UndecidableOptionsError``.

    ``configured`` is the configuration of its installer. ``options`` are those of the requirements files that it names.
    """
    given = _given(step, configured)
    is_uv = step.installation is not None and step.installation.installer.startswith("uv")
    for option in options:
        given.setdefault(option.name, []).append(option.value)
    for name in ("--python-version",) if not is_uv else ():
        if name in given:
            raise UndecidableOptionsError(_unrepeatable(name))  # pip evaluates markers for its own Python
    # pip takes the best version of all indexes, uv the best version of the first one
    return _index_options(given, "" if is_uv else _BEST)._replace(python=_python(step, given))


def index_options_of_file(options: Iterable[Option]) -> IndexOptions:
    """The options of a requirements file. Raises ``UndecidableOptionsError``."""
    given: _Given = {}
    for option in options:
        given.setdefault(option.name, []).append(option.value)
    return _index_options(given, _BEST)


_Given = dict[str, list["SourceText | None"]]


def _index_options(given: _Given, strategy: str) -> IndexOptions:
    if "--no-index" in given:
        raise UndecidableOptionsError("no index is used (--no-index)")
    for name, values in given.items():
        is_harmless = all(str(value) == _HARMLESS.get(name) for value in values)
        if name in _UNREPEATABLE and not is_harmless:
            raise UndecidableOptionsError(_unrepeatable(name))
    default = _urls(given, _DEFAULT)
    only_wheels, no_wheels = _projects(given, "--only-binary", "--no-build"), _projects(given, "--no-binary", "")
    if only_wheels and no_wheels:  # the last one counts for each project, wherever it was set
        raise UndecidableOptionsError(_unrepeatable("--no-binary beside --only-binary"))
    extra, caveats = _further_urls(given, _EXTRA, strategy)
    links, caveats_of_links = _further_urls(given, ("--find-links",), strategy)
    return IndexOptions(
        default=default[-1] if default else "",
        extra=extra,
        links=links,
        caveats=(*caveats, *caveats_of_links),
        hosts=tuple(_words(given, "--trusted-host", _HOST.fullmatch)),
        strategy=next(reversed(_words(given, "--index-strategy", _STRATEGIES.__contains__)), strategy),
        cutoff=_cutoff(given),
        prereleases="--pre" in given or "allow" in _words(given, "--prerelease", _PRERELEASES.__contains__),
        only_wheels=only_wheels,
        no_wheels=no_wheels,
        no_deps="--no-deps" in given,
    )


def _unrepeatable(name: str) -> str:
    return f"{name} influences versions, and uv has no equivalent"


def _words(given: _Given, name: str, is_known: Callable[[str], object]) -> list[str]:
    """The values of an option. Raises ``UndecidableOptionsError`` for a value that uv does not accept."""
    words = list(_literals(given, (name,)))
    if bad := next((word for word in words if not is_known(word)), None):
        raise UndecidableOptionsError(f"{name} has the value {bad}, which uv does not accept")
    return words


def _projects(given: _Given, name: str, flag: str) -> tuple[str, ...]:
    """The projects in the values of an option. ``flag`` is the name of an option that is short for all of them.

    value = ":all:" / ":none:" / project *("," project)
    """
    found: list[str] = [":all:"] if flag in given or None in given.get(name, ()) else []
    for value in _literals(given, (name,)):
        for word in filter(None, value.split(",")):
            is_project = _PROJECT.fullmatch(word) and word.lower() not in _TRUE  # UV_NO_BINARY=1
            if word not in {":none:", ":all:"} and not is_project:
                raise UndecidableOptionsError(_unrepeatable(f"{name}={word}"))
            found = [] if word == ":none:" else [*found, word]
    return (":all:",) if ":all:" in found else tuple(dict.fromkeys(found))


def _cutoff(given: _Given) -> str:
    """The time after which releases are ignored. In pip, a day starts at midnight in the time zone of the image.

    Raises ``UndecidableOptionsError`` for other values, for example a duration.
    """
    for name in _CUTOFFS:
        for value in given.get(name, [])[-1:]:
            text = str(value) if value is not None and value.is_known else ""
            time = _TIME.fullmatch(text)
            if not _is_day(text[:10]) or not (time or len(text) == len("2025-01-01")):
                raise UndecidableOptionsError(
                    f"{name} has a value that is neither a date nor a time of a day: {text or value}"
                )
            if time:
                return text.replace(" ", "T") + ("" if time["zone"] else "Z")
            return text if name == "--exclude-newer" else f"{text}T00:00:00Z"
    return ""


def _is_day(text: str) -> bool:
    try:
        return bool(_DAY.fullmatch(text) and datetime.fromisoformat(text))
    except ValueError:
        return False


def _given(step: Step, configured: Iterable[Given]) -> _Given:
    """The values of the options, by name. Those of files and variables come first and have a lower priority."""
    found: _Given = {}
    if not isinstance(step.item, SimpleCommand) or not step.installation:
        return found
    installer, subcommand = step.installation.installer, step.installation.subcommand
    invocation = find_invocation(step.item)  # none if an unknown word is in front
    words = invocation.words if invocation else tuple(argument.text for argument in step.item.arguments)
    parsed = _parse(installer, subcommand, words)
    if "--isolated" not in {option.name for option in parsed.options}:
        prefix = "UV" if installer.startswith("uv") else "PIP"
        for name, value in (*configured, *_variables(step.item.environment, prefix)):
            found.setdefault(name, []).append(value)
    for option in (*parsed.options, *_pip_arguments(parsed)):
        found.setdefault(_LONG.get(option.name, option.name), []).append(option.value)
    return found


def _pip_arguments(parsed: ParsedOptions) -> Iterator[Option]:
    """The options in the value of pipx's ``--pip-args``, a string of words for pip."""
    for value in parsed.values("--pip-args"):
        if not value.is_known:
            raise UndecidableOptionsError(_unknown("--pip-args", value))
        yield from parse_options(table("pip", "install"), value.words()).options


def _parse(installer: str, subcommand: str, words: tuple[SourceText, ...]) -> ParsedOptions:
    """The options of the whole command line. Its subcommands are positional arguments.

    Raises ``UndecidableOptionsError`` for another program with an option that may name an index.
    """
    program, _, level = installer.partition(" ")
    if program not in {"pip", "uv", "pipx"}:
        if option := next(filter(_INDEX_OPTION.fullmatch, map(str, words)), None):
            raise UndecidableOptionsError(f"{program} may look elsewhere for versions ({option})")
        return ParsedOptions((), (), 0, ())
    if not subcommand:
        return ParsedOptions((), (), 0, ())
    behind = next((at for at, word in enumerate(words) if str(word) == subcommand), -1)
    rest = words if program == "pip" else words[behind + 1 :]
    is_tool = subcommand == "run"
    return parse_options(table(program, f"{level} {subcommand}".strip(), permutes=not is_tool), rest)


def variables_of(installer: str) -> dict[str, str]:
    """The variables for options of an installer, and those options."""
    prefix = "UV" if installer.startswith("uv") else "PIP"
    return {prefix + name[1:].replace("-", "_").upper(): name for name in _OF_VARIABLES}


def _variables(environment: Environment, prefix: str) -> Iterator[tuple[str, SourceText | None]]:
    """The options set by variables.

    Raises ``UndecidableOptionsError`` if a value cannot be decided.
    """
    for variable, name in variables_of(prefix.lower()).items():
        values = environment.get(variable, ())
        if len({str(value) for value in values}) > 1:
            raise UndecidableOptionsError(f"{variable} has one of several values")
        for value in values:
            if not value.is_known:
                raise UndecidableOptionsError(_unknown(variable, value))
            if is_on(name, value):
                yield name, value
    for value in environment.get(f"{prefix}_CONFIG_FILE", ()):
        if str(value) not in {"", "/dev/null"}:
            raise UndecidableOptionsError(f"{prefix}_CONFIG_FILE={value} may name another index")


def is_on(name: str, value: SourceText) -> bool:
    """Whether a value in a file or a variable turns an option on."""
    return bool(str(value)) and (name not in _FLAGS or not value.is_known or str(value).lower() in _TRUE)


def _unknown(name: str, value: SourceText) -> str:
    """Why a value is unknown, with the variables in it that have no value."""
    parameters = ", ".join(dict.fromkeys(_PARAMETER.findall(str(value))))
    return f"only the build knows the value of {name}" + (f" ({parameters})" if parameters else "")


def _literals(given: Mapping[str, list[SourceText | None]], names: tuple[str, ...]) -> Iterator[str]:
    """The words of some options. Raises ``UndecidableOptionsError`` if one is unknown."""
    for name in names:
        for value in given.get(name, []):
            if value is not None and not value.is_known:
                raise UndecidableOptionsError(_unknown(name, value))
            yield from str(value or "").split()


def _urls(given: Mapping[str, list[SourceText | None]], names: tuple[str, ...]) -> tuple[str, ...]:
    """The URLs among the values. Raises ``UndecidableOptionsError`` for a path, which is a path of the image."""
    words = [re.sub(r"^[\w.-]+=(?=\w+:)", "", word) for word in _literals(given, names)]
    for word in words:
        if not _URL.fullmatch(word):
            raise UndecidableOptionsError(f"{names[-1]} names a folder, which is not known here")
        if not _has_host(word):
            raise UndecidableOptionsError(f"{names[-1]} has a value that is not a URL")
    return tuple(words)


def _further_urls(given: _Given, names: tuple[str, ...], strategy: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The URLs of further sources of versions, and clauses about those that cannot be asked.

    pip asks all sources, so the others still have a version. uv may ask the others for nothing: raises
    ``UndecidableOptionsError``.
    """
    urls: list[str] = []
    caveats: list[str] = []
    for name in names:
        for value in given.get(name, []):
            try:
                urls += _urls({name: [value]}, (name,))
            except UndecidableOptionsError as error:
                if strategy != _BEST:
                    raise
                caveats.append(f"{error}, and it may have newer versions")
    return tuple(urls), tuple(dict.fromkeys(caveats))


def _has_host(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        return False


def _python(step: Step, given: Mapping[str, list[SourceText | None]]) -> str:
    """The interpreter in the command: ``--python 3.12``, ``python3.12 -m pip``, ``pip3.12``."""
    for value in (*given.get("--python", []), *given.get("--python-version", [])):
        if found := _PYTHON.fullmatch(str(value)):
            return found["version"]
    if isinstance(step.item, SimpleCommand):
        named = _INTERPRETER.search(" ".join(str(argument) for argument in step.item.arguments[:1]))
        return named["version"] if named else ""
    return ""
