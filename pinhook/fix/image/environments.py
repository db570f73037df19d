"""Environments and other interpreters: venv, virtualenv, uv, pyenv, and builds from source."""

from __future__ import annotations

import posixpath

from pinhook._startup.lazy_re import regex
from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.fix.image.interpreters import MAX_PROGRAMS, Runs
from pinhook.fix.image.python import Evidence, Python, UnknownPython

if TYPE_CHECKING:
    from pinhook.fix.image.command import RunCommand
    from pinhook.fix.image.instruction_text import InstructionText
    from pinhook.fix.image.interpreters import Interpreters

VERSION = regex(r"(?:c?python-?)?(?P<version>[23]\.[0-9]{1,2}(?:\.[0-9]{1,2})?)")
SOURCES = regex(r"Python-(?P<version>[23]\.[0-9]{1,2}\.[0-9]{1,2})(?![0-9.]*(?:rc|[ab][0-9]))")
_VALUED = frozenset({"--prompt", "--python", "-p", "--seed-with", "--extra-search-dir", "--app-data", "--index-url"})


def named(version: str, ran: RunCommand) -> Python:
    """A Python by the version in a command."""
    return Python(version, evidence=(ran.evidence,))


def venv(ran: RunCommand, folders: tuple[str, ...], python: Python | UnknownPython, state: Interpreters) -> None:
    """Create virtual environments."""
    if isinstance(python, Python):
        python = python._replace(evidence=tuple(dict.fromkeys((*python.evidence, ran.evidence))))
    for folder in folders:
        state.fill(state.absolute(folder + "/bin/x").removesuffix("/bin/x"), python)


def operands_of_venv(words: tuple[str, ...]) -> tuple[str, ...]:
    """The folders in a command of ``venv`` or ``virtualenv``."""
    skipped = {at + 1 for at, word in enumerate(words) if word in _VALUED}
    return tuple(word for at, word in enumerate(words) if not word.startswith("-") and at not in skipped)


def virtualenv(ran: RunCommand, state: Interpreters, words: tuple[str, ...], own: Python | UnknownPython) -> None:
    """``virtualenv -p python3.7 /env``; without ``-p`` it uses the Python that it runs on."""
    given = list(ran.options("-p", "--python"))
    python = interpreter(given[-1], ran, state) if given else own
    if isinstance(python, Python):
        python = python._replace(pip="")  # virtualenv brings one
    venv(ran, operands_of_venv(words), python, state)


def interpreter(value: str, ran: RunCommand, state: Interpreters) -> Python | UnknownPython:
    """The Python of ``--python VALUE``: a version, a name or a path."""
    if found := VERSION.fullmatch(value):
        known = ran.python(state, "python" + ".".join(found["version"].split(".")[:2]))
        is_exact = found["version"].count(".") > 1
        if not is_exact and isinstance(known, Python):
            return known._replace(evidence=tuple(dict.fromkeys((*known.evidence, ran.evidence))))
        return named(found["version"], ran)
    if value.startswith(("$(", "`")):
        path = ran.path(state, value)
        return path if isinstance(path, UnknownPython) else state.python_at(path)
    if "$" in value and "/" not in value:
        return ran.unknown(f"only the build knows what {value} is")
    if "/" in value and not posixpath.basename(value).startswith(("python", "pypy")):
        return state.python_at(state.absolute(f"{value}/bin/python"))  # the folder of an environment
    return ran.python(state, value)


# uv


def uv(ran: RunCommand, state: Interpreters) -> None:
    """``uv venv``, ``uv python install``."""
    operands = ran.operands
    if operands[:2] == ("python", "install"):
        _managed(operands[2:], ran, state)
    elif operands[:1] == ("venv",):
        folders = operands_of_venv(ran.words)[1:] or (".venv",)
        given = [*ran.options("-p", "--python")] or [ran.variable("UV_PYTHON")]
        venv(ran, folders[:1], interpreter(given[-1], ran, state) if given[-1] else newest(ran, state), state)
    elif operands[:1] in {("sync",), ("init",), ("run",)}:
        given = [*ran.options("-p", "--python")] or [ran.variable("UV_PYTHON")]
        unknown = ran.unknown("the project decides which Python uv takes")
        python = interpreter(given[-1], ran, state) if given[-1] else unknown
        folder = ran.variable("UV_PROJECT_ENVIRONMENT") or ".venv"
        if state.absolute(f"{folder}/bin/python") not in state.programs:
            venv(ran, (folder,), python, state)


def _managed(versions: tuple[str, ...], ran: RunCommand, state: Interpreters) -> None:
    if len(state.managed) + len(versions) > MAX_PROGRAMS:
        state.managed, versions = [], ()
    for version in versions or ("",):
        found = VERSION.fullmatch(version)
        unknown = ran.unknown(f"which Python {ran.clause} brings is not known")
        state.managed.append(named(found["version"], ran) if found else unknown)


def newest(ran: RunCommand, state: Interpreters) -> Python | UnknownPython:
    """The default Python of uv: the newest one that it manages, or else the first one in ``PATH``."""
    if unknown := next((each for each in state.managed if isinstance(each, UnknownPython)), None):
        return unknown
    known = [each for each in state.managed if isinstance(each, Python)]
    if known:
        return max(known, key=lambda python: [int(number) for number in python.version.split(".")])
    found = ran.python(state, "python3")
    return ran.python(state, "python") if isinstance(found, UnknownPython) else found


# pyenv


def pyenv(ran: RunCommand, state: Interpreters) -> None:
    """``pyenv global 3.10.4``. The first of several versions decides about ``python``."""
    operands = ran.operands
    if operands[:1] in {("global",), ("local",)} and len(operands) > 1:
        found = VERSION.fullmatch(operands[1])
        is_local = operands[0] == "local"
        python = named(found["version"], ran) if found else ran.unknown(f"which Python {ran.clause} means is not known")
        if is_local:
            state.locals[state.folder] = python
        else:
            state.fill("pyenv:", python)


# source


def sources(ran: RunCommand, state: Interpreters) -> None:
    """Store the versions of Python sources that a command names."""
    for word in (ran.program, *ran.words):
        for found in SOURCES.finditer(word):
            state.sources.add(found["version"])


def configure(ran: RunCommand, state: Interpreters) -> None:
    """``./configure --prefix=/opt/python``."""
    state.prefix = next(iter(ran.options("--prefix")), "/usr/local")


def make(ran: RunCommand, state: Interpreters, text: InstructionText) -> None:
    """``make altinstall`` or ``make install`` in the Python sources."""
    actions = {"altinstall", "install"}.intersection(ran.words)
    if not actions:
        return
    here = {found["version"] for found in SOURCES.finditer(f"{state.folder} {ran.variable('.')}")}
    is_of_python = "altinstall" in actions or text.names_sources or "python" in ran.variable(".").lower()
    if not here and is_of_python:
        here = state.sources
    if len(here) > 1 or ("altinstall" in actions and not here):
        state.forget(ran.unknown(f"which Python {ran.clause} brings is not known"))
    elif here:
        version = next(iter(here))
        _built(
            Python(version, evidence=(Evidence(ran.command.place, f"{ran.clause} of Python-{version}"),)),
            actions,
            state,
        )


def _built(python: Python, actions: set[str], state: Interpreters) -> None:
    path = f"{state.prefix}/bin"
    state.put(f"{path}/python{python.series}", python)
    state.put(f"{path}/pip{python.series}", python)
    if "install" in actions:
        evidence = python.evidence[-1]
        for name in ("python", "pip"):
            state.put(f"{path}/{name}{python.series[0]}", Runs(f"{path}/python{python.series}", evidence))
