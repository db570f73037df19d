"""A second command among the arguments of an install command: a ``&&`` is missing between them."""

from __future__ import annotations

import re

from pinhook._startup.lazy_re import regex
from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.installers.installation import Target
from pinhook.installers.invocation import program_name
from pinhook.requirements import Malformed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pinhook.installers.installation import Installation
    from pinhook.shell import Argument, SimpleCommand

_INSTRUCTIONS = frozenset(
    {
        *("ADD", "ARG", "CMD", "COPY", "ENTRYPOINT", "ENV", "EXPOSE", "FROM", "HEALTHCHECK", "LABEL", "MAINTAINER"),
        *("ONBUILD", "SHELL", "STOPSIGNAL", "USER", "VOLUME", "WORKDIR"),
    }
)
_LOOKAHEAD = 10  # words that are compared with a command, ``sudo`` and assignments included
_PREFIXES = frozenset({"sudo", "exec", "time", "command", "env"})
_MODULE = regex(r"-m (\w+) ")
_ASSIGNMENT = regex(r"[A-Z_][A-Z0-9_]*=.*", re.DOTALL)
_SYSTEM = r"(?:-\S+ )*(?:install|update|upgrade|dist-upgrade|clean|autoclean|remove|purge|autoremove|makecache) "
_PATH = r"(?:~|~?/\S*|\.\.?(?:/\S*)?|[\w.-]+/\S*|\$\S+) "
_INSTALLERS = {
    # without subcommands of pip that are also packages: ``pip install -U pip wheel`` names two packages
    "pip": regex(
        r"(?:install|uninstall|download|list|show|freeze|check|config (?:set|unset|list|get)) "
        r"|cache (?:purge|remove) |wheel (?:-w|--wheel-dir)"
    ),
    "uv": regex(r"(?:pip (?:install|sync|uninstall)|tool (?:install|run)|sync|add|venv|lock) "),
    "pipx": regex(r"(?:install|inject|ensurepath|runpip) "),
    **dict.fromkeys(("poetry", "pdm", "pipenv"), regex(r"(?:install|add|sync|config) ")),
}
_OTHERS = {
    "python": regex(r"(?:-m \w+ |-c [^\n]*[(;]|\S+\.py )"),
    "bash": regex(r"(?:-lc|\S+\.sh) "),
    "apk": regex(r"(?:--no-cache )?(?:add|del|update|upgrade) "),
    "git": regex(r"(?:clone|checkout|config|submodule|pull|fetch|init) "),
    "curl": regex(r"(?:-[fsSLoOk]{2,}|-[oO]|https?:\S+) "),
    "export": regex(r"\w+=\S* "),
    "make": regex(r"install "),
    "rm": regex(rf"(?:-[rRfv]+ |{_PATH})"),
    "mkdir": regex(rf"(?:-p |{_PATH})"),
    "cd": regex(_PATH),
    "chmod": regex(rf"(?:\+x |\d+ {_PATH})"),
    **dict.fromkeys(("cp", "mv", "ln", "chown"), regex(rf"(?:-\w+ )?(?:\S+ )?{_PATH}")),
    **dict.fromkeys(("apt-get", "apt", "aptitude", "yum", "dnf", "microdnf", "zypper"), regex(_SYSTEM)),
    **dict.fromkeys(("npm", "pnpm", "yarn"), regex(r"(?:install|ci|run|add) ")),
    **dict.fromkeys(
        ("conda", "mamba", "micromamba"), regex(r"(?:install|create|update|clean|run|env|activate|config) ")
    ),
}
"""Commands, and patterns for the words after their names that no list of packages contains.

A space follows each word.
"""


def parse_first(command: SimpleCommand, read: Callable[[SimpleCommand], Installation | None]) -> Installation | None:
    """The installation up to the word that starts a second command. That word is a malformed target.

    The installer would read the words of the second command as packages, ``install`` included.
    """
    installation = read(command)
    start, reason = _find_second(command, installation) if installation else (0, "")
    if not start:
        return installation
    first = read(command._replace(arguments=command.arguments[:start]))
    word = command.arguments[start]
    target = Target(word, word.text, Malformed(word.text, reason, None))
    return first and first._replace(targets=(*first.targets, target))


def _find_second(command: SimpleCommand, installation: Installation) -> tuple[int, str]:
    """The index of the first word of a second command, and the reason for the message; 0 if there is none."""
    if installation.subcommand == "run":
        return 0, ""
    words = command.arguments
    texts = (*(target.text for target in installation.targets), *installation.requirements_files)
    spans = {text.span for text in texts}
    for at in range(1, len(words) - 1):
        if words[at].text.span in spans and (reason := _reason(words[at : at + _LOOKAHEAD])):
            return at, reason
    return 0, ""


def _reason(words: Sequence[Argument]) -> str:
    """Why the words start a command; empty if they may be targets."""
    if str(words[0]) == "RUN":
        return "is a word of this command; write && in place of RUN"
    if str(words[0]) in _INSTRUCTIONS:
        return "is a word of this command; remove the \\ in front of it"
    words = _behind_prefixes(words)
    name = program_name(words[0].text) or str(words[0])
    pattern = _INSTALLERS.get(name) or _OTHERS.get(name)
    found = pattern and pattern.match("".join(f"{word} " for word in words[1:4]))
    if not found:
        return ""
    module = _MODULE.match(found[0])
    if name in _INSTALLERS or (module and module[1] in _INSTALLERS):
        second = f"{module[1]} {words[3]}" if module and len(words) > 3 else f"{name} {found[0].strip()}"
        return f"starts a second {second}; write && before it"
    return f"starts another command, {name} {found[0].strip()}; write && before it"


def _behind_prefixes(words: Sequence[Argument]) -> Sequence[Argument]:
    """The words without leading ``sudo``, its options and assignments; never empty."""
    at = 0
    while at < len(words) - 1 and (str(words[at]) in _PREFIXES or _ASSIGNMENT.fullmatch(str(words[at]))):
        at += 1
        while at < len(words) - 1 and str(words[at]).startswith("-"):
            at += 1
    return words[at:]
