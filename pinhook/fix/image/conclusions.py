"""The Python that an install command installs for."""

from __future__ import annotations

import posixpath

from pinhook._startup.lazy_re import regex
from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.fix import old_pips
from pinhook.fix.image import environments
from pinhook.fix.image.contradiction import Contradiction
from pinhook.fix.image.python import Python, UnknownPython

if TYPE_CHECKING:
    from pinhook.fix.image.command import RunCommand
    from pinhook.fix.image.interpreters import Interpreters

_INTERPRETER = regex(r"(?:python|pip)[0-9.]*(?:\.exe)?$")
_CHANGES_OWN = regex(r"(?:conda|mamba|micromamba) install ")
_ON = frozenset({"1", "true", "t", "yes", "y", "on"})
_PIP_PROJECTS = frozenset({"pip", "setuptools", "wheel"})
"""The projects that are installed with a Python, an environment or a package of pip."""

_UPGRADES = frozenset({"-U", "--upgrade", "-I", "--ignore-installed", "--force-reinstall", "-P", "--reinstall"})


def python_of(ran: RunCommand, installer: str, state: Interpreters) -> Python | UnknownPython:
    """The Python of an install command. ``installer`` is that of ``Installation``."""
    given = (
        list(ran.options("--python", "-p")) if installer.startswith(("uv", "pipx")) else list(ran.options("--python"))
    )
    if given:
        found = environments.interpreter(given[-1], ran, state)
    elif installer == "uv pip":
        found = _of_uv_pip(ran, state)
    elif installer.startswith("uv"):
        wanted = ran.variable("UV_PYTHON")
        found = environments.interpreter(wanted, ran, state) if wanted else environments.newest(ran, state)
    else:
        found = _of_program(ran, state)
    if isinstance(found, Python) and (not _is_pip(installer) or state.has_other_pip or state.forgotten):
        found = found._replace(pip="")
    return _with_proof(found, state.proofs.get(ran.program))


def _is_pip(installer: str) -> bool:
    """Whether the pip of the interpreter itself installs."""
    return installer.startswith("pip") and not installer.startswith("pipx")


def _of_program(ran: RunCommand, state: Interpreters) -> Python | UnknownPython:
    """The Python of ``pip``, ``python3``, or of a program that is installed for a Python."""
    name = ran.name.removesuffix(".exe")
    found = ran.python(state)
    if isinstance(found, UnknownPython) and not _INTERPRETER.match(name) and ran.command.arguments[0].text.is_known:
        return ran.python(state, "python3") if "/" not in ran.program else found
    if isinstance(found, UnknownPython) and not ran.command.arguments[0].text.is_known and not state.is_changed:
        return state.base.own if isinstance(state.base.own, Python) else found
    return found


def _of_uv_pip(ran: RunCommand, state: Interpreters) -> Python | UnknownPython:
    """The environment of ``uv pip``: the named one, the active one, or ``.venv`` in a parent folder."""
    wanted = ran.variable("UV_PYTHON")
    if wanted:
        return environments.interpreter(wanted, ran, state)
    is_system = "--system" in ran.words or ran.variable("UV_SYSTEM_PYTHON").lower() in _ON
    if is_system:
        return _of_system(ran, state)
    if folder := ran.variable("VIRTUAL_ENV"):
        return state.python_at(state.absolute(f"{folder}/bin/python"))
    if conda := ran.environment_of_conda or ran.variable("CONDA_PREFIX"):
        folder = state.absolute(conda) if "/" in conda else f"conda:{conda}"
        return state.python_at(f"{folder}/bin/python")
    folder = state.folder
    while True:
        path = state.canonical(posixpath.join(folder, ".venv/bin/python"))
        if path in state.programs:
            return state.python_at(path)
        if folder == "/":
            return _without_environment(ran, state)
        folder = posixpath.dirname(folder)


def _of_system(ran: RunCommand, state: Interpreters) -> Python | UnknownPython:
    """The first Python in ``PATH`` that is not of a virtual environment."""
    name = "python3" if isinstance(ran.find(state, "python3"), str) else "python"
    path = ran.find(state, name)
    if isinstance(path, UnknownPython):
        return ran.python(state, "python3")
    folder = path.rpartition("/bin/")[0]
    if folder in state.environments and not folder.startswith("conda:"):
        return ran.unknown(f"{folder} comes first in PATH, and uv leaves virtual environments out")
    return state.python_at(path)


def _without_environment(ran: RunCommand, state: Interpreters) -> Python | UnknownPython:
    """The Python if uv finds no environment.

    The build fails, unless something unknown lets uv use the system's Python.
    """
    if state.environments or state.managed:
        return ran.unknown("nothing says which environment uv installs into")
    return state.forgotten or environments.newest(ran, state)


def _with_proof(found: Python | UnknownPython, proof: Python | None) -> Python | UnknownPython:
    """The Python together with the tags of a wheel. If they contradict each other, it is unknown."""
    if proof is None:
        return found
    if isinstance(found, UnknownPython):
        return proof
    if found.series != proof.series:
        first, second = found.evidence[-1:], proof.evidence[-1:]
        reasons = [f"{each.clause} says {python.series}" for python in (found, proof) for each in python.evidence[-1:]]
        place = (second or first)[0].place if second or first else None
        return Contradiction(" and ".join(reasons), place)
    return found._replace(evidence=(*found.evidence, *proof.evidence))


def installed_of(ran: RunCommand, installer: str) -> frozenset[str]:
    """The projects that may already be installed. The command keeps their versions."""
    is_upgrade = _UPGRADES.intersection(ran.words) or any(word.startswith("--upgrade") for word in ran.words)
    return _PIP_PROJECTS if _is_pip(installer) and not is_upgrade else frozenset()


def caveats_of(ran: RunCommand, installer: str, python: Python, state: Interpreters) -> tuple[str, ...]:
    """The reasons why a fix for a Python is unsafe: its caveats, and the packages in its image."""
    base = state.base
    is_own = isinstance(base.own, Python) and python.evidence[:1] == base.own.evidence[:1]
    is_own = is_own or any(_CHANGES_OWN.match(each.clause) for each in python.evidence)
    is_in_environment = any("venv" in each.clause or "conda" in each.clause for each in python.evidence[1:])
    found = list(python.caveats)
    if base.packages and is_own and not is_in_environment and not _UPGRADES.intersection(ran.words):
        found.append(base.packages)
    is_constrained = "PIP_CONSTRAINT" not in ran.command.environment and installer.startswith("pip")
    if base.constraints and is_constrained:
        found.append(base.constraints)
    if old_pips.ignores_requires_python(python.pip):
        found.append(f"pip {python.pip} installs versions for other Pythons too")
    return tuple(dict.fromkeys(found))
