"""Dependency specifiers: a name with extras and versions, ``flask[async]==2.0``.

Common spellings are parsed here, all others by ``packaging``: importing it takes longer than checking a file. A
property test holds that both agree.
"""

from __future__ import annotations

import re

from pinhook._startup.lazy_re import regex
from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.requirements.patterns import NAME, VERSION, normalize
from pinhook.requirements.requirement import Exactness, Named, Unknown
from pinhook.requirements.versions import packaging_exactness
from pinhook.source import UNKNOWN

if TYPE_CHECKING:
    from pinhook.source import SourceText

_PLAIN_NAME = NAME.replace(UNKNOWN, "")
_RELEASE = r"[0-9]+(?:\.[0-9]+)*"
_PLAIN = regex(
    rf"(?P<name>{_PLAIN_NAME})[ \t]*(?:(?P<extras>\[{_PLAIN_NAME}(?:,{_PLAIN_NAME})*\])[ \t]*)?"
    rf"(?P<specifier>(?P<exact>==)[ \t]*{VERSION}|(?:>=|<=|<|>|!=)[ \t]*{_RELEASE}|~=[ \t]*{_RELEASE}\.[0-9]+"
    rf"|[=!]=[ \t]*{_RELEASE}\.\*)?"
)
_LAYOUT = regex(
    rf"(?P<name>{NAME}_?)[ \t]*(?:(?P<extras>\[[^\]]*\])[ \t]*)?"
    r"(?:(?P<open>\()[ \t]*)?(?P<specifier>[<>=!~][^()]*)?(?(open)\))"
)
_CLAUSE = regex(rf"[ \t]*(?P<operator>===?|[~!<>]=|[<>])[ \t]*(?P<version>[A-Za-z0-9.!+_*{UNKNOWN}-]+)[ \t]*")
_NO_OPERATOR = regex(r",[ \t]*[A-Za-z0-9]")  # a clause starts without an operator
_SINGLE_EQUALS = regex(rf"{NAME}[ \t]*(?:\[[^\]]*\][ \t]*)?=(?!=)")
_VERSION = regex(VERSION)


def parse_named(text: SourceText, masked: str) -> Named | Unknown | None:
    """Parse a dependency specifier without its marker; ``None`` if it is not one.

    specifier = name [ "[" extras "]" ] [ "(" ] [ clause *( "," clause ) [ "," ] ] [ ")" ]
    clause    = ( "==" / "===" / "!=" / "~=" / "<" / "<=" / ">" / ">=" ) version
    """
    if plain := _PLAIN.fullmatch(masked):
        found = Exactness.EXACT if plain["exact"] else Exactness.INEXACT if plain["specifier"] else Exactness.ANY
        return _named(text, plain, found)
    layout = _LAYOUT.fullmatch(masked)
    if layout is None or _SINGLE_EQUALS.match(masked):
        return Unknown(text) if UNKNOWN in masked and not _SINGLE_EQUALS.match(masked) else None
    specifier = _trimmed(layout["specifier"] or "")
    if "," in specifier and _NO_OPERATOR.search(specifier):
        return None
    if UNKNOWN in masked:
        exactness = _with_unknowns(specifier) if specifier or UNKNOWN not in layout["name"] else None
        return _named(text, layout, exactness) if exactness else Unknown(text)
    if specifier and "===" not in specifier and not re.search(r"\d", specifier):
        return None  # ``==latest``: a version contains a number
    exactness = packaging_exactness(layout["name"] + (layout["extras"] or "") + specifier)
    return _named(text, layout, exactness) if exactness else None


def _named(text: SourceText, layout: re.Match[str], exactness: Exactness) -> Named:
    end = max(layout.end("name"), layout.end("extras"))
    specifier = _trimmed(layout["specifier"] or "")
    start = layout.start("specifier") if specifier else end
    return Named(
        name=text[: layout.end("name")],
        normalized=normalize(layout["name"]),
        requested=text[:end],
        specifier=text[start : start + len(specifier)],
        exactness=exactness,
    )


def _trimmed(specifier: str) -> str:
    """A specifier set without a comma at its end, stripped."""
    return specifier.rstrip(" \t").removesuffix(",").rstrip(" \t")


def _with_unknowns(specifier: str) -> Exactness | None:
    """The exactness of a specifier set with unknown characters; ``None`` if they may change it.

    An unknown version is assumed to be a single version: ``==$V`` is exact, ``==$V.*`` is not.
    """
    if not specifier:
        return Exactness.ANY
    clauses = [_CLAUSE.fullmatch(clause) for clause in specifier.split(",")]
    versions = [clause["version"].removesuffix(".*") for clause in clauses if clause]
    if not all(UNKNOWN in version or _VERSION.fullmatch(version) for version in versions):
        return None
    if any(clause["operator"] in {"==", "==="} and not clause["version"].endswith("*") for clause in clauses if clause):
        return Exactness.EXACT
    return Exactness.INEXACT if all(clauses) else None
