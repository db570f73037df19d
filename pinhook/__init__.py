"""Stop a commit whose Dockerfile installs a Python package without an exact version.

Data flows in one direction. Each package is one step::

    bytes → Source → Instruction → SourceText body → SimpleCommand → Installation → Requirement → Finding → report
            source   dockerfile    dockerfile        shell           installers     requirements  rules     reporters

``check`` connects the steps. Start reading there.
"""

import sys

__version__ = "0.1.0"

# python -m pinhook puts the working directory first in sys.path; modules there must not replace others
if (
    sys.argv[:1] == ["-m"]  # while the module is being located
    and sys.orig_argv[-len(sys.argv)].removeprefix("-m") == "pinhook"
    and not (sys.flags.isolated or getattr(sys.flags, "safe_path", False))
):
    del sys.path[0]
