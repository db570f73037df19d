"""The tools whose commands need no grammar of their own: ``easy_install``, pdm, pipenv and ``pip-sync``.

``easy_install`` was removed in setuptools 65, and is in old images. ``pdm add`` and ``pipenv install`` with names are
checked on request: without their own lock files they choose versions during the build. ``pip-sync`` installs
requirements files only.
"""

from __future__ import annotations

from functools import partial

from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.argv import OptionTable, parse_options
from pinhook.installers.installation import Installation
from pinhook.installers.installer import Installer
from pinhook.installers.invocation import after_subcommand
from pinhook.installers.targets import command_problems, in_order, option_targets, positional_targets
from pinhook.requirements import RequirementGrammar

if TYPE_CHECKING:
    from pinhook.installers.invocation import Invocation

_WITHOUT_INSTALLATION = ("--help", "--version", "--dry-run")
_PDM = "-h/--help -V/--version -c/--config= -v/--verbose -q/--quiet -I/--ignore-python --no-cache -n/--non-interactive"
_PIPENV = (
    "-h/--help --version -q/--quiet -v/--verbose --clear --python= --site-packages --no-site-packages --three --two"
)


class _Command(NamedTuple):
    """An install command. Its targets are the positional arguments and the values of ``--editable``.

    ``options`` are those of the command. ``before`` are the options in front of ``subcommand``; ``None`` if the program
    has no subcommands. ``has_self``: the subcommand may be after ``self``.
    """

    program: str
    options: OptionTable
    subcommand: str = ""
    before: OptionTable | None = None
    has_self: bool = False

    def arguments(self, invocation: Invocation) -> Invocation | None:
        """The arguments after the subcommand; ``None`` for another subcommand."""
        if self.before is None:
            return invocation
        if self.has_self:
            invocation = after_subcommand(invocation, self.before, "self") or invocation
        return after_subcommand(invocation, self.before, self.subcommand)


def _parse(command: _Command, invocation: Invocation) -> Installation | None:
    """The installation of an install command; ``None`` for any other command."""
    arguments = command.arguments(invocation)
    if arguments is None:
        return None
    parsed = parse_options(command.options, arguments.words)
    if parsed.has(*_WITHOUT_INSTALLATION):
        return None
    targets = positional_targets(arguments, parsed, RequirementGrammar.PIP)
    targets += option_targets(arguments, parsed, ["--editable"], RequirementGrammar.EDITABLE)
    name = f"{command.program} {command.subcommand}".rstrip()
    return Installation(
        installer=command.program,
        subcommand=command.subcommand or "install",
        place=invocation.command.place,
        targets=in_order(arguments, targets),
        requirements_files=parsed.values("--requirements"),
        problems=command_problems(arguments, parsed, name, RequirementGrammar.PIP),
    )


# setuptools 47
_EASY_INSTALL = _Command(
    "easy_install",
    OptionTable.of("""
    --prefix= -z/--zip-ok -m/--multi-version -U/--upgrade -d/--install-dir= -s/--script-dir= -x/--exclude-scripts
    -a/--always-copy -i/--index-url= -f/--find-links= -b/--build-directory= -O/--optimize= --record= -Z/--always-unzip
    -S/--site-dirs= -e/--editable -N/--no-deps -H/--allow-hosts= -l/--local-snapshots-ok --version --user --help/-h
    --verbose/-v --quiet/-q --dry-run/-n --no-find-links
    """),
)
_PDM_ADD = _Command(
    "pdm",
    OptionTable.of(
        _PDM
        + """
    -g/--global -p/--project= -L/--lockfile= --frozen-lockfile/--no-lock --override= --pre/--prerelease --stable
    -u/--unconstrained --dry-run --venv= -k/--skip= -d/--dev -G/--group= --no-sync --save-compatible
    --save-safe-compatible --save-wildcard --save-exact --save-minimum --update-reuse --update-eager --update-all
    --update-reuse-installed -e/--editable= --no-editable --no-self -x/--fail-fast --no-isolation
    -C/--config-setting=
        """,
        drops_equals=True,
    ),
    "add",
    OptionTable.of(_PDM, permutes=False, skips_unknown=True, drops_equals=True),
    has_self=True,
)
# pipenv 2026.10 and some removed options; follows argparse
_PIPENV_INSTALL = _Command(
    "pipenv",
    OptionTable.of(
        _PIPENV
        + """
    --system --deploy --pypi-mirror= --pre --extra-pip-args= --resolver= -d/--dev --categories= --extras= --all
    --config-settings= -i/--index= -r/--requirements= --ignore-pipfile -e/--editable= --skip-lock
    --selective-upgrade --sequential --keep-outdated
        """,
        drops_equals=True,
    ),
    "install",
    OptionTable.of(_PIPENV, permutes=False, skips_unknown=True, drops_equals=True),
)
_PIP_SYNC = OptionTable.of(
    """
    -a/--ask -n/--dry-run --force -f/--find-links= -i/--index-url= --extra-index-url= --trusted-host= --no-index
    --python-executable= -v/--verbose -q/--quiet --user --cert= --client-cert= --pip-args= --config= --no-config
    --version -h/--help
    """,
    abbreviations=False,
)


def _parse_pip_sync(invocation: Invocation) -> Installation | None:
    """The files of a pip-sync command; ``None`` for the other commands of ``python -m piptools``."""
    arguments = invocation
    if invocation.program == "piptools":
        if [str(word) for word in invocation.words[:1]] != ["sync"]:
            return None
        arguments = invocation.without_first(1)
    parsed = parse_options(_PIP_SYNC, arguments.words)
    if parsed.has(*_WITHOUT_INSTALLATION):
        return None
    files = tuple(arguments.arguments[at].text for at in parsed.positionals)
    return Installation("pip-sync", "sync", invocation.command.place, (), requirements_files=files)


EASY_INSTALL = Installer("easy_install", frozenset({"easy_install"}), partial(_parse, _EASY_INSTALL))
PIP_SYNC = Installer("pip-sync", frozenset({"pip-sync", "piptools"}), _parse_pip_sync)
PDM = Installer("pdm", frozenset({"pdm"}), partial(_parse, _PDM_ADD), is_optional=True)
PIPENV = Installer("pipenv", frozenset({"pipenv"}), partial(_parse, _PIPENV_INSTALL), is_optional=True)
