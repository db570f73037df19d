"""The commands in text for ``cmd`` and PowerShell, read as far as they look like those of any shell.

Words, quotes, escapes, variables, separators and redirections are read; what the languages can do beyond that is not.
Follows Microsoft's *cmd* and *about_Parsing* pages.
"""

from __future__ import annotations

import re

from pinhook.light_re import regex
from pinhook.light_typing import TYPE_CHECKING, NamedTuple
from pinhook.shell.command import Argument, Redirection
from pinhook.shell.expansion import split_fields
from pinhook.shell.words import Dialect
from pinhook.source import SourceText

if TYPE_CHECKING:
    from collections.abc import Callable

    from pinhook.shell.scope import Scope


class WindowsCommand(NamedTuple):
    """A command as it is written."""

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
    """Characters that mean nothing, in quotes or out of them."""


_LANGUAGES = {
    Dialect.CMD: _Language(
        escape="^",
        quotes='"',
        separators="&|()@\n",
        comment=regex(r"(?:::|rem(?=\s))[^\n]*", re.IGNORECASE),
        variable=regex(r"%(\w+)%|!(\w+)!"),
        plain=regex(r'[^ \t\r\n<>&|()@"^%!]+'),
    ),
    Dialect.POWERSHELL: _Language(
        escape="`",
        quotes="\"'",
        separators="&|(){};\n",
        comment=regex(r"#[^\n]*|<#.*?#>", re.DOTALL),
        variable=regex(r"\$\{?(?:[Ee][Nn][Vv]:)?(\w+)\}?|(?!)()"),
        plain=regex(r"""[^ \t\r\n<>&|(){};"'`$]+"""),
    ),
}
_REDIRECTION = regex(r"[0-9*]?(>>|>&|>|<)")


def windows_commands(text: SourceText, dialect: Dialect, scope: Scope) -> list[WindowsCommand]:
    """The commands in a text, in order; variables whose value is not known stay as written and are unknown."""
    return _Reader(text, _LANGUAGES[dialect], scope).commands()


class _Reader:
    def __init__(self, text: SourceText, language: _Language, scope: Scope) -> None:
        self.text = text
        self.string = str(text)
        self.language = language
        self.scope = scope
        self.found: list[WindowsCommand] = []
        self.arguments: list[Argument] = []
        self.redirections: list[Redirection] = []
        self.start = 0

    def commands(self) -> list[WindowsCommand]:
        at = 0
        while at < len(self.string):
            if self.string[at] in " \t\r":
                at += 1
            elif self.string.startswith(self.language.escape + "\n", at):
                at += 2
            elif (comment := self.language.comment.match(self.string, at)) and self.may_comment():
                at = comment.end()
            elif self.string[at] in self.language.separators:
                self.finish(at)
                at += 1
            elif redirection := _REDIRECTION.match(self.string, at):
                at = self.redirection(at, redirection)
            else:
                self.start = self.start if self.arguments else at
                argument, at = self.word(at)
                self.arguments += self.fields(argument)
        self.finish(at)
        return self.found

    def may_comment(self) -> bool:
        """In cmd a comment is a command of its own, in PowerShell it may stand between words."""
        return not self.arguments or self.language is _LANGUAGES[Dialect.POWERSHELL]

    def finish(self, at: int) -> None:
        if self.arguments:
            written = self.text[self.start : at].rstrip()
            self.found.append(WindowsCommand(tuple(self.arguments), tuple(self.redirections), written))
        self.arguments, self.redirections = [], []

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
        while at < len(self.string) and self.string[at] not in " \t\r<>" + self.language.separators:
            at = self.part(at, pieces, self.quoted)
        return Argument(SourceText.join(pieces), self.text[start:at]), at

    def fields(self, argument: Argument) -> tuple[Argument, ...]:
        """What a word comes to: cmd puts a value into the text before it splits words, so that it may be several."""
        if str(argument.written) == self.language.escape:
            return ()  # at the very end, where there is nothing to escape
        is_value = self.language is _LANGUAGES[Dialect.CMD] and str(argument.written).startswith(("%", "!"))
        return split_fields(argument.text) if is_value and " " in str(argument.text) else (argument,)

    def part(self, at: int, pieces: list[SourceText], otherwise: Callable[[int, list[SourceText]], int]) -> int:
        """An escaped character, a variable, or what ``otherwise`` reads."""
        if self.string[at] == self.language.escape:
            if not self.string.startswith("\n", at + 1):
                pieces.append(self.text[at + 1 : at + 2])
            return at + 2
        if variable := self.language.variable.match(self.string, at):
            name = variable.group(1) or variable.group(2)
            value = next((value for value in self.scope.values(name) if value is not None), None)
            fits = value is not None and self.scope.room.has_for(value, variable.end() - at)
            pieces.append(value if value is not None and fits else self.text[at : variable.end()].as_unknown())
            return variable.end()
        return otherwise(at, pieces)

    def quoted(self, at: int, pieces: list[SourceText]) -> int:
        """A string in quotes, of which only PowerShell's single ones keep everything; or one plain character."""
        quote = self.string[at]
        if quote not in self.language.quotes:
            return self.plain(at, pieces)
        at += 1
        while at < len(self.string) and self.string[at] != quote:
            at = self.plain(at, pieces) if quote == "'" else self.part(at, pieces, self.plain)
        return at + 1

    def plain(self, at: int, pieces: list[SourceText]) -> int:
        plain = self.language.plain.match(self.string, at)
        end = plain.end() if plain else at + 1
        pieces.append(self.text[at:end])
        return end
