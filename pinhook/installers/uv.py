"""``uv pip install``, ``uv add``, ``uv tool install``, ``uvx`` and ``uv run --with``."""

from __future__ import annotations

from pinhook._startup.lazy_re import regex
from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.argv import parse_options, table
from pinhook.installers.installation import Installation, Target
from pinhook.installers.installer import Installer
from pinhook.installers.targets import (
    command_problems,
    environment_words,
    in_order,
    is_true,
    option_targets,
    positional_targets,
    split_commas,
    target,
)
from pinhook.requirements import Direct, Ref, RequirementGrammar

if TYPE_CHECKING:
    from pinhook.argv import Option, ParsedOptions
    from pinhook.installers.installation import LockUse
    from pinhook.installers.invocation import Invocation

_PRINTING = ("-h", "--help", "-V", "--version")
_REQUIREMENTS = ("-r", "--requirements", "--requirement", "--with-requirements")
_CONSTRAINTS = ("-c", "--constraints", "--constraint", "--overrides", "--override")
_CONSTRAINED_BY = {
    "UV_CONSTRAINT": {"uv pip install", "uv pip sync", "uv tool install", "uv tool run", "uv add"},
    "UV_OVERRIDE": {"uv pip install", "uv tool install", "uv tool run"},
}
"""The commands that read each variable. ``uv run`` reads neither."""
_EDITABLE = ("-e", "--editable")
_FIND_LINKS = ("-f", "--find-links")
_WITH = ("-w", "--with", "--with-executables-from")
_UPGRADE = ("-U", "--upgrade", "-P", "--upgrade-package", "--upgrade-group")
_TARGETS_IN = {
    "uv pip install": RequirementGrammar.UV,
    "uv add": RequirementGrammar.UV,
    "uv tool install": RequirementGrammar.UV_TOOL,
}
"""The commands whose positional arguments are all targets."""
_COMMIT = regex("[0-9a-f]{40}")


def parse(invocation: Invocation) -> Installation | None:
    """The installation of a uv command; ``None`` if it names nothing to install.

    uv = "uv" *main-option subcommand ["install" / …] *(option / target), main options at every level
    uvx = "uvx" *option [target *argument]

    Follows clap and uv's option tables. Long options cannot be abbreviated.
    """
    if invocation.program == "uvx":
        return _parse_tool_run(invocation)
    subcommand, arguments = _subcommand(invocation)
    if subcommand in {"pip", "tool"}:
        level = subcommand
        subcommand, arguments = _subcommand(arguments)
        subcommand = f"{level} {subcommand}"
    parser = _PARSERS.get(subcommand)
    return parser(arguments) if parser else None


def _subcommand(invocation: Invocation) -> tuple[str, Invocation]:
    words = invocation.words
    parsed = parse_options(table("uv", "main", permutes=False, skips_unknown=True), words)
    if parsed.has(*_PRINTING) or parsed.rest == len(words):
        return "", invocation.without_first(len(words))
    return str(words[parsed.rest]), invocation.without_first(parsed.rest + 1)


def _parse_pip_install(invocation: Invocation) -> Installation | None:
    parsed = parse_options(table("uv", "pip install"), invocation.words)
    targets = positional_targets(invocation, parsed, RequirementGrammar.UV)
    targets += option_targets(invocation, parsed, _EDITABLE, RequirementGrammar.UV_EDITABLE)
    return None if parsed.has("--dry-run") else _installation(invocation, parsed, "uv pip", "install", targets)


def _parse_pip_sync(invocation: Invocation) -> Installation | None:
    parsed = parse_options(table("uv", "pip sync"), invocation.words)
    installation = _installation(invocation, parsed, "uv pip", "sync", [])
    files = tuple(invocation.arguments[at].text for at in parsed.positionals)
    return installation and installation._replace(requirements_files=files)


def _parse_add(invocation: Invocation) -> Installation | None:
    parsed = parse_options(table("uv", "add"), invocation.words)
    targets = positional_targets(invocation, parsed, RequirementGrammar.UV)
    refs = parsed.values("--rev", "--tag", "--branch")
    if refs:
        is_commit = any(_COMMIT.fullmatch(str(ref)) for ref in refs)
        targets = [_with_ref(target, Ref.COMMIT if is_commit else Ref.MUTABLE) for target in targets]
    return _installation(invocation, parsed, "uv", "add", targets)


def _with_ref(target: Target, ref: Ref) -> Target:
    requirement = target.requirement
    if isinstance(requirement, Direct) and requirement.vcs and requirement.ref is Ref.MISSING:
        return target._replace(requirement=requirement._replace(ref=ref))
    return target


