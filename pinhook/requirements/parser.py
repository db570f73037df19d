"""Parse one argument of an installer, in the order in which pip tries the kinds of requirement."""

from __future__ import annotations

import enum
import re

from pinhook._startup.lazy_re import regex
from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.requirements.direct import is_url, parse_url, repository_url
from pinhook.requirements.malformed import diagnose, misspelt_file, misspelt_url
from pinhook.requirements.named import parse_named
from pinhook.requirements.patterns import NAME, VERSION, normalize
from pinhook.requirements.refused import refused_url, refused_wheel
from pinhook.requirements.requirement import Direct, Exactness, Local, Malformed, Named, Ref, Unknown
from pinhook.requirements.versions import has_marker_error
from pinhook.source import UNKNOWN

if TYPE_CHECKING:
    from pinhook.requirements.requirement import Requirement
    from pinhook.source import SourceText


class RequirementGrammar(enum.Enum):
    """The grammar of an argument: which installer and which option reads it."""

    __hash__ = object.__hash__  # the hash of Enum, that of the name, is slow

    PIP = "pip"
    EDITABLE = "the value of pip's -e: a directory or a VCS URL, never a name for an index"
    UV = "uv pip install, uv add and --with: as pip, except for URLs"
    UV_EDITABLE = "the value of uv's -e: a directory"
    UV_TOOL = "uvx, uv tool install and --from: a version may follow an @"
    PIPX = "pipx: a word that ends in .py is a file"

    @property
    def by_uv(self) -> bool:
        """Whether uv reads the argument."""
        return self in {RequirementGrammar.UV, RequirementGrammar.UV_EDITABLE, RequirementGrammar.UV_TOOL}

    @property
    def is_editable(self) -> bool:
        """Whether it is the value of ``-e``."""
        return self in {RequirementGrammar.EDITABLE, RequirementGrammar.UV_EDITABLE}


MAX_LENGTH = 4096
"""Maximum number of code points of an argument: the maximum length of a path."""
_REFERENCE = regex(rf"(?P<name>{NAME})[ \t]*(?:\[[^\]]*\][ \t]*)?@[ \t]*(?P<url>.+)", re.DOTALL)
_ARCHIVE = regex(r"\.(?:whl|zip|tgz|tbz|txz|tlz|tar(?:\.(?:gz|bz2|xz|lz|lzma))?)$", re.IGNORECASE)
_WINDOWS_PATH = regex(r"[A-Za-z]:\\|[\w.-]+\\[\w.*-]")
_GLOB = regex(r"[\w.-]*[?*][\w.?*-]*|[\w.-]*\[[^\]*-]*[-*][^\]]*\][?*]+")
_LISTING = regex(
    r"(?:\$\(|`)\s*(?P<command>ls|find|echo|printf|realpath|readlink|basename|pwd)\b"
    r"(?P<arguments>(?:[^|;&<>`$]|2>\s*/dev/null|\$\w|\$\{\w+\}|\|\s*(?:head|tail|sort|grep|tr)\b)*)(?:\)|`)"
)
_PATHS = regex(r"/|\.(?:whl|zip|tgz|tar\.\w+)\b")
_LISTS_REQUIREMENTS = regex(r"\.(?:txt|in)\b")
_TOOL = regex(
    rf"(?P<requested>(?P<name>{NAME})(?:\[[^\]]*\])?)@(?P<version>latest|{VERSION}|[0-9a-z.]*{UNKNOWN}[0-9a-z.{UNKNOWN}]*)"
)
_INTERPRETER = regex(r"python|python[0-9][0-9.]*t?|(?:c?python|pypy|graalpy)@.*", re.IGNORECASE)


def parse_requirement(text: SourceText, grammar: RequirementGrammar = RequirementGrammar.PIP) -> Requirement:
    """The requirement that one argument asks for. Raises nothing.

    argument  = url [ "; " marker ]
              / ( reference / path [ extras ] / archive [ extras ] / name [ extras ] specifiers ) [ ";" marker ]
    reference = name [ extras ] "@" url

    The kinds are tried in this order, as in pip. A path contains a slash or starts with a dot; the disk is not looked
    at. Unknown characters may have any value that is valid in their place. If different values give different kinds,
    the result is ``Unknown``.

    Follows pip's ``req/constructors.py`` and, for names, the dependency specifiers of the packaging specifications.
    """
    text = text.strip()
    if len(text) > MAX_LENGTH:
        return Unknown(text)
    masked = text.masked()
    if grammar is RequirementGrammar.UV_TOOL and (tool := _parse_tool(text, masked)):
        return tool
    at = masked.find("; " if is_url(masked) else ";")
    body, marker = (text, "") if at < 0 else (text[:at].rstrip(), masked[at + 1 :].strip())
    requirement = _parse_editable(body, grammar) if grammar.is_editable else _parse_body(body, grammar)
    if isinstance(requirement, Malformed | Unknown) or not marker or UNKNOWN in marker:
        return requirement
    if has_marker_error(marker):
        return Malformed(text, "has a marker that cannot be read", None)
    return requirement


def is_too_long(text: SourceText) -> bool:
    """Whether an argument has more than ``MAX_LENGTH`` known characters."""
    text = text.strip()
    return len(text) > MAX_LENGTH + sum(end - start for start, end in text.unknown)


