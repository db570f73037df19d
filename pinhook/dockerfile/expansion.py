"""The value of a Dockerfile word: quotes and escapes removed, variables replaced.

Follows BuildKit's frontend/dockerfile/shell/lex.go.
"""

from __future__ import annotations

import re

from pinhook._startup.lazy_re import regex
from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.budget import Budget
from pinhook.dockerfile.parts import LiteralPart, Part, QuotedPart, VariablePart, WordError, parse_word
from pinhook.source import SourceText

if TYPE_CHECKING:
    from collections.abc import Mapping

_ALL_QUOTED = regex(r"(['\"])([^'\"$\\`]+)\1")  # the most common values besides plain ones
MAX_VALUE_LENGTH = 64 * 1024  # code points; sixty times ENV A=$A$A would otherwise fill the memory
MAX_WILDCARD_LENGTH = 256  # code points of a value matched with *; matching is slower than linear


def expand(
    text: SourceText, variables: Mapping[str, SourceText], escape: str, budget: Budget | None = None
) -> SourceText:
    """The value of a text: quotes and escapes removed, known variables replaced by their values.

    Some parts stay as written and are marked as unknown, because only the build knows their value: a variable without a
    known value, an operator applied to it, and a text that BuildKit refuses. A value longer than ``MAX_VALUE_LENGTH``,
    or too large for ``budget``, is unknown too.
    """
    characters = str(text)
    if not ("$" in characters or '"' in characters or "'" in characters or escape in characters):
        return text
    if quoted := _ALL_QUOTED.fullmatch(characters):
        return text[quoted.start(2) : quoted.end(2)]
    try:
        return _Expansion(text, variables, budget or Budget()).join(parse_word(characters, escape))
    except WordError:
        return text.as_unknown()


def expand_heredoc(text: SourceText, variables: Mapping[str, SourceText], budget: Budget) -> SourceText:
    """The text of a here-document of ``COPY`` or ``ADD`` whose delimiter is not quoted.

    Like ``expand``, but quotes stay, and the escape character is always the backslash. Follows BuildKit's ExpandRaw.
    """
    if "$" not in str(text) and "\\" not in str(text):
        return text
    try:
        return _Expansion(text, variables, budget).join(parse_word(str(text), "\\", has_quotes=False))
    except WordError:
        return text.as_unknown()


class _Expansion:
    def __init__(self, text: SourceText, variables: Mapping[str, SourceText], budget: Budget) -> None:
        self.text, self.variables, self.budget = text, variables, budget
        self.remaining_characters = MAX_VALUE_LENGTH

    def join(self, parts: tuple[Part, ...], empty_at: int = 0) -> SourceText:
        return SourceText.join(self.pieces(parts) or [self.text[empty_at:empty_at]])

    def pieces(self, parts: tuple[Part, ...]) -> list[SourceText]:
        pieces: list[SourceText] = []
        for part in parts:
            if isinstance(part, LiteralPart):
                pieces.append(self.text[part.start : part.end])
            elif isinstance(part, QuotedPart):
                pieces += self.pieces(part.parts) or [self.text[part.start : part.start]]
            else:
                pieces.append(self.within_limits(self.value(part), part.end - part.start))
        return pieces

    def within_limits(self, value: SourceText, expression_length: int) -> SourceText:
        self.remaining_characters -= len(value)
        if self.remaining_characters < 0 or not self.budget.charge_for(value, expression_length):
            raise WordError("the value grows too large")
        return value

    def value(self, variable: VariablePart) -> SourceText:
        unknown = self.text[variable.start : variable.end].as_unknown()
        value = self.variables.get(variable.name)
        operator = variable.operator.removeprefix(":")
        counts_as_unset = operator != variable.operator and value is not None and not value
        if operator == "-":
            return self.join(variable.words[0], variable.end - 1) if value is None or counts_as_unset else value
        if value is None:
            return unknown
        if operator in {"", "?"}:
            return value
        if operator == "+":
            if counts_as_unset:
                return self.text[variable.start : variable.start]
            is_set = value.is_known or operator == variable.operator
            return self.join(variable.words[0], variable.end - 1) if is_set else unknown
        edited = self.edit(variable, value) if value.is_known else None
        return unknown if edited is None else edited

    def edit(self, variable: VariablePart, value: SourceText) -> SourceText | None:
        """The value of ``${name#pattern}`` and similar; ``None`` if the pattern is not only characters, * and ?."""
        if not all(isinstance(part, LiteralPart) for word in variable.words for part in word):
            return None
        pattern, *replacement = (self.join(word) for word in variable.words)
        if "*" in str(pattern) and (len(value) > MAX_WILDCARD_LENGTH or str(pattern).count("*") > 2):
            return None
        if variable.operator in {"/", "//"}:
            count = 1 if variable.operator == "/" else 0
            return value.sub(_wildcards(str(pattern), greedy=True), lambda _text, _match: replacement[0], count)
        return _trim(value, str(pattern), variable.operator)


def _trim(value: SourceText, pattern: str, operator: str) -> SourceText:
    greedy = len(operator) == 2
    if operator.startswith("#"):
        found = _wildcards(pattern, greedy=greedy).match(str(value))
        return value[found.end() :] if found else value
    found = _wildcards(pattern[::-1], greedy=greedy).match(str(value)[::-1])
    return value[: len(value) - found.end()] if found else value


def _wildcards(pattern: str, *, greedy: bool) -> re.Pattern[str]:
    star = ".*" if greedy else ".*?"
    return re.compile("".join({"*": star, "?": "."}.get(character) or re.escape(character) for character in pattern))
