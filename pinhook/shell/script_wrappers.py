"""Wrappers that run shell code or a script file: ``bash -c``, ``su -c``, ``eval``, ``. file``, ``powershell``.

Each function gets the words of a command and returns what it runs; ``None`` means that it runs nothing by them.
"""

from __future__ import annotations

import itertools

from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.shell.command import Argument
from pinhook.shell.script_files import RunAs
from pinhook.shell.words import Dialect
from pinhook.shell.wrapped import (
    ALL_HIDDEN,
    NOTHING_HIDDEN,
    PATH_HIDDEN,
    RunsFile,
    RunsInput,
    RunsScript,
    join_words,
    option_table,
    parse_wrapper_options,
    runs,
)
from pinhook.shell.wrapper_options import PREFIXES, RUN_PARTS, RUNUSER, SCRIPT, SU

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pinhook.shell.wrapped import Arguments, Wrapped
    from pinhook.source import SourceText

SHELLS = {
    "sh": Dialect.SH, "dash": Dialect.SH, "ash": Dialect.SH,
    "bash": Dialect.BASH, "rbash": Dialect.BASH, "zsh": Dialect.BASH, "ksh": Dialect.BASH, "mksh": Dialect.BASH,
    "ksh93": Dialect.BASH, "rksh": Dialect.BASH, "yash": Dialect.SH, "posh": Dialect.SH, "fish": Dialect.BASH,
    "csh": Dialect.SH, "tcsh": Dialect.SH,
}  # fmt: skip
"""Shells by name. ``fish`` and ``csh`` have the same simple commands; other syntax is mostly ``Unreadable``."""
_POWERSHELL_VALUED = frozenset({
    "executionpolicy", "ep", "ex", "exec", "version", "inputformat", "outputformat", "windowstyle", "w",
    "configurationname", "psconsolefile", "workingdirectory", "wd",
})  # fmt: skip


def dialect_of(name: str) -> Dialect | None:
    """The dialect of a shell by its name; ``None`` if it is not a shell."""
    return SHELLS.get(name)


def has_errexit(options: Iterable[Argument | SourceText]) -> bool:
    """Whether a shell with these options ends at the first failed command: ``-e``, ``-o errexit``."""
    words = list(map(str, options))
    return "errexit" in words or any(word[:1] == "-" != word[1:2] and "e" in word for word in words)


def is_login_shell(options: Iterable[Argument | SourceText]) -> bool:
    """Whether a shell with these options reads the profile: ``-l``, ``-lc``, ``--login``."""
    return any(word == "--login" or (word[:1] == "-" != word[1:2] and "l" in word) for word in map(str, options))


def shell(arguments: Arguments, dialect: Dialect) -> list[Wrapped]:
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
        hidden = PATH_HIDDEN if is_login_shell(options) else NOTHING_HIDDEN
        script = operands[0].text if operands else None
        return [RunsScript(script, dialect, operands[2:], False, hidden, has_errexit(options))] if script else []
    if reads_input or not operands or _is_input(operands[0]):
        return [RunsInput(dialect)]
    return [RunsFile(operands[0], RunAs.SCRIPT, dialect, operands[1:], has_errexit(words[:at]))]


def _is_input(word: Argument) -> bool:
    """Whether a file is standard input or a process substitution."""
    name = str(word)
    return name in {"/dev/stdin", "/dev/fd/0"} or (name.startswith("<(") and not word.text.is_known)


def source(arguments: Arguments) -> list[Wrapped] | None:
    """``. file [argument …]``; the file may be the output of a command."""
    operands = tuple(word for word in arguments[1:] if str(word) != "--")
    if not operands:
        return None
    if _is_input(operands[0]):
        return [RunsInput(None)]
    return [RunsFile(operands[0], RunAs.SOURCED, arguments=operands[1:])]


def run_parts(arguments: Arguments) -> list[Wrapped]:
    """``run-parts [options] folder``, whose ``--arg`` are those of each script."""
    words = arguments[1:]
    parsed = parse_wrapper_options(option_table(RUN_PARTS, permutes=True), words)
    if not parsed.positionals or parsed.has("--test", "--list"):
        return []
    given = tuple(Argument(value, value) for value in parsed.values("--arg"))
    return [RunsFile(words[parsed.positionals[-1]], RunAs.FOLDER, arguments=given)]


