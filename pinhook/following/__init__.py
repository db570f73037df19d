"""From ``pip install -r F`` to the file in the repository, and what it lists.

``build`` goes through the Dockerfile with a build context in mind and says which files each command finds; ``layers``
looks one up; ``follow`` puts the lists behind an installation, for the rules to judge, and ``nested`` does so with a
requirements file that is checked by itself. Everything is read through a ``Tree``. What is not certain is an
``Elsewhere`` with its reason, and never a finding.
"""

from pinhook.following.follow import follow_files
from pinhook.following.followed import Followed
from pinhook.following.tree import Tree

__all__ = ["Followed", "Tree", "follow_files"]
