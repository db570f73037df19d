"""Follow a script without running it: every simple command that it may run, with its words expanded.

The order is that of execution, so that an assignment is seen behind it. Of a condition both outcomes are followed, each
with the values that lead to it (``conditions``); ``status`` leaves the scope as it is where a node succeeds, and
returns the scope where it fails. Of a loop the body is followed once with every value of its variable, and again for as
long as it shifts positional parameters away.
Subshells, pipelines and substitutions keep their assignments to themselves. Wrappers (``wrappers``) are looked through.
"""

from __future__ import annotations

import itertools
from functools import partial

from pinhook._compat import assert_never
from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.budget import COPIES_PER_UNIT, Budget, BudgetExceeded
from pinhook.shell import wrapped, wrappers
from pinhook.shell.assignment import Assignment, assignment_of, elements, possible_values
from pinhook.shell.builtins import BUILTINS, DIRECTORY_CHANGES, change_directory
from pinhook.shell.cmd_powershell import windows_commands
from pinhook.shell.command import Argument, Comment, Redirection, SimpleCommand, Unreadable
from pinhook.shell.conditions import (
    any_matches,
    conditional_holds,
    forget_excluded,
    narrow,
    parts_of,
    test_holds,
    values_where_set,
)
from pinhook.shell.expansion import assigned_default, combinations, fields, split_fields, values
from pinhook.shell.item_wrappers import unknown_items, with_items
from pinhook.shell.output import inputs_of, outputs_of, process_outputs
from pinhook.shell.parser import parse, parse_tokens
from pinhook.shell.scope import UNSET, Scope
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
from pinhook.shell.words import Array, Dialect, Literal, Opaque, Parameter, ShellError, Substitution
from pinhook.source import Place, SourceText, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import TypeAlias

    from pinhook.shell.conditions import Doubt, Truth
    from pinhook.shell.scope import Saved, Values
    from pinhook.shell.tokens import RedirectionToken
    from pinhook.shell.words import Part, Word
    from pinhook.shell.wrapped import Arguments, Wrapped

    Value: TypeAlias = "list[SourceText | None] | tuple[Argument, ...] | None"

MAX_COMMANDS = 100_000
"""A script that runs more commands than this, by functions that call each other, is not followed to its end."""

MAX_NESTED_CHARACTERS = 200_000
"""Characters of scripts inside scripts that are followed: ``eval eval eval …`` is as long again each time."""

UNITS_PER_CALLED_COMMAND = 8
"""Units of room for a command of a function, which may be called from everywhere."""

MAX_DEPTH = 40
"""How deep wrappers, functions, ``eval`` and nested shells are followed into each other."""

_DECLARATIONS = frozenset({"export", "declare", "typeset", "local", "readonly"})
_TESTS = frozenset({"[", "test"})
_DECLARING = frozenset({"declare", "typeset"})
_ENDS = frozenset({"exit", "return", "break", "continue"})
_FILTERS = frozenset({"grep", "egrep", "fgrep", "expr"})
"""Commands whose status at the end of a pipeline says something of what the pipeline is given."""
_CHANGING = frozenset({"alias", "eval", "shopt", "unalias", *BUILTINS, *_ENDS})
_INSTALLING = frozenset({"uv", "uvx", "pipx"})
"""Wrappers that install something themselves: ``uv run --with x``, ``uvx x``."""
_LOOPS_ON = frozenset({"true", ":"})

ScriptItem: TypeAlias = SimpleCommand | Unreadable | Comment


def script_commands(
    text: SourceText,
    dialect: Dialect,
    variables: Mapping[str, Values],
    is_wanted: Callable[[str], bool] = lambda _: True,
    budget: Budget | None = None,
    runs_words: Callable[[SourceText], bool] = lambda _: False,
    *,
    errexit: bool = False,
) -> list[ScriptItem]:
    """The commands that a script may run, given the variables in force, and its comments.

    What cannot be read is ``Unreadable``. ``is_wanted`` tells from the characters of a command whether its words are
    worth expanding; some of those that are not are left out. ``budget`` is that of the file; a script by itself has its
    own. ``runs_words`` tells from the first word of a command that is no known wrapper whether it may be one all the
    same. ``errexit`` tells that the shell has the option ``-e``.
    """
    evaluator = _Evaluator(is_wanted, runs_words)
    scope = Scope.of_environment(variables, budget or Budget(len(text)))
    scope.errexit = errexit
    evaluator.evaluate_all(text, lambda context: evaluator.script(text, context), scope, dialect)
    return evaluator.found


