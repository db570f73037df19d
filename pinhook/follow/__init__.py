"""From ``pip install -r F`` to the file in the repository, and what it lists.

``build`` goes through the Dockerfile with a build context in mind and says which files each command finds; ``layers``
looks one up; ``follower`` puts the lists behind an installation, for the rules to judge, and ``includes`` does so with
a requirements file that is checked by itself. Everything is read through a ``Repository``. What is not certain is an
``Unresolved`` with its reason, and never a finding.
"""

from pinhook.follow.followed import Followed
from pinhook.follow.follower import follow_files
from pinhook.repository.repository import Repository

__all__ = ["Followed", "Repository", "follow_files"]
