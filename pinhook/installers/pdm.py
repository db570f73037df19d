"""``pdm add``, on request: without its own lock file it chooses versions during the build."""

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
    "-h/--help -V/--version -c/--config= -v/--verbose -q/--quiet -I/--ignore-python --no-cache -n/--non-interactive"
)
_MAIN = OptionTable.of(_GENERAL, permutes=False, skips_unknown=True, drops_equals=True)
_ADD = OptionTable.of(
    _GENERAL
    + """
    -g/--global -p/--project= -L/--lockfile= --frozen-lockfile/--no-lock --override= --pre/--prerelease --stable
    -u/--unconstrained --dry-run --venv= -k/--skip= -d/--dev -G/--group= --no-sync --save-compatible
    --save-safe-compatible --save-wildcard --save-exact --save-minimum --update-reuse --update-eager --update-all
    --update-reuse-installed -e/--editable= --no-editable --no-self -x/--fail-fast --no-isolation
    -C/--config-setting=
    """,
    drops_equals=True,
)


def parse(invocation: Invocation) -> Installation | None:
    """The installation of ``pdm add`` or ``pdm self add``; ``None`` for any other command."""
    arguments = after_subcommand(after_subcommand(invocation, _MAIN, "self") or invocation, _MAIN, "add")
    if arguments is None:
        return None
    parsed = parse_options(_ADD, arguments.words)
    if parsed.has("--help", "--version", "--dry-run"):
        return None
    targets = positional_targets(arguments, parsed, RequirementGrammar.PIP)
    targets += option_targets(arguments, parsed, ["--editable"], RequirementGrammar.EDITABLE)
    problems = command_problems(arguments, parsed, "pdm add", RequirementGrammar.PIP)
    return Installation("pdm", "add", invocation.command.place, in_order(arguments, targets), problems=problems)


INSTALLER = Installer("pdm", frozenset({"pdm"}), parse, on_request=True)
