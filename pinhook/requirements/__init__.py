"""One requirement, and what kind it is. The only importer of ``packaging``."""

from pinhook.requirements.requirement import (
    Direct,
    Exactness,
    Local,
    Malformed,
    Named,
    Ref,
    Requirement,
    Unknown,
)

__all__ = ["Direct", "Exactness", "Local", "Malformed", "Named", "Ref", "Requirement", "Unknown"]
