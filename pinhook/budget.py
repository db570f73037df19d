"""How much may be put in the place of variables, so that ``A=$A-b`` many times over stays small."""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING

if TYPE_CHECKING:
    from pinhook.source import SourceText

MIN_UNITS = 100_000
"""Units for a file of any size; one takes some microseconds to fill."""

CHARACTERS_PER_UNIT = 4
"""Characters of a file that give it one unit more."""

COPIES_PER_UNIT = 64
"""Characters of a value, or variables of a scope, that are copied in the time that it takes to fill a unit."""

UNITS_PER_FIELD = 4
"""Units for each field but the first that a value is cut into: it may be a target, which is read and judged."""


class BudgetExceeded(Exception):  # noqa: N818 - no error of the input's: a bound of ours was reached
    """There is more to follow than there is room for."""


class Budget:
    """What is left for the expansions of a file, in units: a piece of a value, a field, a word of a command.

    An expansion is free where its value is as short as it is itself, so that many plain ones need no room. Once there
    was too little of it, there is none at all. ``refusals`` counts what had no room.
    """

    __slots__ = ("refusals", "remaining")

    def __init__(self, length: int = 0) -> None:
        """The room of a file with ``length`` characters."""
        self.remaining = MIN_UNITS + length // CHARACTERS_PER_UNIT
        self.refusals = 0

    def charge(self, units: int) -> bool:
        """Take some units; whether there were as many."""
        if units <= 0:
            return True
        if self.remaining >= units:
            self.remaining -= units
            return True
        self.remaining = -1
        self.refusals += 1
        return False

    def charge_or_raise(self, units: int) -> None:
        """Take some units. Raises ``BudgetExceeded`` where there are not as many."""
        if not self.charge(units):
            raise BudgetExceeded

    def charge_for(self, value: SourceText, expression_length: int, *, splits: bool = False) -> bool:
        """Whether a value fits in the place of an expansion that is ``expression_length`` characters long.

        ``splits`` tells that the value is cut into fields there.
        """
        if self.remaining < 0:  # and so it need not be measured
            return self.charge(1)
        units = value.piece_count + len(value) // COPIES_PER_UNIT
        if splits:
            units += UNITS_PER_FIELD * max(0, len(str(value).split()) - 1)
        return self.charge(units - expression_length // 2)