def argument_commands(
    arguments: Iterable[SourceText],
    variables: Mapping[str, Values],
    budget: Budget | None = None,
    runs_words: Callable[[SourceText], bool] = lambda _: False,
) -> list[ScriptItem]:
    """The commands that an exec form of one word or more may run: the one that it is, or what that one wraps."""
    words = tuple(Argument(argument, argument) for argument in arguments)
    place = Place(words[0].text.source, Span(words[0].text.span.start, words[-1].text.span.end))
    evaluator = _Evaluator(runs_words=runs_words)
    evaluator.evaluate_all(
        wrapped.join_words(words),
        lambda context: evaluator.run(words, (), place, context),
        Scope.of_environment(variables, budget or Budget()),
        Dialect.SH,
    )
    return evaluator.found


class _Context(NamedTuple):
    """What a command runs in: its scope, the dialect of its shell, what it may read, and how deep it stands.

    ``is_tested`` tells that something depends on the status of the command, for which ``errexit`` is off then.
    ``breaks`` receives the scopes in which the loop around it ends early, ``returns`` those in which the function does,
    each with its status. ``locals`` has what the local variables of the function were outside of it; a subshell in it
    has its own, and ``exits`` receives the scopes in which that ends.
    """

    scope: Scope
    dialect: Dialect
    inputs: tuple[SourceText, ...] = ()
    depth: int = 0
    is_tested: bool = False
    breaks: list[Scope] | None = None
    returns: list[tuple[Scope, Truth]] | None = None
    locals: dict[str, Saved] | None = None
    exits: list[tuple[Scope, Truth]] | None = None

    def nested(self) -> _Context:
        if self.depth >= MAX_DEPTH:
            raise BudgetExceeded
        return self._replace(depth=self.depth + 1)

    def forked(self) -> _Context:
        """A context whose assignments are not seen outside."""
        return self._replace(scope=self.scope.copy())

    def subshell(self) -> _Context:
        """The context of a subshell, which ends by itself."""
        inside = None if self.locals is None else dict[str, "Saved"]()
        return self._replace(scope=self.scope.copy(), breaks=None, returns=None, locals=inside, exits=None)

    def tested(self) -> _Context:
        """The context of a condition."""
        return self if self.is_tested else self._replace(is_tested=True)


class Alias(NamedTuple):
    """What a name stands for, and where that is said: it holds from the next line on."""

    value: SourceText
    owner: SourceText
    end: int