def _parse_sync(invocation: Invocation) -> Installation | None:
    parsed = parse_options(table("uv", "sync"), invocation.words)
    installation = _installation(invocation, parsed, "uv", "sync", [])
    return installation and installation._replace(lock=_lock_use(invocation, parsed))


def _lock_use(invocation: Invocation, parsed: ParsedOptions) -> LockUse:
    if parsed.has("--script", "--dry-run", "--check", "--project", "--directory"):  # or another project
        return ""
    if parsed.has("--frozen", "--locked") or any(environment_words(invocation, "UV_FROZEN", "UV_LOCKED")):
        return "frozen"
    return "upgraded" if parsed.has(*_UPGRADE) else "kept"


def _parse_run(invocation: Invocation) -> Installation | None:
    """The targets of ``--with``. The command after the options is evaluated elsewhere."""
    parsed = parse_options(table("uv", "run", permutes=False), invocation.words)
    targets = _extra_targets(invocation, parsed, RequirementGrammar.UV)
    installation = _installation(invocation, parsed, "uv", "run", targets)
    return installation if installation and (targets or installation.requirements_files) else None


def _parse_tool_install(invocation: Invocation) -> Installation | None:
    parsed = parse_options(table("uv", "tool install"), invocation.words)
    grammar = RequirementGrammar.UV_EDITABLE if parsed.has(*_EDITABLE) else RequirementGrammar.UV_TOOL
    return _installation(invocation, parsed, "uv tool", "install", _tool_targets(invocation, parsed, grammar))


def _parse_tool_run(invocation: Invocation) -> Installation | None:
    parsed = parse_options(table("uv", "tool run", permutes=False), invocation.words)
    parsed = parsed._replace(positionals=parsed.positionals[:1])
    targets = _tool_targets(invocation, parsed, RequirementGrammar.UV_TOOL)
    return _installation(invocation, parsed, "uv tool", "run", targets) if targets or parsed.problems else None


def _tool_targets(invocation: Invocation, parsed: ParsedOptions, grammar: RequirementGrammar) -> list[Target]:
    """The targets of a tool command: those of ``--from``, or else the positional argument."""
    source = option_targets(invocation, parsed, ("--from",), grammar)
    targets = source or positional_targets(invocation, parsed, grammar)
    return [*targets, *_extra_targets(invocation, parsed, RequirementGrammar.UV)]


def _extra_targets(invocation: Invocation, parsed: ParsedOptions, grammar: RequirementGrammar) -> list[Target]:
    def of(option: Option, grammar: RequirementGrammar) -> list[Target]:
        argument = invocation.arguments[option.value_word]
        parts = split_commas(option.value) if option.value is not None else []
        return [target(invocation.command, argument, part, grammar) for part in parts]

    grammars = {**dict.fromkeys(_WITH, grammar), "--with-editable": RequirementGrammar.UV_EDITABLE}
    return [
        found for option in parsed.options if option.name in grammars for found in of(option, grammars[option.name])
    ]


def _installation(
    invocation: Invocation, parsed: ParsedOptions, installer: str, subcommand: str, targets: list[Target]
) -> Installation | None:
    if parsed.has(*_PRINTING):
        return None
    files = [part for value in parsed.values(*_REQUIREMENTS) for part in split_commas(value)]
    manual = f"{installer} {subcommand}"
    variables = [name for name, commands in _CONSTRAINED_BY.items() if manual in commands]
    has_links = parsed.has(*_FIND_LINKS) or bool(environment_words(invocation, "UV_FIND_LINKS"))
    return Installation(
        installer=installer,
        subcommand=subcommand,
        place=invocation.command.place,
        targets=in_order(invocation, targets),
        requirements_files=tuple(files),
        constraints_files=parsed.values(*_CONSTRAINTS) + environment_words(invocation, *variables),
        groups=parsed.values("--group") if installer == "uv pip" else (),
        only_local=has_links and parsed.has("--no-index"),
        require_hashes=parsed.has("--require-hashes") or is_true(invocation, "UV_REQUIRE_HASHES"),
        problems=command_problems(invocation, parsed, manual, _TARGETS_IN.get(manual)),
    )


_PARSERS = {
    "pip install": _parse_pip_install,
    "pip sync": _parse_pip_sync,
    "add": _parse_add,
    "sync": _parse_sync,
    "run": _parse_run,
    "tool install": _parse_tool_install,
    "tool run": _parse_tool_run,
}

INSTALLER = Installer("uv", frozenset({"uv", "uvx"}), parse)
