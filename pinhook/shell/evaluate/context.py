"""The context in which a command is evaluated: ``Context``."""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.budget import BudgetExceeded

if TYPE_CHECKING:
    from pinhook.shell.conditions import Truth
    from pinhook.shell.scope import Saved, Scope
    from pinhook.shell.words import Dialect
    from pinhook.source import Place, SourceText

MAX_DEPTH = 40
"""Maximum nesting of wrappers, functions, ``eval`` and shells."""


class RunningScript(NamedTuple):
    """A script file that runs, with its arguments; ``None`` for those of the shell that reads it."""

    text: SourceText
    arguments: tuple[str, ...] | None


class Context(NamedTuple):
    """The context of a command: its scope, the dialect of its shell, its input, and its nesting depth.

    ``is_tested``   something depends on the status of the command; ``errexit`` has no effect then
    ``breaks``      collects the scopes in which the loop around it ends early
    ``returns``     collects the scopes in which the function returns, each with its status
    ``locals``      the local variables of the function, as they were outside of it; a subshell has its own
    ``exits``       collects the scopes in which the subshell exits
    ``branch``      the branches around the command, as in ``SimpleCommand``
    ``run_by``      the command that runs the outermost script file
    ``running``     the script files that run here, one inside the other
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
    branch: tuple[int, ...] = ()
    run_by: Place | None = None
    running: tuple[RunningScript, ...] = ()

    def nested(self) -> Context:
        """The context of a wrapped command. Raises ``BudgetExceeded`` if the nesting is too deep."""
        if self.depth >= MAX_DEPTH:
            raise BudgetExceeded
        return self._replace(depth=self.depth + 1)

    def forked(self) -> Context:
        """A context whose assignments have no effect outside."""
        return self._replace(scope=self.scope.copy())

    def subshell(self) -> Context:
        """The context of a subshell. ``exit`` in it ends only the subshell."""
        inside = None if self.locals is None else dict[str, "Saved"]()
        return self._replace(scope=self.scope.copy(), breaks=None, returns=None, locals=inside, exits=None)

    def in_new_shell(self, scope: Scope, dialect: Dialect, inputs: tuple[SourceText, ...] = ()) -> Context:
        """The context of a script that another shell runs."""
        return Context(scope, dialect, inputs, self.depth, branch=self.branch, run_by=self.run_by, running=self.running)

    def tested(self) -> Context:
        """The context of a condition."""
        return self if self.is_tested else self._replace(is_tested=True)
