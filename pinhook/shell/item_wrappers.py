"""Commands that run another command on items: ``xargs``, ``parallel``, ``find -exec``."""

from __future__ import annotations

import re

from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.shell.command import Argument
from pinhook.shell.words import Dialect
from pinhook.shell.wrapped import RunsScript, RunsWithInput, join_words, option_table, parse_wrapper_options, runs
from pinhook.shell.wrapper_options import PARALLEL, XARGS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pinhook.shell.wrapped import Arguments, Wrapped
    from pinhook.source import SourceText


def xargs(arguments: Arguments) -> list[Wrapped]:
    """``xargs [options] command``, with the words of standard input as further arguments."""
    words = arguments[1:]
    parsed = parse_wrapper_options(option_table(XARGS), words)
    rest = words[parsed.rest :]
    placeholder = next((str(value) for value in parsed.values("-I", "--replace")), "")
    placeholder = placeholder or ("{}" if parsed.has("--replace") else "")
    return [RunsWithInput(rest, arguments[0], placeholder)] if rest else []


def parallel(arguments: Arguments) -> list[Wrapped]:
    """``parallel command ::: a b``: once for each word after ``:::``, else for each line of standard input."""
    words = arguments[1:]
    parsed = parse_wrapper_options(option_table(PARALLEL), words)
    rest = words[parsed.rest :]
    mark = next((index for index, word in enumerate(rest) if str(word) in {":::", ":::+", "::::"}), None)
    if mark is None or str(rest[mark]) == "::::":
        command = rest[:mark]
        return [RunsWithInput(command, arguments[0], "{}" if _mentions(command, "{}") else "")] if command else []
    items = [word for word in rest[mark:] if str(word) not in {":::", ":::+"}]
    return [command_run for item in items for command_run in _once(rest[:mark], item)]


def find(arguments: Arguments) -> list[Wrapped]:
    r"""``find … -exec command {} \;`` and similar. Only the build knows the values of ``{}``."""
    commands: list[Wrapped] = []
    at = 0
    while at < len(arguments):
        at += 1
        if str(arguments[at - 1]) not in {"-exec", "-execdir", "-ok", "-okdir"}:
            continue
        end = at
        while end < len(arguments) and str(arguments[end]) not in {";", "+"}:
            end += 1
        words = (
            Argument(word.text.as_unknown(), word.written) if "{}" in str(word) else word for word in arguments[at:end]
        )
        commands += runs(tuple(words))
        at = end
    return commands


def _once(command: Arguments, item: Argument) -> list[Wrapped]:
    """``parallel`` joins its words with blanks for a shell, which splits text in quotes again."""
    if _mentions(command, " "):
        if not _mentions(command, "{}"):
            command = (*command, item)
        return [RunsScript(substitute(join_words(command), "{}", item.text), Dialect.BASH)]
    return runs(with_items(command, "{}" if _mentions(command, "{}") else "", (item,)))


def with_items(command: Arguments, placeholder: str, items: Arguments) -> Arguments:
    """The command with items appended, or in the place of the placeholder if it has one."""
    if not placeholder:
        return (*command, *items)
    found: list[Argument] = []
    for word in command:
        if placeholder not in str(word):
            found.append(word)
        elif str(word) == placeholder:
            found.extend(items)
        else:
            found.extend(Argument(substitute(word.text, placeholder, item.text), item.written) for item in items)
    return tuple(found)


def substitute(text: SourceText, placeholder: str, value: SourceText) -> SourceText:
    """The text with each placeholder replaced by a value."""
    return text.sub(re.compile(re.escape(placeholder)), lambda _text, _match: value)


def unknown_items(wrapper_word: Argument) -> Argument:
    """The items of ``xargs`` with unknown input: the word ``xargs``, marked as unknown."""
    return Argument(wrapper_word.text.as_unknown(), wrapper_word.written)


def _mentions(words: Sequence[Argument], placeholder: str) -> bool:
    return any(placeholder in str(word) for word in words)
