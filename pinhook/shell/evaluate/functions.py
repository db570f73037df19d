"""Calls of functions, and aliases."""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.shell.evaluate.assignments import Assignments
from pinhook.shell.evaluate.base import Alias, joined
from pinhook.shell.expansion import fields
from pinhook.shell.words import Dialect
from pinhook.source import SourceText

if TYPE_CHECKING:
    from pinhook.shell.conditions import Truth
    from pinhook.shell.evaluate.context import Context
    from pinhook.shell.scope import Saved, Scope
    from pinhook.shell.syntax import Function
    from pinhook.shell.words import Word
    from pinhook.shell.wrapped import Arguments


class Functions(Assignments):
    """Evaluates calls of functions, and aliases."""

    def call(self, functions: tuple[Function, ...], arguments: Arguments, context: Context) -> Scope | None:
        """Evaluate a call of one of several functions with the same name."""
        scope = context.scope
        callers_arguments, scope.arguments = scope.arguments, arguments[1:]
        self.calls += 1
        self.called.update(map(id, functions))
        failure = self.one_of(functions, context, lambda function, branch: self.body(function, branch.nested()))
        self.calls -= 1
        for each in (scope, failure):
            if each:
                each.arguments = callers_arguments
        return failure

    def body(self, function: Function, context: Context) -> Scope | None:
        """The body of a function. Afterwards its local variables have their former values."""
        saved: dict[str, Saved] = {}
        failure = self.outcomes(function, context._replace(breaks=None, locals=saved))
        for scope in (context.scope, failure) if failure else (context.scope,):
            for name, was in saved.items():
                scope.restore(name, was)
        return failure

    def outcomes(self, function: Function, context: Context) -> Scope | None:
        """The body of a function, which succeeds or fails at its end or at a ``return``."""
        returns: list[tuple[Scope, Truth]] = []
        failure = self.status(function.body, context._replace(returns=returns))
        failures = [scope.copy() for scope, status in returns if status is not True]
        if not context.is_tested and not context.scope.errexit:
            self.join(context.scope, len(self.doubts), *(scope for scope, _ in returns))
            return failure
        self.join(context.scope, len(self.doubts), *(scope for scope, status in returns if status is not False))
        failure = joined([*failures, failure] if failure else failures)
        if failure:
            failure.has_ended |= not context.is_tested
        return failure

    def alias(self, word: Word, context: Context) -> Alias | None:
        """The alias for the first word of a command, if the shell expands it."""
        alias = self.aliases.get(word.spelling) if self.aliases else None
        if alias is None or (context.dialect is Dialect.BASH and not self.expands_aliases):
            return None
        is_later = alias.text is not word.text or "\n" in str(word.text)[alias.end : word.start]
        return alias if is_later else None

    def define_aliases(self, words: tuple[Word, ...], context: Context) -> None:
        """``alias name=value``."""
        for word in words[1:]:
            for alternative in fields(word, context.scope, context.dialect):
                for field in alternative:
                    name, equals, _ = str(field).partition("=")
                    if equals:
                        self.aliases[name] = Alias(field.text[len(name) + 1 :], word.text, word.end)

    def expand_alias(self, alias: Alias, words: tuple[Word, ...], context: Context) -> None:
        """Evaluate the value of an alias and the words after it. Inside, the name is not an alias."""
        name = words[0].spelling
        del self.aliases[name]
        rest = words[0].text[words[0].end : words[-1].end]
        self.script(SourceText.join([alias.value, rest]), context.nested())
        self.aliases[name] = alias
