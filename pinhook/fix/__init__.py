"""Fixes: what is written in place of a target, where a version comes from, and that nothing else changes."""

from pinhook.fix.dockerfile_fix import fix
from pinhook.fix.edits import Applied, apply
from pinhook.fix.requests import Proposal
from pinhook.fix.requirements_fix import fix_list
from pinhook.fix.suggestions import SUGGESTED, suggest, suggest_in_list
from pinhook.fix.verified import Checks, Fixed
from pinhook.fix.version_chooser import Means
from pinhook.fix.version_sources import Folder, Repository

__all__ = [
    "SUGGESTED",
    "Applied",
    "Checks",
    "Fixed",
    "Folder",
    "Means",
    "Proposal",
    "Repository",
    "apply",
    "fix",
    "fix_list",
    "suggest",
    "suggest_in_list",
]
