"""``poetry add``, on request: without a lock file of its own it resolves names while the image is built."""

from __future__ import annotations

import re

from pinhook._startup.lazy_re import regex
from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.argv import OptionTable, parse
from pinhook.installers.installation import Installation, Target
from pinhook.installers.installer import Installer
from pinhook.installers.invocation import behind_subcommand
from pinhook.installers.targets import positional_targets, problems
from pinhook.requirements import Dialect, Direct, Exactness, Named, Ref
from pinhook.requirements import read as read_requirement
from pinhook.requirements.patterns import UNKNOWN, shape

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


def read(invocation: Invocation) -> Installation | None:
    """What ``poetry add`` or ``poetry self add`` asks for; ``None`` for everything else.

    The options are those of poetry 2.5.
    """
    arguments = behind_subcommand(behind_subcommand(invocation, _MAIN, "self") or invocation, _MAIN, "add")
    if arguments is None:
        return None
    parsed = parse(_ADD, arguments.words)
    if parsed.has("--help", "--version", "--dry-run"):
        return None
    targets = tuple(_as_poetry_reads(target) for target in positional_targets(arguments, parsed, Dialect.PIP))
    trouble = problems(arguments, parsed, "poetry add")
    return Installation("poetry", "add", invocation.command.place, targets, problems=trouble)


def _as_poetry_reads(target: Target) -> Target:
    requirement = _read_git(target.text) or _read_constraint(target.text)
    return target._replace(requirement=requirement) if requirement else target


def _read_git(text: SourceText) -> Requirement | None:
    """``git+URL`` and ``git@host:path``, with the ref behind a ``#`` or an ``@``; ``None`` for anything else.

    fragment = [ ref ] *( "&" name "=" value )

    Follows ``vcs/git.py`` of poetry-core.
    """
    form = shape(text)
    if not (prefix := _GIT.match(form)):
        return None
    address, _, fragment = form.partition("#")
    ref = fragment.partition("&")[0]
    if "=" in ref:
        ref = ""
    if not ref and form.startswith("git+"):
        return read_requirement(text)
    ref = ref or address[prefix.end() :].partition("@")[2]
    return Direct(url=text, vcs="git", ref=_kind_of(ref), hashed=False, normalized=None)


def _kind_of(ref: str) -> Ref:
    if not ref:
        return Ref.MISSING
    if UNKNOWN in ref:
        return Ref.UNKNOWN
    return Ref.COMMIT if _COMMIT.fullmatch(ref) else Ref.MUTABLE


def _read_constraint(text: SourceText) -> Named | None:
    """``name@1.0``, ``name=1.0``, ``name:1.0`` and ``name 1.0``, which all ask for that one version, and ``name^1.0``.

    ``None`` when the text is not of this kind.
    """
    match = _CONSTRAINT.fullmatch(str(text))
    named = read_requirement(text[: match.end("requested")]) if match else None
    if not match or not isinstance(named, Named):
        return None
    version = text[match.start("version") :]
    is_exact = bool(_EXACT.fullmatch(str(version))) or not (version.is_known or _RANGE.match(str(version)))
    exactness = Exactness.EXACT if is_exact else Exactness.INEXACT
    return named._replace(specifier=text[match.end("requested") :], exactness=exactness)


INSTALLER = Installer("poetry", frozenset({"poetry"}), read, on_request=True)
