"""Fixes: choose versions, write them into a document, and verify that nothing else changes."""

from pinhook.fix.editable import Checks
from pinhook.fix.edits import EditedSource, apply_fixes
from pinhook.fix.pipeline import fix, version_requests
from pinhook.fix.requests import PlannedFix
from pinhook.fix.suggestions import suggest
from pinhook.fix.verified import VerifiedFixes
from pinhook.fix.version_chooser import VersionSources
from pinhook.fix.version_sources import LockedVersions, VersionFolder

__all__ = [
    "Checks",
    "EditedSource",
    "LockedVersions",
    "PlannedFix",
    "VerifiedFixes",
    "VersionFolder",
    "VersionSources",
    "apply_fixes",
    "fix",
    "suggest",
    "version_requests",
]
