"""What every part of the evaluator shares: what was found, the limits, and the scopes of branches."""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.shell.command import Comment, SimpleCommand, Unreadable
from pinhook.shell.conditions import narrow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import TypeAlias

    from pinhook.shell.conditions import Doubt, Truth
    from pinhook.shell.evaluate.context import Context
    from pinhook.shell.scope import Scope
    from pinhook.shell.syntax import Function, Node
    from pinhook.shell.words import Part
    from pinhook.source import SourceText

ScriptItem: TypeAlias = SimpleCommand | Unreadable | Comment


class Alias(NamedTuple):
    """What a name stands for, and where that is said: it holds from the next line on."""

    value: SourceText
    owner: SourceText
    end: int


class Base:
    """The state of an evaluator, and what its parts need of each other."""

    def __init__(
        self,
        is_wanted: Callable[[str], bool] = lambda _: True,
        runs_words: Callable[[SourceText], bool] = lambda _: False,
    ) -> None:
        self.is_wanted = is_wanted
        self.runs_words = runs_words
        self.found: list[ScriptItem] = []
        self.commands = self.nested_characters = self.calls = 0
        self.functions: dict[int, Function] = {}
        self.called: set[int] = set()
        self.aliases: dict[str, Alias] = {}
        self.expands_aliases = False  # in bash; other shells do so always
        self.doubts: list[Doubt] = []  # of the tests around the command that is followed

    def script(self, text: SourceText, context: Context) -> None:
        """Follow shell text."""
        raise NotImplementedError

    def status(self, node: Node, context: Context) -> Scope | None:
        """Follow a node. Its scope becomes that in which it succeeds; the scope in which it fails is returned.

        ``None`` tells that it does not fail, or that its scope is the same then.
        """
        raise NotImplementedError

    def node(self, node: Node, context: Context) -> None:
        """Follow what may succeed or fail, whatever comes of it."""
        first = len(self.doubts)
        failure = self.status(node, context)
        self.join(context.scope, first, *([failure] if failure else ()))

    def join(self, scope: Scope, first: int, *others: Scope) -> None:
        """Continue in a scope or in one of the others; the tests behind the first of some doubts are over."""
        branches = (scope, *others)
        if any(branch.has_ended for branch in branches):
            self.doubts.clear()  # what is left does not have all values any more
        if others:
            scope.join(*branches)
        for doubt in reversed(self.doubts[first:]):
            if scope.scalars.get(doubt.name) is doubt.unknown:
                scope.scalars[doubt.name] = doubt.values
        del self.doubts[first:]

    def tested(self, context: Context, parts: Iterable[Part], test: Callable[[], Truth], cost: int = 1) -> Scope | None:
        """The scopes for the outcomes of a test, where anything depends on that."""
        if not context.is_tested and not context.scope.errexit:
            return None
        failure = self.narrow(context, parts, test, cost)
        failure.has_ended |= not context.is_tested
        return failure

    def narrow(self, context: Context, parts: Iterable[Part], test: Callable[[], Truth], cost: int) -> Scope:
        """Leave the values of the scope for which a test is true; the scope of the others is returned."""
        failure, doubts = narrow(context.scope, parts, test, cost)
        self.doubts += doubts
        return failure


def joined(scopes: list[Scope]) -> Scope | None:
    """The scope behind any of several; the first of them is it."""
    if len(scopes) > 1:
        scopes[0].join(*scopes)
    return scopes[0] if scopes else None
