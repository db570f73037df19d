"""The syntax tree of a script. Words are not yet expanded."""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TypeAlias

    from pinhook.shell.tokens import RedirectionToken
    from pinhook.shell.words import Part, Word


class Command(NamedTuple):
    """A simple command: words, assignments and redirections, in the order of the text."""

    words: tuple[Word, ...]
    redirections: tuple[RedirectionToken, ...]


class Sequence(NamedTuple):
    """Commands one after the other. ``operators[i]`` is in front of ``nodes[i]``: ``;``, ``&&``, ``||``."""

    nodes: tuple[Node, ...]
    operators: tuple[str, ...]


class Pipeline(NamedTuple):
    """``a | b``."""

    nodes: tuple[Node, ...]


class If(NamedTuple):
    """``if condition; then consequence; else alternative; fi``; an ``elif`` is an ``If`` as the alternative."""

    condition: Node
    consequence: Node
    alternative: Node | None


class Not(NamedTuple):
    """``! command``, with the opposite status."""

    node: Node


class While(NamedTuple):
    """``while``; the condition of an ``until`` is a ``Not``."""

    condition: Node
    body: Node


class For(NamedTuple):
    """``for name in words`` and ``select``; ``words`` is ``None`` without ``in``, ``name`` for ``for ((…))``."""

    name: str | None
    words: tuple[Word, ...] | None
    body: Node


class Case(NamedTuple):
    """``case word in …``: the patterns and commands of each arm, and its terminator (``;;``, ``;&`` or ``;;&``)."""

    word: Word
    arms: tuple[tuple[tuple[Word, ...], Node], ...]
    terminators: tuple[str, ...]


class Function(NamedTuple):
    """The definition of a function. Its body runs only when it is called."""

    name: str
    body: Node


class Subshell(NamedTuple):
    """``( … )``, or the text in front of ``&``: assignments inside have no effect outside."""

    body: Node


class Redirected(NamedTuple):
    """A compound command with redirections."""

    node: Node
    redirections: tuple[RedirectionToken, ...]


class Test(NamedTuple):
    """``[[ … ]]`` or ``(( … ))``: its parts, and the words and operators of ``[[``."""

    parts: tuple[Part, ...]
    words: tuple[Word, ...] = ()


Node: TypeAlias = (
    Command | Sequence | Pipeline | Not | If | While | For | Case | Function | Subshell | Redirected | Test
)

NOTHING = Sequence((), ())
"""A script without a command."""


def node_of_list(nodes: Iterable[Node], operators: Iterable[str]) -> Node:
    """The tree of a list from its nodes and the operator after each: ``;``, ``&``, ``&&``, ``||``, or a newline."""
    found: list[Node] = []
    before: list[str] = []
    start = 0  # start of the chain of && and || that contains the next node
    operator = ";"
    for node, behind in zip(nodes, operators, strict=True):
        found.append(node)
        before.append(operator)
        operator = behind if behind in {"&&", "||"} else ";"
        if behind == "&":
            found[start:] = [Subshell(_sequence(found[start:], before[start:]))]
            before[start:] = [";"]
        if operator == ";":
            start = len(found)
    return _sequence(found, before)


def _sequence(nodes: list[Node], operators: list[str]) -> Node:
    return nodes[0] if len(nodes) == 1 else Sequence(tuple(nodes), tuple(operators))
