"""Ignore comments: what they say (``directive``), what they cover (``reach``), and what they silence (``silencing``).

Only a file that holds one of ``MARKS`` can have any; for all others nothing of this needs to be imported.
"""

from pinhook.suppression.directive import Directive, Problem, Selector
from pinhook.suppression.silencing import Ignore, Ignores, Silenced, find_ignores, find_ignores_in_list, silence

__all__ = [
    "Directive",
    "Ignore",
    "Ignores",
    "Problem",
    "Selector",
    "Silenced",
    "find_ignores",
    "find_ignores_in_list",
    "silence",
]
