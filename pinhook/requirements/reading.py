"""One argument of an installer, decided in pip's own order."""

from __future__ import annotations

import enum
import re

from pinhook.light_re import regex
from pinhook.light_typing import TYPE_CHECKING
from pinhook.requirements.direct import is_url, read_url
from pinhook.requirements.malformed import diagnose, misspelt_file, misspelt_url
from pinhook.requirements.named import read_named
from pinhook.requirements.requirement import Exactness, Local, Malformed, Named, Unknown
from pinhook.requirements.shape import NAME, UNKNOWN, VERSION, normalize, shape
from pinhook.requirements.versions import has_marker_error

if TYPE_CHECKING:
    from pinhook.requirements.requirement import Requirement
    from pinhook.source import SourceText


class Dialect(enum.Enum):
    """Whose grammar an argument is read by."""

    PIP = "pip, and uv wherever it takes what pip takes (uv pip install, uv add, --with)"
    EDITABLE = "the value of -e: a directory or a VCS URL, never a name for an index"
    UV_TOOL = "uvx, uv tool install and --from: a version may stand behind an @"
    PIPX = "pipx: the name of a script is a file"


MAX_LENGTH = 4096
"""Characters of an argument that is read: as many as a path can have; nobody means a longer one."""
_REFERENCE = regex(rf"(?P<name>{NAME})[ \t]*(?:\[[^\]]*\][ \t]*)?@[ \t]*(?P<url>.+)", re.DOTALL)
_ARCHIVE = regex(r"\.(?:whl|zip|tgz|tbz|txz|tlz|tar(?:\.(?:gz|bz2|xz|lz|lzma))?)$", re.IGNORECASE)
_WINDOWS_PATH = regex(r"[A-Za-z]:\\|[\w.-]+\\[\w.*-]")
_GLOB = regex(r"[\w.-]*[?*][\w.?*-]*|[\w.-]*\[[^\]*-]*[-*][^\]]*\][?*]+")
_TOOL = regex(
    rf"(?P<requested>(?P<name>{NAME})(?:\[[^\]]*\])?)@(?P<version>latest|{VERSION}|[0-9a-z.]*{UNKNOWN}[0-9a-z.{UNKNOWN}]*)"
)
_INTERPRETER = regex(r"python|python[0-9][0-9.]*t?|(?:c?python|pypy|graalpy)@.*", re.IGNORECASE)


def read(text: SourceText, dialect: Dialect = Dialect.PIP) -> Requirement:
    """What one argument asks for; never raises.

    argument = url [ "; " marker ]
             / ( reference / path [ extras ] / archive [ extras ] / name [ extras ] specifiers ) [ ";" marker ]
    reference = name [ extras ] "@" url

    The kinds are tried in this order, as pip does; a path holds a slash or starts with a dot, whatever is on the
    disk. Unknown characters of the text stand for any characters that make sense where they are; where sense could be
    made in different ways, the answer is ``Unknown``.

    Follows pip's ``req/constructors.py`` and, for names, the dependency specifiers of the packaging specifications.
    """
    text = text.strip()
    if len(text) > MAX_LENGTH:
        return Unknown(text)
    form = shape(text)
    if dialect is Dialect.UV_TOOL and (tool := _read_tool(text, form)):
        return tool
    at = form.find("; " if is_url(form) else ";")
    body, marker = (text, "") if at < 0 else (text[:at].rstrip(), form[at + 1 :].strip())
    requirement = _read_editable(body) if dialect is Dialect.EDITABLE else _read_body(body, dialect)
    if isinstance(requirement, Malformed | Unknown) or not marker or UNKNOWN in marker:
        return requirement
    if has_marker_error(marker):
        return Malformed(text, "has a marker that cannot be read", None)
    return requirement


def is_too_long(text: SourceText) -> bool:
    """Whether an argument has too many characters to be read, those aside that only the build knows."""
    text = text.strip()
    return len(text) > MAX_LENGTH + sum(end - start for start, end in text.unknown)


def _read_body(text: SourceText, dialect: Dialect) -> Requirement:
    form = shape(text)
    if is_url(form):
        return read_url(text)
    if "@" in form and (reference := _REFERENCE.fullmatch(form)):
        return _read_reference(text, reference)
    if malformed := misspelt_url(text, form) or misspelt_file(text, form):
        return malformed
    if _is_file(form) or (dialect is Dialect.PIPX and form.endswith(".py")):
        return Local(text)
    if ("*" in form or "?" in form) and _GLOB.fullmatch(form):
        return Unknown(text)
    return read_named(text, form) or diagnose(text, form)


def _is_file(form: str) -> bool:
    path = _without_extras(form)
    if "/" in path or path.startswith("."):
        return not ("@" in path and _has_url_behind(path))
    return bool(("." in path and _ARCHIVE.search(path)) or ("\\" in path and _WINDOWS_PATH.match(path)))


def _without_extras(form: str) -> str:
    """A path without the ``[extras]`` behind it."""
    if not form.endswith("]"):
        return form
    start = form.find("[", form.rfind("]", 0, -1) + 1)
    return form[:start] if 0 <= start < len(form) - 2 else form


def _has_url_behind(path: str) -> bool:
    """Whether it is no path, but a reference whose name is none: ``flask==1.0 @ https://example.org/x.whl``."""
    before, _, url = path.partition("@")
    return "/" not in before and is_url(url.lstrip())


def _read_reference(text: SourceText, reference: re.Match[str]) -> Requirement:
    """``name @ URL``; without a scheme, uv takes what stands behind the @ for a path and pip refuses it."""
    url, form = text[reference.start("url") :], reference["url"]
    if is_url(form):
        return read_url(url, normalize(reference["name"]))
    if malformed := misspelt_url(text, shape(text)):
        return malformed
    if malformed := misspelt_url(url, form):
        before = str(text[: reference.start("url")])
        return Malformed(text, malformed.reason, malformed.remedy and before + malformed.remedy)
    if UNKNOWN in reference["name"] or form.startswith(UNKNOWN):
        return Unknown(text)
    return Local(url) if _is_file(form) else diagnose(text, shape(text))


def _read_editable(text: SourceText) -> Requirement:
    form = shape(text)
    if ":" in form and form.lower().startswith("git+") and misspelt_url(text, form):
        return read_url(text)  # pip 20 takes ``-e git+git@host:owner/repository``
    requirement = _read_body(text, Dialect.PIP)
    match requirement:
        case Named(exactness=Exactness.ANY):
            return Local(text)
        case Named() | Malformed():
            return Malformed(text, "is neither a directory nor a VCS URL, and -e takes nothing else", None)
        case _:
            return requirement


def _read_tool(text: SourceText, form: str) -> Named | Local | None:
    """``name@version``, ``name@latest`` and ``python@3.12``, which is an interpreter."""
    if _INTERPRETER.fullmatch(form):
        return Local(text)
    if not (tool := _TOOL.fullmatch(form)):
        return None
    return Named(
        name=text[: tool.end("name")],
        normalized=normalize(tool["name"]),
        requested=text[: tool.end("requested")],
        specifier=text[tool.end("requested") :],
        exactness=Exactness.INEXACT if tool["version"] == "latest" else Exactness.EXACT,
    )
