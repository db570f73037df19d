"""Ignore comments: what they say (``directive``), what they cover (``coverage``), and what they silence (``suppress``).

Only a file that holds one of ``MARKS`` can have any; for all others nothing of this needs to be imported.
"""

from pinhook.ignore_comments.directive import Directive, Problem, Selector
from pinhook.ignore_comments.suppress import (
    CoveringComment,
    Ignore,
    Ignores,
    Silenced,
    comments_of_dockerfile,
    comments_of_requirements_file,
    find_ignores,
    silence,
)

__all__ = [
    "CoveringComment",
    "Directive",
    "Ignore",
    "Ignores",
    "Problem",
    "Selector",
    "Silenced",
    "comments_of_dockerfile",
    "comments_of_requirements_file",
    "find_ignores",
    "silence",
]
