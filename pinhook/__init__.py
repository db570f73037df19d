"""Stop a commit whose Dockerfile installs a Python package without an exact version.

Data flows one way, and the packages are named after its stations::

    bytes → Source → Instruction → SourceText body → SimpleCommand → Installation → Requirement → Finding → report
            source   dockerfile    dockerfile        shell           installers     requirements  rules     reporters

``check`` strings them together; start reading there.
"""

__version__ = "0.1.0"
