"""The variables of a build stage, at each of its points."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping

from pinhook.light_typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pinhook.source import SourceText


class Variables(Mapping[str, "SourceText"]):
    """The variables at one point. It stays as it is when more are set behind it.

    The points of a stage share one history: the points at which each name got a value, and the values. So setting a
    variable costs the same however many there are; copying them all would take the square of their number.
    """

    __slots__ = ("_history", "_length", "_point")

    def __init__(self) -> None:
        self._history: dict[str, tuple[list[int], list[SourceText]]] = {}
        self._length = [0]  # of the history, in points
        self._point = 0

    def __getitem__(self, name: str) -> SourceText:
        points, values = self._history[name]
        index = bisect_right(points, self._point)
        if not index:
            raise KeyError(name)
        return values[index - 1]

    def __iter__(self) -> Iterator[str]:
        return (name for name, (points, _) in self._history.items() if points[0] <= self._point)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def setting(self, changes: Mapping[str, SourceText]) -> Variables:
        """The variables behind this point, where some are set."""
        following = Variables()
        if self._point == self._length[0]:
            following._history, following._length = self._history, self._length
        else:  # the history has gone on in another direction
            changes = {**self, **changes}
        following._length[0] += 1
        following._point = following._length[0]
        for name, value in changes.items():
            points, values = following._history.setdefault(name, ([], []))
            points.append(following._point)
            values.append(value)
        return following
