"""The pipeline: what a Dockerfile installs, and what the rules say of it. The file to read first."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pinhook import dockerfile, installers, rules
from pinhook.dockerfile import ExecForm
from pinhook.installers import Installation
from pinhook.requirements import Unknown
from pinhook.shell import Comment, Dialect, Unreadable, argument_commands, script_commands

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pinhook.finding import Finding
    from pinhook.shell import Outcome
    from pinhook.source import Source

_DIALECTS = {"sh": Dialect.SH, "bash": Dialect.BASH, "cmd": Dialect.CMD, "powershell": Dialect.POWERSHELL}
_MAY_INSTALL = re.compile(r"pip|\buvx?\b|easy_install", re.IGNORECASE)


class Report(NamedTuple):
    """What was found in one file, in the order of the file, and how much was looked at.

    ``unknown_targets`` counts the targets that only the build knows.
    """

    source: Source
    findings: tuple[Finding, ...]
    installations: int
    targets: int
    unknown_targets: int


def check(source: Source) -> Report:
    """Find the flaws of a Dockerfile. Raises nothing: what cannot be read is a finding."""
    found = list(find_installations(source))
    installations = [each for each in found if isinstance(each, Installation)]
    findings = [rules.unreadable.report(each) for each in found if isinstance(each, Unreadable)]
    for installation in installations:
        findings += rules.judge(installation)
    targets = {
        (target.text.pieces, str(target.text)): target.requirement
        for installation in installations
        for target in installation.targets
    }
    return Report(
        source,
        _in_order(findings),
        len({installation.place.span for installation in installations}),
        len(targets),
        sum(isinstance(requirement, Unknown) for requirement in targets.values()),
    )


def _in_order(findings: list[Finding]) -> tuple[Finding, ...]:
    """One finding for each flaw at each place: what several ways lead to is reported once."""
    distinct = {(finding.place.span, finding.code, finding.target): finding for finding in reversed(findings)}
    return tuple(sorted(distinct.values(), key=lambda finding: (finding.place.span, finding.code, finding.target)))


def find_installations(source: Source) -> Iterator[Installation | Unreadable | Comment]:
    """The install commands of a Dockerfile, the shell text that may hold one and cannot be read, and its comments."""
    for command in dockerfile.find_commands(dockerfile.parse(source)):
        for outcome in _follow(command):
            if isinstance(outcome, Unreadable):
                if _MAY_INSTALL.search(str(outcome.text)):
                    yield outcome
            elif isinstance(outcome, Comment):
                yield outcome
            elif installation := installers.read(outcome) or installers.read_wrapped(outcome):
                yield installation


def _follow(command: dockerfile.Command) -> list[Outcome]:
    """The simple commands of a RUN, CMD, ENTRYPOINT or HEALTHCHECK."""
    variables = {name: (value,) for name, value in command.variables.items()}
    if isinstance(command.form, ExecForm):
        return argument_commands(command.form.arguments, variables)
    dialect = _DIALECTS.get(command.form.shell.kind)
    return script_commands(command.form.text, dialect, variables) if dialect else []
