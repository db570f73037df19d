"""What the rules say of the commands of a Dockerfile that may install something."""

from __future__ import annotations

from pinhook import installers, rules
from pinhook.dockerfile import ExecForm
from pinhook.installers import Installation, Problem
from pinhook.light_typing import TYPE_CHECKING, NamedTuple
from pinhook.quick_look import may_install
from pinhook.requirements import Unknown, normalize
from pinhook.rules import unreadable, unused_ignore
from pinhook.shell import Comment, Dialect, Unreadable, argument_commands, script_commands
from pinhook.source import Place

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from pinhook import dockerfile
    from pinhook.finding import Finding, Suppressed
    from pinhook.requirements.file import RequirementsFile
    from pinhook.rules import Rule
    from pinhook.shell import Outcome
    from pinhook.source import Span
    from pinhook.suppression import Ignore

_DIALECTS = {"sh": Dialect.SH, "bash": Dialect.BASH, "cmd": Dialect.CMD, "powershell": Dialect.POWERSHELL}
_CODES = tuple(rule.code for rule in rules.RULES)


class Judgement(NamedTuple):
    """The findings in the order of the file, those that ignore comments silence, and how much was looked at."""

    findings: tuple[Finding, ...]
    suppressed: tuple[Suppressed, ...]
    installations: int
    targets: int
    unknown_targets: int


def judge(
    parsed: dockerfile.Dockerfile,
    commands: Iterable[dockerfile.Command],
    enabled: Sequence[Rule],
    *,
    allowed: Collection[str],
    also: Collection[str],
    ignores: bool,
    require_reason: bool,
) -> Judgement:
    """Judge commands, and what of the file could not be read; the parameters are those of ``check``."""
    found = list(find_installations(commands, also))
    installations = [each for each in found if isinstance(each, Installation)]
    unread = [each for each in found if isinstance(each, Unreadable)] + list(_unread(parsed))
    findings = [unreadable.report(each) for each in unread if unreadable.RULE in enabled]
    for installation in installations:
        findings += rules.judge(installation, enabled, _normalized(allowed))
    suppressed: list[Suppressed] = []
    if ignores:
        from pinhook import suppression  # few files have such comments

        comments = [each.text for each in found if isinstance(each, Comment)]
        known = suppression.find_ignores(parsed, comments, _CODES, require_reason=require_reason)
        findings, suppressed = _silence(findings, known, enabled)
    return _judgement(findings, suppressed, installations)


def judge_list(
    file: RequirementsFile,
    enabled: Sequence[Rule],
    *,
    allowed: Collection[str],
    ignores: bool,
    require_reason: bool,
) -> Judgement:
    """Judge the lines of a requirements file; the parameters are those of ``check``."""
    from pinhook.installers.listed import listed

    installation = listed(file)
    findings = list(rules.judge(installation, enabled, _normalized(allowed)))
    suppressed: list[Suppressed] = []
    if ignores:
        from pinhook import suppression

        known = suppression.find_ignores_in_list(file, _CODES, require_reason=require_reason)
        findings, suppressed = _silence(findings, known, enabled)
    return _judgement(findings, suppressed, [installation] if installation.targets else [])


def _normalized(allowed: Collection[str]) -> set[str]:
    return {name for name in map(normalize, allowed) if name}


def _judgement(
    findings: Sequence[Finding], suppressed: Sequence[Suppressed], installations: Sequence[Installation]
) -> Judgement:
    reported = {_identity(finding): finding for finding in reversed(findings)}
    silenced = {_identity(each.finding): each for each in reversed(suppressed)}
    targets = {
        (target.text.pieces, str(target.text)): target.requirement
        for installation in installations
        for target in installation.targets
    }
    return Judgement(
        tuple(reported[identity] for identity in sorted(reported)),
        tuple(silenced[identity] for identity in sorted(silenced.keys() - reported.keys())),
        len({installation.place.span for installation in installations}),
        len(targets),
        sum(isinstance(requirement, Unknown) for requirement in targets.values()),
    )


def _identity(finding: Finding) -> tuple[Span, str, str]:
    """What several ways may lead to is reported once: one finding for each flaw at each place."""
    return finding.place.span, finding.code, finding.target


def _unread(parsed: dockerfile.Dockerfile) -> Iterator[Problem]:
    """What the Dockerfile's reader could not read, where that may hold an install command."""
    source = parsed.source
    for problem in parsed.problems:
        if problem.unread and may_install(source.text[problem.unread.start : problem.unread.end]):
            yield Problem(Place(source, problem.span), problem.reason)


def _silence(
    findings: Iterable[Finding], ignores: Sequence[Ignore], enabled: Sequence[Rule]
) -> tuple[list[Finding], list[Suppressed]]:
    """Part findings by the ignore comments, and add what there is to say of those comments."""
    from pinhook import suppression

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
    commands: Iterable[dockerfile.Command], also: Collection[str] = ()
) -> Iterator[Installation | Unreadable | Comment]:
    """What the commands install, the shell text that may hold an install command and cannot be read, and comments."""
    for command in commands:
        for outcome in follow(command):
            if isinstance(outcome, Unreadable):
                if may_install(str(outcome.text)):
                    yield outcome
            elif isinstance(outcome, Comment):
                yield outcome
            elif installation := installers.read(outcome, also) or installers.read_wrapped(outcome, also):
                yield installation


def follow(command: dockerfile.Command) -> list[Outcome]:
    """The simple commands of a RUN, CMD, ENTRYPOINT or HEALTHCHECK."""
    variables = {name: (value,) for name, value in command.variables.items()}
    if isinstance(command.form, ExecForm):
        return argument_commands(command.form.arguments, variables)
    dialect = _DIALECTS.get(command.form.shell.kind)
    return script_commands(command.form.text, dialect, variables, _is_wanted) if dialect else []


def _is_wanted(text: str) -> bool:
    """Whether a command may run an installer, when any variable may hold the name of one."""
    return may_install(text, ["pip"])
