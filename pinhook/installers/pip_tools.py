"""``pip-sync``: it installs requirements files only."""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.argv import OptionTable, parse_options
from pinhook.installers.installation import Installation
from pinhook.installers.installer import Installer

if TYPE_CHECKING:
    from pinhook.installers.invocation import Invocation

_OPTIONS = OptionTable.of(
    """
    -a/--ask -n/--dry-run --force -f/--find-links= -i/--index-url= --extra-index-url= --trusted-host= --no-index
    --python-executable= -v/--verbose -q/--quiet --user --cert= --client-cert= --pip-args= --config= --no-config
    --version -h/--help
    """,
    abbreviations=False,
)


def parse(invocation: Invocation) -> Installation | None:
    """The files of a pip-sync command; ``None`` for the other commands of ``python -m piptools``."""
    arguments = invocation
    if invocation.program == "piptools":
        if [str(word) for word in invocation.words[:1]] != ["sync"]:
            return None
        arguments = invocation.without_first(1)
    parsed = parse_options(_OPTIONS, arguments.words)
    if parsed.has("--help", "--version", "--dry-run"):
        return None
    files = tuple(arguments.arguments[at].text for at in parsed.positionals)
    return Installation("pip-sync", "sync", invocation.command.place, (), requirements_files=files)


INSTALLER = Installer("pip-sync", frozenset({"pip-sync", "piptools"}), parse)
