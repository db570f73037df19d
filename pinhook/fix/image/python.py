"""The version of a Python interpreter, and what it is concluded from."""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.fix.image.series import LEAST_PATCHES

if TYPE_CHECKING:
    from pinhook.source import Place


class Evidence(NamedTuple):
    """One reason of a conclusion.

    ``place`` is where it is written; ``None`` if a setting says it. ``clause`` names it for the report:
    ``ubuntu:22.04``, ``apt-get install python3-pip on ubuntu:22.04``.
    """

    place: Place | None
    clause: str


class Python(NamedTuple):
    """The version of an interpreter.

    ``version`` has two or three numbers. With ``is_lower_bound`` it is that one or a later one of the series; with two
    numbers, nothing says its patch. ``caveats`` are clauses; a fix that rests on a Python with a caveat is unsafe.
    ``pip`` is the version of its pip, empty if that is not known to be an old one.
    """

    version: str
    is_lower_bound: bool = False
    evidence: tuple[Evidence, ...] = ()
    caveats: tuple[str, ...] = ()
    pip: str = ""

    @property
    def series(self) -> str:
        """The version without its patch: ``3.10``."""
        return ".".join(self.version.split(".")[:2])

    @property
    def for_resolver(self) -> str:
        """The version for uv, which takes ``3.9`` for 3.9.0: the exact patch, or else its lower bound.

        If nothing says a patch, it is the least one that a system of the tables has of this series.
        """
        if self.version.count(".") > 1 or self.version not in LEAST_PATCHES:
            return self.version
        return f"{self.version}.{LEAST_PATCHES[self.version]}"

    def __str__(self) -> str:
        return f"{self.version} or later" if self.is_lower_bound else self.version


class Unknown(NamedTuple):
    """Why nothing is concluded: a clause, and the place that it is about, if there is one."""

    reason: str
    place: Place | None = None
