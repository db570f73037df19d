"""The effect of a command on the Pythons of an image."""

from __future__ import annotations

import posixpath
import re

from pinhook._startup.lazy_re import regex
from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.fix.image import conda, environments, links, packages
from pinhook.fix.image.interpreters import Runs
from pinhook.fix.image.python import Evidence, Python, UnknownPython
from pinhook.installers.invocation import find_invocation, reads_get_pip

if TYPE_CHECKING:
    from collections.abc import Callable

    from pinhook.fix.image.command import RunCommand
    from pinhook.fix.image.instruction_text import InstructionText
    from pinhook.fix.image.interpreters import Interpreters

_PYTHON = regex(r"(?:python|pypy)[0-9.]*")
_PIP_ITSELF = regex(r"['\"]?pip(?:[=<>!~\[].*)?['\"]?")
_SHELLS = frozenset({"sh", "bash", "dash", "ash", "zsh", "ksh", ".", "source"})
_SCRIPT = regex(r"(?:\.{0,2}/|\$\w+/|\$\{\w+\}/).*|.*\.(?:sh|bash|run)")
_FETCHED = regex(r"(?:[$<]\(|`)\s*(?:curl|wget)\b")
_PLAIN_SCRIPTS = frozenset({"configure", "config", "bootstrap.sh", "autogen.sh", "b2", "gradlew", "mvnw"})
_PROGRAM = regex(r".*/s?bin/[^/]+(?<!\.sh)|/usr/lib/.*")
"""Programs by their paths, which are no scripts of a project."""
_WHEEL = regex(r".*-cp(?P<major>[23])(?P<minor>[0-9]{1,2})-cp(?P=major)(?P=minor)m?u?-[^/]+\.whl(?:[#?].*)?")


def apply(ran: RunCommand, state: Interpreters, text: InstructionText) -> None:
    """Apply a command. ``text`` is that of its instruction."""
    environments.sources(ran, state)
    _change(ran, state, text)
    for word in ran.words:
        state.named_folders.add(word)


def _change(ran: RunCommand, state: Interpreters, text: InstructionText) -> None:
    if effect := _EFFECTS.get(ran.name):
        effect(ran, state)
    elif ran.name == "make":
        environments.make(ran, state, text)
    elif _is_script(ran):
        if not conda.conda_installer(ran, state, text) and not text.runs_known_script:
            state.forget(ran.unknown(f"{ran.clause} runs a script that is not read"))
    elif _PYTHON.fullmatch(ran.name):
        _python(ran, state)
    invocation = find_invocation(ran.command)
    if (invocation and invocation.program == "get-pip") or _is_piped_get_pip(ran):
        _write_pip(ran, state)
    elif invocation and invocation.program == "pip":
        _pip(ran, state, tuple(map(str, invocation.words)))
    elif ran.name == "virtualenv":
        own = ran.python(state)
        if isinstance(own, UnknownPython):
            own = ran.python(state, "python3")
        environments.virtualenv(ran, state, ran.words, own)


def _is_piped_get_pip(ran: RunCommand) -> bool:
    """Whether a Python without a script reads ``get-pip.py`` from standard input."""
    return bool(_PYTHON.fullmatch(ran.name)) and not ran.operands and reads_get_pip(ran.command)


def note_wheels(ran: RunCommand, state: Interpreters) -> None:
    """Record the Python in the names of the wheels that a command installs. pip refuses wheels of another Python."""
    for word in ran.operands:
        if found := _WHEEL.fullmatch(word):
            evidence = Evidence(ran.command.place, word.rpartition("/")[2])
            state.proofs[ran.program] = Python(f"{found['major']}.{found['minor']}", evidence=(evidence,))