class _Evaluator:
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

    def evaluate_all(
        self, text: SourceText, start: Callable[[_Context], object], scope: Scope, dialect: Dialect
    ) -> None:
        """Follow from the start, then the functions that no call in sight reaches: something else calls them."""
        context = _Context(scope, dialect)
        refused = scope.budget.refusals
        try:
            start(context)
            for identity, function in list(self.functions.items()):
                if identity not in self.called:
                    scope.arguments = None
                    scope.has_ended = scope.is_excluded = False
                    self.body(function, context)
        except (BudgetExceeded, RecursionError):
            refused = -1
        if scope.budget.refusals > refused:
            self.found.append(Unreadable(text, text.place, "it runs more than can be followed"))

    # Scripts and compound commands

    def script(self, text: SourceText, context: _Context) -> None:
        self.nested_characters += len(text) if context.depth else 0
        if self.nested_characters > MAX_NESTED_CHARACTERS:
            raise BudgetExceeded
        if context.dialect in {Dialect.CMD, Dialect.POWERSHELL}:
            for command in windows_commands(text, context.dialect, context.scope):
                self.run(command.arguments, command.redirections, command.written.place, context)
            return
        try:
            node, comments = parse(text, context.dialect)
        except ShellError as error:
            at = error.text[error.offset : error.offset + 1]
            self.found.append(Unreadable(text, at.place, error.reason))
        else:
            self.found += map(Comment, comments)
            self.node(node, context)

    def node(self, node: Node, context: _Context) -> None:
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

    def status(self, node: Node, context: _Context) -> Scope | None:
        """Follow a node. Its scope becomes that in which it succeeds; the scope in which it fails is returned.

        ``None`` tells that it does not fail, or that its scope is the same then.
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

    def sequence(self, node: Sequence, context: _Context) -> Scope | None:
        """Chains of ``&&`` and ``||`` behind each other, whose status is that of the last."""
        ends = [index for index, operator in enumerate(node.operators) if index and operator == ";"]
        failure = None
        for start, end in itertools.pairwise([0, *ends, len(node.nodes)]):
            first = len(self.doubts)
            failure = self.chain(node.nodes[start:end], node.operators[start:end], context)
            if end < len(node.nodes):
                self.join(context.scope, first, *([failure] if failure else ()))
        return failure

    def chain(self, nodes: tuple[Node, ...], operators: tuple[str, ...], context: _Context) -> Scope | None:
        """Commands with ``&&`` or ``||`` before each but the first, which run where those before them let them."""
        scope = context.scope
        failures: list[Scope] = []
        last_alternative = max((index for index, operator in enumerate(operators) if operator == "||"), default=0)
        for index, (node, operator) in enumerate(zip(nodes, operators, strict=True)):
            inner = context if index == len(nodes) - 1 else context.tested()
            if operator == "||":
                alternative = _joined(failures) or scope.copy()
                failure = self.status(node, inner._replace(scope=alternative))
                self.join(scope, len(self.doubts), alternative)
                failures = []
            else:
                failure = self.status(node, inner)
            if failure:
                failures.append(failure)
            elif index < last_alternative and not _always_succeeds(node):
                failures.append(scope.copy())
        return _joined(failures)

    def subshell(self, node: Subshell, context: _Context) -> Scope | None:
        """``( … )``, of which nothing is seen outside but what its tests say of values that it has not set."""
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
        failed.admit([each for each, status in outcomes if status is not True])
        scope.admit([each for each, status in outcomes if status is not False])
        failed.has_ended |= not context.is_tested
        return failed if any(status is not True for _, status in outcomes) else None

    def negation(self, node: Not, context: _Context) -> Scope | None:
        failure = self.status(node.node, context.tested())
        if failure is None:
            return None
        success = context.scope.copy()
        context.scope.join(failure)
        return success

    def branches(self, node: If, context: _Context) -> None:
        first = len(self.doubts)
        alternative = self.status(node.condition, context.tested()) or context.scope.copy()
        self.node(node.consequence, context)
        if node.alternative:
            self.node(node.alternative, context._replace(scope=alternative))
        self.join(context.scope, first, alternative)

    def case(self, node: Case, context: _Context) -> None:
        """Each arm with the values that its patterns match and those before it do not."""
        scope = context.scope
        first = len(self.doubts)
        self.expansions(node.word.parts, context)
        branches: list[Scope] = []
        fallen: Scope | None = None  # out of the arm before, behind ;&
        for (patterns, body), terminator in zip(node.arms, node.terminators, strict=True):
            self.expansions(parts_of(patterns), context)
            parts = parts_of((node.word, *patterns))
            rest = self.narrow(context, parts, partial(any_matches, node.word, patterns, scope), len(patterns))
            branch = scope.copy()
            if fallen:
                branch.join(branch, fallen)
                fallen = None
            self.node(body, context._replace(scope=branch))
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

    def test(self, node: Test, context: _Context) -> Scope | None:
        self.expansions(node.parts, context)
        words, scope = node.words, context.scope
        return self.tested(context, node.parts, lambda: conditional_holds(words, scope) if words else None, len(words))

    def tested(
        self, context: _Context, parts: Iterable[Part], test: Callable[[], Truth], cost: int = 1
    ) -> Scope | None:
        """The scopes for the outcomes of a test, where anything depends on that."""
        if not context.is_tested and not context.scope.errexit:
            return None
        failure = self.narrow(context, parts, test, cost)
        failure.has_ended |= not context.is_tested
        return failure

    def narrow(self, context: _Context, parts: Iterable[Part], test: Callable[[], Truth], cost: int) -> Scope:
        failure, doubts = narrow(context.scope, parts, test, cost)
        self.doubts += doubts
        return failure

    def pipeline(self, node: Pipeline, context: _Context) -> Scope | None:
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
            return self.tested(context, parts, lambda: None)
        return None

    def iterate(self, body: Node, context: _Context, max_times: int | None = None) -> None:
        """The body of a loop, once, and again for as long as that takes away positional parameters (``shift``)."""
        for _ in itertools.count() if max_times is None else range(max_times):
            before = context.scope.arguments or ()
            self.node(body, context)
            if not 0 < len(context.scope.arguments or ()) < len(before):
                return

    def loop(self, node: For, context: _Context) -> None:
        scope = context.scope
        for word in node.words or ():
            self.expansions(word.parts, context)
        items = scope.arguments if node.words is None else elements(node.words, scope, context.dialect)
        if node.name:
            scope.references.pop(node.name, None)  # a loop gives the name itself other meanings
            scope.assign(node.name, [item.text for item in items] if items else UNSET)
        breaks: list[Scope] = []
        self.iterate(node.body, context._replace(breaks=breaks), len(items) if items else 1)
        self.join(scope, len(self.doubts), *breaks)

    def while_loop(self, node: While, context: _Context) -> None:
        """The body, then the condition again: behind the loop it is false, unless ``break`` ends it."""
        scope = context.scope
        first = len(self.doubts)
        breaks: list[Scope] = []
        outside = self.status(node.condition, context.tested()) or scope.copy()
        self.iterate(node.body, context._replace(breaks=breaks))
        scope.join(self.again(node.condition, context.tested()) or scope)
        if not (breaks and _is_true(node.condition)):
            breaks = [outside, scope, *breaks]
        scope.join(*breaks)
        self.join(scope, first)

    def again(self, condition: Node, context: _Context) -> Scope | None:
        """The scope in which a condition fails that was followed before, where it is a test."""
        match condition:
            case Not(node=inner):
                failure = self.again(inner, context)
                return context.scope if failure else None
            case Command(words=words) if words and words[0].spelling in _TESTS:
                return self.bracket(words, context)
            case Test():
                return self.test(condition, context)
            case _:
                return None

    # Simple commands

    def command(self, command: Command, context: _Context) -> Scope | None:
        self.commands += 1
        if self.commands > MAX_COMMANDS:
            raise BudgetExceeded
        if self.calls:
            context.scope.budget.charge_or_raise(UNITS_PER_CALLED_COMMAND)
        self.expansions([part for word in command.words for part in word.parts], context)
        self.redirections(command.redirections, context)
        assignments, words = _leading_assignments(command.words)
        context = self.with_input(command.redirections, context)
        if fed := process_outputs(words, context.scope):
            context = context._replace(inputs=fed)
        if not words:
            for assignment in assignments:
                self.assign(assignment, context)
        elif alias := self.alias(words[0], context):
            self.expand_alias(alias, words, context)
        elif words[0].spelling == "alias":
            self.define_aliases(words, context)
        elif words[0].spelling in _DECLARATIONS:
            self.declare(words, context)
        elif words[0].spelling in _TESTS and words[0].spelling not in context.scope.functions:
            return self.bracket(words, context)
        elif context.inputs or self.is_relevant(words, context.scope):
            place = Place(words[0].text.source, _span(command))
            redirections = tuple(_redirection(token, context) for token in command.redirections)
            alternatives = combinations(
                [fields(word, context.scope, context.dialect) for word in words], context.scope.budget
            )
            context = self.with_assignments(assignments, context)  # not seen by the words of the command itself
            branches = [context] if len(alternatives) == 1 else [context.forked() for _ in alternatives]
            failures: list[Scope] = []
            was_excluded = context.scope.is_excluded
            for alternative, branch in zip(alternatives, branches, strict=True):
                if arguments := tuple(argument for part in alternative for argument in part):
                    failure = self.run(arguments, redirections, place, branch)
                    failures += [failure] if failure else []
            if len(alternatives) > 1:
                context.scope.join(*(branch.scope for branch in branches))
            failure = _joined(failures)
            if failure and not was_excluded:  # a function with parameters that it tests
                forget_excluded((context.scope, failure), parts_of(words))
            return failure
        return None

    def bracket(self, words: tuple[Word, ...], context: _Context) -> Scope | None:
        """``test …`` or ``[ … ]``."""
        scope, dialect = context.scope, context.dialect
        return self.tested(context, parts_of(words), lambda: test_holds(words, scope, dialect), len(words))

    def alias(self, word: Word, context: _Context) -> Alias | None:
        """The alias that the first word of a command is, where the shell expands it."""
        alias = self.aliases.get(word.spelling)
        if alias is None or (context.dialect is Dialect.BASH and not self.expands_aliases):
            return None
        is_later = alias.owner is not word.text or "\n" in str(word.text)[alias.end : word.start]
        return alias if is_later else None

    def define_aliases(self, words: tuple[Word, ...], context: _Context) -> None:
        for word in words[1:]:
            for alternative in fields(word, context.scope, context.dialect):
                for field in alternative:
                    name, equals, _ = str(field).partition("=")
                    if equals:
                        self.aliases[name] = Alias(field.text[len(name) + 1 :], word.text, word.end)

    def expand_alias(self, alias: Alias, words: tuple[Word, ...], context: _Context) -> None:
        """Follow the value of an alias and the words behind it; in there, the name stands for itself."""
        name = words[0].spelling
        del self.aliases[name]
        rest = words[0].text[words[0].end : words[-1].end]
        self.script(SourceText.join([alias.value, rest]), context.nested())
        self.aliases[name] = alias

    def is_relevant(self, words: tuple[Word, ...], scope: Scope) -> bool:
        """Whether a command is wanted, or may change a variable."""
        if words[0].spelling in _CHANGING or words[0].spelling in scope.functions:
            return True
        return self.is_wanted(str(words[0].text)[words[0].start : words[-1].end])

    def run(
        self, arguments: Arguments, redirections: tuple[Redirection, ...], place: Place, context: _Context
    ) -> Scope | None:
        """Follow a command whose words are expanded."""
        name = str(arguments[0])
        scope = context.scope
        if name in scope.functions:
            return self.call(scope.functions[name], arguments, context)
        if name in _ENDS:
            _end(name, arguments, context)
        elif name == "shopt":
            self.expands_aliases |= [str(word) for word in arguments[1:]] == ["-s", "expand_aliases"]
        elif name == "unalias":
            for argument in arguments[1:]:
                self.aliases.pop(str(argument), None)
        elif name in BUILTINS:
            BUILTINS[name](arguments, scope)
        else:
            self.program(arguments, redirections, place, context)
        return None

    def program(
        self, arguments: Arguments, redirections: tuple[Redirection, ...], place: Place, context: _Context
    ) -> None:
        """Follow a command that is no function: what ``command pip`` and every other wrapper runs is none."""
        wrapped_commands = wrappers.unwrap(arguments)
        if wrapped_commands is None or wrappers.command_name(arguments[0]) in _INSTALLING:
            self.found.append(SimpleCommand(arguments, redirections, context.scope.environment(), place))
            if str(arguments[0]) in DIRECTORY_CHANGES:
                change_directory(arguments, context.scope)
        if wrapped_commands is None and self.runs_words(arguments[0].text):
            wrapped_commands = wrappers.unwrap_behind(arguments)
        for command_run in wrapped_commands or ():
            self.wrapped(command_run, redirections, place, context.nested())

    def wrapped(
        self, command_run: Wrapped, redirections: tuple[Redirection, ...], place: Place, context: _Context
    ) -> None:
        """Follow what a wrapper runs."""
        match command_run:
            case wrapped.Runs():
                has_hidden = command_run.hidden != wrapped.NOTHING_HIDDEN
                inner_context = context.forked() if command_run.assignments or has_hidden else context
                if has_hidden:
                    inner_context.scope.hide(command_run.hidden.hides)
                for name, value in command_run.assignments:
                    inner_context.scope.assign(name, [value])
                    inner_context.scope.exported.add(name)
                self.program(command_run.arguments, redirections, place, inner_context)
            case wrapped.RunsScript(same_shell=True):
                self.script(command_run.text, context)
            case wrapped.RunsScript():
                scope = Scope.of_environment(context.scope.environment(), context.scope.budget)
                scope.hide(command_run.hidden.hides)
                scope.arguments = command_run.arguments
                scope.errexit = command_run.errexit
                inner_context = _Context(scope, command_run.dialect or context.dialect, context.inputs, context.depth)
                self.script(command_run.text, inner_context)
            case wrapped.RunsInput():
                for text in context.inputs:
                    if command_run.dialect is None:
                        self.script(text, context._replace(inputs=()))
                        continue
                    scope = Scope.of_environment(context.scope.environment(), context.scope.budget)
                    self.script(text, _Context(scope, command_run.dialect, depth=context.depth))
            case wrapped.RunsWithInput():
                alternatives = [split_fields(text) for text in context.inputs] or [
                    (unknown_items(command_run.wrapper_word),)
                ]
                for items in alternatives:
                    if arguments := with_items(command_run.arguments, command_run.placeholder, items):
                        self.program(arguments, redirections, place, context)
            case _:
                assert_never(command_run)

    def call(self, functions: tuple[Function, ...], arguments: Arguments, context: _Context) -> Scope | None:
        """Follow a call of what may be one of several functions of a name."""
        scope = context.scope
        callers_arguments, scope.arguments = scope.arguments, arguments[1:]
        self.calls += 1
        branches = [context] if len(functions) == 1 else [context.forked() for _ in functions]
        failures: list[Scope] = []
        for function, branch in zip(functions, branches, strict=True):
            self.called.add(id(function))
            failure = self.body(function, branch.nested())
            failures += [failure] if failure else []
        if len(functions) > 1:
            scope.join(*(branch.scope for branch in branches))
        self.calls -= 1
        failure = _joined(failures)
        for each in (scope, failure):
            if each:
                each.arguments = callers_arguments
        return failure

    def body(self, function: Function, context: _Context) -> Scope | None:
        """The body of a function, behind which its local variables are what they were before."""
        saved: dict[str, Saved] = {}
        failure = self.outcomes(function, context._replace(breaks=None, locals=saved))
        for scope in (context.scope, failure) if failure else (context.scope,):
            for name, was in saved.items():
                scope.restore(name, was)
        return failure

    def outcomes(self, function: Function, context: _Context) -> Scope | None:
        """The body of a function, which succeeds or fails at its end or at a ``return``."""
        returns: list[tuple[Scope, Truth]] = []
        failure = self.status(function.body, context._replace(returns=returns))
        failures = [scope.copy() for scope, status in returns if status is not True]
        if not context.is_tested and not context.scope.errexit:
            self.join(context.scope, len(self.doubts), *(scope for scope, _ in returns))
            return failure
        self.join(context.scope, len(self.doubts), *(scope for scope, status in returns if status is not False))
        failure = _joined([*failures, failure] if failure else failures)
        if failure:
            failure.has_ended |= not context.is_tested
        return failure

    # Assignments

    def assign(self, assignment: Assignment, context: _Context) -> None:
        _set(assignment, _value(assignment, context), context.scope)

    def with_assignments(self, assignments: tuple[Assignment, ...], context: _Context) -> _Context:
        """The context of a command with assignments in front of it, which only this command sees."""
        if not assignments:
            return context
        context = context.forked()
        for assignment in assignments:
            self.assign(assignment, context)
            context.scope.exported.add(assignment.name)
        return context

    def declare(self, words: tuple[Word, ...], context: _Context) -> None:
        """``export``, ``local`` and the like, whose arguments are assignments or names, expanded before any is set."""
        command, scope = words[0].spelling, context.scope
        if command == "local" and context.locals is None:
            return  # the shell refuses it
        options = "".join(word.spelling for word in words[1:] if word.spelling.startswith("-"))
        is_local = command == "local" or (command in _DECLARING and context.locals is not None and "g" not in options)
        is_appending = not (is_local and context.dialect is Dialect.BASH)
        found: list[tuple[str, Assignment | None, Value]] = []
        for word in words[1:]:
            assignment = assignment_of(word)
            if assignment and not is_appending:
                assignment = assignment._replace(appends=False)
            name = assignment.name if assignment else word.spelling
            if name.isidentifier():
                found.append((name, assignment, _value(assignment, context) if assignment else None))
        for name, assignment, value in found:
            if is_local and context.locals is not None:
                context.locals.setdefault(name, scope.save(name))
                scope.references.pop(name, None)
            if "n" in options:
                _refer(name, value, scope)
            elif assignment and "g" in options and context.locals and name in context.locals:
                context.locals[name] = _assigned(assignment, value, scope)
            elif assignment:
                _set(assignment, value, scope)
            elif is_local and context.dialect is Dialect.BASH:
                scope.assign(name, UNSET)
            if command == "export" or "x" in options:
                scope.exported.add(name)

    # Expansions and redirections

    def expansions(self, parts: Iterable[Part], context: _Context) -> None:
        """Follow the commands inside words: substitutions, wherever they stand."""
        for part in parts:
            if isinstance(part, Literal):
                continue
            match part:
                case Substitution():
                    self.node(parse_tokens(part.tokens), context.subshell())
                case Parameter(operand=operand):
                    if operand:
                        self.expansions(operand.parts, context)
                    if part.operator in {":=", "="}:
                        context.scope.assign(part.name, assigned_default(part, context.scope))
                    elif part.operator == ":?" and part.name in context.scope.scalars:
                        context.scope.assign(part.name, values_where_set(part.name, context.scope))
                case Opaque():
                    self.expansions(part.parts, context)
                case Array():
                    for word in part.words:
                        self.expansions(word.parts, context)
                case _:
                    pass

    def redirections(self, tokens: tuple[RedirectionToken, ...], context: _Context) -> None:
        for token in tokens:
            self.expansions(token.word.parts, context)
            for document in token.bodies:
                self.expansions(document.parts, context)

    def with_input(self, tokens: tuple[RedirectionToken, ...], context: _Context) -> _Context:
        """The context with what a redirection puts on standard input; a file is not known."""
        for token in tokens:
            if token.operator.startswith("<"):
                context = context._replace(inputs=inputs_of(token, context.scope))
        return context


def _end(name: str, arguments: Arguments, context: _Context) -> None:
    """``exit``, ``return``, ``break`` or ``continue``: the scope goes to what goes on behind it, if anything does."""
    scope = context.scope
    if name in {"break", "continue"}:
        if context.breaks is None:
            return
        context.breaks.extend([] if scope.has_ended else [scope.copy()])
    ends = context.returns if name == "return" else context.exits
    if name in {"return", "exit"} and ends is not None and not scope.has_ended:
        status = str(arguments[1]) if len(arguments) > 1 else ""
        ends.append((scope.copy(), status.strip("0") == "" if status.isdecimal() else None))
    scope.has_ended = True


def _joined(scopes: list[Scope]) -> Scope | None:
    """The scope behind any of several; the first of them is it."""
    if len(scopes) > 1:
        scopes[0].join(*scopes)
    return scopes[0] if scopes else None


def _always_succeeds(node: Node) -> bool:
    """Whether a node is ``true``, or an assignment of what is no output of a command."""
    return _is_true(node) or (
        isinstance(node, Command)
        and all(
            assignment_of(word) and not any(isinstance(part, Substitution) for part in word.parts)
            for word in node.words
        )
    )


def _is_true(node: Node) -> bool:
    return isinstance(node, Command) and len(node.words) == 1 and node.words[0].spelling in _LOOPS_ON


def _value(assignment: Assignment, context: _Context) -> Value:
    """What an assignment gives its variable: values, or the elements of an array."""
    scope = context.scope
    if assignment.subscript:
        return list(UNSET)
    if assignment.array is None:
        return possible_values(assignment, scope)
    before = scope.array(assignment.name) or () if assignment.appends else ()
    scope.budget.charge_or_raise(len(before) // COPIES_PER_UNIT)
    return (*before, *elements(assignment.array.words, scope, context.dialect))


def _set(assignment: Assignment, value: Value, scope: Scope) -> None:
    if isinstance(value, tuple):
        scope.assign_array(assignment.name, value)
    else:
        scope.assign(assignment.name, value or UNSET)


def _assigned(assignment: Assignment, value: Value, scope: Scope) -> Saved:
    """A variable as an assignment would leave it, without setting it."""
    now = scope.save(assignment.name)
    _set(assignment, value, scope)
    assigned = scope.save(assignment.name)
    scope.restore(assignment.name, now)
    return assigned


def _refer(name: str, value: Value, scope: Scope) -> None:
    """``declare -n name=variable``."""
    target = value[0] if isinstance(value, list) and len(value) == 1 else None
    if target is not None and target.is_known and str(target).isidentifier() and str(target) != name:
        scope.refer(name, str(target))
    else:
        scope.assign(name, UNSET)


def _leading_assignments(words: tuple[Word, ...]) -> tuple[tuple[Assignment, ...], tuple[Word, ...]]:
    assignments: list[Assignment] = []
    for word in words:
        assignment = assignment_of(word)
        if assignment is None:
            break
        assignments.append(assignment)
    return tuple(assignments), words[len(assignments) :]


def _span(command: Command) -> Span:
    """From the first word or redirection to the last."""
    words, redirections = command.words, command.redirections
    start, end = words[0].start, words[-1].end
    if redirections:
        start, end = min(start, redirections[0].start), max(end, redirections[-1].end)
    return words[0].text[start:end].span


def _redirection(token: RedirectionToken, context: _Context) -> Redirection:
    word = token.word
    target = Argument(values(word, context.scope)[0], word.written)
    bodies = inputs_of(token, context.scope)
    body = bodies[0] if len(bodies) == 1 else None
    return Redirection(token.operator, target, word.text[token.start : token.end], body)
