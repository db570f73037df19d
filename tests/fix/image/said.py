"""The conclusion from the name of an image, as a line of text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pinhook.fix.image.base import base_of
from pinhook.fix.image.python import Python

if TYPE_CHECKING:
    from pinhook.fix.image.base import ImageSettings


def said(name: str, *flags: str, settings: ImageSettings | None = None) -> str:
    """Name, Python or reason, system and the clauses that make a fix unsafe; ``{}`` is the name without a digest."""
    base = base_of(name, flags, settings)
    own = base.own
    python = f"Python {own} of {own.evidence[0].clause}" if isinstance(own, Python) else own.reason
    caveats = own.caveats if isinstance(own, Python) else ()
    clauses = [*caveats, *filter(None, (base.packages, base.constraints)), *base.system_caveats]
    short = name.partition("@")[0]
    shown = python.replace(short, "{}"), base.system, "; ".join(clauses).replace(short, "{}")
    return " | ".join((name, *shown)).rstrip()