def su(arguments: Arguments) -> list[Wrapped]:
    """``su - user -c 'script'``: the login shell of the user runs the script; it is assumed to be sh."""
    words = tuple(argument for argument in arguments[1:] if str(argument) != "-")
    parsed = parse_wrapper_options(option_table(SU, permutes=True), words)
    is_login = len(words) < len(arguments) - 1 or parsed.has("--login")
    scripts = parsed.values("--command", "--session-command")
    shell = next((dialect_of(str(value).rpartition("/")[2]) for value in parsed.values("--shell")), None)
    operands = [words[index] for index in parsed.positionals]
    if scripts:
        hidden = ALL_HIDDEN if is_login else NOTHING_HIDDEN
        return [RunsScript(scripts[-1], shell or Dialect.SH, tuple(operands[2:]), hidden=hidden)]
    return [] if len(operands) > 1 else [RunsInput(shell or Dialect.SH)]


def runuser(arguments: Arguments) -> list[Wrapped]:
    """``runuser -u user [--] command``, or like ``su``."""
    words = arguments[1:]
    parsed = parse_wrapper_options(option_table(RUNUSER), words)
    return runs(words[parsed.rest :]) if parsed.has("--user") else su(arguments)


def eval_words(arguments: Arguments) -> list[Wrapped]:
    """``eval [--] word …``: the words are shell code, run in the same shell."""
    words = arguments[1:]
    if words and str(words[0]) == "--":
        words = words[1:]
    return [RunsScript(join_words(words), None, same_shell=True)] if words else []


def cmd(arguments: Arguments) -> list[Wrapped]:
    """``cmd /S /C command``: all text after ``/c`` is one command line."""
    for index, argument in enumerate(arguments):
        if str(argument)[:2].lower() in {"/c", "/k"} and arguments[index + 1 :]:
            return [RunsScript(join_words(arguments[index + 1 :]), Dialect.CMD)]
    return []


def powershell(arguments: Arguments) -> list[Wrapped]:
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


def trap(arguments: Arguments) -> list[Wrapped]:
    """``trap 'script' signal …``; ``-`` in place of the script resets the signals."""
    parsed = parse_wrapper_options(option_table("-l -p"), arguments[1:])
    operands = arguments[1:][parsed.rest :]
    return [RunsScript(operands[0].text, None)] if len(operands) > 1 and str(operands[0]) != "-" else []


def scl(arguments: Arguments) -> list[Wrapped]:
    """``scl enable collection… 'script'``, or with the command after ``--``."""
    words = arguments[1:]
    separator = next((index for index, word in enumerate(words) if str(word) == "--"), None)
    if separator is not None:
        return runs(words[separator + 1 :])
    return [RunsScript(words[-1].text, Dialect.BASH)] if len(words) > 2 and str(words[0]) == "enable" else []


def script(arguments: Arguments) -> list[Wrapped]:
    """``script [options] -c 'script' [file]``."""
    parsed = parse_wrapper_options(option_table(SCRIPT, permutes=True), arguments[1:])
    scripts = parsed.values("--command")
    return [RunsScript(scripts[-1], Dialect.SH)] if scripts else []


def nix_shell(arguments: Arguments) -> list[Wrapped]:
    """``nix-shell [options] --run 'script'``."""
    options = {"--run", "--command"}
    scripts = [following.text for word, following in itertools.pairwise(arguments) if str(word) in options]
    return [RunsScript(scripts[-1], Dialect.BASH)] if scripts else []


def flock(arguments: Arguments) -> list[Wrapped]:
    """``flock file command`` or ``flock file -c 'script'``."""
    words = arguments[1:]
    rest = words[parse_wrapper_options(option_table(PREFIXES["flock"]), words).rest + 1 :]
    if len(rest) > 1 and str(rest[0]) in {"-c", "--command"}:
        return [RunsScript(rest[1].text, Dialect.SH)]
    return runs(rest)