def _parse_body(text: SourceText, grammar: RequirementGrammar) -> Requirement:
    masked = text.masked()
    if is_url(masked):
        return refused_url(text, masked, by_uv=grammar.by_uv) or parse_url(text, by_uv=grammar.by_uv)
    if "@" in masked and (reference := _REFERENCE.fullmatch(masked)):
        return _parse_reference(text, reference, grammar)
    if malformed := misspelt_url(text, masked) or misspelt_file(text, masked):
        return malformed
    if _is_file(masked) or (grammar is RequirementGrammar.PIPX and masked.endswith(".py")):
        return refused_wheel(text, _without_extras(masked)) or Local(text)
    if masked.startswith(UNKNOWN) and _is_listing(text):
        return Local(text)
    if ("*" in masked or "?" in masked) and _GLOB.fullmatch(masked):
        return Unknown(text)
    return parse_named(text, masked) or diagnose(text, masked)


def _is_file(masked: str) -> bool:
    path = _without_extras(masked)
    if "/" in path or path.startswith("."):
        return not ("@" in path and _has_url_behind(path))
    return bool(("." in path and _ARCHIVE.search(path)) or ("\\" in path and _WINDOWS_PATH.match(path)))


def _without_extras(masked: str) -> str:
    """A path without the ``[extras]`` after it."""
    if not masked.endswith("]"):
        return masked
    start = masked.find("[", masked.rfind("]", 0, -1) + 1)
    return masked[:start] if 0 <= start < len(masked) - 2 else masked


def _is_listing(text: SourceText) -> bool:
    """Whether it is a command substitution that prints paths, ``$(ls dist/*.whl)``, with or without extras."""
    listing = _LISTING.fullmatch(_without_extras(str(text)))
    if listing is None or _LISTS_REQUIREMENTS.search(listing["arguments"]):
        return False
    return listing["command"] == "pwd" or _PATHS.search(listing["arguments"]) is not None


def _has_url_behind(path: str) -> bool:
    """Whether it is a reference with an invalid name, not a path: ``flask==1.0 @ https://example.org/x.whl``."""
    before, _, url = path.partition("@")
    return "/" not in before and is_url(url.lstrip())


def _parse_reference(text: SourceText, reference: re.Match[str], grammar: RequirementGrammar) -> Requirement:
    """``name @ URL``. Without a scheme, uv reads a path after the @, and pip refuses it."""
    url, masked = text[reference.start("url") :], reference["url"]
    is_known = is_url(masked)
    if not is_known and (malformed := misspelt_url(text, text.masked())):
        return malformed
    if malformed := refused_url(url, masked, by_uv=grammar.by_uv) if is_known else misspelt_url(url, masked):
        before = str(text[: reference.start("url")])
        return Malformed(text, malformed.reason, malformed.suggestion and before + malformed.suggestion)
    if is_known:
        return parse_url(url, normalize(reference["name"]), by_uv=grammar.by_uv)
    if UNKNOWN in reference["name"] or masked.startswith(UNKNOWN):
        return Unknown(text)
    return Local(url) if _is_file(masked) else diagnose(text, text.masked())


def _parse_editable(text: SourceText, grammar: RequirementGrammar) -> Requirement:
    masked = text.masked()
    if not grammar.by_uv and ":" in masked and masked.lower().startswith("git+") and misspelt_url(text, masked):
        return parse_url(text)  # pip 20 accepts ``-e git+git@host:owner/repository``
    requirement = _parse_body(text, RequirementGrammar.UV if grammar.by_uv else RequirementGrammar.PIP)
    match requirement:
        case Named(exactness=Exactness.ANY):
            return Local(text)
        case Malformed(suggestion=str(suggestion)) if "#egg=" in suggestion and not grammar.by_uv:
            return requirement
        case Direct() | Named() | Malformed() if grammar.by_uv:
            return _not_editable_with_uv(text, requirement)
        case Local() if grammar.by_uv and masked.lower().startswith("git+"):
            return _not_editable_with_uv(text, requirement)
        case Named() | Malformed():
            return Malformed(text, "is neither a directory nor a VCS URL, and -e accepts nothing else", None)
        case _:
            return requirement


def _not_editable_with_uv(text: SourceText, requirement: Requirement) -> Malformed:
    suggestion = requirement.suggestion if isinstance(requirement, Malformed) else None
    if isinstance(requirement, Direct) and requirement.ref is Ref.MISSING:
        suggestion = str(text).replace(str(requirement.url), repository_url(str(requirement.url)))
    return Malformed(text, "is not a directory, and uv accepts nothing else after -e; leave -e out", suggestion)


def _parse_tool(text: SourceText, masked: str) -> Named | Local | None:
    """``name@version``, ``name@latest``, and ``python@3.12`` (an interpreter)."""
    if _INTERPRETER.fullmatch(masked):
        return Local(text)
    if not (tool := _TOOL.fullmatch(masked)):
        return None
    return Named(
        name=text[: tool.end("name")],
        normalized=normalize(tool["name"]),
        requested=text[: tool.end("requested")],
        specifier=text[tool.end("requested") :],
        exactness=Exactness.INEXACT if tool["version"] == "latest" else Exactness.EXACT,
    )
