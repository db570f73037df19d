"""What a command puts on standard output, or a redirection on standard input, where the script itself says it."""

from __future__ import annotations

from pinhook.light_re import regex
from pinhook.light_typing import TYPE_CHECKING
from pinhook.shell.expansion import fields, values
from pinhook.shell.syntax import Command
from pinhook.shell.words import Word
from pinhook.source import SourceText

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pinhook.shell.command import Argument, SimpleCommand
    from pinhook.shell.scope import Scope
    from pinhook.shell.syntax import Node
    from pinhook.shell.tokens import RedirectionToken
    from pinhook.shell.words import Dialect

_ECHO_OPTION = regex(r"-[neE]+")
_ESCAPE = regex(r"\\[nt]")
_CONVERSION = regex(r"%[sb]")


def printed(command: SimpleCommand) -> SourceText | None:
    """What a command prints, or what ``tee`` writes, as far as its words and here-documents say it."""
    name, *arguments = command.arguments
    bodies = [redirection.body for redirection in command.redirections if redirection.body is not None]
    if str(name) == "tee" or not arguments:
        return bodies[-1] if bodies and str(name) in {"cat", "tee"} else None
    return _output(str(name), arguments)


def output_of(node: Node, scope: Scope, dialect: Dialect) -> SourceText | None:
    """The output of ``echo``, ``printf`` or ``cat`` with a here-document; ``None`` for any other command."""
    if not isinstance(node, Command) or not node.words:
        return None
    name = node.words[0].raw
    arguments = [field for word in node.words[1:] for field in fields(word, scope, dialect)[0]]
    if name == "cat" and not arguments:
        documents = [text for token in node.redirections if (text := input_of(token, scope))]
        return documents[-1] if documents else None
    return _output(name, arguments)


def _output(name: str, arguments: list[Argument]) -> SourceText | None:
    if name == "echo":
        while arguments and _ECHO_OPTION.fullmatch(str(arguments[0])):
            arguments = arguments[1:]
        return _lines([_unescaped(argument.text) for argument in arguments], " ")
    if name == "printf":
        return _printf(arguments)
    return None


def _printf(arguments: list[Argument]) -> SourceText | None:
    """The format alone, or its arguments where it only prints them."""
    if not arguments:
        return None
    head, *rest = (argument.text for argument in arguments)
    if "%" not in str(head):
        return _unescaped(head)
    if _CONVERSION.sub("", str(head)).strip() in {"", r"\n"}:
        return _lines(rest, "\n")
    return None


def _lines(texts: list[SourceText], separator: str) -> SourceText | None:
    if not texts:
        return None
    pieces = [texts[0]]
    for text in texts[1:]:
        pieces += [texts[0].decoded(separator), text]
    return SourceText.join(pieces)


def _unescaped(text: SourceText) -> SourceText:
    r"""The text with ``\n`` and ``\t`` turned into what they stand for, as ``printf`` and dash's ``echo`` do."""
    return SourceText.join(_unescaped_pieces(text))


def _unescaped_pieces(text: SourceText) -> Iterator[SourceText]:
    at = 0
    for escape in _ESCAPE.finditer(str(text)):
        yield text[at : escape.start()]
        yield text[escape.start() : escape.end()].decoded("\n" if escape.group() == r"\n" else "\t")
        at = escape.end()
    yield text[at:]


def input_of(token: RedirectionToken, scope: Scope) -> SourceText | None:
    """What a here-document or here-string feeds; ``None`` for a file."""
    if token.operator == "<<<":
        return values(token.word, scope)[0]
    for document in token.bodies:
        if document.quoted:
            return document.body
        whole = Word(document.body, 0, len(document.body), document.parts)
        return values(whole, scope)[0]
    return None
