"""The Pythons of conda: its environments, the files that list their packages, and its installers."""

from __future__ import annotations

import re

from pinhook._startup.lazy_re import regex
from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.fix.image.environments import named
from pinhook.fix.image.python import Python, UnknownPython

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pinhook.fix.image.command import RunCommand
    from pinhook.fix.image.instruction_text import InstructionText
    from pinhook.fix.image.interpreters import Interpreters

_INSTALLER = regex(r"(?:mini|ana)(?:conda|forge)|mambaforge|micromamba", re.IGNORECASE)
_PACKAGE = regex(r"['\"]?(?:[\w./-]+::)?python(?P<specifier>(?:[=<>!~ ].*)?)")
_EXACT = regex(r"={1,2}(?P<version>[23]\.[0-9]{1,2}(?:\.[0-9]{1,2})?)(?:\.\*|=.*)?['\"]?")
_COMMANDS = frozenset({"create", "install", "env", "update"})
_YAML = (".yml", ".yaml")


class PackageList(NamedTuple):
    """The name of an environment, empty if it has none, and its packages, in a file of conda."""

    name: str
    packages: tuple[str, ...]


def conda(ran: RunCommand, state: Interpreters) -> None:
    """``conda create -n x python=3.10``, ``conda install python=3.9``, ``conda env create -f environment.yml``."""
    action = next((word for word in ran.operands if word in _COMMANDS), "")
    if not action:
        return
    name = next(iter(ran.options("-n", "--name", "-p", "--prefix")), "")
    files = list(ran.options("-f", "--file"))
    packages: tuple[str, ...] = ran.words
    if action == "env" or files:
        listed = _package_list(files[0] if files else "environment.yml", ran, state)
        if listed is None:
            unknown = ran.unknown(f"which Python {ran.clause} brings is in a file that is not read")
            _fill(name or "*", unknown, ran, state)
            return
        name, packages = name or listed.name, (*packages, *listed.packages)
    name = name or ran.environment_of_conda or "base"
    wanted = [found["specifier"] for word in packages if (found := _PACKAGE.fullmatch(word))]
    is_change = action in {"install", "update"} or "update" in ran.operands
    if wanted or not is_change:  # conda keeps the series that is there
        _fill(name, _of_specifier(wanted[-1].strip() if wanted else "", ran), ran, state)


def _fill(name: str, python: Python | UnknownPython, ran: RunCommand, state: Interpreters) -> None:
    """Create an environment; ``*`` is any one."""
    if name == "*":
        state.forget(python if isinstance(python, UnknownPython) else ran.unknown("an environment is made"))
    else:
        state.fill(state.absolute(name) if "/" in name else f"conda:{name}", python)


def _package_list(word: str, ran: RunCommand, state: Interpreters) -> PackageList | None:
    """A file of the image with packages; ``None`` if it is not known.

    Its form is that of ``environment.yml`` or, with another extension, one package a line. Source: the manual of conda.
    """
    text = state.read(word, ran.command.place) if state.read else None
    if text is None or not word.endswith(_YAML):
        return PackageList("", _without_blanks(text.splitlines())) if text is not None else None
    from pinhook.follow.yaml_document import parse_yaml

    try:
        document = parse_yaml(text)
    except ValueError:
        return None
    packages = document.get("dependencies") if isinstance(document, dict) else None
    if not isinstance(document, dict) or not isinstance(packages, list):
        return None
    name = document.get("name")
    return PackageList(
        name if isinstance(name, str) else "", _without_blanks(each for each in packages if isinstance(each, str))
    )


def _without_blanks(packages: Iterable[str]) -> tuple[str, ...]:
    """Packages without blanks and comments: ``python >= 3.9``."""
    return tuple("".join(each.partition("#")[0].split()) for each in packages)


def _of_specifier(specifier: str, ran: RunCommand) -> Python | UnknownPython:
    if found := _EXACT.fullmatch(specifier):
        return named(found["version"], ran)
    return ran.unknown(f"{ran.clause} names no version of Python" if not specifier else f"python{specifier} is a range")


def conda_installer(ran: RunCommand, state: Interpreters, text: InstructionText) -> bool:
    """``bash Miniconda3-py310_24.9.2-0-Linux-x86_64.sh -b -p /opt/conda``. ``text`` is that of the instruction.

    Returns whether it is a conda installer.
    """
    script = next(iter(ran.operands), "")
    prefixes = list(ran.options("-p"))
    if not _INSTALLER.search(script) and not (prefixes and text.names_conda):
        return False
    python: Python | UnknownPython = ran.unknown("the name of the installer of conda says no version of Python")
    if len(text.versions_of_conda) == 1:
        python = named(next(iter(text.versions_of_conda)), ran)
    folder = state.absolute(prefixes[-1] + "/bin/x").removesuffix("/bin/x") if prefixes else "conda:base"
    state.roots.add(folder)
    state.fill("conda:base", python)
    return True
