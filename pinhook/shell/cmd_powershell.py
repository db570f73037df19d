"""The commands in text for ``cmd`` and PowerShell, as far as their syntax is similar to that of other shells.

Parsed are: words, quotes, escapes, variables, separators, redirections; in PowerShell lists, expressions in parentheses
and ``foreach`` over strings; in cmd ``for``. Everything else of the languages is not. Follows Microsoft's *cmd*, *for*,
*about_Parsing*, *about_Operators* and *about_Foreach* pages.
"""

from __future__ import annotations

import re

from pinhook._startup.lazy_re import regex
from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.shell.command import Argument, Redirection
from pinhook.shell.expansion import split_fields
from pinhook.shell.words import Dialect
from pinhook.source import SourceText

if TYPE_CHECKING:
    from collections.abc import Callable

    from pinhook.shell.scope import Scope


class WindowsCommand(NamedTuple):
    """A command as written."""

    arguments: tuple[Argument, ...]
    redirections: tuple[Redirection, ...]
    written: SourceText


class _Language(NamedTuple):
    escape: str
    quotes: str
    separators: str
    comment: re.Pattern[str]
    variable: re.Pattern[str]
    plain: re.Pattern[str]
    """Characters without a meaning, quoted or not."""

    @property
    def between(self) -> str:
        """Characters that end a word."""
        return " \t\r<>" + self.separators + "," * (self.escape == "`")


_LANGUAGES = {
    Dialect.CMD: _Language(
        escape="^",
        quotes='"',
        separators="&|()\n",
        comment=regex(r"(?:::|rem(?=\s))[^\n]*", re.IGNORECASE),
        variable=regex(r"%(\w+)%|!(\w+)!"),
        plain=regex(r'[^ \t\r\n<>&|()"^%!]+'),
    ),
    Dialect.POWERSHELL: _Language(
        escape="`",
        quotes="\"'",
        separators="&|(){};\n",
        comment=regex(r"#[^\n]*|<#.*?(?:#>|\Z)", re.DOTALL),
        variable=regex(r"\$\{?(?:[Ee][Nn][Vv]:)?(\w+)\}?|(?!)()"),
        plain=regex(r"""[^ \t\r\n<>&|(){};,"'`$]+"""),
    ),
}
_REDIRECTION = regex(r"[0-9*]?(>>|>&|>|<)")
_SPLAT = regex(r"@\w+")
_PARENTHESES = regex(r"""[()]|'[^']*'|"(?:`.|[^"`])*"|`.""", re.DOTALL)
_LITERALS = regex(r"""(?:\s|,|'[^']*'|"[^"$`]*")*""")
_FOR = regex(
    r'for\s+(?P<option>/\w\s+(?:"[^"\n]*"\s+|(?!%)\S+\s+)?)?%{1,2}(?P<name>[a-z])\s+in\s*\((?P<items>[^()]*)\)\s*do\b',
    re.IGNORECASE,
)
_FOREACH = regex(r"foreach\s*\(\s*\$(\w+)\s+in\b", re.IGNORECASE)
_STRINGS = regex(r"""(?:\s*@?\()?(?P<items>(?:\s|,|'[^']*'|"[^"$`]*")*)(?:\)\s*)?\)""")
_STRING = regex(r"""'[^']*'|"[^"]*\"""")
_LOOP_VARIABLE = regex(r"%{1,2}(?:~\w*)?([A-Za-z])(?!\w)")
_NOT_LITERAL = regex("[*?%!]")
_ITEM = regex(r'"[^"]*"|[^\s,;"]+')
MAX_DEPTH = 20
"""Maximum nesting of expressions in parentheses that are searched for commands."""
MAX_ITEMS = 256
"""Maximum number of items of a ``for``. With more, its variable is unknown."""


def windows_commands(text: SourceText, dialect: Dialect, scope: Scope) -> list[WindowsCommand]:
    """The commands in a text, in order. Variables without a known value are unknown and stay as written."""
    return _WindowsParser(text, _LANGUAGES[dialect], scope).commands()


