"""Conditions: the values of variables for which ``[ … ]``, ``[[ … ]]`` or the pattern of a ``case`` is true.

A test is evaluated once for each combination of the known values of its variables. ``narrow`` then keeps, in the scope
for each outcome, the values that give this outcome. There are four cases:

- some values give the outcome: the others are removed;
- some values cannot be decided: they become unknown for both outcomes;
- no value gives it, so the outcome never happens with the known values: the variables become unknown, because
  ``--build-arg`` may set other values;
- the test cannot be decided: the variables become unknown for both outcomes (``Doubt``).

``test_expressions`` evaluates the test itself.
"""

from __future__ import annotations

import itertools
import math

from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.shell.expansion import MAX_COMBINATIONS
from pinhook.shell.parameters import expanded_in
from pinhook.shell.scope import MAX_VALUES, UNSET

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import TypeAlias

    from pinhook.shell.scope import Scope, Values
    from pinhook.shell.words import Part, Word

    Truth: TypeAlias = bool | None


class Doubt(NamedTuple):
    """A variable in a test that could not be decided.

    ``unknown`` is the object that replaces the ``values`` in a scope until the variable is set.
    """

    name: str
    unknown: Values
    values: Values


def narrow(
    scope: Scope, parts: Iterable[Part], test: Callable[[], Truth], cost: int = 1
) -> tuple[Scope, tuple[Doubt, ...]]:
    """Keep in a scope the values for which a test is true.

    Returns a scope with those for which it is false, and the variables of a test that cannot be decided. ``parts`` are
    those of the words of the test. ``test`` evaluates it in ``scope``. ``cost`` is the number of words.
    """
    mentioned = tuple(dict.fromkeys(expanded_in(parts)))
    names = [name for name in mentioned if scope.scalars.get(name, UNSET) != UNSET]
    before = [scope.scalars[name] for name in names]
    results = _results(scope, names, before, test, cost)
    failure = scope.copy()
    if all(truth is None for _, truth in results):
        doubts = tuple(Doubt(name, (*UNSET,), old) for name, old in zip(names, before, strict=True))
        for branch in (scope, failure):
            branch.scalars.update((doubt.name, doubt.unknown) for doubt in doubts)
        return failure, doubts
    for branch, wanted in ((scope, True), (failure, False)):
        decided = [combination for combination, truth in results if truth is wanted]
        is_doubtful = any(truth is None for _, truth in results)
        for index, (name, old) in enumerate(zip(names, before, strict=True)):
            kept = dict.fromkeys(combination[index] for combination in decided)
            if is_doubtful or not decided:
                kept[None] = None
            branch.scalars[name] = old if kept.keys() == set(old) else tuple(kept)
        if not decided and not is_doubtful:
            branch.rule_out(name for name in mentioned if name.isdigit())
    return failure, ()


def forget_excluded(branches: Iterable[Scope], parts: Iterable[Part]) -> None:
    """Make the variables in some words unknown, if a test of their values is never true with the known values."""
    mentioned = tuple(expanded_in(parts))
    for branch in branches:
        if branch.is_excluded:
            branch.scalars.update((name, UNSET) for name in mentioned if name in branch.scalars)


def _results(
    scope: Scope, names: list[str], before: list[Values], test: Callable[[], Truth], cost: int
) -> list[tuple[Values, Truth]]:
    """The results of the test for each combination of values; undecided if there are too many."""
    count = math.prod(map(len, before))
    if count > (MAX_COMBINATIONS if len(names) > 1 else MAX_VALUES):
        return [(UNSET, None)]
    scope.budget.charge_or_raise((count - 1) * (cost + 1))
    results: list[tuple[Values, Truth]] = []
    for combination in itertools.product(*before):
        scope.scalars.update((name, (value,)) for name, value in zip(names, combination, strict=True))
        results.append((combination, test()))
    scope.scalars.update(zip(names, before, strict=True))
    return results


def values_where_set(name: str, scope: Scope) -> Values:
    """The values of a variable with which the shell continues after ``${name:?}``."""
    return tuple(value for value in scope.values(name) if value is None or len(value)) or UNSET


def parts_of(words: Iterable[Word]) -> list[Part]:
    """The parts of several words."""
    return [part for word in words for part in word.parts]
