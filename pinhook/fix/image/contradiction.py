"""Two reasons that say different things of one Python."""

from __future__ import annotations

from pinhook.fix.image.python import Unknown


class Contradiction(Unknown):
    """Nothing is concluded, because two reasons contradict each other; ``reason`` names both."""

    __slots__ = ()
