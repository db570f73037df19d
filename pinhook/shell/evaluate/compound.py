"""Lists, pipelines and compound commands: the scope in which each part runs."""

from __future__ import annotations

import itertools
from functools import partial

from pinhook._compat import assert_never
from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.shell.assignment import assignment_of, elements
from pinhook.shell.branches import runs_for_certain, split_chain
from pinhook.shell.conditions import parts_of
from pinhook.shell.evaluate.base import joined
from pinhook.shell.evaluate.simple_commands import TESTS, SimpleCommands
from pinhook.shell.output import outputs_of
from pinhook.shell.scope import UNSET
from pinhook.shell.syntax import (
    Case,
    Command,
    For,
    Function,
    If,
    Not,
    Pipeline,
    Redirected,
    Sequence,
    Subshell,
    Test,
    While,
)
from pinhook.shell.words import Substitution

if TYPE_CHECKING:
    from pinhook.shell.conditions import Truth
    from pinhook.shell.evaluate.context import Context
    from pinhook.shell.scope import Scope
    from pinhook.shell.syntax import Node

_FILTERS = frozenset({"grep", "egrep", "fgrep", "expr"})
"""Commands whose status at the end of a pipeline depends on their input."""
_TRUE_COMMANDS = frozenset({"true", ":"})