class _WindowsParser:
    """Parses a text range by range: first all of it, then expressions in parentheses inside words.

    ``loops`` maps the variable of each ``for`` to its items; no items if they are unknown. A command with such a
    variable is parsed once for each item; ``round`` is the index of the item.
    """

    def __init__(self, text: SourceText, language: _Language, scope: Scope) -> None:
        self.text = text
        self.string = str(text)
        self.language = language
        self.is_powershell = language is _LANGUAGES[Dialect.POWERSHELL]
        self.scope = scope
        self.found: list[WindowsCommand] = []
        self.arguments: list[Argument] = []
        self.redirections: list[Redirection] = []
        self.ranges = [(0, len(text), 0)]
        self.lists: set[int] = set()
        self.loops: dict[str, list[SourceText]] = {}
        self.start = self.end = self.depth = self.round = self.rounds = 0

    def commands(self) -> list[WindowsCommand]:
        while self.ranges:
            at, self.end, self.depth = self.ranges.pop()
            while at < self.end:
                at = self.step(at)
                at = self.finish(at) if at >= self.end else at
        return self.found

    def step(self, at: int) -> int:
        """Parse the text at an offset. Returns the offset after it."""
        character = self.string[at]
        if character in " \t\r" or (character == "," and self.is_powershell) or at in self.lists:
            return at + 1
        if self.string.startswith(self.language.escape + "\n", at):
            return at + 2
        if (comment := self.language.comment.match(self.string, at, self.end)) and self.may_comment():
            return comment.end()
        if not self.arguments:
            if character == "@":
                return at + 1
            if loop := self.loop(at):
                return loop
        elif self.is_group(at):
            return self.strings(at) or self.add_word(at)
        if character in self.language.separators:
            return self.finish(at, at + 1)
        if redirection := _REDIRECTION.match(self.string, at, self.end):
            return self.redirection(at, redirection)
        return self.add_word(at)

    def add_word(self, at: int) -> int:
        self.start = self.start if self.arguments else at
        argument, at = self.word(at)
        self.arguments += self.fields(argument)
        return at

    # Parentheses in PowerShell

    def is_group(self, at: int) -> bool:
        return self.is_powershell and self.string.startswith(("(", "@(", "$("), at)

    def strings(self, at: int) -> int | None:
        """The offset after the opening parenthesis of a list of strings, which are words; else ``None``."""
        opening = self.string.index("(", at)
        closing = self.closing(opening)
        if not _LITERALS.fullmatch(self.string, opening + 1, closing):
            return None
        self.lists.add(closing)
        return opening + 1

    def closing(self, opening: int) -> int:
        """The offset of the closing parenthesis; the end of the text if there is none."""
        depth = 0
        for found in _PARENTHESES.finditer(self.string, opening, self.end):
            depth += (found[0] == "(") - (found[0] == ")")
            if not depth:
                return found.start()
        return self.end

    def group(self, at: int, pieces: list[SourceText]) -> int:
        """An expression in parentheses. Its value is unknown; commands in it are parsed later."""
        opening = self.string.index("(", at)
        closing = self.closing(opening)
        end = min(closing + 1, self.end)
        pieces.append(self.text[at:end].as_unknown())
        if self.depth < MAX_DEPTH:
            self.ranges.append((opening + 1, closing, self.depth + 1))
        return end

    # Loops

    def loop(self, at: int) -> int | None:
        """The offset after the ``do`` of a ``for``, whose items are stored; ``None`` if there is none."""
        if self.is_powershell:
            return self.foreach(at)
        found = _FOR.match(self.string, at, self.end)
        if not found:
            return None
        start, end = found.span("items")
        items = [self.text[item.start() : item.end()].strip('"') for item in _ITEM.finditer(self.string, start, end)]
        is_literal = not found["option"] and len(items) <= MAX_ITEMS and not _NOT_LITERAL.search(found["items"])
        self.loops[found["name"]] = items if is_literal else []
        if found["option"] and self.depth < MAX_DEPTH and self.string.startswith(("'", "`"), start):
            self.ranges.append((start + 1, end - 1, self.depth + 1))  # the items are the output of this command
        return found.end()

    def foreach(self, at: int) -> int | None:
        """The offset after the parentheses of a ``foreach`` over strings; else ``None``."""
        if not (head := _FOREACH.match(self.string, at, self.end)):
            return None
        self.loops.pop(head[1].lower(), None)
        if not (found := _STRINGS.match(self.string, head.end(), self.end)):
            return None
        strings = _STRING.finditer(self.string, *found.span("items"))
        items = [self.text[string.start() + 1 : string.end() - 1] for string in strings]
        if 0 < len(items) <= MAX_ITEMS:
            self.loops[head[1].lower()] = items
        return found.end()

    def item(self, name: str, written: SourceText) -> SourceText:
        """The value of the variable of a ``for`` in this round."""
        items = self.loops.get(name)
        if not items:
            return written.as_unknown()
        self.rounds = max(self.rounds, len(items))
        item = items[self.round % len(items)]
        return item if self.scope.budget.charge_for(item, len(written)) else written.as_unknown()

    def may_comment(self) -> bool:
        """Whether a comment may start here. In cmd a comment is a command; in PowerShell it may be between words."""
        return not self.arguments or self.is_powershell

    def finish(self, at: int, behind: int | None = None) -> int:
        """End a command. Returns the offset to continue at: its start again, if the loop has more items."""
        if self.arguments:
            written = self.text[self.start : at].rstrip()
            self.found.append(WindowsCommand(tuple(self.arguments), tuple(self.redirections), written))
        self.arguments, self.redirections = [], []
        self.round += 1
        if self.round < self.rounds:
            return self.start
        self.round = self.rounds = 0
        return at if behind is None else behind

    def redirection(self, start: int, match: re.Match[str]) -> int:
        at = match.end()
        while self.string[at : at + 1] in {" ", "\t"}:
            at += 1
        target, end = self.word(at + (self.string[at : at + 1] == "&"))
        self.redirections.append(Redirection(match.group(1), target, self.text[start:end]))
        return end

    def word(self, start: int) -> tuple[Argument, int]:
        pieces = [self.text[start:start]]
        at = start
        if self.is_group(at):
            at = self.group(at, pieces)
        elif self.is_powershell and (splat := _SPLAT.match(self.string, at, self.end)):
            pieces.append(self.text[at : splat.end()].as_unknown())
            at = splat.end()
        while at < self.end and self.string[at] not in self.language.between:
            at = self.part(at, pieces, self.quoted)
        return Argument(SourceText.join(pieces), self.text[start:at]), at

    def fields(self, argument: Argument) -> tuple[Argument, ...]:
        """The fields of a word. cmd replaces variables before it splits words, so there may be several."""
        if str(argument.written) == self.language.escape:
            return ()  # at the end of the text, with nothing to escape
        is_value = not self.is_powershell and self.language.variable.match(str(argument.written))
        return split_fields(argument.text) if is_value and " " in str(argument.text) else (argument,)

    def part(self, at: int, pieces: list[SourceText], otherwise: Callable[[int, list[SourceText]], int]) -> int:
        """An escaped character, a variable, or the result of ``otherwise``."""
        if self.string[at] == self.language.escape:
            if not self.string.startswith("\n", at + 1):
                pieces.append(self.text[at + 1 : at + 2])
            return at + 2
        if self.is_powershell and self.string.startswith("$(", at):
            return self.group(at, pieces)
        loop = None if self.is_powershell else _LOOP_VARIABLE.match(self.string, at, self.end)
        variable = self.language.variable.match(self.string, at, self.end)
        if loop and (loop[1] in self.loops or not variable):
            pieces.append(self.item(loop[1], self.text[at : loop.end()]))
            return loop.end()
        if variable:
            name = variable.group(1) or variable.group(2)
            if self.is_powershell and name and name.lower() in self.loops:
                pieces.append(self.item(name.lower(), self.text[at : variable.end()]))
                return variable.end()
            value = next((value for value in self.scope.values(name) if value is not None), None)
            fits = value is not None and self.scope.budget.charge_for(value, variable.end() - at)
            pieces.append(value if value is not None and fits else self.text[at : variable.end()].as_unknown())
            return variable.end()
        return otherwise(at, pieces)

    def quoted(self, at: int, pieces: list[SourceText]) -> int:
        """A string in quotes, or one plain character. Only PowerShell's single quotes keep all characters."""
        quote = self.string[at]
        if quote not in self.language.quotes:
            return self.plain(at, pieces)
        at += 1
        while at < self.end and self.string[at] != quote:
            at = self.plain(at, pieces) if quote == "'" else self.part(at, pieces, self.plain)
        return min(at + 1, self.end)

    def plain(self, at: int, pieces: list[SourceText]) -> int:
        plain = self.language.plain.match(self.string, at, self.end)
        end = plain.end() if plain else at + 1
        pieces.append(self.text[at:end])
        return end
