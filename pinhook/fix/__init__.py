"""Fixes: what is written in place of a target, where a version comes from, and that nothing else changes."""

from pinhook.fix.dockerfile_fix import fix
from pinhook.fix.edits import EditedSource, apply_fixes
from pinhook.fix.requests import PlannedFix
from pinhook.fix.requirements_fix import fix_requirements
from pinhook.fix.suggestions import SUGGESTED, suggest, suggest_in_requirements
from pinhook.fix.verified import Checks, VerifiedFixes
from pinhook.fix.version_chooser import VersionSources
from pinhook.fix.version_sources import LockedVersions, VersionFolder

__all__ = [
    "SUGGESTED",
    "Checks",
    "EditedSource",
    "LockedVersions",
    "PlannedFix",
    "VerifiedFixes",
    "VersionFolder",
    "VersionSources",
    "apply_fixes",
    "fix",
    "fix_requirements",
    "suggest",
    "suggest_in_requirements",
]
