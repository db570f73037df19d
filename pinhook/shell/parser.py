"""The only door to bashlex: tokens in, the tree of a script out.

bashlex (0.18) decides what is a simple command. It is shown a skeleton (``masks``) at whose offsets the words are
found again in the tokens. Its tree is believed only when every word, redirection and mask is in it once; otherwise,
and where bashlex raises, the commands are recovered from the tokens alone (``recovery``). So nothing is lost silently.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pinhook.shell import lexer
from pinhook.shell.masks import draw, drawn_at, is_newline
from pinhook.shell.recovery import recover
from pinhook.shell.syntax import (
    NOTHING,
    Case,
    Command,
    For,
    Function,
    If,
    Node,
    Pipeline,
    Redirected,
    Sequence,
    Subshell,
    Test,
    While,
)
from pinhook.shell.tokens import CaseToken, ElifToken, RedirectionToken, TestToken, WordToken

if TYPE_CHECKING:
    from pinhook.shell.tokens import Token
    from pinhook.shell.words import Dialect
    from pinhook.source import SourceText


class _Unaccounted(Exception):  # noqa: N818 - it is no error: it says that bashlex's tree is not to be believed
    """bashlex's tree lacks a token, or has it in a place that is not understood."""


def parse(text: SourceText, dialect: Dialect) -> tuple[Node, list[SourceText]]:
    """The tree of a script, and its comments, some of them twice. Raises ``ShellError``."""
    tokens, comments = lexer.tokenize(text, dialect)
    return parse_tokens(tokens), comments


def parse_tokens(tokens: list[Token]) -> Node:
    """The tree of the tokens of a script or of a part of one."""
    first = next((index for index, token in enumerate(tokens) if not is_newline(token)), None)
    if first is None:
        return NOTHING
    tokens = tokens[first:]
    trees = _bashlex_trees(draw(tokens))
    if trees is None:
        return recover(tokens)
    converter = _Converter(tokens)
    try:
        node = converter.script(trees)
        converter.account()
    except (_Unaccounted, RecursionError):
        return recover(tokens)
    return node


def _bashlex_trees(skeleton: str) -> list[Any] | None:
    """What bashlex makes of the skeleton; ``None`` when it cannot read it."""
    from pinhook.shell.bashlex_door import load_parse

    try:
        trees: list[Any] = load_parse()(skeleton)
    except Exception:  # noqa: BLE001 - it raises ParsingError, NotImplementedError, AttributeError, RecursionError …
        return None
    return trees


class _Converter:
    """Turns bashlex's tree into ours, and keeps account of the tokens that were met."""

    def __init__(self, tokens: list[Token]) -> None:
        self.base = tokens[0].start
        self.unmet = {
            drawn_at(token): token
            for token in tokens
            if isinstance(token, WordToken | RedirectionToken | CaseToken | TestToken | ElifToken)
        }

    def account(self) -> None:
        if self.unmet:
            raise _Unaccounted

    def take(self, tree: Any) -> Token:
        """The token at the place of a word or redirection of bashlex; each is given once."""
        token = self.unmet.pop(tree.pos[0] + self.base, None)
        if token is None:
            raise _Unaccounted
        return token

    def word(self, tree: Any) -> WordToken:
        token = self.take(tree)
        if not isinstance(token, WordToken):
            raise _Unaccounted
        return token

    def redirections(self, trees: list[Any]) -> tuple[RedirectionToken, ...]:
        taken = tuple(token for tree in trees if isinstance(token := self.take(tree), RedirectionToken))
        if len(taken) != len(trees):
            raise _Unaccounted
        return taken

    def script(self, trees: list[Any]) -> Node:
        nodes = tuple(self.node(tree) for tree in trees)
        return nodes[0] if len(nodes) == 1 else Sequence(nodes, (";",) * len(nodes))

    def node(self, tree: Any) -> Node:
        match tree.kind:
            case "command":
                return self.command(tree)
            case "list":
                return self.sequence(tree.parts)
            case "pipeline":
                nodes = tuple(self.node(part) for part in tree.parts if part.kind not in {"pipe", "reservedword"})
                return nodes[0] if len(nodes) == 1 else Pipeline(nodes)
            case "compound":
                return self.compound(tree)
            case "function":
                return Function(self.word(tree.name).word.raw, self.node(tree.body))
            case _:
                raise _Unaccounted

    def command(self, tree: Any) -> Node:
        tokens = [self.take(part) for part in tree.parts]
        redirections = tuple(token for token in tokens if isinstance(token, RedirectionToken))
        if tokens and not isinstance(tokens[0], WordToken | RedirectionToken):
            return self.mask(tokens[0], redirections, len(tokens))
        words = tuple(token.word for token in tokens if isinstance(token, WordToken))
        if len(words) + len(redirections) != len(tokens):
            raise _Unaccounted
        return Command(words, redirections)

    def mask(self, token: Token, redirections: tuple[RedirectionToken, ...], length: int) -> Node:
        """What stands behind a mask that bashlex took for a command; only redirections may follow it."""
        if length != 1 + len(redirections):
            raise _Unaccounted
        node = open_mask(token)
        return Redirected(node, redirections) if redirections else node

    def sequence(self, parts: list[Any]) -> Node:
        nodes: list[Node] = []
        operators: list[str] = []
        operator = ";"
        for part in parts:
            if part.kind == "operator":
                operator = ";" if part.op == "\n" else part.op
            else:
                nodes.append(self.node(part))
                operators.append(operator)
        return nodes[0] if len(nodes) == 1 else Sequence(tuple(nodes), tuple(operators))

    def compound(self, tree: Any) -> Node:
        inner = tree.list[0]
        if inner.kind in {"if", "while", "until", "for"}:
            node = self.keyword(inner)
        else:
            node = self.script([part for part in tree.list if part.kind != "reservedword"])
            node = Subshell(node) if inner.word == "(" else node
        redirections = self.redirections(tree.redirects)
        return Redirected(node, redirections) if redirections else node

    def keyword(self, tree: Any) -> Node:
        sections = _sections(tree.parts)
        match tree.kind:
            case "if":
                alternative = self.script(sections["else"]) if "else" in sections else None
                return If(self.script(sections["if"]), self.script(sections["then"]), alternative)
            case "for":
                return self.loop(tree.parts, self.script(sections["do"]))
            case _:
                return While(self.script(sections[tree.kind]), self.script(sections["do"]))

    def loop(self, parts: list[Any], body: Node) -> Node:
        head = self.take(parts[1])
        if isinstance(head, TestToken):  # for ((…))
            return Sequence((Test(head.parts), For(None, (), body)), (";", ";"))
        if not isinstance(head, WordToken):
            raise _Unaccounted
        has_words = parts[2].kind == "reservedword" and parts[2].word == "in"
        words = tuple(self.word(part).word for part in parts[3:] if part.kind == "word")
        return For(head.word.raw, words if has_words else None, body)


def _sections(parts: list[Any]) -> dict[str, list[Any]]:
    """The nodes behind each reserved word of an ``if``, ``while`` or ``for``."""
    sections: dict[str, list[Any]] = {}
    for part in parts:
        if part.kind == "reservedword":
            section = sections.setdefault(part.word, [])
        else:
            section.append(part)
    return sections


def open_mask(token: Token) -> Node:
    """The tree of what a mask hides."""
    match token:
        case CaseToken(word=word, arms=arms):
            return Case(word, tuple((patterns, parse_tokens(inner)) for patterns, inner in arms))
        case ElifToken(tokens=inner):
            return parse_tokens(inner)
        case TestToken(parts=parts):
            return Test(parts)
        case _:
            raise _Unaccounted
