"""``pipenv install`` with names, on request: it chooses versions during the build."""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.argv import OptionTable, parse_options
from pinhook.installers.installation import Installation
from pinhook.installers.installer import Installer
from pinhook.installers.invocation import after_subcommand
from pinhook.installers.targets import command_problems, in_order, option_targets, positional_targets
from pinhook.requirements import RequirementGrammar

if TYPE_CHECKING:
    from pinhook.installers.invocation import Invocation

_GENERAL = (
    "-h/--help --version -q/--quiet -v/--verbose --clear --python= --site-packages --no-site-packages --three --two"
)
_MAIN = OptionTable.of(_GENERAL, permutes=False, skips_unknown=True, drops_equals=True)
_INSTALL = OptionTable.of(
    _GENERAL
    + """
    --system --deploy --pypi-mirror= --pre --extra-pip-args= --resolver= -d/--dev --categories= --extras= --all
    --config-settings= -i/--index= -r/--requirements= --ignore-pipfile -e/--editable= --skip-lock
    --selective-upgrade --sequential --keep-outdated
    """,
    drops_equals=True,
)


def parse(invocation: Invocation) -> Installation | None:
    """The installation of ``pipenv install``; ``None`` for any other command.

    Follows argparse. The options are those of pipenv 2026.10 and some removed ones.
    """
    arguments = after_subcommand(invocation, _MAIN, "install")
    if arguments is None:
        return None
    parsed = parse_options(_INSTALL, arguments.words)
    if parsed.has("--help", "--version"):
        return None
    targets = positional_targets(arguments, parsed, RequirementGrammar.PIP)
    targets += option_targets(arguments, parsed, ["--editable"], RequirementGrammar.EDITABLE)
    return Installation(
        installer="pipenv",
        subcommand="install",
        place=invocation.command.place,
        targets=in_order(arguments, targets),
        requirements_files=parsed.values("--requirements"),
        problems=command_problems(arguments, parsed, "pipenv install", RequirementGrammar.PIP),
    )


INSTALLER = Installer("pipenv", frozenset({"pipenv"}), parse, on_request=True)
