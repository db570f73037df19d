"""``poetry add``, on request: without its own lock file it chooses versions during the build."""

from __future__ import annotations

import re

from pinhook._startup.lazy_re import regex
from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.argv import OptionTable, parse_options
from pinhook.installers.installation import Installation, Target
from pinhook.installers.installer import Installer
from pinhook.installers.invocation import after_subcommand
from pinhook.installers.targets import command_problems, positional_targets
from pinhook.requirements import Direct, Exactness, Named, Ref, RequirementGrammar, parse_requirement
from pinhook.source import UNKNOWN

if TYPE_CHECKING:
    from pinhook.installers.invocation import Invocation
    from pinhook.requirements import Requirement
    from pinhook.source import SourceText

_MAIN_OPTIONS = """
    -h/--help -q/--quiet -V/--version --ansi --no-ansi -n/--no-interaction --no-plugins --no-cache -v/--verbose
    -P/--project= -C/--directory=
"""
_MAIN = OptionTable.of(_MAIN_OPTIONS, abbreviations=False, permutes=False, skips_unknown=True)
_ADD = OptionTable.of(
    _MAIN_OPTIONS
    + """
    -G/--group= -D/--dev -e/--editable -E/--extras= --optional= --python= --platform= --markers= --source=
    --allow-prereleases --dry-run --lock
    """,
    abbreviations=False,
)
_CONSTRAINT = regex(r"(?P<requested>[A-Za-z0-9][\w.-]*(?:\[[^\]]*\])?)(?:@|==?|:| |(?=[\^~](?!=)))(?P<version>[^/]+)")
_RANGE = regex(r"\s*[\^~<>!*]")
_GIT = regex(r"git\+|git@[^:/]+:", re.IGNORECASE)
_COMMIT = regex("[0-9a-f]{40}", re.IGNORECASE)
_EXACT = regex(r"(?:==)?\s*v?\d+(?:\.\d+)*(?:[.+-]?[a-z][a-z0-9.]*)?")


def parse(invocation: Invocation) -> Installation | None:
    """The installation of ``poetry add`` or ``poetry self add``; ``None`` for any other command.

    The options are those of poetry 2.5.
    """
    arguments = after_subcommand(after_subcommand(invocation, _MAIN, "self") or invocation, _MAIN, "add")
    if arguments is None:
        return None
    parsed = parse_options(_ADD, arguments.words)
    if parsed.has("--help", "--version", "--dry-run"):
        return None
    targets = tuple(
        _with_poetry_grammar(target) for target in positional_targets(arguments, parsed, RequirementGrammar.PIP)
    )
    problems = command_problems(arguments, parsed, "poetry add")
    return Installation("poetry", "add", invocation.command.place, targets, problems=problems)


def _with_poetry_grammar(target: Target) -> Target:
    requirement = _parse_git(target.text) or _parse_constraint(target.text)
    return target._replace(requirement=requirement) if requirement else target


def _parse_git(text: SourceText) -> Requirement | None:
    """``git+URL`` and ``git@host:path``, with the ref after a ``#`` or an ``@``; ``None`` for anything else.

    fragment = [ ref ] *( "&" name "=" value )

    Follows ``vcs/git.py`` of poetry-core.
    """
    masked = text.masked()
    if not (prefix := _GIT.match(masked)):
        return None
    address, _, fragment = masked.partition("#")
    ref = fragment.partition("&")[0]
    if "=" in ref:
        ref = ""
    if not ref and masked.startswith("git+"):
        return parse_requirement(text)
    ref = ref or address[prefix.end() :].partition("@")[2]
    return Direct(url=text, vcs="git", ref=_kind_of(ref), hashed=False, normalized=None)


def _kind_of(ref: str) -> Ref:
    if not ref:
        return Ref.MISSING
    if UNKNOWN in ref:
        return Ref.UNKNOWN
    return Ref.COMMIT if _COMMIT.fullmatch(ref) else Ref.MUTABLE


def _parse_constraint(text: SourceText) -> Named | None:
    """``name@1.0``, ``name=1.0``, ``name:1.0`` and ``name 1.0``, which all mean that version, and ``name^1.0``.

    ``None`` if the text has none of these forms.
    """
    match = _CONSTRAINT.fullmatch(str(text))
    named = parse_requirement(text[: match.end("requested")]) if match else None
    if not match or not isinstance(named, Named):
        return None
    version = text[match.start("version") :]
    is_exact = bool(_EXACT.fullmatch(str(version))) or not (version.is_known or _RANGE.match(str(version)))
    exactness = Exactness.EXACT if is_exact else Exactness.INEXACT
    return named._replace(specifier=text[match.end("requested") :], exactness=exactness)


INSTALLER = Installer("poetry", frozenset({"poetry"}), parse, is_optional=True)
