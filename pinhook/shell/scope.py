"""The variables at a point of a script during evaluation."""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.budget import COPIES_PER_UNIT, Budget

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import TypeAlias

    from pinhook.shell.command import Argument
    from pinhook.shell.syntax import Function
    from pinhook.source import SourceText

Values: TypeAlias = "tuple[SourceText | None, ...]"
"""The possible values of a variable.

``None`` means that the value is not in the file: it is unset, or set elsewhere.
"""

UNSET: Values = (None,)

MAX_VALUES = 256
"""Maximum number of possible values. With more, the variable counts as unset."""

MAX_VALUE_LENGTH = 65_536
"""Maximum length of a value in code points, so that ``A=$A$A``, repeated sixty times, stays small."""

EXPORTS_PER_UNIT = 8
"""Exported variables of a command that cost one unit of the budget. Each command has its own copy."""


class Saved(NamedTuple):
    """The state of a variable: its values or elements, its reference, and whether it was exported."""

    values: Values | None
    array: tuple[Argument, ...] | None
    reference: str | None
    is_exported: bool


class Scope:
    """The variables, arrays, functions and positional parameters at one point of a script.

    ``scalars``       the possible values by name; an array is not in it
    ``references``    the names that ``declare -n`` gives to other variables
    ``arguments``     ``$1 …``; ``None`` if they are unknown
    ``budget``        that of the file; copying large scopes often may exceed it (``BudgetExceeded``)
    ``has_ended``     after ``exit``, ``return``, ``break`` and ``continue``: nothing runs in this scope any more
    ``is_excluded``   a test is never true with the known values
    ``errexit``       the option ``set -e``
    """

    __slots__ = (
        "arguments",
        "arrays",
        "budget",
        "errexit",
        "exported",
        "functions",
        "has_ended",
        "is_excluded",
        "references",
        "scalars",
    )

    def __init__(
        self,
        scalars: dict[str, Values],
        arrays: dict[str, tuple[Argument, ...]],
        exported: set[str],
        functions: dict[str, tuple[Function, ...]],
        arguments: tuple[Argument, ...] | None,
        budget: Budget,
    ) -> None:
        self.scalars = scalars
        self.arrays = arrays
        self.exported = exported
        self.functions = functions
        self.arguments = arguments
        self.budget = budget
        self.references: dict[str, str] = {}
        self.has_ended = self.is_excluded = self.errexit = False

    @classmethod
    def of_environment(cls, variables: Mapping[str, Values], budget: Budget) -> Scope:
        """The scope at the start of a shell."""
        scalars = dict(variables)
        scalars.pop("IFS", None)  # every shell starts with the default
        return cls(scalars, {}, set(scalars), {}, None, budget)

    def copy(self) -> Scope:
        """A copy, for a subshell or a branch."""
        self.budget.charge_or_raise((len(self.scalars) + len(self.arrays) + len(self.functions)) // COPIES_PER_UNIT)
        scope = Scope(
            dict(self.scalars),
            dict(self.arrays),
            set(self.exported),
            dict(self.functions),
            self.arguments,
            self.budget,
        )
        scope.references = dict(self.references) if self.references else {}
        scope.has_ended, scope.is_excluded, scope.errexit = self.has_ended, self.is_excluded, self.errexit
        return scope

    def keep_values_of(self, others: Sequence[Scope]) -> None:
        """Keep only the values that are possible in one of the scopes with which a subshell ends.

        Without such a scope, this scope has ended.
        """
        live = [other for other in others if not other.has_ended] or others
        if not live:
            self.has_ended = True
            return
        for name, values in self.scalars.items():
            if all(other.scalars.get(name) is values for other in live):
                continue
            left = [value for other in live for value in other.scalars.get(name, values)]
            if set(left) <= {*values, None}:  # no subshell has set it to another value
                self.scalars[name] = tuple(dict.fromkeys(left))
        self.is_excluded = all(other.is_excluded for other in live)

    def rule_out(self, parameters: Iterable[str]) -> None:
        """Mark the scope as unreachable with the known values, which may include positional ``parameters``."""
        self.is_excluded = True
        if any(True for _ in parameters):
            self.arguments = None

    def values(self, name: str) -> Values:
        """The possible values of a variable or of a positional parameter. Never empty."""
        if name.isdigit():
            return self._positional(int(name[:18]))  # int() refuses numbers of thousands of digits
        name = self.resolved(name)
        if name in self.arrays:
            return (self.arrays[name][0].text,) if self.arrays[name] else UNSET
        return self.scalars.get(name, UNSET)

    def _positional(self, number: int) -> Values:
        if number == 0:
            return self.scalars.get("0", UNSET)
        if self.arguments is None or not 1 <= number <= len(self.arguments):
            return UNSET
        return (self.arguments[number - 1].text,)

    def assign(self, name: str, values: Iterable[SourceText | None]) -> None:
        """Set a variable. Too many or too long values make it unknown."""
        name = self.resolved(name)
        self.scalars[name] = _limited(values)
        self.arrays.pop(name, None)

    def assign_array(self, name: str, elements: tuple[Argument, ...]) -> None:
        """Set all elements of an array."""
        name = self.resolved(name)
        self.scalars.pop(name, None)
        self.arrays[name] = elements

    def resolved(self, name: str) -> str:
        """The name of the variable that a name refers to."""
        return self.references.get(name, name)

    def array(self, name: str) -> tuple[Argument, ...] | None:
        """The elements of an array; ``None`` if the variable is not an array, or unknown."""
        return self.arrays.get(self.resolved(name))

    def refer(self, name: str, target: str) -> None:
        """Make a name refer to a variable (``declare -n``)."""
        target = self.resolved(target)
        self.references.pop(name, None)
        self.unset(name)
        if target != name:
            self.references[name] = target

    def save(self, name: str) -> Saved:
        """The state of a variable, for ``restore``."""
        values, array = self.scalars.get(name), self.arrays.get(name)
        return Saved(values, array, self.references.get(name), name in self.exported)

    def restore(self, name: str, saved: Saved) -> None:
        """Set a variable to a saved state."""
        self.references.pop(name, None)
        self.unset(name)
        if saved.values is not None:
            self.scalars[name] = saved.values
        if saved.array is not None:
            self.arrays[name] = saved.array
        if saved.reference is not None:
            self.references[name] = saved.reference
        if saved.is_exported:
            self.exported.add(name)

    def unset(self, name: str) -> None:
        """Unset a variable."""
        name = self.resolved(name)
        self.scalars.pop(name, None)
        self.arrays.pop(name, None)
        self.exported.discard(name)

    def hide(self, is_hidden: Callable[[str], bool]) -> None:
        """Remove variables from the environment of later commands. The working directory, ``.``, is not a variable."""
        self.exported = {name for name in self.exported if not is_hidden(name) or not name.isidentifier()}

    def environment(self) -> dict[str, tuple[SourceText, ...]]:
        """The exported variables with their possible values, without those that have no value in the file."""
        self.budget.charge_or_raise(len(self.exported) // EXPORTS_PER_UNIT)
        seen = {name: self.scalars.get(name, ()) for name in self.exported}
        return {
            name: known
            for name, values in seen.items()
            if (known := tuple(value for value in values if value is not None))
        }

    def join(self, *branches: Scope) -> None:
        """Merge branches of which any may have run: every value in one of them is possible.

        The scope itself may be one of them. Branches that have ended are ignored, unless all have ended.
        """
        self.budget.charge_or_raise(sum(len(branch.scalars) for branch in branches) // COPIES_PER_UNIT)
        branches = tuple(branch for branch in branches if not branch.has_ended) or branches
        arrays = {name for branch in branches for name in branch.arrays}
        scalars: dict[str, Values] = {}  # without those that are unset in every branch
        for name, branch_values in _values_by_branch(branches).items():
            if name in arrays:
                scalars[name] = _limited(value for branch in branches for value in branch.values(name))
            elif len(branch_values) == 1:
                scalars[name] = branch_values[0]  # no branch has changed it
            else:
                scalars[name] = _limited(value for values in branch_values for value in values)
        self.scalars = scalars
        self.arrays = {
            name: array
            for name, array in branches[0].arrays.items()
            if all(branch.arrays.get(name) == array for branch in branches)
        }
        self.exported = {name for branch in branches for name in branch.exported}
        self.references = _same(branch.references for branch in branches)
        functions: dict[str, dict[int, Function]] = {}
        for branch in branches:
            for name, group in branch.functions.items():
                functions.setdefault(name, {}).update((id(function), function) for function in group)
        self.functions = {name: tuple(group.values()) for name, group in functions.items()}
        self.has_ended = branches[0].has_ended
        self.is_excluded = all(branch.is_excluded for branch in branches)
        self.errexit = any(branch.errexit for branch in branches)
        branches = tuple(branch for branch in branches if not branch.is_excluded) or branches
        first = branches[0].arguments
        self.arguments = first if all(branch.arguments == first for branch in branches) else None


def _same(references: Iterable[dict[str, str]]) -> dict[str, str]:
    """The references that are the same in every branch."""
    first, *others = references
    return {name: target for name, target in first.items() if all(each.get(name) == target for each in others)}


def _limited(values: Iterable[SourceText | None]) -> Values:
    """The values of a variable within the limits: ``None`` for a value that is too long, ``UNSET`` for too many."""
    kept = tuple(dict.fromkeys(value if value is None or len(value) <= MAX_VALUE_LENGTH else None for value in values))
    return kept if 0 < len(kept) <= MAX_VALUES else UNSET


def _values_by_branch(branches: tuple[Scope, ...]) -> dict[str, list[Values]]:
    """The values of each variable in the order of the branches, without consecutive duplicates."""
    found: dict[str, list[Values]] = {}
    seen_in: dict[str, int] = {}  # index after the last branch that has the name
    for number, branch in enumerate(branches):
        for name, values in branch.scalars.items():
            branch_values = found.setdefault(name, [])
            if seen_in.get(name, 0) < number:
                branch_values.append(UNSET)
            if not branch_values or branch_values[-1] is not values:
                branch_values.append(values)
            seen_in[name] = number + 1
    for name, number in seen_in.items():
        if number < len(branches):
            found[name].append(UNSET)
    return found