def _is_script(ran: RunCommand) -> bool:
    """Whether a command is a script whose content is unknown, or a shell with such a script."""
    if _FETCHED.match(ran.program) or (ran.name in {".", "source"} and _FETCHED.match("".join(ran.words))):
        return True
    if ran.name in _SHELLS:
        return ran.name not in {".", "source"}
    is_script = _SCRIPT.fullmatch(ran.program) is not None and ran.name not in _PLAIN_SCRIPTS
    is_python = _PYTHON.fullmatch(ran.name) or ran.name.startswith(("pip", "uv", "conda", "mamba", "micromamba"))
    return is_script and not is_python and not _PROGRAM.fullmatch(ran.program)


def _python(ran: RunCommand, state: Interpreters) -> None:
    """``python3.9 -m venv /venv``, ``python3.9 -m ensurepip``."""
    words = ran.words
    at = words.index("-m") if "-m" in words else -1
    module = words[at + 1] if 0 <= at < len(words) - 1 else ""
    rest = words[at + 2 :]
    if module == "venv":
        environments.venv(ran, environments.operands_of_venv(rest), ran.python(state), state)
    elif module == "virtualenv":
        environments.virtualenv(ran, state, rest, ran.python(state))
    elif module == "ensurepip":
        _write_pip(ran, state, default="--default-pip" in rest)


def _write_pip(ran: RunCommand, state: Interpreters, *, default: bool = True) -> None:
    """Let the interpreter of a command write pip's scripts."""
    path, python, user = ran.find(state), ran.python(state), "--user" in ran.words
    if isinstance(path, str):
        state.write_pip(_interpreter_of(path, state), ran.evidence, default=default, user=user)
    elif isinstance(python, Python):
        evidence = (*python.evidence, ran.evidence)
        state.write_likely_pip(python._replace(evidence=evidence), default=default, user=user)
    elif default and _PYTHON.fullmatch(ran.name):
        for name in ("pip", "pip3"):
            state.put(f"/usr/local/bin/{name}", path)


def _pip(ran: RunCommand, state: Interpreters, words: tuple[str, ...]) -> None:
    """``pip install``: a newer pip writes its scripts again, and the tags of a wheel may name the Python."""
    operands = [word for word in words if not word.startswith("-")]
    if operands[:1] != ["install"] or any(word.startswith(("--target", "--prefix", "--root")) for word in words):
        return
    is_upgrade = any(word in {"-U", "--upgrade", "-I", "--force-reinstall", "--ignore-installed"} for word in words)
    asked = [word for word in operands[1:] if _PIP_ITSELF.fullmatch(word)]
    path = ran.find(state)
    if asked and (is_upgrade or any(word.strip("'\"") != "pip" for word in asked)):
        _write_pip(ran, state)
    if "pipx" in operands[1:] and isinstance(path, str):
        state.put("/usr/local/bin/pipx", Runs(path, ran.evidence))


def _interpreter_of(path: str, state: Interpreters) -> str:
    """The path of the interpreter that a pip script runs; for an interpreter, its own path."""
    if not posixpath.basename(path).startswith("pip"):
        return path
    program = state.programs.get(state.canonical(path))
    if isinstance(program, Runs):
        return program.path
    is_system = state.system is not None and path in {f"/usr/bin/{each}" for each in state.system.pip}
    if program is None and is_system:
        return "/usr/bin/python3"
    return re.sub(r"/pip(?=[0-9.]*$)", "/python", path) if program is None else path


_EFFECTS: dict[str, Callable[[RunCommand, Interpreters], None]] = {
    **dict.fromkeys(packages.MANAGERS, packages.install),
    "ln": links.link,
    "cp": links.link,
    "mv": links.move,
    "rm": links.remove,
    "unlink": links.remove,
    "update-alternatives": links.alternatives,
    "alternatives": links.alternatives,
    "uv": environments.uv,
    "conda": conda.conda,
    "mamba": conda.conda,
    "micromamba": conda.conda,
    "pyenv": environments.pyenv,
    "configure": environments.configure,
    "config": environments.configure,
}
