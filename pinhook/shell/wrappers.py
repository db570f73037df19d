"""Commands that run another command, such as ``sudo``, ``timeout``, ``xargs`` and ``bash -c``.

Each has the options of its manual page, so that ``timeout -k 5 30 pip`` runs ``pip`` and not ``30``.
"""

from __future__ import annotations

import itertools
import re

from pinhook._startup.lazy_re import regex
from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.argv import table
from pinhook.shell.activation import CONDA_ENVIRONMENT
from pinhook.shell.command import Argument
from pinhook.shell.item_wrappers import find, parallel, xargs
from pinhook.shell.script_files import RunAs
from pinhook.shell.words import Dialect
from pinhook.shell.wrapped import (
    NOTHING_HIDDEN,
    Arguments,
    Hidden,
    Runs,
    RunsFile,
    RunsInput,
    RunsScript,
    join_words,
    option_table,
    parse_wrapper_options,
    runs,
)
from pinhook.shell.wrapper_options import ASSIGNING, OPERANDS, PREFIXES, RUN_PARTS, RUNNERS, RUNUSER, SCRIPT, SU

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pinhook.argv import ParsedOptions
    from pinhook.shell.wrapped import Wrapped
    from pinhook.source import SourceText

_ARCHITECTURE = regex(r"linux(32|64)|x86_64|i[3-6]86|aarch64|arm\w*|ppc\w*|s390x?|riscv\w*|amd64")
_ASSIGNMENT = regex(r"([A-Za-z_]\w*)=")
_SHELLS = {
    "sh": Dialect.SH, "dash": Dialect.SH, "ash": Dialect.SH,
    "bash": Dialect.BASH, "rbash": Dialect.BASH, "zsh": Dialect.BASH, "ksh": Dialect.BASH, "mksh": Dialect.BASH,
    "ksh93": Dialect.BASH, "rksh": Dialect.BASH, "yash": Dialect.SH, "posh": Dialect.SH, "fish": Dialect.BASH,
    "csh": Dialect.SH, "tcsh": Dialect.SH,
}  # fmt: skip
"""Shells by name. ``fish`` and ``csh`` have the same simple commands; other syntax is mostly ``Unreadable``."""

_SHELL_VARIABLE = regex(r"\$(SHELL|BASH|\{SHELL\}|\{BASH\})")
_TOOL = regex(r"[\w.-]+(?=[@=<>!~\[]|\Z)")
MAX_CANDIDATES = 16
"""Maximum number of words behind an unknown command that are tried as a shell; ``sh sh sh …`` is quadratic."""

_ALL = Hidden(others=True)
_PATH = Hidden(frozenset({"PATH"}))
"""Of wrappers that look for programs elsewhere."""
_POWERSHELL_VALUED = frozenset({
    "executionpolicy", "ep", "ex", "exec", "version", "inputformat", "outputformat", "windowstyle", "w",
    "configurationname", "psconsolefile", "workingdirectory", "wd",
})  # fmt: skip


def command_name(argument: Argument) -> str:
    """The name of a command without its folder, which may be unknown; empty if the name is unknown."""
    folder, slash, name = str(argument).replace("\\", "/").rpartition("/")
    if not argument.text[len(folder + slash) :].is_known:
        return ""
    return name[:-4].lower() if name.lower().endswith(".exe") else name


def dialect_of(name: str) -> Dialect | None:
    """The dialect of a shell by its name; ``None`` if it is not a shell."""
    return _SHELLS.get(name)


def has_errexit(options: Iterable[Argument | SourceText]) -> bool:
    """Whether a shell with these options ends at the first failed command: ``-e``, ``-o errexit``."""
    words = list(map(str, options))
    return "errexit" in words or any(word[:1] == "-" != word[1:2] and "e" in word for word in words)


def is_login_shell(options: Iterable[Argument | SourceText]) -> bool:
    """Whether a shell with these options reads the profile: ``-l``, ``-lc``, ``--login``."""
    return any(word == "--login" or (word[:1] == "-" != word[1:2] and "l" in word) for word in map(str, options))


