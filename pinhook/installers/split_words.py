"""``flask == 2.0`` and ``flask @ URL``: a requirement that is split into three words, or into two."""

from __future__ import annotations

import re
from itertools import takewhile

from pinhook._startup.lazy_re import regex
from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.installers.installation import Target
from pinhook.requirements import Exactness, Malformed, Named
from pinhook.shell import Argument
from pinhook.source import SourceText

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pinhook.installers.installation import Installation

_OPERATOR = r"===?|=|[~!<>]=|=[<>~!]|[<>]"
_LITERAL_VERSION = r"v?[0-9][\w.!+*-]*"
_VERSION = rf"{_LITERAL_VERSION}|\$.*"
_SPLIT = (
    # patterns for the second and the third word after a bare name
    (regex(rf"(?P<operator>{_OPERATOR})"), regex(rf"(?P<version>{_VERSION})")),
    (regex(rf"(?P<operator>{_OPERATOR})(?P<version>{_VERSION})"), None),
)
_PROJECT = r"(?P<project>[A-Za-z0-9][\w.-]*(?:\[[^\]]*\])?)"
_OPEN = regex(rf"{_PROJECT}(?P<operator>{_OPERATOR})")
_NAME_AND_AT = regex(rf"{_PROJECT}@")
_URL = regex(r"[\w.+-]+:|\$")


def join_split_words(installation: Installation) -> Installation:
    """The installation with each requirement that is split into words joined to one malformed target."""
    if installation.file or not any(isinstance(target.requirement, Malformed) for target in installation.targets):
        return installation
    return installation._replace(targets=tuple(_join_all(installation.targets)))


def _join_all(targets: Sequence[Target]) -> Iterator[Target]:
    at = 0
    while at < len(targets):
        count, suggestion = _split_at(targets[at : at + 3])
        yield _join(targets[at : at + count], suggestion) if count > 1 else targets[at]
        at += count


def _split_at(targets: Sequence[Target]) -> tuple[int, str]:
    """The number of targets that form one requirement, and what to write for it."""
    texts = [str(target.text) for target in takewhile(lambda target: not target.editable, targets)]
    first = targets[0].requirement
    if isinstance(first, Named) and first.exactness is Exactness.ANY:
        for second, third in _SPLIT:
            if len(texts) > 1 and (operator := second.fullmatch(texts[1])):
                if third is None:
                    return 2, _suggestion(texts[0], operator["operator"], operator["version"])
                if len(texts) > 2 and (version := third.fullmatch(texts[2])):
                    return 3, _suggestion(texts[0], operator["operator"], version["version"])
        if len(texts) > 2 and texts[1] == "@":
            return 3, _reference(texts[0], texts[2])
        if len(texts) > 1 and texts[1].startswith("@") and (suggestion := _reference(texts[0], texts[1][1:])):
            return 2, suggestion
    elif len(texts) > 1 and _NAME_AND_AT.fullmatch(texts[0]) and (suggestion := _reference(texts[0][:-1], texts[1])):
        return 2, suggestion
    elif len(texts) > 1 and (open_operator := _OPEN.fullmatch(texts[0])) and re.fullmatch(_VERSION, texts[1]):
        return 2, _suggestion(open_operator["project"], open_operator["operator"], texts[1])
    return 1, ""


def _reference(project: str, behind: str) -> str:
    """What to write for words with an @ between them: one word; empty if unknown."""
    if re.fullmatch(_LITERAL_VERSION, behind):
        return _suggestion(project, "==", behind)
    if not _URL.match(behind):
        return ""
    reference = f"{project} @ {behind}"
    return f'"{reference}"' if "$" in reference or "'" in reference else f"'{reference}'"


def _suggestion(project: str, operator: str, version: str) -> str:
    is_pin = operator in {"=", "==", "==="} and "*" not in version
    return f"{project}=={version if is_pin else '<version>'}"


def _join(targets: Sequence[Target], suggestion: str) -> Target:
    text = _spaced(target.text for target in targets)
    written = _spaced(target.argument.written for target in targets)
    if written.is_contiguous:
        written = SourceText.of(written.source, written.span)
    count = "two" if len(targets) == 2 else "three"
    quotes = "; write quotes around it" if suggestion[:1] in {"'", '"'} else ""
    requirement = Malformed(text, f"is {count} words, so {count} targets{quotes}", suggestion or None)
    return Target(Argument(text, written), text, requirement)


def _spaced(texts: Iterable[SourceText]) -> SourceText:
    """The texts with one space between them."""
    return SourceText.join(piece for text in texts for piece in (text[:0].decoded(" "), text))[1:]
