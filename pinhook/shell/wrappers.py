"""Commands that run another command, such as ``sudo``, ``timeout``, ``xargs`` and ``bash -c``.

Each has the options of its manual page, so that ``timeout -k 5 30 pip`` runs ``pip`` and not ``30``.
"""

from __future__ import annotations

import itertools
import re

from pinhook._startup.lazy_re import regex
from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.shell import item_wrappers, script_wrappers, tool_runners
from pinhook.shell.command import Argument
from pinhook.shell.script_wrappers import SHELLS
from pinhook.shell.wrapped import (
    ALL_HIDDEN,
    NOTHING_HIDDEN,
    PATH_HIDDEN,
    Hidden,
    RunsFile,
    option_table,
    parse_wrapper_options,
    runs,
)
from pinhook.shell.wrapper_options import ASSIGNING, OPERANDS, PREFIXES, RUNNERS

if TYPE_CHECKING:
    from collections.abc import Callable

    from pinhook.argv import ParsedOptions
    from pinhook.shell.wrapped import Arguments, Wrapped

_ARCHITECTURE = regex(r"linux(32|64)|x86_64|i[3-6]86|aarch64|arm\w*|ppc\w*|s390x?|riscv\w*|amd64")
_ASSIGNMENT = regex(r"([A-Za-z_]\w*)=")
_SHELL_VARIABLE = regex(r"\$(SHELL|BASH|\{SHELL\}|\{BASH\})")
MAX_CANDIDATES = 16
"""Maximum number of words after an unknown command that are tried as a shell; ``sh sh sh …`` is quadratic."""


def command_name(argument: Argument) -> str:
    """The name of a command without its folder, which may be unknown; empty if the name is unknown."""
    folder, slash, name = str(argument).replace("\\", "/").rpartition("/")
    if not argument.text[len(folder + slash) :].is_known:
        return ""
    return name[:-4].lower() if name.lower().endswith(".exe") else name


def is_wrapper(name: str) -> bool:
    """Whether a command may run other commands, by its name."""
    return any(name in table for table in (SHELLS, _SPECIAL, RUNNERS, PREFIXES)) or bool(_ARCHITECTURE.fullmatch(name))


def unwrap(arguments: Arguments) -> list[Wrapped] | None:
    """What a command runs; ``None`` if it is not a wrapper."""
    name = command_name(arguments[0])
    if not name and _SHELL_VARIABLE.fullmatch(str(arguments[0])):
        name = "sh"
    if name in SHELLS:
        return script_wrappers.shell(arguments, SHELLS[name])
    if name in _SPECIAL:
        return _SPECIAL[name](arguments)
    if name in RUNNERS:
        return tool_runners.runner(arguments, *RUNNERS[name])
    if name in PREFIXES:
        return _plain_wrapper(arguments, name)
    if _ARCHITECTURE.fullmatch(name):
        return _plain_wrapper(arguments, "setarch")
    return None


def unwrap_behind(arguments: Arguments) -> list[Wrapped]:
    """What a shell, ``eval`` or ``su`` among the arguments of an unknown command runs.

    Example: ``retry 3 bash -c 'script'``. The first word that gives a script, or a shell that reads standard input, is
    used; otherwise the first word that gives a file.
    """
    candidates = (at for at in range(1, len(arguments)) if command_name(arguments[at]) in _SCRIPTED)
    unwrapped = [found for at in itertools.islice(candidates, MAX_CANDIDATES) if (found := unwrap(arguments[at:]))]
    with_text = (found for found in unwrapped if not isinstance(found[0], RunsFile))
    return next(with_text, unwrapped[0] if unwrapped else [])