def is_wrapper(name: str) -> bool:
    """Whether a command may run other commands, by its name."""
    return any(name in table for table in (_SHELLS, _SPECIAL, RUNNERS, PREFIXES)) or bool(_ARCHITECTURE.fullmatch(name))


def unwrap(arguments: Arguments) -> list[Wrapped] | None:
    """What a command runs; ``None`` if it is not a wrapper."""
    name = command_name(arguments[0])
    if not name and _SHELL_VARIABLE.fullmatch(str(arguments[0])):
        name = "sh"
    if name in _SHELLS:
        return _shell(arguments, _SHELLS[name])
    if name in _SPECIAL:
        return _SPECIAL[name](arguments)
    if name in RUNNERS:
        return _runner(arguments, *RUNNERS[name])
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
    """The command behind the options, operands and assignments of a simple wrapper."""
    words = arguments[1:]
    parsed = parse_wrapper_options(option_table(PREFIXES[name]), words)
    rest = words[parsed.rest :]
    hidden = _hidden_by(name, parsed)
    if name == "env" and rest and str(rest[0]) == "-":
        hidden, rest = _ALL, rest[1:]
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
        return _PATH
    return _ALL if name == "env" or parsed.has("--reset-env") else NOTHING_HIDDEN


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


def _shell(arguments: Arguments, dialect: Dialect) -> list[Wrapped]:
    """``bash [options] -c script [name [argument …]]``, ``bash file``, or a shell that reads standard input.

    The script is the first operand, wherever the ``c`` is among the options. ``-o`` and ``-O`` take a value.
    """
    words = arguments[1:]
    at = 0
    has_script = reads_input = False
    while at < len(words):
        word = str(words[at])
        if word[:1] not in {"-", "+"} or not words[at].text.is_known:
            break
        at += 1
        if word in {"-", "--"}:
            break
        if word.startswith("--"):
            at += word in {"--rcfile", "--init-file"}
            continue
        has_script |= "c" in word
        reads_input |= "s" in word
        at += sum(letter in "oO" for letter in word[1:])
    operands = words[at:]
    if has_script:
        options = words[:at]
        hidden = _PATH if is_login_shell(options) else NOTHING_HIDDEN
        script = operands[0].text if operands else None
        return [RunsScript(script, dialect, operands[2:], False, hidden, has_errexit(options))] if script else []
    if reads_input or not operands or _is_input(operands[0]):
        return [RunsInput(dialect)]
    return [RunsFile(operands[0], RunAs.SCRIPT, dialect, operands[1:], has_errexit(words[:at]))]


def _is_input(word: Argument) -> bool:
    """Whether a file is standard input or a process substitution."""
    name = str(word)
    return name in {"/dev/stdin", "/dev/fd/0"} or (name.startswith("<(") and not word.text.is_known)


def _source(arguments: Arguments) -> list[Wrapped] | None:
    """``. file [argument …]``; the file may be the output of a command."""
    operands = tuple(word for word in arguments[1:] if str(word) != "--")
    if not operands:
        return None
    if _is_input(operands[0]):
        return [RunsInput(None)]
    return [RunsFile(operands[0], RunAs.SOURCED, arguments=operands[1:])]


def _run_parts(arguments: Arguments) -> list[Wrapped]:
    """``run-parts [options] folder``, whose ``--arg`` are those of each script."""
    words = arguments[1:]
    parsed = parse_wrapper_options(option_table(RUN_PARTS, permutes=True), words)
    if not parsed.positionals or parsed.has("--test", "--list"):
        return []
    given = tuple(Argument(value, value) for value in parsed.values("--arg"))
    return [RunsFile(words[parsed.positionals[-1]], RunAs.FOLDER, arguments=given)]


