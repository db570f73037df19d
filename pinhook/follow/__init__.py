"""Follow ``pip install -r F`` to the file in the repository, and parse it.

``build`` evaluates the Dockerfile for a build context: which files each command finds. ``layers`` looks up one file.
``follower`` adds the followed files to an installation, and ``includes`` does this for a requirements file that is
checked by itself. All files are read through a ``Repository``. An uncertain origin is ``Unresolved`` with its reason,
and never a finding.
"""

from pinhook.follow.followed import Followed
from pinhook.follow.follower import follow_files
from pinhook.repository.repository import Repository

__all__ = ["Followed", "Repository", "follow_files"]
