"""``pipx install``, ``inject``, ``run`` and ``runpip``."""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.argv import ParsedOptions, parse_options, table
from pinhook.installers import pip
from pinhook.installers.installation import CommandProblem, Installation, Target
from pinhook.installers.installer import Installer
from pinhook.installers.invocation import Invocation
from pinhook.installers.targets import command_problems, in_order, option_targets, positional_targets
from pinhook.requirements import RequirementGrammar
from pinhook.requirements.lines import QuoteError, split_words
from pinhook.shell import Argument

if TYPE_CHECKING:
    from pinhook.source import SourceText

_PRINTING = ("--help", "--version")


def parse(invocation: Invocation) -> Installation | None:
    """The installation of a pipx command; ``None`` if it installs nothing.

    pipx = "pipx" *main-option ("install" / "inject" environment) *(option / target)
         / "pipx" *main-option "run" *option target *argument
         / "pipx" *main-option "runpip" *option environment *pip-argument

    Follows argparse and pipx's option tables.
    """
    words = invocation.words
    main = parse_options(table("pipx", "main", permutes=False, skips_unknown=True), words)
    if main.has(*_PRINTING) or main.rest == len(words):
        return None
    subcommand, arguments = str(words[main.rest]), invocation.without_first(main.rest + 1)
    if subcommand not in {"install", "inject", "run", "runpip"}:
        return None
    parsed = parse_options(table("pipx", subcommand, permutes=subcommand in {"install", "inject"}), arguments.words)
    if parsed.has(*_PRINTING):
        return None
    if subcommand == "runpip":
        return pip.parse(arguments.without_first(parsed.rest + 1)._replace(program="pip"))
    return _installation(arguments, parsed, subcommand)


def _installation(invocation: Invocation, parsed: ParsedOptions, subcommand: str) -> Installation:
    grammar = RequirementGrammar.PIPX if subcommand == "install" else None
    found, pip_problems = _parse_pip_arguments(invocation, parsed)
    return Installation(
        installer="pipx",
        subcommand=subcommand,
        place=invocation.command.place,
        targets=(*in_order(invocation, _targets(invocation, parsed, subcommand)), *found.targets),
        requirements_files=parsed.values("--requirement") + found.requirements_files,
        # a lock file decides every version, as a constraints file does
        constraints_files=parsed.values("--lock") + found.constraints_files,
        groups=found.groups,
        scripts=found.scripts,
        only_local=found.only_local,
        require_hashes=found.require_hashes,
        problems=(*command_problems(invocation, parsed, f"pipx {subcommand}", grammar), *found.problems, *pip_problems),
    )


def _targets(invocation: Invocation, parsed: ParsedOptions, subcommand: str) -> list[Target]:
    grammar = RequirementGrammar.EDITABLE if parsed.has("--editable") else RequirementGrammar.PIPX
    if subcommand == "inject":
        parsed = parsed._replace(positionals=parsed.positionals[1:])  # the first is the environment
    if subcommand == "run":
        parsed = parsed._replace(positionals=parsed.positionals[:1])  # the words after it belong to the application
    source = option_targets(invocation, parsed, ("--spec",), grammar)
    extra = option_targets(invocation, parsed, ("--preinstall", "--with"), RequirementGrammar.PIP)
    return [*(source or positional_targets(invocation, parsed, grammar)), *extra]


def _parse_pip_arguments(
    invocation: Invocation, parsed: ParsedOptions
) -> tuple[Installation, tuple[CommandProblem, ...]]:
    """The installation by ``--pip-args`` (a string of words for ``pip install``) and by the environment.

    Pipx splits the string with ``shlex``. If there are several, the last one is used.
    """
    option = next((each for each in reversed(parsed.options) if each.name == "--pip-args" and each.value), None)
    problems: tuple[CommandProblem, ...] = ()
    words: list[SourceText] = []
    if option and option.value is not None:
        try:
            words = split_words(option.value)
        except QuoteError:
            place = invocation.arguments[option.value_word].written.place
            problems = (CommandProblem(place, "the value of --pip-args has a quote that is not closed"),)
    arguments = tuple(Argument(word, word) for word in words)
    found = pip.parse_arguments(Invocation("pip", arguments, invocation.command), "install")
    return found or Installation("pip", "install", invocation.command.place, ()), problems


INSTALLER = Installer("pipx", frozenset({"pipx"}), parse)
