"""Commands that activate an environment for later commands: ``. venv/bin/activate``, ``conda activate``."""

from __future__ import annotations

from pinhook._startup.lazy_re import regex
from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.shell.builtins import WORKING_DIRECTORY, inside
from pinhook.source import SourceText

if TYPE_CHECKING:
    from pinhook.shell.scope import Scope
    from pinhook.shell.wrapped import Arguments

CONDA_ENVIRONMENT = ".conda"
"""The key of the active conda environment in a scope. No variable can have this name.

Activations are evaluated only if the scope has this key.
"""

_SOURCES = frozenset({".", "source"})
_CONDA = frozenset({"conda", "mamba", "micromamba"})
ACTIVATING = _SOURCES | _CONDA | {"deactivate"}

_SCRIPT = regex(r"(?P<folder>.+)/(?:bin|Scripts)/activate(?:\.\w+)?")
_HARMLESS = regex(r"(?:.*/)?(?:\.cargo/env|(?:os|lsb)-release|nvm\.sh|profile\.d/conda\.sh)|/opt/ros/.*")
"""Scripts that do not change which Python is first in ``PATH``."""


def activate(arguments: Arguments, scope: Scope) -> None:
    """Set ``PATH``, ``VIRTUAL_ENV`` and the conda environment. An unknown script may set any ``PATH``."""
    if CONDA_ENVIRONMENT not in scope.scalars:
        return
    name, words = str(arguments[0]).rpartition("/")[2], [argument.text for argument in arguments[1:]]
    if name in _CONDA:
        _conda([word for word in words if not str(word).startswith("-")], scope)
    elif name == "deactivate":
        _forget_path(arguments[0].text, scope)
    elif words:
        _source(words, scope)


def _conda(words: list[SourceText], scope: Scope) -> None:
    if words and str(words[0]) == "activate":
        _export(CONDA_ENVIRONMENT, words[1] if len(words) > 1 else words[0][:0].decoded("base"), scope)
    elif words and str(words[0]) == "deactivate":
        _export(CONDA_ENVIRONMENT, words[0][:0], scope)


def _source(words: list[SourceText], scope: Scope) -> None:
    script = str(words[0])
    found = _SCRIPT.fullmatch(script)
    if (found or script == "activate") and len(words) > 1:
        _export(CONDA_ENVIRONMENT, words[1], scope)
    elif script == "activate":
        _export(CONDA_ENVIRONMENT, words[0][:0].decoded("base"), scope)
    elif found:
        _enter(words[0][: found.end("folder")], scope)
    elif not _HARMLESS.fullmatch(script):
        _forget_path(words[0], scope)


def _enter(folder: SourceText, scope: Scope) -> None:
    """Activate a virtual environment: its programs come first."""
    is_absolute = str(folder).startswith(("/", "$", "~"))
    before = scope.values(WORKING_DIRECTORY)
    folder = folder if is_absolute or len(before) != 1 else inside(before[0], folder, scope)
    paths = scope.values("PATH")
    path = paths[0] if len(paths) == 1 else None
    entry = SourceText.join([folder, folder[:0].decoded("/bin")])
    if path is None or not scope.budget.charge_for(path, 2 * len(entry)):
        path = folder.as_unknown()
    _export("VIRTUAL_ENV", folder, scope)
    _export("PATH", SourceText.join([entry, folder[:0].decoded(":"), path]), scope)


def _forget_path(word: SourceText, scope: Scope) -> None:
    _export("PATH", word.as_unknown(), scope)


def _export(name: str, value: SourceText, scope: Scope) -> None:
    scope.assign(name, [value])
    scope.exported.add(name)
