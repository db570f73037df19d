"""Where an install command or a requirements file looks for versions, by its options: ``IndexOptions``."""

from __future__ import annotations

import re
from datetime import datetime
from urllib.parse import urlsplit

from pinhook._startup.lazy_re import regex
from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.fix.given_options import (
    CUTOFFS,
    DEFAULT_INDEX,
    FURTHER_INDEXES,
    TRUE,
    UNREPEATABLE,
    UndecidableOptionsError,
    given_options,
    literals,
)
from pinhook.shell import SimpleCommand

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pinhook.argv import Option
    from pinhook.fix.given_options import GivenOptions, OptionValue
    from pinhook.fix.steps import Step

_URL = regex(r"https?://[^\s$]+")
_BEST = "unsafe-best-match"
_STRATEGIES = frozenset({"", "first-index", "first-match", "unsafe-first-match", _BEST})
_PRERELEASES = frozenset({"allow", "if-necessary-or-explicit"})
_INTERPRETER = regex(r"(?:^|[\s/])(?:python|pip)-?(?P<version>3\.[0-9]{1,2})(?=[\s'\"]|$)")
_PYTHON = regex(r"(?:python)?(?P<version>3\.[0-9]{1,2}(?:\.[0-9]{1,2})?)")
_PROJECT = regex(r"[\w.-]+")
_HOST = regex(r"[\w.:\[\]-]+")
_DAY = regex(r"\d{4}-\d{2}-\d{2}")
_TIME = regex(r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?P<zone>[Zz]|[+-]\d{2}:\d{2})?")

_HARMLESS = {"--resolution": "highest"}
"""Values of options in ``UNREPEATABLE`` that change nothing."""


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


def index_options_of(
    step: Step, configured: Iterable[OptionValue] = (), options: Iterable[Option] = ()
) -> IndexOptions:
    """The options of a step. Raises ``UndecidableOptionsError``.

    ``configured`` is the configuration of its installer. ``options`` are those of the requirements files that it names.
    """
    given = given_options(step, configured)
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
    given: GivenOptions = {}
    for option in options:
        given.setdefault(option.name, []).append(option.value)
    return _index_options(given, _BEST)


def _index_options(given: GivenOptions, strategy: str) -> IndexOptions:
    if "--no-index" in given:
        raise UndecidableOptionsError("no index is used (--no-index)")
    for name, values in given.items():
        is_harmless = all(str(value) == _HARMLESS.get(name) for value in values)
        if name in UNREPEATABLE and not is_harmless:
            raise UndecidableOptionsError(_unrepeatable(name))
    default = _urls(given, DEFAULT_INDEX)
    only_wheels, no_wheels = _projects(given, "--only-binary", "--no-build"), _projects(given, "--no-binary", "")
    if only_wheels and no_wheels:  # the last one counts for each project, wherever it was set
        raise UndecidableOptionsError(_unrepeatable("--no-binary beside --only-binary"))
    extra, caveats = _further_urls(given, FURTHER_INDEXES, strategy)
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


def _words(given: GivenOptions, name: str, is_known: Callable[[str], object]) -> list[str]:
    """The values of an option. Raises ``UndecidableOptionsError`` for a value that uv does not accept."""
    words = list(literals(given, (name,)))
    if bad := next((word for word in words if not is_known(word)), None):
        raise UndecidableOptionsError(f"{name} has the value {bad}, which uv does not accept")
    return words


def _projects(given: GivenOptions, name: str, flag: str) -> tuple[str, ...]:
    """The projects in the values of an option. ``flag`` is the name of an option that is short for all of them.

    value = ":all:" / ":none:" / project *("," project)
    """
    found: list[str] = [":all:"] if flag in given or None in given.get(name, ()) else []
    for value in literals(given, (name,)):
        for word in filter(None, value.split(",")):
            is_project = _PROJECT.fullmatch(word) and word.lower() not in TRUE  # UV_NO_BINARY=1
            if word not in {":none:", ":all:"} and not is_project:
                raise UndecidableOptionsError(_unrepeatable(f"{name}={word}"))
            found = [] if word == ":none:" else [*found, word]
    return (":all:",) if ":all:" in found else tuple(dict.fromkeys(found))


def _cutoff(given: GivenOptions) -> str:
    """The time after which releases are ignored. In pip, a day starts at midnight in the time zone of the image.

    Raises ``UndecidableOptionsError`` for other values, for example a duration.
    """
    for name in CUTOFFS:
        for value in given.get(name, [])[-1:]:
            text = str(value) if value is not None and value.is_known else ""
            time = _TIME.fullmatch(text)
            if not _is_day(text[:10]) or not (time or len(text) == len("2025-01-01")):
                raise UndecidableOptionsError(
                    f"{name} has a value that is neither a date nor a date with a time: {text or value}"
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


def _urls(given: GivenOptions, names: tuple[str, ...]) -> tuple[str, ...]:
    """The URLs among the values. Raises ``UndecidableOptionsError`` for a path, which is a path of the image."""
    words = [re.sub(r"^[\w.-]+=(?=\w+:)", "", word) for word in literals(given, names)]
    for word in words:
        if not _URL.fullmatch(word):
            raise UndecidableOptionsError(f"{names[-1]} names a folder, which is not known here")
        if not _has_host(word):
            raise UndecidableOptionsError(f"{names[-1]} has a value that is not a URL")
    return tuple(words)


def _further_urls(
    given: GivenOptions, names: tuple[str, ...], strategy: str
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The URLs of further sources of versions, and clauses about those that cannot be asked.

    pip takes the best version of all sources, so the others may still have one. uv may stop at a source that cannot be
    asked, so no version is certain: raises ``UndecidableOptionsError``.
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


def _python(step: Step, given: GivenOptions) -> str:
    """The interpreter in the command: ``--python 3.12``, ``python3.12 -m pip``, ``pip3.12``."""
    for value in (*given.get("--python", []), *given.get("--python-version", [])):
        if found := _PYTHON.fullmatch(str(value)):
            return found["version"]
    if isinstance(step.item, SimpleCommand):
        named = _INTERPRETER.search(" ".join(str(argument) for argument in step.item.arguments[:1]))
        return named["version"] if named else ""
    return ""
