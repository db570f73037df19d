"""``easy_install``: removed in setuptools 65, still in old images."""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.argv import OptionTable, parse_options
from pinhook.installers.installation import Installation
from pinhook.installers.installer import Installer
from pinhook.installers.targets import command_problems, positional_targets
from pinhook.requirements import RequirementGrammar

if TYPE_CHECKING:
    from pinhook.installers.invocation import Invocation

_OPTIONS = OptionTable.of("""
    --prefix= -z/--zip-ok -m/--multi-version -U/--upgrade -d/--install-dir= -s/--script-dir= -x/--exclude-scripts
    -a/--always-copy -i/--index-url= -f/--find-links= -b/--build-directory= -O/--optimize= --record= -Z/--always-unzip
    -S/--site-dirs= -e/--editable -N/--no-deps -H/--allow-hosts= -l/--local-snapshots-ok --version --user --help/-h
    --verbose/-v --quiet/-q --dry-run/-n --no-find-links
""")


def parse(invocation: Invocation) -> Installation | None:
    """The installation of an easy_install command. Its options are those of setuptools 47."""
    parsed = parse_options(_OPTIONS, invocation.words)
    if parsed.has("--help", "--version", "--dry-run"):
        return None
    targets = positional_targets(invocation, parsed, RequirementGrammar.PIP)
    problems = command_problems(invocation, parsed, "easy_install", RequirementGrammar.PIP)
    return Installation("easy_install", "install", invocation.command.place, tuple(targets), problems=problems)


INSTALLER = Installer("easy_install", frozenset({"easy_install"}), parse)
