"""The value of a Dockerfile word: quotes and escapes removed, variables replaced.

Follows BuildKit's frontend/dockerfile/shell/lex.go.
"""

from __future__ import annotations

import re

from pinhook._startup.lazy_re import regex
from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.budget import Room
from pinhook.dockerfile.parts import Literal, Part, Quoted, Variable, WordError, parse_word
from pinhook.source import SourceText

if TYPE_CHECKING:
    from collections.abc import Mapping

_ALL_QUOTED = regex(r"(['\"])([^'\"$\\`]+)\1")  # as most values are, if they are anything but characters
LIMIT = 64 * 1024  # characters of a value; sixty ENV A=$A$A would otherwise fill the memory
WILDCARD_LIMIT = 256  # characters of a value that is matched with *, which takes more than linear time


def expand(text: SourceText, variables: Mapping[str, SourceText], escape: str, room: Room | None = None) -> SourceText:
    """The value of a text: quotes and escapes removed, known variables replaced by their values.

    What only the build knows stays as it is written, and is marked as unknown: a variable that has no value here, an
    operator on it, a text that BuildKit refuses, a value that grows beyond ``LIMIT`` or for which the file has no
    ``room``.
    """
    characters = str(text)
    if not ("$" in characters or '"' in characters or "'" in characters or escape in characters):
        return text
    if quoted := _ALL_QUOTED.fullmatch(characters):
        return text[quoted.start(2) : quoted.end(2)]
    try:
        return _Expansion(text, variables, room or Room()).join(parse_word(characters, escape))
    except WordError:
        return text.as_unknown()


def expand_heredoc(text: SourceText, variables: Mapping[str, SourceText], room: Room) -> SourceText:
    """The text of a here-document of ``COPY`` or ``ADD`` whose delimiter is not quoted.

    As ``expand``, but for the quotes, which stay, and the escape character, which is always the backslash. Follows
    BuildKit's ExpandRaw.
    """
    if "$" not in str(text) and "\\" not in str(text):
        return text
    try:
        return _Expansion(text, variables, room).join(parse_word(str(text), "\\", has_quotes=False))
    except WordError:
        return text.as_unknown()


class _Expansion:
    def __init__(self, text: SourceText, variables: Mapping[str, SourceText], room: Room) -> None:
        self.text, self.variables, self.room = text, variables, room
        self.characters = LIMIT

    def join(self, parts: tuple[Part, ...], empty_at: int = 0) -> SourceText:
        return SourceText.join(self.pieces(parts) or [self.text[empty_at:empty_at]])

    def pieces(self, parts: tuple[Part, ...]) -> list[SourceText]:
        pieces: list[SourceText] = []
        for part in parts:
            if isinstance(part, Literal):
                pieces.append(self.text[part.start : part.end])
            elif isinstance(part, Quoted):
                pieces += self.pieces(part.parts) or [self.text[part.start : part.start]]
            else:
                pieces.append(self.within_limits(self.value(part), part.end - part.start))
        return pieces

    def within_limits(self, value: SourceText, written: int) -> SourceText:
        self.characters -= len(value)
        if self.characters < 0 or not self.room.has_for(value, written):
            raise WordError("the value grows too large")
        return value

    def value(self, variable: Variable) -> SourceText:
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

    def edit(self, variable: Variable, value: SourceText) -> SourceText | None:
        """The value of ``${name#pattern}`` and its kin; ``None`` where a word is more than characters, * and ?."""
        if not all(isinstance(part, Literal) for word in variable.words for part in word):
            return None
        pattern, *replacement = (self.join(word) for word in variable.words)
        if "*" in str(pattern) and (len(value) > WILDCARD_LIMIT or str(pattern).count("*") > 2):
            return None
        if variable.operator in {"/", "//"}:
            return _replace(value, str(pattern), replacement[0], every=variable.operator == "//")
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


def _replace(value: SourceText, pattern: str, replacement: SourceText, *, every: bool) -> SourceText:
    pieces: list[SourceText] = []
    at = 0
    for found in _wildcards(pattern, greedy=True).finditer(str(value)):
        pieces += [value[at : found.start()], replacement]
        at = found.end()
        if not every:
            break
    return SourceText.join([*pieces, value[at:]])
