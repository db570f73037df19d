"""What a command runs in while a script is followed: ``Context``."""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.budget import BudgetExceeded

if TYPE_CHECKING:
    from pinhook.shell.conditions import Truth
    from pinhook.shell.scope import Saved, Scope
    from pinhook.shell.words import Dialect
    from pinhook.source import SourceText

MAX_DEPTH = 40
"""How deep wrappers, functions, ``eval`` and nested shells are followed into each other."""


class Context(NamedTuple):
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

    def nested(self) -> Context:
        """The context of what a command runs in turn. Raises ``BudgetExceeded`` where it is too deep."""
        if self.depth >= MAX_DEPTH:
            raise BudgetExceeded
        return self._replace(depth=self.depth + 1)

    def forked(self) -> Context:
        """A context whose assignments are not seen outside."""
        return self._replace(scope=self.scope.copy())

    def subshell(self) -> Context:
        """The context of a subshell, which ends by itself."""
        inside = None if self.locals is None else dict[str, "Saved"]()
        return self._replace(scope=self.scope.copy(), breaks=None, returns=None, locals=inside, exits=None)

    def tested(self) -> Context:
        """The context of a condition."""
        return self if self.is_tested else self._replace(is_tested=True)
