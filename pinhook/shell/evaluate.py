"""Follow a script without running it: every simple command that it may run, with its words expanded.

The order is that of execution, so that an assignment is seen behind it. Of a condition both outcomes are followed, of
a loop the body once with every value of its variable, and again for as long as it shifts positional parameters away.
Subshells, pipelines and substitutions keep their assignments to themselves. Wrappers (``wrappers``) are looked through.
"""

from __future__ import annotations

import itertools

from pinhook.exhaustive import assert_never
from pinhook.light_typing import TYPE_CHECKING, NamedTuple
from pinhook.room import COPIED, NoRoom, Room
from pinhook.shell import wrapped, wrappers
from pinhook.shell.assignment import Assignment, assignment_of, elements, possible_values
from pinhook.shell.builtins import BUILTINS, DIRECTORY_CHANGES, change_directory
from pinhook.shell.command import Argument, Comment, Redirection, SimpleCommand, Unreadable
from pinhook.shell.expansion import assigned_default, choose, fields, split_fields, values
from pinhook.shell.item_wrappers import unknown_items, with_items
from pinhook.shell.output import inputs_of, outputs_of
from pinhook.shell.parser import parse, parse_tokens
from pinhook.shell.scope import NOT_SEEN, Scope
from pinhook.shell.syntax import (
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
from pinhook.shell.windows import windows_commands
from pinhook.shell.words import Array, Dialect, Literal, Opaque, Parameter, ShellError, Substitution
from pinhook.source import Place, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import TypeAlias

    from pinhook.shell.scope import Values
    from pinhook.shell.tokens import RedirectionToken
    from pinhook.shell.words import Part, Word
    from pinhook.shell.wrapped import Arguments, What
    from pinhook.source import SourceText

MOST_COMMANDS = 100_000
"""A script that runs more commands than this, by functions that call each other, is not followed to its end."""

MOST_NESTED = 200_000
"""Characters of scripts inside scripts that are followed: ``eval eval eval …`` is as long again each time."""

COMMAND = 8
"""Units of room for a command of a function, which may be called from everywhere."""

DEEPEST = 40
"""How deep wrappers, functions, ``eval`` and nested shells are followed into each other."""

_DECLARATIONS = frozenset({"export", "declare", "typeset", "local", "readonly"})
_TESTS = frozenset({"[", "test"})
_CHANGING = frozenset({"eval", *BUILTINS})

Outcome: TypeAlias = SimpleCommand | Unreadable | Comment


def script_commands(
    text: SourceText,
    dialect: Dialect,
    variables: Mapping[str, Values],
    is_wanted: Callable[[str], bool] = lambda _: True,
    room: Room | None = None,
) -> list[Outcome]:
    """The commands that a script may run, given the variables in force, and its comments.

    What cannot be read is ``Unreadable``. ``is_wanted`` tells from the characters of a command whether its words are
    worth expanding; some of those that are not are left out. ``room`` is that of the file; a script by itself has its
    own.
    """
    follower = _Follower(is_wanted)
    scope = Scope.of_environment(variables, room or Room(len(text)))
    follower.follow_all(text, lambda context: follower.script(text, context), scope, dialect)
    return follower.found


def argument_commands(
    arguments: Iterable[SourceText], variables: Mapping[str, Values], room: Room | None = None
) -> list[Outcome]:
    """The commands that an exec form of one word or more may run: the one that it is, or what that one wraps."""
    words = tuple(Argument(argument, argument) for argument in arguments)
    place = Place(words[0].text.source, Span(words[0].text.span.start, words[-1].text.span.end))
    follower = _Follower()
    follower.follow_all(
        wrapped.joined(words),
        lambda context: follower.run(words, (), place, context),
        Scope.of_environment(variables, room or Room()),
        Dialect.SH,
    )
    return follower.found


class _Context(NamedTuple):
    """What a command runs in: its scope, the dialect of its shell, what it may read, and how deep it stands."""

    scope: Scope
    dialect: Dialect
    inputs: tuple[SourceText, ...] = ()
    depth: int = 0

    def deeper(self) -> _Context:
        if self.depth >= DEEPEST:
            raise NoRoom
        return self._replace(depth=self.depth + 1)

    def aside(self) -> _Context:
        """A context whose assignments are not seen outside."""
        return self._replace(scope=self.scope.copy())


class _Follower:
    def __init__(self, is_wanted: Callable[[str], bool] = lambda _: True) -> None:
        self.is_wanted = is_wanted
        self.found: list[Outcome] = []
        self.commands = self.nested = self.calls = 0
        self.functions: dict[int, Function] = {}
        self.called: set[int] = set()

    def follow_all(self, text: SourceText, start: Callable[[_Context], None], scope: Scope, dialect: Dialect) -> None:
        """Follow from the start, then the functions that no call in sight reaches: something else calls them."""
        context = _Context(scope, dialect)
        refused = scope.room.refused
        try:
            start(context)
            for identity, function in list(self.functions.items()):
                if identity not in self.called:
                    scope.arguments = None
                    self.node(function.body, context)
        except (NoRoom, RecursionError):
            refused = -1
        if scope.room.refused > refused:
            self.found.append(Unreadable(text, text.place, "it runs more than can be followed"))

    # Scripts and compound commands

    def script(self, text: SourceText, context: _Context) -> None:
        self.nested += len(text) if context.depth else 0
        if self.nested > MOST_NESTED:
            raise NoRoom
        if context.dialect in {Dialect.CMD, Dialect.POWERSHELL}:
            for command in windows_commands(text, context.dialect, context.scope):
                self.run(command.arguments, command.redirections, command.written.place, context)
            return
        try:
            node, comments = parse(text, context.dialect)
        except ShellError as error:
            at = error.owner[error.offset : error.offset + 1]
            self.found.append(Unreadable(text, at.place, error.reason))
        else:
            self.found += map(Comment, comments)
            self.node(node, context)

    def node(self, node: Node, context: _Context) -> None:
        scope = context.scope
        match node:
            case Command():
                self.command(node, context)
            case Sequence():
                self.sequence(node, context)
            case Pipeline():
                self.pipeline(node, context)
            case If():
                self.node(node.condition, context)
                branches = [context.aside(), context.aside()]
                self.node(node.consequence, branches[0])
                if node.alternative:
                    self.node(node.alternative, branches[1])
                scope.become(*(branch.scope for branch in branches))
            case While():
                self.node(node.condition, context)
                branch = context.aside()
                self.rounds(node.body, branch)
                scope.become(scope.copy(), branch.scope)
            case For():
                self.loop(node, context)
            case Case():
                self.expansions(node.word.parts, context)
                branches = [context.aside() for _ in node.arms]
                for (patterns, body), branch in zip(node.arms, branches, strict=True):
                    for pattern in patterns:
                        self.expansions(pattern.parts, branch)
                    self.node(body, branch)
                scope.become(scope.copy(), *(branch.scope for branch in branches))
            case Function():
                self.functions[id(node)] = node
                scope.functions[node.name] = (node,)
            case Subshell():
                self.node(node.body, context.aside())
            case Redirected():
                self.redirections(node.redirections, context)
                self.node(node.node, self.with_input(node.redirections, context))
            case Test():
                self.expansions(node.parts, context)
            case _:
                assert_never(node)

    def sequence(self, node: Sequence, context: _Context) -> None:
        """Lists. What follows a test and ``&&`` may not run, and neither may what follows ``||``."""
        scope = context.scope
        otherwise: list[Scope] = []  # the scopes when a test in the && chain fails
        for index, (inner, operator) in enumerate(zip(node.nodes, node.operators, strict=True)):
            if operator == ";" and otherwise:
                scope.become(scope.copy(), *otherwise)
                otherwise.clear()
            if operator == "&&" and _is_test(node.nodes[index - 1]):
                otherwise.append(scope.copy())
            if operator == "||":
                branch = context.aside()
                self.node(inner, branch)
                scope.become(scope.copy(), branch.scope)
            else:
                self.node(inner, context)
        if otherwise:
            scope.become(scope.copy(), *otherwise)

    def pipeline(self, node: Pipeline, context: _Context) -> None:
        for index, inner in enumerate(node.nodes):
            fed = context.aside()
            if index:
                fed = fed._replace(inputs=outputs_of(node.nodes[index - 1], context.scope, context.dialect))
            self.node(inner, fed)

    def rounds(self, body: Node, context: _Context, most: int | None = None) -> None:
        """The body of a loop, once, and again for as long as that takes away positional parameters (``shift``)."""
        for _ in itertools.count() if most is None else range(most):
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
            scope.assign(node.name, [item.text for item in items] if items else NOT_SEEN)
        self.rounds(node.body, context, len(items) if items else 1)

    # Simple commands

    def command(self, command: Command, context: _Context) -> None:
        self.commands += 1
        if self.commands > MOST_COMMANDS:
            raise NoRoom
        if self.calls:
            context.scope.room.take(COMMAND)
        self.expansions([part for word in command.words for part in word.parts], context)
        self.redirections(command.redirections, context)
        assignments, words = _leading_assignments(command.words)
        context = self.with_input(command.redirections, context)
        if not words:
            for assignment in assignments:
                self.assign(assignment, context)
        elif words[0].raw in _DECLARATIONS:
            self.declare(words, context)
        elif context.inputs or self.matters(words, context.scope):
            place = Place(words[0].owner.source, _span(command))
            redirections = tuple(_redirection(token, context) for token in command.redirections)
            ways = choose([fields(word, context.scope, context.dialect) for word in words], context.scope.room)
            context = self.with_assignments(assignments, context)  # not seen by the words of the command itself
            branches = [context] if len(ways) == 1 else [context.aside() for _ in ways]
            for way, branch in zip(ways, branches, strict=True):
                if arguments := tuple(argument for part in way for argument in part):
                    self.run(arguments, redirections, place, branch)
            if len(ways) > 1:
                context.scope.become(*(branch.scope for branch in branches))

    def matters(self, words: tuple[Word, ...], scope: Scope) -> bool:
        """Whether a command is wanted, or may change a variable."""
        if words[0].raw in _CHANGING or words[0].raw in scope.functions:
            return True
        return self.is_wanted(str(words[0].owner)[words[0].start : words[-1].end])

    def run(self, arguments: Arguments, redirections: tuple[Redirection, ...], place: Place, context: _Context) -> None:
        """Follow a command whose words are expanded."""
        name = str(arguments[0])
        scope = context.scope
        if name in scope.functions:
            self.call(scope.functions[name], arguments, context)
        elif name in BUILTINS:
            BUILTINS[name](arguments, scope)
        else:
            self.program(arguments, redirections, place, context)

    def program(
        self, arguments: Arguments, redirections: tuple[Redirection, ...], place: Place, context: _Context
    ) -> None:
        """Follow a command that is no function: what ``command pip`` and every other wrapper runs is none."""
        inner = wrappers.unwrap(arguments)
        if inner is None or wrappers.command_name(arguments[0]) == "uv":  # uv run --with x installs x itself
            self.found.append(SimpleCommand(arguments, redirections, context.scope.environment(), place))
            if str(arguments[0]) in DIRECTORY_CHANGES:
                change_directory(arguments, context.scope)
        for what in inner or ():
            self.inner(what, redirections, place, context.deeper())

    def inner(self, what: What, redirections: tuple[Redirection, ...], place: Place, context: _Context) -> None:
        """Follow what a wrapper runs."""
        match what:
            case wrapped.Runs():
                inside = context.aside() if what.assignments else context
                for name, value in what.assignments:
                    inside.scope.assign(name, [value])
                    inside.scope.exported.add(name)
                self.program(what.arguments, redirections, place, inside)
            case wrapped.RunsScript(same_shell=True):
                self.script(what.text, context)
            case wrapped.RunsScript():
                scope = Scope.of_environment(context.scope.environment(), context.scope.room)
                scope.arguments = what.arguments
                self.script(what.text, context._replace(scope=scope, dialect=what.dialect or context.dialect))
            case wrapped.RunsInput():
                for text in context.inputs:
                    scope = Scope.of_environment(context.scope.environment(), context.scope.room)
                    self.script(text, _Context(scope, what.dialect, depth=context.depth))
            case wrapped.RunsWithInput():
                ways = [split_fields(text) for text in context.inputs] or [(unknown_items(what.itself),)]
                for items in ways:
                    if arguments := with_items(what.arguments, what.placeholder, items):
                        self.program(arguments, redirections, place, context)
            case _:
                assert_never(what)

    def call(self, functions: tuple[Function, ...], arguments: Arguments, context: _Context) -> None:
        """Follow a call of what may be one of several functions of a name."""
        scope = context.scope
        outside, scope.arguments = scope.arguments, arguments[1:]
        self.calls += 1
        branches = [context] if len(functions) == 1 else [context.aside() for _ in functions]
        for function, branch in zip(functions, branches, strict=True):
            self.called.add(id(function))
            self.node(function.body, branch.deeper())
        if len(functions) > 1:
            scope.become(*(branch.scope for branch in branches))
        self.calls -= 1
        scope.arguments = outside

    # Assignments

    def assign(self, assignment: Assignment, context: _Context) -> None:
        scope = context.scope
        name = assignment.name
        if assignment.subscript:
            scope.assign(name, NOT_SEEN)
        elif assignment.array is not None:
            before = scope.arrays.get(name, ()) if assignment.appends else ()
            scope.room.take(len(before) // COPIED)
            scope.unset(name)
            scope.arrays[name] = (*before, *elements(assignment.array.words, scope, context.dialect))
        else:
            scope.assign(name, possible_values(assignment, scope))

    def with_assignments(self, assignments: tuple[Assignment, ...], context: _Context) -> _Context:
        """The context of a command with assignments in front of it, which only this command sees."""
        if not assignments:
            return context
        context = context.aside()
        for assignment in assignments:
            self.assign(assignment, context)
            context.scope.exported.add(assignment.name)
        return context

    def declare(self, words: tuple[Word, ...], context: _Context) -> None:
        """``export``, ``local`` and their kin, whose arguments are assignments or names."""
        exports = words[0].raw == "export" or any(word.raw.startswith("-") and "x" in word.raw for word in words[1:])
        for word in words[1:]:
            assignment = assignment_of(word)
            if assignment:
                self.assign(assignment, context)
            if exports:
                context.scope.exported.add(assignment.name if assignment else word.raw)

    # Expansions and redirections

    def expansions(self, parts: Iterable[Part], context: _Context) -> None:
        """Follow the commands inside words: substitutions, wherever they stand."""
        for part in parts:
            if isinstance(part, Literal):
                continue
            match part:
                case Substitution():
                    self.node(parse_tokens(part.tokens), context.aside())
                case Parameter(operand=operand):
                    if operand:
                        self.expansions(operand.parts, context)
                    if part.operator in {":=", "="}:
                        context.scope.assign(part.name, assigned_default(part, context.scope))
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


def _is_test(node: Node) -> bool:
    return isinstance(node, Test) or (isinstance(node, Command) and bool(node.words) and node.words[0].raw in _TESTS)


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
    return words[0].owner[start:end].span


def _redirection(token: RedirectionToken, context: _Context) -> Redirection:
    word = token.word
    target = Argument(values(word, context.scope)[0], word.written)
    bodies = inputs_of(token, context.scope)
    body = bodies[0] if len(bodies) == 1 else None
    return Redirection(token.operator, target, word.owner[token.start : token.end], body)
