"""The commands of a script that always run, and those that run only in some cases."""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.shell.syntax import Command, Not, Pipeline, Redirected, Sequence, Subshell, Test

if TYPE_CHECKING:
    from collections.abc import Sequence as Items

    from pinhook.shell.command import Argument
    from pinhook.shell.syntax import Node

_STATUS_COMMANDS = frozenset({
    "[", "test", "cmp", "diff", "dpkg", "egrep", "expr", "fgrep", "getent", "grep", "hash", "id", "rpm", "type",
    "which",
})  # fmt: skip
"""Commands that are run for their status: the command after ``&&`` may not run."""

_FAILING = frozenset({"exit", "return", "false"})


def split_chain(nodes: Items[Node], operators: Items[str]) -> tuple[int, ...]:
    """The number of the branch of each command of a chain of ``&&`` and ``||``; 0 for commands that always run.

    A failed chain is assumed to end the script. So in ``a && b``, ``b`` always runs, unless ``a`` is a test. The
    commands before ``||`` need not succeed, unless the command after it ends the script.
    """
    alternatives = [
        at for at, operator in enumerate(operators) if at and operator == "||" and not _ends_in_failure(nodes[at])
    ]
    last = max(alternatives, default=0)
    numbers: list[int] = []
    current = highest = 1 if last else 0
    for at, operator in enumerate(operators):
        if at and operator == "||":
            numbers.append(highest + 1)
            highest += 2
            current = highest if last > at else 0
            continue
        if at and not current and _is_test(nodes[at - 1]):
            highest += 1
            current = highest
        numbers.append(current)
    return tuple(numbers)


def runs_for_certain(items: Items[Argument] | None) -> bool:
    """Whether the body of a ``for`` certainly runs: at least one item is known."""
    return any(item.text.is_known for item in items or ())


def _is_test(node: Node) -> bool:
    match node:
        case Not() | Test():
            return True
        case Command(words=words) if words:
            name = words[0].spelling
            return name in _STATUS_COMMANDS or (
                name == "command" and len(words) > 1 and words[1].spelling in {"-v", "-V"}
            )
        case Pipeline(nodes=nodes):
            return _is_test(nodes[-1])
        case Redirected(node=inner) | Subshell(body=inner):
            return _is_test(inner)
        case Sequence(nodes=nodes) if nodes:
            return _is_test(nodes[-1])
        case _:
            return False


def _ends_in_failure(node: Node) -> bool:
    """Whether a node ends the script with a failure."""
    match node:
        case Command(words=words) if words:
            name, values = words[0].spelling, [word.spelling for word in words[1:]]
            return name in _FAILING and values != ["0"]
        case Sequence(nodes=nodes) if nodes:
            return _ends_in_failure(nodes[-1])
        case Redirected(node=inner) | Subshell(body=inner):
            return _ends_in_failure(inner)
        case _:
            return False
