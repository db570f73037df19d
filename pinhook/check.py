"""The pipeline: what a Dockerfile installs, and what the rules say of it. The file to read first."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pinhook import dockerfile, installers, rules
from pinhook.dockerfile import ExecForm
from pinhook.installers import Installation
from pinhook.requirements import Unknown, normalize
from pinhook.rules import Level, rules_of, unreadable, unused_ignore
from pinhook.shell import Comment, Dialect, Unreadable, argument_commands, script_commands

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from pinhook.finding import Finding, Suppressed
    from pinhook.rules import Rule
    from pinhook.shell import Outcome
    from pinhook.source import Source, SourceText, Span

_DIALECTS = {"sh": Dialect.SH, "bash": Dialect.BASH, "cmd": Dialect.CMD, "powershell": Dialect.POWERSHELL}
_MAY_INSTALL = re.compile(r"pip|\buvx?\b|easy_install", re.IGNORECASE)
_IGNORE_MARKS = ("pinhook:", "hadolint", "no-dd-sa")  # a file without any of these has no ignore comments


class Report(NamedTuple):
    """What was found in one file, in the order of the file, and how much was looked at.

    ``unknown_targets`` counts the targets that only the build knows. ``suppressed`` are the findings that ignore
    comments silence.
    """

    source: Source
    findings: tuple[Finding, ...]
    installations: int
    targets: int
    unknown_targets: int
    suppressed: tuple[Suppressed, ...] = ()


def check(
    source: Source,
    enabled: Sequence[Rule] = rules_of(Level.DEFAULT),
    *,
    allowed: Collection[str] = (),
    also: Collection[str] = (),
    ignores: bool = True,
    require_reason: bool = False,
) -> Report:
    """Find the flaws of a Dockerfile. Raises nothing: what cannot be read is a finding.

    ``allowed`` are the names that need no version, ``also`` the installers that are read on request.
    ``ignores`` tells whether ignore comments silence findings, ``require_reason`` whether they must give a reason.
    """
    parsed = dockerfile.parse(source)
    found = list(find_installations(parsed, also))
    installations = [each for each in found if isinstance(each, Installation)]
    findings = list(_judge(found, enabled, {name for name in map(normalize, allowed) if name}))
    suppressed: list[Suppressed] = []
    if ignores and any(mark in source.text for mark in _IGNORE_MARKS):
        comments = [each.text for each in found if isinstance(each, Comment)]
        findings, suppressed = _silence(parsed, comments, findings, enabled, require_reason=require_reason)
    reported = {_identity(finding): finding for finding in reversed(findings)}
    silenced = {_identity(each.finding): each for each in reversed(suppressed)}
    targets = {
        (target.text.pieces, str(target.text)): target.requirement
        for installation in installations
        for target in installation.targets
    }
    return Report(
        source,
        tuple(reported[identity] for identity in sorted(reported)),
        len({installation.place.span for installation in installations}),
        len(targets),
        sum(isinstance(requirement, Unknown) for requirement in targets.values()),
        tuple(silenced[identity] for identity in sorted(silenced.keys() - reported.keys())),
    )


def _identity(finding: Finding) -> tuple[Span, str, str]:
    """What several ways may lead to is reported once: one finding for each flaw at each place."""
    return finding.place.span, finding.code, finding.target


def _judge(
    found: Iterable[Installation | Unreadable | Comment], enabled: Sequence[Rule], allowed: Collection[str]
) -> Iterator[Finding]:
    for each in found:
        if isinstance(each, Installation):
            yield from rules.judge(each, enabled, allowed)
        elif isinstance(each, Unreadable) and unreadable.RULE in enabled:
            yield unreadable.report(each)


def _silence(
    parsed: dockerfile.Dockerfile,
    script_comments: Iterable[SourceText],
    findings: Iterable[Finding],
    enabled: Sequence[Rule],
    *,
    require_reason: bool,
) -> tuple[list[Finding], list[Suppressed]]:
    """Part findings by the ignore comments, and add what there is to say of those comments."""
    from pinhook import suppression  # few files have such comments

    every_code = [rule.code for rule in rules.RULES]
    ignores = suppression.find_ignores(parsed, script_comments, every_code, require_reason=require_reason)
    kept, suppressed, used = suppression.silence(findings, ignores)
    if unused_ignore.RULE in enabled:
        for ignore in ignores:
            flaws = unused_ignore.report(ignore, used, [rule.code for rule in enabled])
            others = [other for other in ignores if other is not ignore]  # no comment vouches for itself
            silenced = suppression.silence(flaws, others)
            kept += silenced.kept
            suppressed += silenced.suppressed
    return kept, suppressed


def find_installations(
    parsed: dockerfile.Dockerfile, also: Collection[str] = ()
) -> Iterator[Installation | Unreadable | Comment]:
    """The install commands of a Dockerfile, the shell text that may hold one and cannot be read, and its comments."""
    for command in dockerfile.find_commands(parsed):
        for outcome in _follow(command):
            if isinstance(outcome, Unreadable):
                text = str(outcome.text)
                if _MAY_INSTALL.search(text) or any(tool in text for tool in also):
                    yield outcome
            elif isinstance(outcome, Comment):
                yield outcome
            elif installation := installers.read(outcome, also) or installers.read_wrapped(outcome, also):
                yield installation


def _follow(command: dockerfile.Command) -> list[Outcome]:
    """The simple commands of a RUN, CMD, ENTRYPOINT or HEALTHCHECK."""
    variables = {name: (value,) for name, value in command.variables.items()}
    if isinstance(command.form, ExecForm):
        return argument_commands(command.form.arguments, variables)
    dialect = _DIALECTS.get(command.form.shell.kind)
    return script_commands(command.form.text, dialect, variables) if dialect else []
