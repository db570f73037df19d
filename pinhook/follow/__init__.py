"""Follow a command to the requirements files and scripts that it names, and parse them.

``build`` evaluates the Dockerfile for a build context: which files each command finds. ``layers`` looks up one file;
``candidates`` does so in every context that the Dockerfile may have. ``scripts`` gives the scripts that a command runs.
``follower`` adds the followed requirements files to an installation, and ``includes`` does this for a requirements file
that is checked by itself. All files are read through a ``Repository``. An uncertain origin is ``Unresolved`` with its
reason, and never a finding.
"""

from pinhook.follow.followed import Followed
from pinhook.follow.follower import follow_files
from pinhook.follow.scripts import FollowedScript, ScriptFollower, follow_scripts
from pinhook.repository.repository import Repository

__all__ = ["Followed", "FollowedScript", "Repository", "ScriptFollower", "follow_files", "follow_scripts"]
