"""The budget for expansions, so that ``A=$A-b``, repeated many times, stays small."""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING

if TYPE_CHECKING:
    from pinhook.source import SourceText

MIN_UNITS = 100_000
"""Units that every file gets. One unit pays for some microseconds of run time."""

CHARACTERS_PER_UNIT = 4
"""Every so many characters of a file add one unit."""

COPIES_PER_UNIT = 64
"""Characters of a value, or variables of a scope, that can be copied for one unit."""

UNITS_PER_FIELD = 4
"""Units for each field of a split value except the first. A field may be a target, which is parsed and checked."""


MIN_OUTLINE_CHARACTERS = 50_000
"""Characters of outlines that bashlex may parse for every file. It takes 10 to 15 microseconds for one."""

CHARACTERS_PER_OUTLINE_CHARACTER = 4
"""Every so many characters of a file add one character of an outline. The outline of an ordinary script is shorter."""


class BudgetExceeded(Exception):  # noqa: N818 - not an error of the input: one of our limits is reached
    """The budget of a file is spent."""


class Budget:
    """The units that a file may still spend on expansions: on pieces and fields of values, and on words of commands.

    An expansion costs nothing if its value is no longer than the expression. Once the budget is exceeded, every later
    charge fails. ``refusals`` is the number of charges that failed. The outlines of scripts have a budget of their own.
    """

    __slots__ = ("outline_characters", "refusals", "remaining")

    def __init__(self, length: int = 0) -> None:
        """The budget of a file with ``length`` characters."""
        self.remaining = MIN_UNITS + length // CHARACTERS_PER_UNIT
        self.refusals = 0
        self.outline_characters = MIN_OUTLINE_CHARACTERS + length // CHARACTERS_PER_OUTLINE_CHARACTER

    def charge(self, units: int) -> bool:
        """Spend units. Returns False if the budget is exceeded."""
        if units <= 0:
            return True
        if self.remaining >= units:
            self.remaining -= units
            return True
        self.remaining = -1
        self.refusals += 1
        return False

    def charge_outline(self, length: int) -> bool:
        """Spend the characters of an outline. Returns False, and spends nothing, if fewer are left."""
        fits = length <= self.outline_characters
        self.outline_characters -= length * fits
        return fits

    def charge_or_raise(self, units: int) -> None:
        """Spend units. Raises ``BudgetExceeded`` if the budget is exceeded."""
        if not self.charge(units):
            raise BudgetExceeded

    def charge_for(self, value: SourceText, expression_length: int, *, splits: bool = False) -> bool:
        """Spend the units of replacing an expression by its value. Returns False if the budget is exceeded.

        ``expression_length`` is in code points. ``splits``: the value is split into fields.
        """
        if self.remaining < 0:  # the value need not be measured
            return self.charge(1)
        units = value.piece_count + len(value) // COPIES_PER_UNIT
        if splits:
            units += UNITS_PER_FIELD * max(0, len(str(value).split()) - 1)
        return self.charge(units - expression_length // 2)
