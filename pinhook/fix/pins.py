"""Pin a target: the requirement for the resolver, and the edit that writes the version."""

from __future__ import annotations

import re

from pinhook._startup.lazy_re import regex
from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.finding import Edit
from pinhook.fix.edits import contiguous_span, end_of
from pinhook.fix.requests import Unfixable, planned_fix
from pinhook.fix.typos import NOT_CONTIGUOUS, span_with_swallowed
from pinhook.requirements import Exactness, Named
from pinhook.source import Span

if TYPE_CHECKING:
    from pinhook.fix.requests import FixRequest, PlannedFix
    from pinhook.installers import Target

# nothing that may be a path, a URL, a variable or an option
_ASKABLE = regex(
    r"[A-Za-z0-9][\w.-]*(?![\w.-])\s*(?!\s)(?:\[[\w.,\s-]*\]\s*(?!\s))?\(?[\w.,<>=!~+*\s-]*\)?(?:;[^$@/\\:\n]*)?"
)
_LAYOUT = regex(r"[\w.-]+(?![\w.-])\s*(?!\s)(?:\[[^\]]*\]\s*)?\(?(?P<specifier>[^;()]*)(?:\)\s*)?(?:;.*)?")
_VERSION = regex(r"[0-9][0-9A-Za-z.!+]*")
_OPERATORS = regex(r"[<>=\s]+")
_OPERATOR = regex(r"[<>=!~]+(?P<space>[ \t]*)")


def askable_requirement(target: Target) -> str | None:
    """The requirement of a target for the resolver; ``None`` if it is not a completely known name with versions."""
    named = target.requirement
    if not isinstance(named, Named) or named.normalized is None or not target.text.is_known or is_separate_word(target):
        return None
    text = str(target.text) + re.sub(r"\s", "", "".join(str(each.written) for each in target.swallowed))
    if str(named.specifier).startswith("@"):
        text = text.replace("@latest", "").replace("@", "==")
    return text if is_askable(text) else None


def is_askable(requirement: str) -> bool:
    """Whether a text is a name with versions and a marker, without anything that a resolver would download."""
    return _ASKABLE.fullmatch(requirement) is not None


def is_separate_word(target: Target) -> bool:
    """Whether the shell read an operator as a redirection and its version as a word: ``flask >= 2.0``."""
    swallowed = "".join(str(each.written) for each in target.swallowed)
    return _OPERATORS.fullmatch(swallowed) is not None


def specifier_of(requirement: str) -> str:
    """The specifier set of a requirement for the resolver."""
    found = _LAYOUT.fullmatch(requirement)
    return found["specifier"].strip().rstrip(",") if found else ""


def has_marker(target: Target) -> bool:
    """Whether a target has a marker."""
    return ";" in str(target.text)


def pin(request: FixRequest, version: str, origin: str) -> PlannedFix | Unfixable:
    """An edit that writes a version after the name of a target, or in place of its versions."""
    named = request.target.requirement
    if not isinstance(named, Named) or not _VERSION.fullmatch(version):
        return Unfixable(request, f"{version} is not a version that can be written there")
    if request.target.swallowed:
        return _pin_swallowed(request, version, origin)
    whole, requested, specifier = str(request.target.text), str(named.requested), str(named.specifier)
    behind = whole.index(requested) + len(requested)
    if named.exactness is Exactness.ANY:
        end = end_of(named.requested)
        edit = None if end is None else Edit(Span(end, end), f"=={version}")
        start = behind
    else:
        span = contiguous_span(named.specifier)
        operator = _OPERATOR.match(specifier)
        edit = span and Edit(span, f"=={operator['space']}{version}" if operator else f"@{version}")
        start = whole.index(specifier, behind)
    if edit is None:
        return Unfixable(request, NOT_CONTIGUOUS)
    return planned_fix(request, [edit], whole[:start] + edit.text + whole[start + len(specifier) :], origin)


def _pin_swallowed(request: FixRequest, version: str, origin: str) -> PlannedFix | Unfixable:
    """Replace the specifier that the shell read as redirections with a version."""
    span, end = span_with_swallowed(request.target), end_of(request.target.text)
    text = request.target.text
    is_bare = isinstance(request.target.requirement, Named) and str(request.target.requirement.requested) == str(text)
    if span is None or end is None or not is_bare:
        return Unfixable(request, NOT_CONTIGUOUS)
    return planned_fix(request, [Edit(Span(end, span.end), f"=={version}")], f"{text}=={version}", origin)
