"""The options that are given to an install command, by name: in its words, in variables and in configuration files."""

from __future__ import annotations

from pinhook._startup.lazy_re import regex
from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.argv import ParsedOptions, parse_options, table
from pinhook.installers.invocation import find_invocation
from pinhook.shell import SimpleCommand

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import TypeAlias

    from pinhook.argv import Option
    from pinhook.fix.steps import Step
    from pinhook.shell import Environment
    from pinhook.source import SourceText

    OptionValue: TypeAlias = tuple[str, SourceText | None]
    """An option from a file or a variable, and its value."""

    GivenOptions: TypeAlias = dict[str, list[SourceText | None]]
    """The values of the options by name, in the order of their priority, the lowest first."""

DEFAULT_INDEX = ("--default-index", "--index-url")
FURTHER_INDEXES = ("--index", "--extra-index-url")
CUTOFFS = ("--exclude-newer", "--uploaded-prior-to")
UNREPEATABLE = frozenset({
    "--abi", "--all-releases", "--build-constraint", "--build-constraints", "--config-file", "--exclude",
    "--exclude-newer-package", "--excludes", "--group", "--ignore-requires-python", "--implementation",
    "--no-binary-package", "--no-build-package", "--only-deps", "--only-final", "--override", "--overrides",
    "--platform", "--prefer-binary", "--python-platform", "--require-hashes", "--requirements-from-script",
    "--resolution", "--torch-backend", "--use-deprecated", "--with-editable",
})  # fmt: skip
"""Options that influence versions and have no equivalent in uv."""

TRUE = frozenset({"1", "true", "t", "yes", "y", "on"})
"""The values that turn an option on, in lower case."""

_LONG = {"-i": "--index-url", "-f": "--find-links", "-p": "--python"}  # uv's table has the letters as separate options
_PARAMETER = regex(r"\$\{?\w+\}?")
_INDEX_OPTION = regex(r"-[if]|--(?:(?:default-|extra-)?index(?:-url)?|find-links|source|pypi-mirror|pre)(?:=.*)?")

_FLAGS = frozenset({
    "--ignore-requires-python", "--no-build", "--no-deps", "--no-index", "--pre", "--prefer-binary", "--require-hashes",
})  # fmt: skip
"""Options whose variables are true or false."""

_OF_VARIABLES = (
    *DEFAULT_INDEX, *FURTHER_INDEXES, "--find-links", "--trusted-host", "--prerelease", "--index-strategy", *CUTOFFS,
    "--no-binary", "--only-binary", "--python", "--python-version",
    *sorted(_FLAGS | UNREPEATABLE - {"--config-file", "--exclude", "--group"}),
)  # fmt: skip
"""Options that can be set by a variable."""


class UndecidableOptionsError(Exception):
    """The versions that a command chooses cannot be decided. The message is a clause with the reason."""


def given_options(step: Step, configured: Iterable[OptionValue]) -> GivenOptions:
    """The values of the options, by name. Those of files and variables come first and have a lower priority."""
    found: GivenOptions = {}
    if not isinstance(step.item, SimpleCommand) or not step.installation:
        return found
    installer, subcommand = step.installation.installer, step.installation.subcommand
    invocation = find_invocation(step.item)  # none if an unknown word is in front
    words = invocation.words if invocation else tuple(argument.text for argument in step.item.arguments)
    parsed = _parse(installer, subcommand, words)
    if "--isolated" not in {option.name for option in parsed.options}:
        prefix = "UV" if installer.startswith("uv") else "PIP"
        for name, value in (*configured, *_variables(step.item.environment, prefix)):
            found.setdefault(name, []).append(value)
    for option in (*parsed.options, *_pip_arguments(parsed)):
        found.setdefault(_LONG.get(option.name, option.name), []).append(option.value)
    return found


def _pip_arguments(parsed: ParsedOptions) -> Iterator[Option]:
    """The options in the value of pipx's ``--pip-args``, a string of words for pip."""
    for value in parsed.values("--pip-args"):
        if not value.is_known:
            raise UndecidableOptionsError(_unknown_value("--pip-args", value))
        yield from parse_options(table("pip", "install"), value.words()).options


def _parse(installer: str, subcommand: str, words: tuple[SourceText, ...]) -> ParsedOptions:
    """The options of the whole command line. Its subcommands are positional arguments.

    Raises ``UndecidableOptionsError`` for another program with an option that may name an index.
    """
    program, _, level = installer.partition(" ")
    if program not in {"pip", "uv", "pipx"}:
        if option := next(filter(_INDEX_OPTION.fullmatch, map(str, words)), None):
            raise UndecidableOptionsError(f"{program} may look elsewhere for versions ({option})")
        return ParsedOptions((), (), 0, ())
    if not subcommand:
        return ParsedOptions((), (), 0, ())
    behind = next((at for at, word in enumerate(words) if str(word) == subcommand), -1)
    rest = words if program == "pip" else words[behind + 1 :]
    is_tool = subcommand == "run"
    return parse_options(table(program, f"{level} {subcommand}".strip(), permutes=not is_tool), rest)


def variables_of(installer: str) -> dict[str, str]:
    """The variables for options of an installer, and those options."""
    prefix = "UV" if installer.startswith("uv") else "PIP"
    return {prefix + name[1:].replace("-", "_").upper(): name for name in _OF_VARIABLES}


def _variables(environment: Environment, prefix: str) -> Iterator[tuple[str, SourceText | None]]:
    """The options set by variables.

    Raises ``UndecidableOptionsError`` if a value cannot be decided.
    """
    for variable, name in variables_of(prefix.lower()).items():
        values = environment.get(variable, ())
        if len({str(value) for value in values}) > 1:
            raise UndecidableOptionsError(f"{variable} has one of several values")
        for value in values:
            if not value.is_known:
                raise UndecidableOptionsError(_unknown_value(variable, value))
            if is_on(name, value):
                yield name, value
    for value in environment.get(f"{prefix}_CONFIG_FILE", ()):
        if str(value) not in {"", "/dev/null"}:
            raise UndecidableOptionsError(f"{prefix}_CONFIG_FILE={value} may name another index")


def is_on(name: str, value: SourceText) -> bool:
    """Whether a value in a file or a variable turns an option on."""
    return bool(str(value)) and (name not in _FLAGS or not value.is_known or str(value).lower() in TRUE)


def literals(given: GivenOptions, names: tuple[str, ...]) -> Iterator[str]:
    """The words of some options. Raises ``UndecidableOptionsError`` if one is unknown."""
    for name in names:
        for value in given.get(name, []):
            if value is not None and not value.is_known:
                raise UndecidableOptionsError(_unknown_value(name, value))
            yield from str(value or "").split()


def _unknown_value(name: str, value: SourceText) -> str:
    """Why a value is unknown, with the variables in it that have no value."""
    parameters = ", ".join(dict.fromkeys(_PARAMETER.findall(str(value))))
    return f"only the build knows the value of {name}" + (f" ({parameters})" if parameters else "")
