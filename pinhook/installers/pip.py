"""``pip install``, ``download``, ``wheel`` and ``lock``."""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.argv import OptionTable, ParsedOptions, parse_options, table
from pinhook.installers.installation import CommandProblem, Installation, Target
from pinhook.installers.installer import Installer
from pinhook.installers.targets import (
    command_problems,
    environment_words,
    in_order,
    is_true,
    option_targets,
    positional_targets,
    target,
)
from pinhook.requirements import RequirementGrammar
from pinhook.shell import Argument

if TYPE_CHECKING:
    from pinhook.installers.invocation import Invocation

_SUBCOMMANDS = frozenset({"install", "download", "wheel", "lock"})
_PRINTING = ("--help", "--version")


def parse(invocation: Invocation) -> Installation | None:
    """The installation of a pip command; ``None`` if it installs and downloads nothing.

    pip = "pip" *main-option subcommand *(option / target) / "get-pip.py" *(option / target)

    Follows optparse and pip's option tables. If only the build knows the subcommand (``pip $ARGUMENTS``), there is one
    target: the unknown word.
    """
    words = invocation.words
    if invocation.program == "get-pip":
        return _parse_get_pip(invocation)
    main = parse_options(table("pip", "main", permutes=False, skips_unknown=True), words)
    if main.has(*_PRINTING):
        return None
    subcommand = str(words[main.rest]) if main.rest < len(words) else ""
    if subcommand not in _SUBCOMMANDS:
        return _parse_unknown_subcommand(invocation, main)
    installation = parse_arguments(invocation.without_first(main.rest + 1), subcommand, isolated=main.has("--isolated"))
    return installation and installation._replace(problems=_main_problems(invocation, main) + installation.problems)


def parse_arguments(
    invocation: Invocation, subcommand: str, options: OptionTable | None = None, *, isolated: bool = False
) -> Installation | None:
    """The installation by the arguments of a subcommand and by the environment, which ``isolated`` leaves out."""
    parsed = parse_options(options or table("pip", subcommand), invocation.words)
    if parsed.has(*_PRINTING, "--dry-run"):
        return None
    environment = invocation.without_environment() if isolated or parsed.has("--isolated") else invocation
    return Installation(
        installer="pip",
        subcommand=subcommand,
        place=invocation.command.place,
        targets=(*_targets(invocation, parsed), *_environment_targets(environment)),
        requirements_files=parsed.values("--requirement") + environment_words(environment, "PIP_REQUIREMENT"),
        constraints_files=parsed.values("--constraint") + environment_words(environment, "PIP_CONSTRAINT"),
        groups=parsed.values("--group") + environment_words(environment, "PIP_GROUP"),
        scripts=parsed.values("--requirements-from-script")
        + environment_words(environment, "PIP_REQUIREMENTS_FROM_SCRIPT"),
        only_local=_is_local(environment, parsed),
        require_hashes=parsed.has("--require-hashes") or is_true(environment, "PIP_REQUIRE_HASHES"),
        problems=command_problems(invocation, parsed, f"pip {subcommand}", RequirementGrammar.PIP),
    )


def _parse_get_pip(invocation: Invocation) -> Installation | None:
    """``python get-pip.py flask``: installs the arguments and pip; without arguments, only pip."""
    install = table("pip", "install")
    own = OptionTable.of("--no-setuptools --no-wheel")
    options = install._replace(entries={**install.entries, **own.entries})
    return parse_arguments(invocation, "install", options)


def _main_problems(invocation: Invocation, main: ParsedOptions) -> tuple[CommandProblem, ...]:
    # a subcommand that was found is not the value of an option
    return command_problems(invocation, main._replace(positionals=()), "pip") if main.problems else ()


def _parse_unknown_subcommand(invocation: Invocation, main: ParsedOptions) -> Installation | None:
    skipped = next((at for at in main.positionals if at < main.rest), None)
    if skipped is None:
        return None
    word = invocation.arguments[skipped]
    return Installation(
        "pip", "", invocation.command.place, (target(invocation.command, word, word.text, RequirementGrammar.PIP),)
    )


def _targets(invocation: Invocation, parsed: ParsedOptions) -> tuple[Target, ...]:
    targets = positional_targets(invocation, parsed, RequirementGrammar.PIP)
    editable = option_targets(invocation, parsed, ["--editable"], RequirementGrammar.EDITABLE)
    return in_order(invocation, targets + editable) if editable else tuple(targets)


def _environment_targets(invocation: Invocation) -> list[Target]:
    words = environment_words(invocation, "PIP_EDITABLE")
    return [target(invocation.command, Argument(word, word), word, RequirementGrammar.EDITABLE) for word in words]


def _is_local(invocation: Invocation, parsed: ParsedOptions) -> bool:
    """Whether every candidate comes from ``--find-links``: no index can change the choice."""
    has_index = not (parsed.has("--no-index") or is_true(invocation, "PIP_NO_INDEX"))
    return not has_index and (parsed.has("--find-links") or bool(environment_words(invocation, "PIP_FIND_LINKS")))


INSTALLER = Installer("pip", frozenset({"pip", "get-pip"}), parse)