def _su(arguments: Arguments) -> list[Wrapped]:
    """``su - user -c 'script'``: the login shell of the user runs the script; it is assumed to be sh."""
    words = tuple(argument for argument in arguments[1:] if str(argument) != "-")
    parsed = parse_wrapper_options(option_table(SU, permutes=True), words)
    is_login = len(words) < len(arguments) - 1 or parsed.has("--login")
    scripts = parsed.values("--command", "--session-command")
    shell = next((dialect_of(str(value).rpartition("/")[2]) for value in parsed.values("--shell")), None)
    operands = [words[index] for index in parsed.positionals]
    if scripts:
        hidden = _ALL if is_login else NOTHING_HIDDEN
        return [RunsScript(scripts[-1], shell or Dialect.SH, tuple(operands[2:]), hidden=hidden)]
    return [] if len(operands) > 1 else [RunsInput(shell or Dialect.SH)]


def _runuser(arguments: Arguments) -> list[Wrapped]:
    """``runuser -u user [--] command``, or like ``su``."""
    words = arguments[1:]
    parsed = parse_wrapper_options(option_table(RUNUSER), words)
    return runs(words[parsed.rest :]) if parsed.has("--user") else _su(arguments)


def _eval(arguments: Arguments) -> list[Wrapped]:
    words = arguments[1:]
    if words and str(words[0]) == "--":
        words = words[1:]
    return [RunsScript(join_words(words), None, same_shell=True)] if words else []


def _cmd(arguments: Arguments) -> list[Wrapped]:
    """``cmd /S /C command``: all text behind ``/c`` is one command line."""
    for index, argument in enumerate(arguments):
        if str(argument)[:2].lower() in {"/c", "/k"} and arguments[index + 1 :]:
            return [RunsScript(join_words(arguments[index + 1 :]), Dialect.CMD)]
    return []


def _powershell(arguments: Arguments) -> list[Wrapped]:
    """``powershell -NoProfile -Command …``; ``-Command`` may be abbreviated, or omitted in front of a word."""
    words = arguments[1:]
    for index, word in enumerate(words):
        option = str(word).lower()
        if not option.startswith(("-", "/")):
            is_value = index and str(words[index - 1]).lower()[1:] in _POWERSHELL_VALUED
            if not is_value:
                return [RunsScript(join_words(words[index:]), Dialect.POWERSHELL)]
        elif len(option) > 1 and "command".startswith(option[1:]) and words[index + 1 :]:
            return [RunsScript(join_words(words[index + 1 :]), Dialect.POWERSHELL)]
        elif len(option) > 1 and ("file".startswith(option[1:]) or "encodedcommand".startswith(option[1:])):
            return []
    return []


def _trap(arguments: Arguments) -> list[Wrapped]:
    parsed = parse_wrapper_options(option_table("-l -p"), arguments[1:])
    operands = arguments[1:][parsed.rest :]
    return [RunsScript(operands[0].text, None)] if len(operands) > 1 and str(operands[0]) != "-" else []


def _runner(arguments: Arguments, main: str, run: str) -> list[Wrapped] | None:
    """``tool [options] run [options] command``."""
    words = arguments[1:]
    at = parse_wrapper_options(option_table(main), words).rest
    if at >= len(words) or str(words[at]) != "run":
        return None
    words = words[at + 1 :]
    return _in_environment(parse_wrapper_options(option_table(run), words), words)


def _in_environment(parsed: ParsedOptions, words: Arguments) -> list[Wrapped]:
    """A command in an environment of its own, which for conda has a name."""
    named = parsed.values("--name", "--prefix")
    assignments = ((CONDA_ENVIRONMENT, named[-1]),) if named and named[-1] else ()
    return runs(words[parsed.rest :], assignments, NOTHING_HIDDEN if assignments else _PATH)


def _hatch(arguments: Arguments) -> list[Wrapped] | None:
    """``hatch run environment:command``: the environment is glued to the command."""
    found = _runner(arguments, *RUNNERS["hatch"])
    if not found or not isinstance(found[0], Runs):
        return found
    first, *rest = found[0].arguments
    colon = str(first).find(":")
    if colon < 0 or "/" in str(first)[:colon]:
        return found
    return runs((Argument(first.text[colon + 1 :], first.written), *rest), (), found[0].hidden)


