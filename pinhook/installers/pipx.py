"""``pipx install``, ``inject``, ``run`` and ``runpip``."""

from __future__ import annotations

import re

from pinhook.installers import pip
from pinhook.installers.installation import Installation, Target
from pinhook.installers.installer import Installer
from pinhook.installers.invocation import Invocation
from pinhook.installers.targets import environment_words, in_order, option_targets, positional_targets, problems
from pinhook.options import Parsed, parse, table
from pinhook.requirements import Dialect
from pinhook.shell import Argument

_PRINTING = ("--help", "--version")


def read(invocation: Invocation) -> Installation | None:
    """What a pipx command asks for, or ``None`` when it installs nothing.

    pipx = "pipx" *main-option ("install" / "inject" environment) *(option / target)
         / "pipx" *main-option "run" *option target *argument
         / "pipx" *main-option "runpip" *option environment *pip-argument

    Follows argparse and pipx's tables of options.
    """
    words = invocation.words
    main = parse(table("pipx", "main", permutes=False, skips_unknown=True), words)
    if main.has(*_PRINTING) or main.rest == len(words):
        return None
    subcommand, arguments = str(words[main.rest]), invocation.behind(main.rest + 1)
    if subcommand not in {"install", "inject", "run", "runpip"}:
        return None
    parsed = parse(table("pipx", subcommand, permutes=subcommand in {"install", "inject"}), arguments.words)
    if parsed.has(*_PRINTING):
        return None
    if subcommand == "runpip":
        return pip.read(arguments.behind(parsed.rest + 1)._replace(program="pip"))
    return _installation(arguments, parsed, subcommand)


def _installation(invocation: Invocation, parsed: Parsed, subcommand: str) -> Installation:
    by_pip = _read_pip_arguments(invocation, parsed)
    return Installation(
        installer="pipx",
        subcommand=subcommand,
        place=invocation.command.place,
        targets=in_order(invocation, _targets(invocation, parsed, subcommand)),
        requirements_files=parsed.values("--requirement") + (by_pip.requirements_files if by_pip else ()),
        # a lock fixes every version, as a constraints file does
        constraints_files=parsed.values("--lock")
        + (by_pip.constraints_files if by_pip else environment_words(invocation, "PIP_CONSTRAINT")),
        only_local=by_pip is not None and by_pip.only_local,
        require_hashes=by_pip is not None and by_pip.require_hashes,
        problems=problems(invocation, parsed, f"pipx {subcommand}"),
    )


def _targets(invocation: Invocation, parsed: Parsed, subcommand: str) -> list[Target]:
    dialect = Dialect.EDITABLE if parsed.has("--editable") else Dialect.PIPX
    if subcommand == "inject":
        parsed = parsed._replace(positionals=parsed.positionals[1:])  # the first is the environment
    if subcommand == "run":
        parsed = parsed._replace(positionals=parsed.positionals[:1])  # what follows is the application's
    source = option_targets(invocation, parsed, ("--spec",), dialect)
    extra = option_targets(invocation, parsed, ("--preinstall", "--with"), Dialect.PIP)
    return [*(source or positional_targets(invocation, parsed, dialect)), *extra]


def _read_pip_arguments(invocation: Invocation, parsed: Parsed) -> Installation | None:
    """What ``--pip-args``, a string of options for pip, changes about the installation; ``None`` without any."""
    words = [
        value[match.start() : match.end()]
        for value in parsed.values("--pip-args")
        for match in re.finditer(r"\S+", str(value))
    ]
    if not words:
        return None
    arguments = tuple(Argument(word, word) for word in (words[0].decoded("install"), *words))
    return pip.read(Invocation("pip", arguments, invocation.command))


INSTALLER = Installer("pipx", frozenset({"pipx"}), read)
