"""Parse tokens into the syntax tree of a script. Only this module calls bashlex (through ``bashlex_loader``).

bashlex (0.18) decides which commands a script has, in which order and under which condition they run. It parses an
outline in which a mask replaces every simple command (``outline``). Its tree is used only if it contains every mask
exactly once. Otherwise, and if bashlex raises, the commands are recovered from the tokens (``recovery``), so that no
command is lost silently.
"""

from __future__ import annotations

from functools import lru_cache

from pinhook._compat import assert_never
from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.shell import lexer
from pinhook.shell.outline import draw_outline, is_newline
from pinhook.shell.recovery import recover
from pinhook.shell.syntax import (
    NOTHING,
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
    node_of_list,
)
from pinhook.shell.tokens import CaseToken, ElifToken, RedirectionToken, TestToken
from pinhook.shell.words import Word

if TYPE_CHECKING:
    from typing import Any

    from pinhook.budget import Budget
    from pinhook.shell.outline import Outline
    from pinhook.shell.tokens import Token
    from pinhook.shell.words import Dialect
    from pinhook.source import SourceText


MAX_DEPTH = 100
"""Maximum nesting of compound commands. bashlex is quadratic in it, and Python's stack is limited."""

MAX_OUTLINE = 50_000
"""Maximum length of an outline in characters. bashlex takes 10 to 15 microseconds and a kilobyte for each."""

MAX_CACHED = 1_000
"""Maximum length of an outline whose tree is cached."""


_MASKED = (CaseToken, ElifToken, TestToken)


class _UntrustedTree(Exception):  # noqa: N818 - not an error of the input: bashlex's tree must not be used
    """bashlex's tree lacks a token, or has it in an unexpected place."""


def parse(text: SourceText, dialect: Dialect, budget: Budget | None = None) -> tuple[Node, list[SourceText]]:
    """The syntax tree of a script, and its comments, some of them twice. Raises ``ShellError``.

    ``budget`` is that of the file. If it is exceeded, the commands are recovered from the tokens, without bashlex.
    """
    tokens, comments = lexer.tokenize(text, dialect)
    return parse_tokens(tokens, budget), comments


def parse_tokens(tokens: list[Token], budget: Budget | None = None) -> Node:
    """The syntax tree of the tokens of a script or of a part of it."""
    if all(is_newline(token) for token in tokens):
        return NOTHING
    outline = draw_outline(tokens)
    tree = _bashlex_tree(outline, budget)
    if tree is None:
        return recover(tokens)
    converter = _Converter(outline, budget)
    try:
        node = converter.compound(tree)
        converter.check_all_taken()
    except (_UntrustedTree, RecursionError):
        return recover(tokens)
    return node


def _bashlex_tree(outline: Outline, budget: Budget | None) -> Any | None:
    """The tree that bashlex gives for the group of an outline; ``None`` if it raises or gives another tree."""
    text = outline.text
    if outline.depth > MAX_DEPTH or len(text) > MAX_OUTLINE:
        return None
    if budget and not budget.charge_outline(len(text)):
        return None
    trees = (_cached_trees if len(text) <= MAX_CACHED else _bashlex_trees)(text)
    is_group = len(trees) == 1 and trees[0].kind == "compound" and trees[0].pos == (0, len(text))
    return trees[0] if is_group else None


def _bashlex_trees(text: str) -> list[Any]:
    """The result of bashlex; empty if it raises."""
    from pinhook.shell.bashlex_loader import load_parse

    try:
        trees: list[Any] = load_parse()(text)
    except Exception:  # noqa: BLE001 - it raises ParsingError, NotImplementedError, AttributeError, RecursionError …
        return []
    return trees


_cached_trees = lru_cache(maxsize=64)(_bashlex_trees)


