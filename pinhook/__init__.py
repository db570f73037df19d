"""Stop a commit whose Dockerfile installs a Python package without an exact version.

Data flows one way, and the packages are named after its stations::

    bytes → Source → Instruction → SourceText body → SimpleCommand → Installation → Requirement → Finding → report
            source   dockerfile    dockerfile        shell           installers     requirements  rules     reporters

``check`` strings them together; start reading there.
"""

import sys

__version__ = "0.1.0"

# python -m pinhook puts the working directory first; what is there must not be imported in the place of anything else
if (
    sys.argv[:1] == ["-m"]  # while the module is being located
    and sys.orig_argv[-len(sys.argv)].removeprefix("-m") == "pinhook"
    and not (sys.flags.isolated or getattr(sys.flags, "safe_path", False))
):
    del sys.path[0]
