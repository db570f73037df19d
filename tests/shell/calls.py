"""The simple commands of a script as spans of their words: as pinhook sees them, and as mvdan/sh does."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING, Any, TypeAlias

from pinhook.shell.lexer import tokenize
from pinhook.shell.parser import parse, parse_tokens
from pinhook.shell.recovery import recover
from pinhook.shell.syntax import (
    Case,
    Command,
    For,
    Function,
    If,
    Node,
    Not,
    Pipeline,
    Redirected,
    Sequence,
    Subshell,
    Test,
    While,
)
from pinhook.shell.words import Array, Dialect, Opaque, Parameter, Part, Substitution, Word
from pinhook.source import Source, SourceText, Span
from tests.hermetic import program

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pinhook.shell.tokens import RedirectionToken

SHFMT = program("shfmt")
"""mvdan/sh."""

Call: TypeAlias = tuple[Span, ...]
"""The spans of the words of one simple command, assignments included."""


def calls_of_pinhook(script: str, dialect: Dialect = Dialect.BASH) -> list[Call]:
    """Raises ``ShellError`` for a script that cannot be read."""
    return sorted(_calls(parse(SourceText.of(Source("script", script)), dialect)[0]))


def calls_recovered(script: str) -> list[Call]:
    """The commands that are recovered from the tokens, without bashlex."""
    tokens, _ = tokenize(SourceText.of(Source("script", script)), Dialect.BASH)
    return sorted(_calls(recover(tokens)))


def calls_of_shfmt(script: str) -> list[Call] | None:
    """``None`` for a script that mvdan/sh rejects."""
    run = subprocess.run([SHFMT, "-ln", "bash", "--to-json"], input=script.encode(), capture_output=True, check=False)
    if run.returncode:
        return None
    offsets = {0: 0}
    at = 0
    for index, character in enumerate(script, start=1):
        at += len(character.encode())
        offsets[at] = index
    return sorted(_shfmt_calls(json.loads(run.stdout), offsets))


def _shfmt_calls(tree: Any, offsets: dict[int, int]) -> Iterator[Call]:
    if isinstance(tree, list):
        for each in tree:
            yield from _shfmt_calls(each, offsets)
    elif isinstance(tree, dict):
        words = [*tree.get("Assigns", ()), *tree.get("Args", ())]
        if tree.get("Type") == "DeclClause":
            words.insert(0, tree["Variant"])
        if tree.get("Type") in {"CallExpr", "DeclClause"} and words:
            yield tuple(Span(offsets[word["Pos"]["Offset"]], offsets[word["End"]["Offset"]]) for word in words)
        for each in tree.values():
            yield from _shfmt_calls(each, offsets)


def _calls(node: Node) -> Iterator[Call]:
    match node:
        case Command(words=words, redirections=redirections):
            if words:
                yield tuple(word.written.span for word in words)
            yield from _in_words(words)
            yield from _in_redirections(redirections)
        case Sequence(nodes=nodes) | Pipeline(nodes=nodes):
            for inner in nodes:
                yield from _calls(inner)
        case If():
            yield from _calls(node.condition)
            yield from _calls(node.consequence)
            if node.alternative:
                yield from _calls(node.alternative)
        case While(condition=condition, body=body):
            yield from _calls(condition)
            yield from _calls(body)
        case For(words=words, body=body):
            yield from _in_words(words or ())
            yield from _calls(body)
        case Case(word=word, arms=arms):
            yield from _in_words([word])
            for patterns, body in arms:
                yield from _in_words(patterns)
                yield from _calls(body)
        case Function(body=body) | Subshell(body=body) | Not(node=body):
            yield from _calls(body)
        case Redirected(node=inner, redirections=redirections):
            yield from _calls(inner)
            yield from _in_redirections(redirections)
        case Test(parts=parts):
            yield from _in_parts(parts)


def _in_words(words: Iterable[Word]) -> Iterator[Call]:
    for word in words:
        yield from _in_parts(word.parts)


def _in_redirections(tokens: Iterable[RedirectionToken]) -> Iterator[Call]:
    for token in tokens:
        yield from _in_parts(token.word.parts)
        for document in token.bodies:
            yield from _in_parts(document.parts)


def _in_parts(parts: Iterable[Part]) -> Iterator[Call]:
    for part in parts:
        match part:
            case Substitution(tokens=tokens):
                yield from _calls(parse_tokens(tokens))
            case Parameter(operand=Word(parts=inner)) | Opaque(parts=inner):
                yield from _in_parts(inner)
            case Array(words=words):
                yield from _in_words(words)
            case _:
                pass
