"""The series of Python: the patch release to assume if only the series is known."""

from __future__ import annotations

AS_OF = "2026-11-26"

LEAST_PATCHES = {
    "2.7": 5,
    "3.4": 2,
    "3.5": 2,
    "3.6": 8,
    "3.7": 3,
    "3.8": 10,
    "3.9": 2,
    "3.10": 6,
    "3.11": 2,
    "3.12": 3,
    "3.13": 3,
    "3.14": 3,
    "3.15": 2,
}
"""The lowest patch release of each series in the table of systems."""
