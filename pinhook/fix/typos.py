"""Fixes that need no version source: the version is in the text.

Examples: ``flask=2.0``, and ``flask == 2.0`` in three words. A swallowed specifier is written in quotes. It is not a
pin yet, but the installer receives it.
"""

from __future__ import annotations

import re

from pinhook._startup.lazy_re import regex
from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.finding import Edit
from pinhook.fix.edits import contiguous_span, end_of
from pinhook.fix.requests import Unfixable, planned_fix
from pinhook.requirements import Exactness, Local, Malformed, Named
from pinhook.source import SourceText, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pinhook.fix.requests import FixRequest, PlannedFix
    from pinhook.installers import Target

_PIN = regex(r"[^\s=<>]+==[^\s=<>*]+")
_QUOTABLE = regex(r"[\w.\-\[\],<>=!~+*]+")
NOT_CONTIGUOUS = "its characters are not contiguous in the file"


def fix_typo(request: FixRequest) -> PlannedFix | Unfixable | None:
    """A pin in the syntax of the installer; ``None`` if the target is not a misspelt pin."""
    match request.target.requirement:
        case Malformed(text=text, suggestion=str(suggestion)) if (
            _PIN.fullmatch(suggestion) and "<version>" not in suggestion
        ):
            span = contiguous_span(text) or _words(text)
            if span is None:
                return Unfixable(request, NOT_CONTIGUOUS)
            with_marker = str(request.target.text).replace(str(text), suggestion, 1)
            return planned_fix(request, [_shortest(text, span, suggestion)], with_marker)
        case _:
            return None


def _words(text: SourceText) -> Span | None:
    """The span of a text whose words are separated by white space, without quotes."""
    span = text.span
    written = text.source.text[span.start : span.end]
    return span if re.sub(r"[ \t]+", " ", written) == str(text) else None


def _shortest(text: SourceText, span: Span, suggestion: str) -> Edit:
    """The smallest edit that changes the text of a span to ``suggestion``."""
    written = text.source.text[span.start : span.end]
    before = _common(written, suggestion)
    after = _common(written[before:][::-1], suggestion[before:][::-1])
    return Edit(Span(span.start + before, span.end - after), suggestion[before : len(suggestion) - after])


def _common(first: str, second: str) -> int:
    """The length of the common prefix of two texts."""
    return next(
        (at for at, (one, other) in enumerate(zip(first, second, strict=False)) if one != other),
        min(len(first), len(second)),
    )


def quotes(request: FixRequest) -> Iterator[PlannedFix]:
    """A swallowed specifier in single and in double quotes. Which one is right depends on the text around it.

    After a path it is removed, because it has no meaning there.
    """
    target = request.target
    span, end = span_with_swallowed(target), end_of(target.text)
    if span is None or end is None:
        return
    if isinstance(target.requirement, Local):
        yield planned_fix(request, [Edit(Span(end, span.end), "")], str(target.text))
    elif isinstance(target.requirement, Named) and target.requirement.exactness is Exactness.ANY:
        text = f"{target.text}{target.specifier}"
        is_plain = target.text.source.text[span.start : span.end] == text
        if _QUOTABLE.fullmatch(text) and re.search(r"\d", text):
            for quote in "'\"":
                around = [Edit(Span(span.start, span.start), quote), Edit(Span(span.end, span.end), quote)]
                yield planned_fix(request, around if is_plain else [Edit(span, f"{quote}{text}{quote}")], text)


def span_with_swallowed(target: Target) -> Span | None:
    """The span of a target with the redirections after it, if nothing is between them."""
    pieces = [target.text, *(each.written for each in target.swallowed)]
    return contiguous_span(SourceText.join(pieces))