class CompoundCommands(SimpleCommands):
    """Evaluates the nodes of a script."""

    def status(self, node: Node, context: Context) -> Scope | None:
        """Evaluate a node. The scope becomes that of success; the scope of failure is returned.

        ``None`` means that it does not fail, or that the scope is the same after a failure.
        """
        match node:
            case Command():
                return self.command(node, context)
            case Sequence():
                return self.sequence(node, context)
            case Pipeline():
                return self.pipeline(node, context)
            case Not():
                return self.negation(node, context)
            case If():
                self.branches(node, context)
            case While():
                self.while_loop(node, context)
            case For():
                self.loop(node, context)
            case Case():
                self.case(node, context)
            case Function():
                if not context.running:  # an uncalled function of a script file is not evaluated
                    self.functions[id(node)] = node
                context.scope.functions[node.name] = (node,)
            case Subshell():
                return self.subshell(node, context)
            case Redirected():
                self.redirections(node.redirections, context)
                return self.status(node.node, self.with_input(node.redirections, context))
            case Test():
                return self.test(node, context)
            case _:
                assert_never(node)
        return None

    def sequence(self, node: Sequence, context: Context) -> Scope | None:
        """Chains of ``&&`` and ``||`` one after the other. The status is that of the last one."""
        ends = [index for index, operator in enumerate(node.operators) if index and operator == ";"]
        failure = None
        for start, end in itertools.pairwise([0, *ends, len(node.nodes)]):
            first = len(self.doubts)
            failure = self.chain(node.nodes[start:end], node.operators[start:end], context)
            if end < len(node.nodes):
                self.join(context.scope, first, *([failure] if failure else ()))
        return failure

    def chain(self, nodes: tuple[Node, ...], operators: tuple[str, ...], context: Context) -> Scope | None:
        """Commands with ``&&`` or ``||`` between them. Each runs depending on the status before it."""
        scope = context.scope
        failures: list[Scope] = []
        last_alternative = max((index for index, operator in enumerate(operators) if operator == "||"), default=0)
        numbers = split_chain(nodes, operators) if len(nodes) > 1 else (0,) * len(nodes)
        groups = {0: context}
        for index, (node, operator, number) in enumerate(zip(nodes, operators, numbers, strict=True)):
            if number not in groups:
                groups[number] = self.in_branch(context)
            inner = groups[number] if index == len(nodes) - 1 else groups[number].tested()
            if operator == "||":
                alternative = joined(failures) or scope.copy()
                failure = self.status(node, inner._replace(scope=alternative))
                self.join(scope, len(self.doubts), alternative)
                failures = []
            else:
                failure = self.status(node, inner)
            if failure:
                failures.append(failure)
            elif index < last_alternative and not _always_succeeds(node):
                failures.append(scope.copy())
        return joined(failures)

    def subshell(self, node: Subshell, context: Context) -> Scope | None:
        """``( … )``. Only the results of its tests, on variables that it has not set, have an effect outside."""
        exits: list[tuple[Scope, Truth]] = []
        scope = context.scope
        inside = context.subshell()._replace(exits=exits)
        first = len(self.doubts)
        failure = self.status(node.body, inside)
        if not context.is_tested and not scope.errexit:
            del self.doubts[first:]
            return None
        outcomes = exits
        if not inside.scope.has_ended:
            outcomes.append((inside.scope, True))
        if failure and not failure.has_ended:
            outcomes.append((failure, False))
        failed = scope.copy()
        failed.keep_values_of([each for each, status in outcomes if status is not True])
        scope.keep_values_of([each for each, status in outcomes if status is not False])
        failed.has_ended |= not context.is_tested
        return failed if any(status is not True for _, status in outcomes) else None

    def negation(self, node: Not, context: Context) -> Scope | None:
        """``! command``: the scopes of success and failure are exchanged."""
        failure = self.status(node.node, context.tested())
        if failure is None:
            return None
        success = context.scope.copy()
        context.scope.join(failure)
        return success

    def branches(self, node: If, context: Context) -> None:
        """``if``: each branch with the values that lead to it."""
        first = len(self.doubts)
        alternative = self.status(node.condition, context.tested()) or context.scope.copy()
        self.node(node.consequence, self.in_branch(context))
        if node.alternative:
            self.node(node.alternative, self.in_branch(context)._replace(scope=alternative))
        self.join(context.scope, first, alternative)

    def case(self, node: Case, context: Context) -> None:
        """Each arm with the values that its patterns match and the arms before it do not match."""
        from pinhook.shell.test_expressions import any_matches  # few scripts have tests

        scope = context.scope
        first = len(self.doubts)
        self.expansions(node.word.parts, context)
        branches: list[Scope] = []
        fallen: Scope | None = None  # the scope after the arm before, if it ends with ;&
        for (patterns, body), terminator in zip(node.arms, node.terminators, strict=True):
            self.expansions(parts_of(patterns), context)
            parts = parts_of((node.word, *patterns))
            rest = self.narrow(context, parts, partial(any_matches, node.word, patterns, scope), len(patterns))
            branch = scope.copy()
            if fallen:
                branch.join(branch, fallen)
                fallen = None
            self.node(body, self.in_branch(context)._replace(scope=branch))
            if terminator == ";&":
                fallen = branch
            elif terminator == ";;&":
                rest.join(rest, branch)
            if terminator != ";&":
                branches.append(branch)
            scope.join(rest)
        branches += [fallen] if fallen else []
        if not branches or not any(pattern.spelling == "*" for patterns, _ in node.arms for pattern in patterns):
            branches.insert(0, scope)
        scope.join(*branches)
        self.join(scope, first)

    def test(self, node: Test, context: Context) -> Scope | None:
        """``[[ … ]]`` or ``(( … ))``."""
        from pinhook.shell.test_expressions import conditional_holds

        self.expansions(node.parts, context)
        words, scope = node.words, context.scope
        return self.evaluate_test(
            context, node.parts, lambda: conditional_holds(words, scope) if words else None, len(words)
        )

    def pipeline(self, node: Pipeline, context: Context) -> Scope | None:
        """Commands in subshells. ``echo "$x" | grep …`` is a test of ``x`` that cannot be decided."""
        for index, inner in enumerate(node.nodes):
            fed = context.subshell()
            if index:
                fed = fed._replace(inputs=outputs_of(node.nodes[index - 1], context.scope, context.dialect))
            self.node(inner, fed)
        last = node.nodes[-1]
        if isinstance(last, Command) and last.words and last.words[0].spelling in _FILTERS:
            commands = (inner for inner in node.nodes if isinstance(inner, Command))
            parts = [part for command in commands for part in parts_of(command.words)]
            return self.evaluate_test(context, parts, lambda: None)
        return None

    def iterate(self, body: Node, context: Context, max_times: int | None = None) -> None:
        """The body of a loop: once, and again as long as it removes positional parameters (``shift``)."""
        for _ in itertools.count() if max_times is None else range(max_times):
            before = context.scope.arguments or ()
            self.node(body, context)
            if not 0 < len(context.scope.arguments or ()) < len(before):
                return

    def loop(self, node: For, context: Context) -> None:
        """``for`` and ``select``: the body once, with every value of the variable."""
        scope = context.scope
        for word in node.words or ():
            self.expansions(word.parts, context)
        items = scope.arguments if node.words is None else elements(node.words, scope, context.dialect)
        if node.name:
            scope.references.pop(node.name, None)  # the loop assigns to the name itself, not to a reference
            scope.assign(node.name, [item.text for item in items] if items else UNSET)
        breaks: list[Scope] = []
        inner = context if runs_for_certain(items) else self.in_branch(context)
        self.iterate(node.body, inner._replace(breaks=breaks), len(items) if items else 1)
        self.join(scope, len(self.doubts), *breaks)

    def while_loop(self, node: While, context: Context) -> None:
        """The body, then the condition again. After the loop it is false, unless ``break`` ended it."""
        scope = context.scope
        first = len(self.doubts)
        breaks: list[Scope] = []
        outside = self.status(node.condition, context.tested()) or scope.copy()
        self.iterate(node.body, self.in_branch(context)._replace(breaks=breaks))
        scope.join(self.again(node.condition, context.tested()) or scope)
        if not (breaks and _is_true(node.condition)):
            breaks = [outside, scope, *breaks]
        scope.join(*breaks)
        self.join(scope, first)

    def again(self, condition: Node, context: Context) -> Scope | None:
        """The scope of failure of a condition that was already evaluated, if it is a test."""
        match condition:
            case Not(node=inner):
                failure = self.again(inner, context)
                return context.scope if failure else None
            case Command(words=words) if words and words[0].spelling in TESTS:
                return self.bracket(words, context)
            case Test():
                return self.test(condition, context)
            case _:
                return None


def _always_succeeds(node: Node) -> bool:
    """Whether a node is ``true``, or an assignment without a command substitution."""
    return _is_true(node) or (
        isinstance(node, Command)
        and all(
            assignment_of(word) and not any(isinstance(part, Substitution) for part in word.parts)
            for word in node.words
        )
    )


def _is_true(node: Node) -> bool:
    return isinstance(node, Command) and len(node.words) == 1 and node.words[0].spelling in _TRUE_COMMANDS
