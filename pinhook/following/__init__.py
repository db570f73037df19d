"""From ``pip install -r F`` to the file in the repository, and what it lists.

``build`` goes through the Dockerfile with a build context in mind and says which files each command finds; ``layers``
looks one up; ``follow`` puts the lists behind an installation, for the rules to judge. Everything is read through a
``Tree``. What is not certain is an ``Elsewhere`` with its reason, and never a finding.
"""

from pinhook.following.follow import Followed, Follower
from pinhook.following.tree import Tree

__all__ = ["Followed", "Follower", "Tree"]
