"""Scripts without a compound command: simple commands with ``|``, ``&&``, ``||``, ``;``, ``&``, newlines between them.

::

    script   = *newline *(line 1*newline)
    line     = pipeline *(("&&" / "||") *newline pipeline / (";" / "&") pipeline) [";" / "&"]
    pipeline = command *("|" *newline command)

Nine in ten RUN instructions are such a list, in which there is nothing to decide. bashlex takes longer to come than the
rest of the program, and the square of a list's length to read it. A test holds that it would say the same.
"""

from __future__ import annotations

from pinhook.light_typing import TYPE_CHECKING
from pinhook.shell.syntax import Command, Node, Pipeline, listed
from pinhook.shell.tokens import Operator, RedirectionToken, WordToken

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pinhook.shell.tokens import Token
    from pinhook.shell.words import Word

_CONTINUING = frozenset({"|", "&&", "||"})
"""What needs a command behind it, on a later line if need be."""
_OPERATORS = _CONTINUING | {";", "&", "\n"}


def read_plain(tokens: Iterable[Token]) -> Node | None:
    """The tree of a script; ``None`` where it is more than a list, or not one that a shell would read."""
    script = _Script()
    for token in tokens:
        if isinstance(token, WordToken):
            script.words.append(token.word)
        elif isinstance(token, RedirectionToken):
            script.redirections.append(token)
        elif not isinstance(token, Operator) or not script.operator(token.value):
            return None
    return script.tree() if script.operator("\n") and script.last not in _CONTINUING else None


class _Script:
    """What was read of a script: its lines, the pipelines of this line, the commands of this pipeline, this command."""

    def __init__(self) -> None:
        self.lines: list[Node] = []
        self.pipelines: list[Node] = []
        self.operators: list[str] = []
        self.commands: list[Node] = []
        self.words: list[Word] = []
        self.redirections: list[RedirectionToken] = []
        self.last = "\n"  # the operator before this command

    def operator(self, value: str) -> bool:
        """Go over an operator; whether it may stand here."""
        if not self.words and not self.redirections:
            if value == "\n" and self.last not in _CONTINUING:
                self.end_line()
                self.last = value
            return value == "\n"
        if value not in _OPERATORS:
            return False
        self.commands.append(Command(tuple(self.words), tuple(self.redirections)))
        self.words, self.redirections = [], []
        if value != "|":
            self.pipelines.append(self.commands[0] if len(self.commands) == 1 else Pipeline(tuple(self.commands)))
            self.operators.append(value)
            self.commands = []
        if value == "\n":
            self.end_line()
        self.last = value
        return True

    def end_line(self) -> None:
        """Put this line to the lines, if there is something in it."""
        if self.pipelines:
            self.lines.append(listed(self.pipelines, self.operators))
        self.pipelines, self.operators = [], []

    def tree(self) -> Node:
        """The tree of all lines."""
        return listed(self.lines, [";"] * len(self.lines))