def _plain_wrapper(arguments: Arguments, name: str) -> list[Wrapped]:
    """The command after the options, operands and assignments of a simple wrapper."""
    words = arguments[1:]
    parsed = parse_wrapper_options(option_table(PREFIXES[name]), words)
    rest = words[parsed.rest :]
    hidden = _hidden_by(name, parsed)
    if name == "env" and rest and str(rest[0]) == "-":
        hidden, rest = ALL_HIDDEN, rest[1:]
    assignments = []
    while name in ASSIGNING and rest and (match := _ASSIGNMENT.match(str(rest[0]))):
        assignments.append((match.group(1), rest[0].text[match.end() :]))
        rest = rest[1:]
    return runs(rest[OPERANDS.get(name, 0) :], tuple(assignments), hidden)


def _hidden_by(name: str, parsed: ParsedOptions) -> Hidden:
    """The variables that a wrapper removes from the environment: with sudo all, unless its options keep them."""
    if name == "env" and not parsed.has("--ignore-environment"):
        return Hidden(frozenset(map(str, parsed.values("--unset"))))
    if name == "sudo" and not parsed.has("-E") and (kept := _preserved(parsed)) is not None:
        return Hidden(kept - {"PATH"}, others=True)  # sudo has a path of its own
    if name in {"sudo", "doas", "chroot"}:
        return PATH_HIDDEN
    return ALL_HIDDEN if name == "env" or parsed.has("--reset-env") else NOTHING_HIDDEN


def _preserved(parsed: ParsedOptions) -> frozenset[str] | None:
    """The variables in ``--preserve-env=A,B``; ``None`` for all of them."""
    values = [option.value for option in parsed.options if option.name == "--preserve-env"]
    if any(value is None for value in values):
        return None
    return frozenset(name for value in values for name in str(value).split(","))


def _env(arguments: Arguments) -> list[Wrapped]:
    """``env -S 'pip install x'`` splits a string into words; ``env -`` is ``env -i``."""
    words = arguments[1:]
    for index, word in enumerate(words):
        split = re.match(r"(-[a-zA-Z0]*S|--split-string=?)", str(word))
        if not split:
            continue
        if split.end() < len(word.text):
            string, rest = word.text[split.end() :], words[index + 1 :]
        elif index + 1 < len(words):
            string, rest = words[index + 1].text, words[index + 2 :]
        else:
            return []
        fields = tuple(Argument(field, field) for field in string.words())
        return _plain_wrapper((arguments[0], *fields, *rest), "env")
    return _plain_wrapper((arguments[0], *words), "env")


def _command(arguments: Arguments) -> list[Wrapped]:
    """``command pip …`` runs it; ``command -v pip`` only looks for it."""
    parsed = parse_wrapper_options(option_table("-p -v -V"), arguments[1:])
    return [] if parsed.has("-v", "-V") else runs(arguments[1:][parsed.rest :])


_SPECIAL: dict[str, Callable[[Arguments], list[Wrapped] | None]] = {
    ".": script_wrappers.source,
    "source": script_wrappers.source,
    "pipx": tool_runners.pipx,
    "uvx": tool_runners.uvx,
    "cmd": script_wrappers.cmd,
    "powershell": script_wrappers.powershell,
    "pwsh": script_wrappers.powershell,
    "command": _command,
    "env": _env,
    "eval": script_wrappers.eval_words,
    "find": item_wrappers.find,
    "flock": script_wrappers.flock,
    "hatch": tool_runners.hatch,
    "nix-shell": script_wrappers.nix_shell,
    "parallel": item_wrappers.parallel,
    "run-parts": script_wrappers.run_parts,
    "runuser": script_wrappers.runuser,
    "scl": script_wrappers.scl,
    "script": script_wrappers.script,
    "su": script_wrappers.su,
    "trap": script_wrappers.trap,
    "uv": tool_runners.uv,
    "xargs": item_wrappers.xargs,
}

_SCRIPTED = frozenset(
    {*SHELLS, "cmd", "eval", "nix-shell", "parallel", "powershell", "pwsh", "runuser", "scl", "script", "su"}
)
"""Wrappers whose argument is shell code. They are also searched after an unknown command."""
