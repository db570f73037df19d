"""The Pythons that system package managers install: ``apt-get install python3-pip``."""

from __future__ import annotations

import re

from pinhook._startup.lazy_re import regex
from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.fix.image.interpreters import Runs
from pinhook.fix.image.python import Evidence, Python, UnknownPython

if TYPE_CHECKING:
    from collections.abc import Callable

    from pinhook.fix.image.command import RunCommand
    from pinhook.fix.image.interpreters import Interpreters

MANAGERS = {
    "apt-get": "apt", "apt": "apt", "aptitude": "apt", "apk": "apk", "zypper": "zypper",
    **dict.fromkeys(("dnf", "yum", "microdnf", "tdnf"), "dnf"),
}  # fmt: skip
_INSTALLS = frozenset({"install", "add", "in", "groupinstall", "reinstall", "build-dep", "module"})
_NAME = regex(r"(?P<name>[a-z0-9][a-z0-9.+_-]*?)(?:\.(?:x86_64|noarch|aarch64))?[+-]?(?:(?:[:=/<>~@]).*)?")
_VERSIONED = regex(r"python-?(?P<major>[23])\.?(?P<minor>[0-9]{1,2})(?P<part>-.*)?")
_BRINGING = regex(r"(?:-(?:venv|dev|devel|full|minimal|distutils|tk|lib2to3|nopie|pip|base))?")
_PYTHON2 = regex(
    r"python(?:2|2\.7|-minimal|-dev|-all|-all-dev|2-dev|2\.7-dev|-setuptools|-virtualenv|-numpy)?|libpython2.*"
)
_FOREIGN = regex(r"\b(?:sid|unstable|experimental|rawhide)\b|/edge\b|@edge|\btesting\b")


def install(ran: RunCommand, state: Interpreters) -> None:
    """Apply a command that installs packages of the system."""
    words = [word for word in ran.words if not word.startswith("-")]
    if not _INSTALLS.intersection(words):
        return
    if _FOREIGN.search(" ".join(ran.words)):
        state.forget(ran.unknown(f"{ran.clause} takes packages of another release"))
        return
    manager = MANAGERS[ran.name]
    if any(word.startswith(("python", "py3-")) for word in words):
        state.suppose_system(manager)
    if state.system and state.system.manager != manager:
        state.forget(ran.unknown(f"{ran.clause} is no command of {state.base.name}"))
        return
    for word in words:
        if found := _NAME.fullmatch(word):
            _BY_MANAGER[manager](found["name"], ran, state)


def _apt(name: str, ran: RunCommand, state: Interpreters) -> None:
    if name.startswith("python3-") or name in {"python3", "pipx", "software-properties-common", "virtualenv"}:
        _python3(name, ran, state)
    if name == "python3-pip":
        _pips(name, ran, state)
    elif name == "python-is-python3":
        _python3(name, ran, state)
        state.put("/usr/bin/python", Runs("/usr/bin/python3", _evidence(name, ran, state)))
    elif name == "pipx":
        state.put("/usr/bin/pipx", Runs("/usr/bin/python3", _evidence(name, ran, state)))
    elif (found := _VERSIONED.fullmatch(name)) and _BRINGING.fullmatch(found["part"] or ""):
        _versioned(f"{found['major']}.{found['minor']}", name, ran, state)
    elif name == "python-pip":
        _python2(("pip", "pip2", "python", "python2"), name, ran, state)
    if _PYTHON2.fullmatch(name):
        _python2(("python", "python2"), name, ran, state)


def _apk(name: str, ran: RunCommand, state: Interpreters) -> None:
    if name.startswith("py3-") or name in {"python3", "python3-dev", "pipx"}:
        _python3(name, ran, state)
    if name == "py3-pip":
        _pips(name, ran, state)
    elif name in {"py-pip", "py2-pip"}:
        _python2(("pip", "pip2", "python", "python2"), name, ran, state)
    elif re.fullmatch(r"python2?(?:-dev)?|py2?-.*", name):
        _python2(("python", "python2"), name, ran, state)


