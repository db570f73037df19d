"""Find the items of a list that something does not accept, with few trials: ``find_rejected``, ``TrialLimit``."""

from __future__ import annotations

from time import monotonic

from pinhook._startup.namedtuple import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TypeVar

    Item = TypeVar("Item")


def find_rejected(
    items: Sequence[Item], accepts: Callable[[list[Item]], bool], is_over: Callable[[], bool] = lambda: False
) -> list[Item]:
    """The items that are not accepted even alone, in their order.

    All items are tried at once. A part that is not accepted is tried in halves, the first half first. For n items, k of
    which are rejected, this takes about 2 k log n trials. Once ``is_over`` returns True, all remaining items are
    rejected without a trial.
    """
    rejected: list[Item] = []
    parts = [list(items)]
    while parts:
        part = parts.pop()
        if not part or (not is_over() and accepts(part)):
            continue
        if len(part) > 1 and not is_over():
            middle = (len(part) + 1) // 2
            parts += [part[middle:], part[:middle]]
        else:
            rejected += part
    return rejected


class TrialLimit:
    """A maximum number of trials, and of seconds since it was made."""

    def __init__(self, trials: int, seconds: float) -> None:
        self.remaining = trials
        self.end = monotonic() + seconds

    @property
    def is_reached(self) -> bool:
        """Whether no more trials are allowed."""
        return self.remaining <= 0 or monotonic() > self.end

    def counted(self, accepts: Callable[[list[Item]], bool]) -> Callable[[list[Item]], bool]:
        """A function for ``find_rejected`` whose calls are counted."""

        def count(part: list[Item]) -> bool:
            self.remaining -= 1
            return accepts(part)

        return count
