"""How much may be put in the place of variables, so that ``A=$A-b`` many times over stays small."""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING

if TYPE_CHECKING:
    from pinhook.source import SourceText

LEAST = 100_000
"""Units for a file of any size; one takes some microseconds to fill."""

CHARACTERS = 4
"""Characters of a file that give it one unit more."""

COPIED = 64
"""Characters of a value, or variables of a scope, that are copied in the time that it takes to fill a unit."""

FIELD = 4
"""Units for each field but the first that a value is cut into: it may be a target, which is read and judged."""


class NoRoom(Exception):  # noqa: N818 - no error of the input's: a bound of ours was reached
    """There is more to follow than there is room for."""


class Room:
    """What is left for the expansions of a file, in units: a piece of a value, a field, a word of a command.

    An expansion is free where its value is as short as it is itself, so that many plain ones need no room. Once there
    was too little of it, there is none at all. ``refused`` counts what had no room.
    """

    __slots__ = ("left", "refused")

    def __init__(self, length: int = 0) -> None:
        """The room of a file with ``length`` characters."""
        self.left = LEAST + length // CHARACTERS
        self.refused = 0

    def has(self, units: int) -> bool:
        """Take some units; whether there were as many."""
        if units <= 0:
            return True
        if self.left >= units:
            self.left -= units
            return True
        self.left = -1
        self.refused += 1
        return False

    def take(self, units: int) -> None:
        """Take some units. Raises ``NoRoom`` where there are not as many."""
        if not self.has(units):
            raise NoRoom

    def has_for(self, value: SourceText, written: int, *, splits: bool = False) -> bool:
        """Whether a value fits in the place of an expansion that is ``written`` characters long.

        ``splits`` tells that the value is cut into fields there.
        """
        if self.left < 0:  # and so it need not be measured
            return self.has(1)
        units = value.piece_count + len(value) // COPIED
        if splits:
            units += FIELD * max(0, len(str(value).split()) - 1)
        return self.has(units - written // 2)
