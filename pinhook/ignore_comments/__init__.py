"""Ignore comments: what they say (``directive``), what they cover (``coverage``), and what they silence (``suppress``).

Only a file that holds one of ``MARKS`` can have any; for all others nothing of this needs to be imported.
"""

from pinhook.ignore_comments.directive import Directive, DirectiveProblem, Selector
from pinhook.ignore_comments.suppress import (
    CoveringComment,
    Ignore,
    Ignores,
    Partition,
    comments_of_dockerfile,
    comments_of_requirements_file,
    find_ignores,
    suppress,
)

__all__ = [
    "CoveringComment",
    "Directive",
    "DirectiveProblem",
    "Ignore",
    "Ignores",
    "Partition",
    "Selector",
    "comments_of_dockerfile",
    "comments_of_requirements_file",
    "find_ignores",
    "suppress",
]
