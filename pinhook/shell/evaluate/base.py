"""The state that all parts of the evaluator share: the results, the limits, and the scopes of branches."""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.shell.command import Comment, SimpleCommand, Unreadable
from pinhook.shell.conditions import narrow
from pinhook.shell.script_files import no_scripts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import TypeAlias, TypeVar

    from pinhook.shell.conditions import Doubt, Truth
    from pinhook.shell.evaluate.context import Context
    from pinhook.shell.scope import Scope
    from pinhook.shell.script_files import FindScripts
    from pinhook.shell.syntax import Function, Node
    from pinhook.shell.words import Part
    from pinhook.source import SourceText

    Item = TypeVar("Item")

ScriptItem: TypeAlias = SimpleCommand | Unreadable | Comment


class Alias(NamedTuple):
    """The value of an alias, and the text and offset where its definition ends. It is valid from the next line on."""

    value: SourceText
    text: SourceText
    end: int


class Base:
    """The state of an evaluator, and the methods that its parts need from each other."""

    def __init__(
        self,
        is_wanted: Callable[[str], bool] = lambda _: True,
        runs_words: Callable[[SourceText], bool] = lambda _: False,
        find_scripts: FindScripts = no_scripts,
    ) -> None:
        self.is_wanted = is_wanted
        self.runs_words = runs_words
        self.find_scripts = find_scripts
        self.found: list[ScriptItem] = []
        self.commands = self.nested_characters = self.calls = self.branch_count = 0
        self.functions: dict[int, Function] = {}  # those that something outside may call
        self.called: set[int] = set()
        self.aliases: dict[str, Alias] = {}
        self.expands_aliases = False  # in bash; other shells always do
        self.doubts: list[Doubt] = []  # of the tests around the current command

    def script(self, text: SourceText, context: Context) -> None:
        """Evaluate shell code."""
        raise NotImplementedError

    def whole_script(self, text: SourceText, context: Context) -> None:
        """Evaluate shell code whose length is already counted."""
        raise NotImplementedError

    def status(self, node: Node, context: Context) -> Scope | None:
        """Evaluate a node. The scope becomes that of success; the scope of failure is returned.

        ``None`` means that it does not fail, or that the scope is the same after a failure.
        """
        raise NotImplementedError

    def in_branch(self, context: Context) -> Context:
        """The context of commands that run only in some cases: it has one more branch."""
        self.branch_count += 1
        return context._replace(branch=(*context.branch, self.branch_count))

    def one_of(
        self, items: Sequence[Item], context: Context, evaluate: Callable[[Item, Context], Scope | None]
    ) -> Scope | None:
        """Evaluate several items of which one is the real one, each in a scope of its own. Returns that of failure."""
        if len(items) == 1:
            return evaluate(items[0], context)
        branches = [self.in_branch(context).forked() for _ in items]
        outcomes = [evaluate(item, branch) for item, branch in zip(items, branches, strict=True)]
        context.scope.join(*(branch.scope for branch in branches))
        return joined([failure for failure in outcomes if failure])

    def node(self, node: Node, context: Context) -> None:
        """Evaluate a node and merge the scopes of success and failure."""
        first = len(self.doubts)
        failure = self.status(node, context)
        self.join(context.scope, first, *([failure] if failure else ()))

    def join(self, scope: Scope, first: int, *others: Scope) -> None:
        """Merge a scope with others. ``first`` is the index of the first of the ``doubts`` that end here."""
        branches = (scope, *others)
        if any(branch.has_ended for branch in branches):
            self.doubts.clear()  # the remaining values are no longer complete
        if others:
            scope.join(*branches)
        for doubt in reversed(self.doubts[first:]):
            if scope.scalars.get(doubt.name) is doubt.unknown:
                scope.scalars[doubt.name] = doubt.values
        del self.doubts[first:]

    def evaluate_test(
        self, context: Context, parts: Iterable[Part], test: Callable[[], Truth], cost: int = 1
    ) -> Scope | None:
        """Keep the values for which a test is true.

        Returns the scope of failure; ``None`` if nothing depends on the test.
        """
        if not context.is_tested and not context.scope.errexit:
            return None
        failure = self.narrow(context, parts, test, cost)
        failure.has_ended |= not context.is_tested
        return failure

    def narrow(self, context: Context, parts: Iterable[Part], test: Callable[[], Truth], cost: int) -> Scope:
        """Keep in the scope the values for which a test is true. Returns the scope of the others."""
        failure, doubts = narrow(context.scope, parts, test, cost)
        self.doubts += doubts
        return failure


def joined(scopes: list[Scope]) -> Scope | None:
    """The scope after any of several scopes. The first one is changed and returned."""
    if len(scopes) > 1:
        scopes[0].join(*scopes)
    return scopes[0] if scopes else None
