"""Fixes: what is written in place of a target, where a version comes from, and that nothing else changes."""

from pinhook.fix.edits import Applied, apply
from pinhook.fix.suggestions import SUGGESTED, suggest

__all__ = ["SUGGESTED", "Applied", "apply", "suggest"]
