"""``Options``: the parsed command line. The usual command line of a hook is parsed without ``argparse``."""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.config import SETTINGS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pinhook.config.settings import Value

STDIN = "-"
_HOOK_OPTION = "--force-exclude"


class Options:
    """The command line. ``settings`` has the settings that it contains, by name."""

    files: list[str]
    stdin_filename: str | None = None
    no_ignores: bool = False
    fix: bool = False
    diff: bool = False
    offline: bool = False
    python_version: str | None = None
    add_ignores: bool = False
    remove_unused_ignores: bool = False
    reason: str | None = None
    color: str = "auto"
    output_file: str | None = None
    quiet: bool = False
    exit_zero: bool = False
    error_on_no_files: bool = False
    config: str | None = None
    isolated: bool = False
    explain: str | None = None
    rules: bool = False
    completion: str | None = None
    show_files: bool = False
    show_settings: bool = False
    show_python: bool = False
    force_exclude: bool | None = None

    @property
    def edits_ignores(self) -> bool:
        """Whether ignore comments are added or removed."""
        return self.add_ignores or self.remove_unused_ignores

    @property
    def settings(self) -> dict[str, Value]:
        """The values of the settings that the command line gives."""
        values = {setting.name: getattr(self, setting.field, None) for setting in SETTINGS}
        return {name: value for name, value in values.items() if value is not None}


def parse_plain(arguments: Sequence[str]) -> Options | None:
    """The options of a run with files and perhaps ``--force-exclude``; ``None`` for any other command line.

    Importing and running ``argparse`` takes half as long as starting Python.
    """
    files = [argument for argument in arguments if argument != _HOOK_OPTION]
    if not files or any(file.startswith("-") for file in files):
        return None
    options = Options()
    options.files = files
    options.force_exclude = len(files) < len(arguments) or None
    return options
