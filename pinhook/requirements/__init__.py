"""One requirement and its kind. Only this package imports ``packaging``."""

from pinhook.requirements.direct import archive_ref, repository_url, with_ref
from pinhook.requirements.parser import RequirementGrammar, is_too_long, parse_requirement
from pinhook.requirements.patterns import normalize, variables_of
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

__all__ = [
    "Direct",
    "Exactness",
    "Local",
    "Malformed",
    "Named",
    "Ref",
    "Requirement",
    "RequirementGrammar",
    "Unknown",
    "archive_ref",
    "is_too_long",
    "normalize",
    "parse_requirement",
    "repository_url",
    "variables_of",
    "with_ref",
]