def _uv(arguments: Arguments) -> list[Wrapped] | None:
    """``uv [options] run [options] command``."""
    words = arguments[1:]
    at = parse_wrapper_options(table("uv", "main", permutes=False), words).rest
    if [str(word) for word in words[at : at + 2]] == ["tool", "run"]:
        return _uvx(words[at + 1 :])
    if at >= len(words) or str(words[at]) != "run":
        return None
    words = words[at + 1 :]
    parsed = parse_wrapper_options(table("uv", "run", permutes=False), words)
    rest = words[parsed.rest :]
    return runs((*_python_module(arguments[0]), *rest) if parsed.has("-m", "--module") else rest, (), _PATH)


def _uvx(arguments: Arguments) -> list[Wrapped]:
    """``uvx [options] tool[@version] argument…``."""
    words = arguments[1:]
    return _tool(words[parse_wrapper_options(table("uv", "tool run", permutes=False), words).rest :])


def _pipx(arguments: Arguments) -> list[Wrapped] | None:
    """``pipx run [options] tool argument…``."""
    words = arguments[1:]
    if not words or str(words[0]) != "run":
        return None
    return _tool(words[1 + parse_wrapper_options(table("pipx", "run", permutes=False), words[1:]).rest :])


def _tool(words: Arguments) -> list[Wrapped]:
    """A tool with its arguments, without the requested version."""
    if not words:
        return []
    name = _TOOL.match(str(words[0]))
    return runs((Argument(words[0].text[: name.end()], words[0].written), *words[1:]), (), _PATH) if name else []


def _python_module(wrapper_word: Argument) -> Arguments:
    """``python -m``, for ``uv run -m``."""
    return tuple(Argument(wrapper_word.text.decoded(word), wrapper_word.written) for word in ("python", "-m"))


def _scl(arguments: Arguments) -> list[Wrapped]:
    """``scl enable collection… 'script'``, or with the command behind ``--``."""
    words = arguments[1:]
    separator = next((index for index, word in enumerate(words) if str(word) == "--"), None)
    if separator is not None:
        return runs(words[separator + 1 :])
    return [RunsScript(words[-1].text, Dialect.BASH)] if len(words) > 2 and str(words[0]) == "enable" else []


def _script(arguments: Arguments) -> list[Wrapped]:
    """``script [options] -c 'script' [file]``."""
    parsed = parse_wrapper_options(option_table(SCRIPT, permutes=True), arguments[1:])
    scripts = parsed.values("--command")
    return [RunsScript(scripts[-1], Dialect.SH)] if scripts else []


def _nix_shell(arguments: Arguments) -> list[Wrapped]:
    """``nix-shell [options] --run 'script'``."""
    options = {"--run", "--command"}
    scripts = [following.text for word, following in itertools.pairwise(arguments) if str(word) in options]
    return [RunsScript(scripts[-1], Dialect.BASH)] if scripts else []


def _flock(arguments: Arguments) -> list[Wrapped]:
    """``flock file command`` or ``flock file -c 'script'``."""
    words = arguments[1:]
    rest = words[parse_wrapper_options(option_table(PREFIXES["flock"]), words).rest + 1 :]
    if len(rest) > 1 and str(rest[0]) in {"-c", "--command"}:
        return [RunsScript(rest[1].text, Dialect.SH)]
    return runs(rest)


_SPECIAL: dict[str, Callable[[Arguments], list[Wrapped] | None]] = {
    ".": _source,
    "source": _source,
    "pipx": _pipx,
    "uvx": _uvx,
    "cmd": _cmd,
    "powershell": _powershell,
    "pwsh": _powershell,
    "command": _command,
    "env": _env,
    "eval": _eval,
    "find": find,
    "flock": _flock,
    "hatch": _hatch,
    "nix-shell": _nix_shell,
    "parallel": parallel,
    "run-parts": _run_parts,
    "runuser": _runuser,
    "scl": _scl,
    "script": _script,
    "su": _su,
    "trap": _trap,
    "uv": _uv,
    "xargs": xargs,
}

_SCRIPTED = frozenset(
    {*_SHELLS, "cmd", "eval", "nix-shell", "parallel", "powershell", "pwsh", "runuser", "scl", "script", "su"}
)
"""Wrappers whose argument is shell code. They are also searched behind an unknown command."""
