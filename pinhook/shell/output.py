"""The output of a command, or the input by a redirection, if the script itself contains it."""

from __future__ import annotations

import posixpath

from pinhook._startup.lazy_re import regex
from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.shell.expansion import combinations, fields, values
from pinhook.shell.parser import parse_tokens
from pinhook.shell.syntax import Command
from pinhook.shell.words import Dialect, Opaque, Substitution, Word
from pinhook.source import SourceText

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable

    from pinhook.shell.command import Argument, SimpleCommand
    from pinhook.shell.scope import Scope
    from pinhook.shell.syntax import Node
    from pinhook.shell.tokens import RedirectionToken

_ECHO_OPTION = regex(r"-[neE]+")
_ESCAPE = regex(r"\\(?:x([0-9A-Fa-f]{1,2})|0?([0-7]{1,3})|([nt\\]))")
_LETTERS = {"n": "\n", "t": "\t", "\\": "\\"}
_CONVERSION = regex(r"%(?:%|[^a-zA-Z%]*[a-zA-Z]?)")
MAX_PIECES = 10_000
"""Maximum number of pieces of the output of ``printf``. With more, the output is unknown."""


def printed_text(command: SimpleCommand) -> SourceText | None:
    """The output of a command, or of ``tee``, as far as its words and here-documents contain it."""
    name, *arguments = command.arguments
    bodies = [redirection.body for redirection in command.redirections if redirection.body is not None]
    if str(name) == "tee" or not arguments:
        return bodies[-1] if bodies and str(name) in {"cat", "tee"} else None
    return _output(str(name), arguments)


def outputs_of(node: Node, scope: Scope, dialect: Dialect) -> tuple[SourceText, ...]:
    """The possible outputs of ``dirname``, ``echo``, ``printf``, or ``cat`` with a here-document; else empty."""
    if not isinstance(node, Command) or not node.words:
        return ()
    name = node.words[0].spelling
    if name == "cat" and len(node.words) == 1:
        documents = [texts for token in node.redirections if (texts := inputs_of(token, scope))]
        return documents[-1] if documents else ()
    if name not in {"dirname", "echo", "printf"}:
        return ()
    alternatives = combinations([fields(word, scope, dialect) for word in node.words[1:]], scope.budget)
    outputs = (_output(name, [field for part in alternative for field in part]) for alternative in alternatives)
    return tuple(text for text in outputs if text is not None)


def _output(name: str, arguments: list[Argument]) -> SourceText | None:
    if name == "echo":
        return _echo(arguments)
    if name == "printf" and arguments:
        return _printf(arguments[0].text, [argument.text for argument in arguments[1:]])
    if name == "dirname" and len(arguments) == 1:
        return _folder(arguments[0].text)
    return None


def _folder(path: SourceText) -> SourceText | None:
    """The folder of a path, as ``dirname`` gives it, where that is a part of the path."""
    folder = posixpath.dirname(str(path))
    return path[: len(folder)] if path.is_known and folder and not str(path).endswith("/") else None


def _echo(arguments: list[Argument]) -> SourceText | None:
    """The arguments with blanks between them, and a newline unless ``-n`` takes it away."""
    has_newline = True
    while arguments and _ECHO_OPTION.fullmatch(str(arguments[0])):
        has_newline = has_newline and "n" not in str(arguments[0])
        arguments = arguments[1:]
    if not arguments:
        return None
    printed = SourceText.join((_unescaped(argument.text) for argument in arguments), " ")
    return SourceText.join([printed, printed[:0].decoded("\n")]) if has_newline else printed


def _printf(template: SourceText, arguments: list[SourceText]) -> SourceText | None:
    """The output of ``printf``. The format is used again while arguments are left.

    ``None`` for conversions other than those of strings.
    """
    conversions = [found[0] for found in _CONVERSION.finditer(str(template))]
    if any(each not in {"%s", "%b", "%%"} for each in conversions):
        return None
    per_use = sum(each != "%%" for each in conversions)
    if per_use and not arguments:
        return None
    uses = max(1, -(-len(arguments) // per_use)) if per_use else 1
    if uses * (len(conversions) + 1) > MAX_PIECES:
        return None
    between = [_unescaped(each) for each in template.split(_CONVERSION)]
    empty = template[:0]
    values = iter(arguments)
    pieces: list[SourceText] = []
    for _ in range(uses):
        for text, conversion in zip(between, [*conversions, ""], strict=True):
            pieces.append(text)
            if conversion == "%%":
                pieces.append(empty.decoded("%"))
            elif conversion:
                value = next(values, empty)
                pieces.append(_unescaped(value) if conversion == "%b" else value)
    return SourceText.join(pieces)


def _unescaped(text: SourceText) -> SourceText:
    r"""The text with ``\n``, ``\t``, ``\x41`` and ``\0101`` decoded, as ``echo -e`` does.

    ``printf`` and dash's ``echo`` decode most of them.
    """
    return text.sub(_ESCAPE, _decoded)


def _decoded(escape: SourceText, match: re.Match[str]) -> SourceText:
    hexadecimal, octal, letter = match.groups()
    value = _LETTERS[letter] if letter else chr(int(hexadecimal, 16) if hexadecimal else int(octal, 8) % 256)
    return escape.decoded(value)


def substituted(part: Substitution, scope: Scope) -> tuple[SourceText, ...]:
    """The possible outputs of ``$(echo words)`` or ``<(echo words)``; empty for more complex commands."""
    node = parse_tokens(part.tokens, scope.budget)
    if not isinstance(node, Command) or node.redirections or not all(map(_is_plain, node.words)):
        return ()
    has_escapes = any("\\" in word.spelling for word in node.words)
    if (
        has_escapes
        and [word.spelling for word in node.words[:2]] != ["echo", "-e"]
        and node.words[0].spelling != "printf"
    ):
        return ()
    texts = outputs_of(node, scope, Dialect.SH)
    return tuple(text[: len(str(text).rstrip("\n"))] for text in texts)


def _is_plain(word: Word) -> bool:
    """Whether a word has no substitution, no arithmetic, no braces and no patterns."""
    return not any(isinstance(part, Substitution | Opaque) for part in word.parts) and not set(word.spelling) & set(
        "{*?["
    )


def process_outputs(words: Iterable[Word], scope: Scope) -> tuple[SourceText, ...]:
    """The outputs of the process substitutions among some words."""
    whole = [word for word in words if isinstance(word.parts[0], Substitution) and len(word.parts) == 1]
    parts = [word.parts[0] for word in whole if word.spelling.startswith("<(")]
    return tuple(text for part in parts if isinstance(part, Substitution) for text in substituted(part, scope))


def inputs_of(token: RedirectionToken, scope: Scope) -> tuple[SourceText, ...]:
    """The text of a here-document, a here-string or a process substitution. The content of a file is unknown."""
    if token.operator == "<":
        return process_outputs((token.word,), scope)
    if token.operator == "<<<":
        return tuple(values(token.word, scope))
    for document in token.bodies:
        if document.quoted:
            return (document.body,)
        whole = Word(document.body, 0, len(document.body), document.parts)
        return tuple(values(whole, scope))
    return ()
