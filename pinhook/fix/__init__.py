"""Fixes: what is written in place of a target, where a version comes from, and that nothing else changes."""

from pinhook.fix.edits import Applied, apply
from pinhook.fix.fixing import Checks, Fixed
from pinhook.fix.planning import Means, fix
from pinhook.fix.repository import Folder, Repository
from pinhook.fix.suggestions import SUGGESTED, suggest

__all__ = ["SUGGESTED", "Applied", "Checks", "Fixed", "Folder", "Means", "Repository", "apply", "fix", "suggest"]
