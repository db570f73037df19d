"""The builtins that change variables or positional parameters."""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.budget import COPIES_PER_UNIT
from pinhook.shell.scope import UNSET
from pinhook.source import SourceText

if TYPE_CHECKING:
    from collections.abc import Callable

    from pinhook.shell.scope import Scope
    from pinhook.shell.wrapped import Arguments

WORKING_DIRECTORY = "."
"""The key of the working directory in a scope, if it is tracked. No variable can have this name."""

DIRECTORY_CHANGES = frozenset({"cd", "pushd", "popd"})


def change_directory(arguments: Arguments, scope: Scope) -> None:
    """Apply ``cd``. If it does not name a folder, only the build knows the new one."""
    if WORKING_DIRECTORY not in scope.scalars:
        return
    words = [argument.text for argument in arguments[1:] if str(argument) not in {"-L", "-P", "-e", "--"}]
    is_named = str(arguments[0]) == "cd" and len(words) == 1 and str(words[0])[:1] not in {"", "-", "~"}
    folder = words[0] if is_named else arguments[0].text.as_unknown()
    scope.assign(WORKING_DIRECTORY, [inside(before, folder, scope) for before in scope.values(WORKING_DIRECTORY)])


def inside(before: SourceText | None, folder: SourceText, scope: Scope) -> SourceText:
    """A folder as seen from another one."""
    if not before or not folder.is_known or str(folder).startswith("/"):
        return folder
    if not scope.budget.charge_for(before, 2 * len(folder)):
        return folder.as_unknown()
    return SourceText.join([before, before[:0].decoded("/"), folder])


def _assign_unknown(arguments: Arguments, scope: Scope) -> None:
    """``read``, ``mapfile`` and similar: only the build knows the new values."""
    for argument in arguments[1:]:
        if str(argument).isidentifier():
            scope.assign(str(argument), UNSET)


def _unset(arguments: Arguments, scope: Scope) -> None:
    for argument in arguments[1:]:
        scope.unset(str(argument))


def _shift(arguments: Arguments, scope: Scope) -> None:
    count = str(arguments[1]) if len(arguments) > 1 else "1"
    if scope.arguments is not None:
        scope.budget.charge_or_raise(len(scope.arguments) // COPIES_PER_UNIT)
        # int() refuses numbers of thousands of digits
        scope.arguments = scope.arguments[int(count[:18]) :] if count.isdecimal() else None


def _set(arguments: Arguments, scope: Scope) -> None:
    """``set -- a b`` sets the positional parameters; ``set -ex`` and ``set -o pipefail`` do not."""
    words = [str(argument) for argument in arguments]
    options = words[1 : words.index("--") if "--" in words else None]
    for option, following in zip(options, [*options, ""][1:], strict=True):
        if option[:1] in {"-", "+"} and ("e" in option or ("o" in option and following == "errexit")):
            scope.errexit = option.startswith("-")
    if "--" in words:
        scope.arguments = arguments[words.index("--") + 1 :]
    elif len(words) > 1 and words[1][:1] not in {"-", "+"}:
        scope.arguments = arguments[1:]


BUILTINS: dict[str, Callable[[Arguments, Scope], None]] = {
    "read": _assign_unknown,
    "readarray": _assign_unknown,
    "mapfile": _assign_unknown,
    "getopts": _assign_unknown,
    "unset": _unset,
    "shift": _shift,
    "set": _set,
}
