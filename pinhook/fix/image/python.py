"""The version of a Python interpreter, and the evidence for it."""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.fix.image.series import LEAST_PATCHES

if TYPE_CHECKING:
    from pinhook.source import Place


class Evidence(NamedTuple):
    """One piece of evidence.

    ``place`` is its place in a file; ``None`` for a setting. ``clause`` names it in the report: ``ubuntu:22.04``,
    ``apt-get install python3-pip on ubuntu:22.04``.
    """

    place: Place | None
    clause: str


class Python(NamedTuple):
    """The version of an interpreter.

    ``version``          two or three numbers; with two, the patch is unknown
    ``is_lower_bound``   it is this version or a later one of the series
    ``caveats``          clauses; a fix for a Python with a caveat is unsafe
    ``pip``              the version of its pip; empty if it is not known to be old
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
        """The version for uv, which reads ``3.9`` as 3.9.0: the exact patch, or else the lower bound.

        If the patch is unknown, it is the lowest patch of this series in the table of systems.
        """
        if self.version.count(".") > 1 or self.version not in LEAST_PATCHES:
            return self.version
        return f"{self.version}.{LEAST_PATCHES[self.version]}"

    def __str__(self) -> str:
        return f"{self.version} or later" if self.is_lower_bound else self.version


class UnknownPython(NamedTuple):
    """The Python is unknown: a clause with the reason, and its place, if there is one."""

    reason: str
    place: Place | None = None
