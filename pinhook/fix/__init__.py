"""Fixes: what is written in place of a target, where a version comes from, and that nothing else changes."""

from pinhook.fix.answers import Means
from pinhook.fix.edits import Applied, apply
from pinhook.fix.fixing import Checks, Fixed
from pinhook.fix.list_planning import fix_list
from pinhook.fix.planning import fix
from pinhook.fix.repository import Folder, Repository
from pinhook.fix.suggestions import SUGGESTED, suggest, suggest_in_list
from pinhook.fix.wishes import Proposal

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