def _dnf(name: str, ran: RunCommand, state: Interpreters) -> None:
    if name in {"python3", "python3-devel", "python3-pip", "python36"} or name.startswith("python3-"):
        _python3(name, ran, state)
    if name == "python3-pip":
        _pips(name, ran, state)
    elif name in {"python-pip", "python2-pip"}:
        _python2(("pip", "pip2"), name, ran, state)
    elif (found := _VERSIONED.fullmatch(name)) and name != "python36":
        is_modular = state.system is not None and state.system.is_alternative and "." not in name
        _versioned(f"{found['major']}.{found['minor']}", name, ran, state)
        if is_modular and "python3" not in state.installed:
            for program in ("python3", "pip3"):
                state.put(f"/usr/bin/{program}", ran.unknown(f"{program} may be of {name} or of the system"))
        if is_modular or found["part"] == "-pip":
            series = f"{found['major']}.{found['minor']}"
            state.put(f"/usr/bin/pip{series}", Runs(f"/usr/bin/python{series}", _evidence(name, ran, state)))


def _zypper(name: str, ran: RunCommand, state: Interpreters) -> None:
    if name == "python3" or name.startswith("python3-"):
        _python3(name, ran, state)
    if name == "python3-pip":
        _pips(name, ran, state)
    elif (found := _VERSIONED.fullmatch(name)) and found["major"] == "3":
        series = f"{found['major']}.{found['minor']}"
        _versioned(series, name, ran, state)
        if found["part"] == "-pip":
            state.put(f"/usr/bin/pip{series}", Runs(f"/usr/bin/python{series}", _evidence(name, ran, state)))
            unknown = ran.unknown(f"pip is an alternative, and {name} is one of them")
            for program in ("pip", "pip3"):
                state.put(f"/usr/bin/{program}", unknown)


_BY_MANAGER: dict[str, Callable[[str, RunCommand, Interpreters], None]] = {
    "apt": _apt,
    "apk": _apk,
    "dnf": _dnf,
    "zypper": _zypper,
}


def _evidence(name: str, ran: RunCommand, state: Interpreters) -> Evidence:
    return Evidence(ran.command.place, f"{_short(name, ran)} on {state.base.name or 'the image'}")


def _short(name: str, ran: RunCommand) -> str:
    """The command with only one of its packages."""
    return f"{ran.name} {'add' if ran.name == 'apk' else 'install'} {name}"


def _python3(name: str, ran: RunCommand, state: Interpreters) -> None:
    """The system's ``python3``. Its first installation overwrites the file at its path."""
    path = "/usr/bin/python3"
    python = state.system_python(_short(name, ran), ran.command.place)
    if "python3" in state.installed:
        if state.forgotten and path not in state.programs and isinstance(python, Python):
            state.put(path, python._replace(caveats=(*python.caveats, state.forgotten.reason)))
        return
    state.installed.add("python3")
    was = state.programs.get(path)
    if isinstance(was, Runs) and isinstance(python, Python) and state.base.own is not python:
        linked = state.python_at(path)
        if not isinstance(linked, Python) or linked.series != python.series:
            state.put(
                path, ran.unknown(f"{_short(name, ran)} may overwrite {path}, which {was.evidence.clause} has made")
            )
            return
    if was is None or not isinstance(was, Python) or not isinstance(python, UnknownPython):
        state.put(path, python)


def _pips(name: str, ran: RunCommand, state: Interpreters) -> None:
    names = state.system.pip if state.system else ("pip3", "pip")
    for program in names:
        state.put(f"/usr/bin/{program}", Runs("/usr/bin/python3", _evidence(name, ran, state)))


def _python2(programs: tuple[str, ...], name: str, ran: RunCommand, state: Interpreters) -> None:
    of = "Alpine" if ran.name == "apk" else "the system"
    python: Python | UnknownPython = ran.unknown(f"what {name} is depends on the release of {of}")
    system = state.system
    if system and system.python2 and (system.has_pip2 or "pip" not in programs):
        python = Python(system.python2, evidence=(_evidence(name, ran, state),), caveats=state.base.system_caveats)
        python = python._replace(pip=(system.pip2_version or system.pip_version) if "pip" in programs else "")
    for program in programs:
        state.put(f"/usr/bin/{program}", python)


def _versioned(series: str, name: str, ran: RunCommand, state: Interpreters) -> None:
    """``python3.9`` beside the system's Python, or the system's Python itself."""
    own = state.system_python(_short(name, ran), ran.command.place)
    is_own = isinstance(own, Python) and own.series == series
    state.put(f"/usr/bin/python{series}", own if is_own else Python(series, evidence=(_evidence(name, ran, state),)))
