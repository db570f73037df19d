"""Ignore comments: their syntax (``directive``), the code that they cover (``coverage``), and ``suppress``.

``Document.may_have_comments`` tests quickly whether a file can have ignore comments. This package is imported only for
such files.
"""

from pinhook.ignore_comments.directive import Directive, DirectiveProblem, Selector
from pinhook.ignore_comments.suppress import (
    CoveringComment,
    Ignore,
    Ignores,
    Partition,
    comments_of_dockerfile,
    comments_of_requirements_file,
    comments_of_script,
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
    "comments_of_script",
    "find_ignores",
    "suppress",
]