class _Converter:
    """Converts bashlex's tree into ours, and counts the masks in it."""

    def __init__(self, outline: Outline, budget: Budget | None) -> None:
        self.budget = budget
        self.remaining = dict(outline.tokens_at)
        self.further = dict(outline.further_at)

    def check_all_taken(self) -> None:
        if self.remaining or self.further:
            raise _UntrustedTree

    def take(self, tree: Any) -> list[Token]:
        """The tokens behind the mask of a word or redirection in bashlex's tree. Each mask can be taken once."""
        run = self.remaining.pop(tree.pos[0], None)
        if run is None:
            raise _UntrustedTree
        return run

    def words(self, tree: Any) -> tuple[Word, ...]:
        run = self.take(tree)
        words = tuple(token for token in run if isinstance(token, Word))
        if len(words) != len(run):
            raise _UntrustedTree
        return words

    def name(self, tree: Any) -> str:
        """The word that names a function or the variable of a loop."""
        words = self.words(tree)
        if len(words) != 1:
            raise _UntrustedTree
        return words[0].spelling

    def redirections(self, trees: list[Any]) -> tuple[RedirectionToken, ...]:
        return _redirections([token for tree in trees for token in self.take(tree)])

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
                node = nodes[0] if len(nodes) == 1 else Pipeline(nodes)
                is_negated = sum(part.kind == "reservedword" for part in tree.parts) % 2
                return Not(node) if is_negated else node
            case "compound":
                return self.compound(tree)
            case "function":
                return Function(self.name(tree.name), self.node(tree.body))
            case _:
                raise _UntrustedTree

    def command(self, tree: Any) -> Node:
        if len(tree.parts) != 1:
            raise _UntrustedTree
        run = self.take(tree.parts[0])
        first = run[0]
        if isinstance(first, _MASKED):
            node, redirections = expand_mask(first, self.budget), _redirections(run[1:])
            return Redirected(node, redirections) if redirections else node
        return _simple_command(run)

    def sequence(self, parts: list[Any]) -> Node:
        nodes: list[Node] = []
        operators: list[str] = []  # after each node
        for part in parts:
            if part.kind == "operator":  # never two in a row
                operators[-1] = part.op
                continue
            nodes.append(self.node(part))
            operators.append("\n")
            operator, runs = self.further.pop(part.pos[0], ("", []))
            for run in runs:
                operators[-1] = operator
                nodes.append(_simple_command(run))
                operators.append("\n")
        return node_of_list(nodes, operators)

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
                return self.loop(tree.parts, self.script(sections["do" if "do" in sections else "{"]))
            case _:
                condition = self.script(sections[tree.kind])
                return While(Not(condition) if tree.kind == "until" else condition, self.script(sections["do"]))

    def loop(self, parts: list[Any], body: Node) -> Node:
        run = self.remaining.get(parts[1].pos[0])
        if run and isinstance(run[0], TestToken):  # for ((…))
            self.take(parts[1])
            return Sequence((expand_mask(run[0], self.budget), For(None, (), body)), (";", ";"))
        name = self.name(parts[1])
        has_words = parts[2].kind == "reservedword" and parts[2].word == "in"
        words = tuple(word for part in parts[3:] if part.kind == "word" for word in self.words(part))
        return For(name, words if has_words else None, body)


def _simple_command(run: list[Token]) -> Command:
    words = tuple([token for token in run if isinstance(token, Word)])
    if len(words) == len(run):
        return Command(words, ())
    return Command(words, tuple([token for token in run if isinstance(token, RedirectionToken)]))


def _redirections(run: list[Token]) -> tuple[RedirectionToken, ...]:
    """The tokens of a group, which must all be redirections."""
    taken = tuple(token for token in run if isinstance(token, RedirectionToken))
    if len(taken) != len(run):
        raise _UntrustedTree
    return taken


def _sections(parts: list[Any]) -> dict[str, list[Any]]:
    """The nodes after each reserved word of an ``if``, ``while`` or ``for``."""
    sections: dict[str, list[Any]] = {}
    for part in parts:
        if part.kind == "reservedword":
            section = sections.setdefault(part.word, [])
        else:
            section.append(part)
    return sections


def expand_mask(token: CaseToken | ElifToken | TestToken, budget: Budget | None = None) -> Node:
    """The syntax tree of a masked command."""
    match token:
        case CaseToken(word=word, arms=arms):
            return Case(
                word, tuple((patterns, parse_tokens(inner, budget)) for patterns, inner in arms), token.terminators
            )
        case ElifToken(tokens=inner):
            return parse_tokens(inner, budget)
        case TestToken(parts=parts, words=words):
            return Test(parts, words)
        case _:
            assert_never(token)
