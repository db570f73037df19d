"""The variables at each point of a build stage."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping

from pinhook._startup.namedtuple import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pinhook.source import SourceText


class _History:
    """The values of each name, with the points at which they were set. ``length`` is the number of points.

    ``values`` are all values with their points, in order. The first ``tested`` of them have been tested.
    """

    __slots__ = ("length", "names", "passed", "tested", "values")

    def __init__(self) -> None:
        self.length = 0
        self.names: dict[str, tuple[list[int], list[SourceText]]] = {}
        self.values: list[tuple[int, SourceText]] = []
        self.tested = 0
        self.passed: int | None = None

    def add(self, changes: Mapping[str, SourceText]) -> None:
        self.length += 1
        for name, value in changes.items():
            points, values = self.names.setdefault(name, ([], []))
            points.append(self.length)
            values.append(value)
            self.values.append((self.length, value))

    def first(self, test: Callable[[str], bool]) -> int | None:
        """The first point with a value that passes a test. The test must always be the same one."""
        while self.passed is None and self.tested < len(self.values):
            point, value = self.values[self.tested]
            self.tested += 1
            if test(str(value)):
                self.passed = point
        return self.passed


class Variables(Mapping[str, "SourceText"]):
    """The variables at one point of a stage. Later assignments do not change it.

    All points of a stage share one history, so setting a variable is O(1). Copying the variables would be quadratic.
    """

    __slots__ = ("_history", "_point")

    def __init__(self, history: _History | None = None, point: int = 0) -> None:
        self._history = history or _History()
        self._point = point

    def __getitem__(self, name: str) -> SourceText:
        points, values = self._history.names[name]
        index = bisect_right(points, self._point)
        if not index:
            raise KeyError(name)
        return values[index - 1]

    def __iter__(self) -> Iterator[str]:
        return (name for name, (points, _) in self._history.names.items() if points[0] <= self._point)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    @property
    def upper_bound(self) -> int:
        """Upper bound on the number of variables, in O(1)."""
        return len(self._history.names)

    def any_value_so_far(self, test: Callable[[str], bool]) -> bool:
        """Whether a variable has, or had at an earlier point, a value that passes a test.

        The test must always be the same one: each value is tested once.
        """
        first = self._history.first(test)
        return first is not None and first <= self._point

    def with_changes(self, changes: Mapping[str, SourceText]) -> Variables:
        """The variables at the point after this one, where some are set."""
        history = self._history
        if self._point < history.length:  # another point already follows this one: branch off a new history
            history, changes = _History(), {**self, **changes}
        history.add(changes)
        return Variables(history, history.length)
