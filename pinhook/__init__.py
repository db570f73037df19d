"""Stop a commit whose Dockerfile installs a Python package without an exact version.

Data flows in one direction. Each package is one step::

    bytes → Source → Instruction → SourceText body → SimpleCommand → Installation → Requirement → Finding → report
            source   dockerfile    dockerfile        shell           installers     requirements  rules     reporters

``check`` connects the steps. Start reading there. Other programs use ``check_text``, from ``api``.
"""

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pinhook.api import (
        Finding,
        Fix,
        Policy,
        Position,
        Related,
        Report,
        Span,
        Suppressed,
        check_text,
        make_policy,
    )

__all__ = [
    "Finding",
    "Fix",
    "Policy",
    "Position",
    "Related",
    "Report",
    "Span",
    "Suppressed",
    "__version__",
    "check_text",
    "make_policy",
]

__version__ = "0.1.0"

# python -m pinhook puts the working directory first in sys.path; modules there must not replace others
if (
    sys.argv[:1] == ["-m"]  # while the module is being located
    and sys.orig_argv[-len(sys.argv)].removeprefix("-m") == "pinhook"
    and not (sys.flags.isolated or getattr(sys.flags, "safe_path", False))
):
    del sys.path[0]

if not TYPE_CHECKING:  # with this function, a type checker would accept every attribute

    def __getattr__(name: str) -> object:
        """A name of the public API, which is imported when it is first asked for: a run of the command needs none."""
        if name in __all__:
            from pinhook import api

            return getattr(api, name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
