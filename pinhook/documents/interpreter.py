"""The shell of a script file, by its ``#!`` line."""

from __future__ import annotations

from pinhook._startup.lazy_re import regex
from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.dockerfile.shells import of_interpreter_line
from pinhook.documents.simple_commands import DIALECTS
from pinhook.shell import has_errexit

if TYPE_CHECKING:
    from pinhook.shell import Dialect
    from pinhook.source import SourceText

_BLANKS = regex(r"[ \t]+")


class Interpreter(NamedTuple):
    """A shell with its options. ``dialect`` is ``None`` if the script has the dialect of the shell that runs it."""

    dialect: Dialect | None
    errexit: bool = False


def interpreter_of(script: SourceText) -> Interpreter | None:
    """The shell of a script; ``None`` if its interpreter is not a shell."""
    line = str(script).partition("\n")[0]
    if not line.startswith("#!"):
        return Interpreter(None)
    shell = of_interpreter_line(line)
    if shell.kind not in {"sh", "bash"}:
        return None
    words = script[2 : len(line)].strip(" \t").split(_BLANKS)
    return Interpreter(DIALECTS[shell.kind], has_errexit(words[1:]))
