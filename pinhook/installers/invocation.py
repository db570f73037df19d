"""The program that a command runs: by its name, through ``python -m``, or by the name of a variable."""

from __future__ import annotations

import re
from functools import lru_cache

from pinhook._startup.lazy_re import regex
from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.argv import OptionTable, parse_options, starts_unknown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pinhook.argv import ParsedOptions
    from pinhook.shell import Argument, SimpleCommand
    from pinhook.source import SourceText

_PYTHON = OptionTable.of(
    "-m=! -c=! -W= -X= -Q= --check-hash-based-pycs= -b -B -d -E -h -? -i -I -O -P -q -R -s -S -t -u -v -V -x -3",
    abbreviations=False,
    permutes=False,
    skips_unknown=True,
)
_UNKNOWN = "\0"  # replaces one unknown expansion in a name; no file name contains it
_VERSION = r"[0-9.\0]*"
_PROGRAMS = [
    (regex(rf"pip{_VERSION}(-[0-9.\0]+)?(\.pyz)?|pip-python{_VERSION}|python{_VERSION}-pip"), "pip"),
    (regex(r"get-pip\.py"), "get-pip"),
    (regex(r"pipx(\.pyz)?"), "pipx"),
    (regex(rf"easy_install(-{_VERSION})?"), "easy_install"),
    (regex(rf"(python|pypy){_VERSION}[a-z]?|py|pythonw"), "python"),
    (regex(r"uvx?|pip-sync|poetry|pdm|pipenv"), ""),
]
_MODULES = {
    "pip": "pip",
    "pip._internal": "pip",
    "uv": "uv",
    "pipx": "pipx",
    "easy_install": "easy_install",
    "setuptools.command.easy_install": "easy_install",
    "piptools": "piptools",
    "poetry": "poetry",
    "pdm": "pdm",
    "pipenv": "pipenv",
}
_SUBSTITUTION = regex(r"[$<]\((.*)\)|`(.*)`", re.DOTALL)
_PIPED = regex(r"get-pip\.py[^|;&]*\|\s*(?:\\\s*)?", re.DOTALL)  # the text in front of ``python -``
_MAX_PIPE = 1000  # code points of a pipeline in front of a command that are searched
_VARIABLE = regex(r"\$\{?!?(\w+)")


class Invocation(NamedTuple):
    """A program and its arguments.

    ``program`` is ``pip``, ``get-pip``, ``uv``, ``uvx``, ``pipx``, ``easy_install``, ``pip-sync``, ``piptools`` …:
    without path, version and ``.exe``. It is the same for ``python -m``.
    """

    program: str
    arguments: tuple[Argument, ...]
    command: SimpleCommand

    @property
    def words(self) -> tuple[SourceText, ...]:
        """The values of the arguments."""
        return tuple(argument.text for argument in self.arguments)

    def without_first(self, at: int) -> Invocation:
        """The invocation without its first arguments."""
        return Invocation(self.program, self.arguments[at:], self.command)

    def without_environment(self) -> Invocation:
        """The invocation without environment variables, for a program that ignores them."""
        return Invocation(self.program, self.arguments, self.command._replace(environment={}))


def find_invocation(command: SimpleCommand) -> Invocation | None:
    """The program that a command runs; ``None`` if it is not one that may install.

    command = path / python *option "-m" module / python *option path

    An unknown word is identified by the name of its variable, or by the file name after the variable (``$PIP``,
    ``$VENV/bin/pip``, ``$(which pip)``). A completely unknown command word is assumed to be Python if ``-m pip``
    follows.
    """
    words = [argument.text for argument in command.arguments]
    program = program_name(words[0])
    at = 1
    if program == "python" or (program is None and starts_unknown(words[0])):
        parsed = parse_options(_PYTHON, words[1:])
        module = next((str(value) for value in parsed.values("-m")), None)
        if module is not None:
            program, at = _MODULES.get(module.removesuffix(".__main__")), 1 + parsed.rest
        elif program == "python":
            program, at = _script(command, words, parsed)
    if program is None or program == "python":
        return None
    return Invocation(program, command.arguments[at:], command)


def _script(command: SimpleCommand, words: Sequence[SourceText], parsed: ParsedOptions) -> tuple[str | None, int]:
    """The program that a Python script is, and the index of its first argument.

    python *option (path / "-" / "-c" text) *argument

    If several unknown words follow each other, the path is the first one that may be a program.
    """
    rest = 1 + parsed.rest
    if code := parsed.values("-c"):
        return program_name(code[0]) if starts_unknown(code[0]) else None, rest
    if [str(word) for word in words[rest : rest + 1]] == ["-"]:
        return ("get-pip" if reads_get_pip(command) else None), rest + 1
    operands = [1 + at for at in parsed.positionals if at <= parsed.rest]
    return next(((program, at + 1) for at in operands if (program := program_name(words[at]))), (None, rest))


def reads_get_pip(command: SimpleCommand) -> bool:
    """Whether the standard input of a command is ``get-pip.py``, by a redirection or a pipe."""
    if any(each.operator == "<" and program_name(each.target.text) == "get-pip" for each in command.redirections):
        return True
    start = command.place.span.start
    before = command.place.source.text[max(0, start - _MAX_PIPE) : start]
    at = before.rfind("get-pip.py")
    return at >= 0 and _PIPED.fullmatch(before, at) is not None


def after_subcommand(invocation: Invocation, options: OptionTable, subcommand: str) -> Invocation | None:
    """The words after a subcommand and the options in front of it; ``None`` if the subcommand is another."""
    rest = parse_options(options, invocation.words).rest
    words = [str(word) for word in invocation.words[rest : rest + 1]]
    return invocation.without_first(rest + 1) if words == [subcommand] else None


def program_name(word: SourceText) -> str | None:
    """The program that a command word names, ``python`` included; ``None`` if it is not relevant.

    Ignores the directory (also with backslashes), the version and ``.exe``.
    """
    name = _with_unknowns_masked(word).replace("\\", "/").rpartition("/")[2]
    if name.lower().endswith(".exe"):
        name = name[:-4].lower()
    if name == _UNKNOWN:
        return _named_by_expansion(str(word)[word.unknown[-1].start : word.unknown[-1].end])
    return _canonical(name)


def _with_unknowns_masked(word: SourceText) -> str:
    text = str(word)
    for start, end in reversed(word.unknown):
        text = text[:start] + _UNKNOWN + text[end:]
    return text


@lru_cache(maxsize=512)  # most commands run one of a few programs
def _canonical(name: str) -> str | None:
    for pattern, program in _PROGRAMS:
        if pattern.fullmatch(name):
            return program or name
    return None


def _named_by_expansion(expansion: str) -> str | None:
    """The program that ``$PIP``, ``${VENV_PYTHON}``, ``$PIP_BIN`` or ``$(command -v pip3)`` probably names."""
    substitution = _SUBSTITUTION.fullmatch(expansion)
    if substitution:
        words = re.split(r"[\s/;|&]+", substitution[1] or substitution[2] or "")
        names = words[1:]  # the first word is ``which``, or a program with unknown output
    else:
        variable = _VARIABLE.match(expansion)
        names = variable[1].lower().split("_") if variable else []
    return next((program for program in map(_canonical, names) if program), None)
