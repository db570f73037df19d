"""Links to interpreters: ``ln -s``, ``update-alternatives``, and commands that move or remove programs."""

from __future__ import annotations

import posixpath

from pinhook._startup.lazy_re import regex
from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.fix.image.interpreters import Runs
from pinhook.fix.image.python import UnknownPython

if TYPE_CHECKING:
    from pinhook.fix.image.command import RunCommand
    from pinhook.fix.image.interpreters import Interpreters

_PROGRAM = regex(r"(?:python|pip|pipx|py)[0-9.]*")
_FOLDERS = frozenset({"/usr/bin", "/usr/local/bin", "/bin", "/opt", "/usr/local", "/sbin", "/usr/sbin", "/"})
_ALTERNATIVES_OPTIONS = frozenset({"--force", "--quiet", "--verbose", "--skip-auto"})
_INSTALL_WORDS = 4
_MANUAL = 10**9
_SLAVE_WORDS = 3


def link(ran: RunCommand, state: Interpreters) -> None:
    """``ln -sf /usr/bin/python3.9 /usr/bin/python``; also ``cp`` of an interpreter."""
    operands = ran.operands
    if len(operands) < 2:
        operands = (*operands, ".")
    *targets, place = operands
    for target in targets:
        path = state.absolute(_joined(place, target, state))
        if not _is_relevant(path, target, state):
            continue
        folder = posixpath.dirname(path)
        is_relative = not target.startswith(("/", "$", "`", "~")) and ran.name == "ln"
        found = ran.path(state, posixpath.join(folder, target) if is_relative else target)
        state.put(path, found if isinstance(found, UnknownPython) else Runs(found, ran.evidence))


def _joined(place: str, target: str, state: Interpreters) -> str:
    is_folder = place.endswith("/") or place == "." or state.absolute(place) in _FOLDERS
    return posixpath.join(place, posixpath.basename(target.rstrip(")"))) if is_folder else place


def _is_relevant(path: str, target: str, state: Interpreters) -> bool:
    """Whether a link is a Python program, or points to a folder with Python programs."""
    if _PROGRAM.fullmatch(posixpath.basename(path)):
        return True
    folder = state.absolute(target)
    return any(each.startswith(folder + "/") for each in state.programs) and folder not in _FOLDERS


def move(ran: RunCommand, state: Interpreters) -> None:
    """``mv /usr/bin/python3.9 /usr/bin/python3``."""
    operands = ran.operands
    if len(operands) < 2:
        return
    *sources, place = operands
    for source in sources:
        path, before = state.absolute(_joined(place, source, state)), state.absolute(source)
        if _PROGRAM.fullmatch(posixpath.basename(path)) or _PROGRAM.fullmatch(posixpath.basename(before)):
            program = state.programs.get(before) or state.python_at(before)
            state.remove(before)
            state.put(path, program)


def remove(ran: RunCommand, state: Interpreters) -> None:
    """``rm -f /usr/bin/python3``."""
    for word in ran.operands:
        if "/" in word:
            state.remove(state.absolute(word))


def alternatives(ran: RunCommand, state: Interpreters) -> None:
    """``update-alternatives --install /usr/bin/python3 python3 /usr/bin/python3.9 1``, or ``--set python3 path``."""
    words = [word for word in ran.words if word not in _ALTERNATIVES_OPTIONS]
    for at, word in enumerate(words):
        rest = words[at + 1 : at + 1 + _INSTALL_WORDS]
        if word == "--install" and len(rest) >= _INSTALL_WORDS:
            _install(rest, ran, state)
        elif word == "--slave" and len(rest) >= _SLAVE_WORDS and _PROGRAM.fullmatch(posixpath.basename(rest[0])):
            state.put(rest[0], Runs(rest[2], ran.evidence))
        elif word == "--set" and len(rest) >= len(("name", "path")):
            _point(rest[0], ran.path(state, rest[1]), ran, state)
        elif word in {"--config", "--auto", "--remove", "--remove-all"} and rest and _PROGRAM.fullmatch(rest[0]):
            if word == "--config" and state.alternatives.get(rest[0], (0, 0))[1] == 1:
                continue
            state.put(f"/usr/bin/{rest[0]}", ran.unknown(f"which alternative {ran.clause} chooses is not known"))


def _install(rest: list[str], ran: RunCommand, state: Interpreters) -> None:
    place, name, target, priority = rest[:_INSTALL_WORDS]
    if not _PROGRAM.fullmatch(posixpath.basename(place)):
        return
    found = ran.path(state, target)
    if isinstance(found, UnknownPython) or not priority.lstrip("-").isdecimal():
        state.put(place, found if isinstance(found, UnknownPython) else ran.unknown(f"only the build knows {priority}"))
        return
    highest, count = state.alternatives.get(name, (-_MANUAL, 0))
    state.alternatives[name] = max(highest, int(priority[:9])), count + 1
    if int(priority[:9]) > highest:
        state.put(place, Runs(found, ran.evidence))


def _point(name: str, target: str | UnknownPython, ran: RunCommand, state: Interpreters) -> None:
    if _PROGRAM.fullmatch(name):
        program = target if isinstance(target, UnknownPython) else Runs(target, ran.evidence)
        state.put(f"/usr/bin/{name}", program)
        if not isinstance(target, UnknownPython):
            state.alternatives[name] = _MANUAL, 1  # a priority does not change it any more
