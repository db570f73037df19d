"""What the rules say of the commands of a Dockerfile that may install something."""

from __future__ import annotations

from pinhook import dockerfile, installers, rules
from pinhook.dockerfile import ExecForm
from pinhook.installers import Installation, Problem, leads_elsewhere
from pinhook.light_typing import TYPE_CHECKING, NamedTuple
from pinhook.quick_look import may_install
from pinhook.requirements import Unknown, normalize
from pinhook.room import COPIED
from pinhook.rules import loose_requirements_file, unreadable, unused_ignore
from pinhook.shell import (
    WORKING_DIRECTORY,
    Comment,
    Dialect,
    SimpleCommand,
    Unreadable,
    argument_commands,
    is_wrapper,
    script_commands,
)
from pinhook.source import Place

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from pinhook.finding import Finding, Suppressed
    from pinhook.following import Followed, Tree
    from pinhook.rules import Rule
    from pinhook.shell import Outcome
    from pinhook.source import Source, Span
    from pinhook.suppression import Ignores

_DIALECTS = {"sh": Dialect.SH, "bash": Dialect.BASH, "cmd": Dialect.CMD, "powershell": Dialect.POWERSHELL}
CODES = tuple(rule.code for rule in rules.RULES)
"""The codes of all rules."""


class Judgement(NamedTuple):
    """The findings in the order of the file, those that ignore comments silence, and how much was looked at.

    ``elsewhere`` are findings, and silenced findings, in the requirements files that were followed to; ``followed``
    says which files commands name, and what became of each.
    """

    findings: tuple[Finding, ...]
    suppressed: tuple[Suppressed, ...]
    installations: int
    targets: int
    unknown_targets: int
    elsewhere: tuple[tuple[Finding, ...], tuple[Suppressed, ...]] = ((), ())
    followed: tuple[Followed, ...] = ()


def judge(
    parsed: dockerfile.Dockerfile,
    commands: Iterable[dockerfile.Command],
    enabled: Sequence[Rule],
    *,
    allowed: Collection[str],
    also: Collection[str],
    ignores: bool,
    require_reason: bool,
    tree: Callable[[], Tree] | None = None,
) -> Judgement:
    """Judge commands, and what of the file could not be read; the parameters are those of ``check``."""
    found = list(find_installations(commands, also))
    installations = [each for each in found if isinstance(each, Installation)]
    followed: Sequence[Followed] = ()
    if loose_requirements_file.RULE in enabled:
        installations, followed = _with_lists(parsed, installations, tree)
    unread = [each for each in found if isinstance(each, Unreadable)] + list(_unread(parsed))
    findings = [unreadable.report(each) for each in unread if unreadable.RULE in enabled]
    spared = normalized(allowed)
    for installation in installations:
        findings += rules.judge(installation, enabled, spared)
    suppressed: list[Suppressed] = []
    if ignores:
        from pinhook import suppression  # few files have such comments

        comments = [each.text for each in found if isinstance(each, Comment)]
        known = suppression.find_ignores(parsed, comments, CODES, require_reason=require_reason)
        findings, suppressed = silence(findings, known, enabled)
    return summed_up(findings, suppressed, installations, parsed.source)._replace(followed=tuple(followed))


def _with_lists(
    parsed: dockerfile.Dockerfile, installations: list[Installation], tree: Callable[[], Tree] | None
) -> tuple[list[Installation], Sequence[Followed]]:
    """The installations with the files behind them."""
    if not any(map(leads_elsewhere, installations)):
        return installations, ()
    from pinhook.following import Follower

    commands: dict[int, list[SimpleCommand]] = {}
    for command in dockerfile.find_commands(parsed):
        outcomes = follow(command, with_directory=True)
        commands[command.instruction.span.start] = [each for each in outcomes if isinstance(each, SimpleCommand)]
    follower = Follower(parsed, commands, installations, tree() if tree else None)
    return [follower.follow(each) for each in installations], follower.followed


def normalized(allowed: Collection[str]) -> set[str]:
    """The normalized names among some that may be none."""
    return {name for name in map(normalize, allowed) if name}


def summed_up(
    findings: Sequence[Finding],
    suppressed: Sequence[Suppressed],
    installations: Sequence[Installation],
    source: Source,
) -> Judgement:
    """What was found, that in the file parted from what stands elsewhere."""
    targets = {
        (target.text.pieces, str(target.text)): target.requirement
        for installation in installations
        for target in installation.targets
    }
    return Judgement(
        *unique(
            [each for each in findings if each.place.source is source],
            [each for each in suppressed if each.finding.place.source is source],
        ),
        len({installation.place.span for installation in installations}),
        len(targets),
        sum(isinstance(requirement, Unknown) for requirement in targets.values()),
        (
            tuple(each for each in findings if each.place.source is not source),
            tuple(each for each in suppressed if each.finding.place.source is not source),
        ),
    )


def unique(
    findings: Sequence[Finding], suppressed: Sequence[Suppressed]
) -> tuple[tuple[Finding, ...], tuple[Suppressed, ...]]:
    """Each finding of a file once, in the order of the file; what is reported is not suppressed."""
    reported = {_identity(finding): finding for finding in reversed(findings)}
    silenced = {_identity(each.finding): each for each in reversed(suppressed)}
    return (
        tuple(reported[identity] for identity in sorted(reported)),
        tuple(silenced[identity] for identity in sorted(silenced.keys() - reported.keys())),
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


def silence(
    findings: Iterable[Finding], ignores: Ignores, enabled: Sequence[Rule]
) -> tuple[list[Finding], list[Suppressed]]:
    """Part findings by the ignore comments, and add what there is to say of those comments."""
    from pinhook import suppression

    kept, suppressed, used = suppression.silence(findings, ignores)
    if unused_ignore.RULE in enabled:
        for ignore in ignores.all:
            flaws = unused_ignore.report(ignore, used, [rule.code for rule in enabled])
            silenced = suppression.silence(flaws, ignores, besides=ignore)  # no comment vouches for itself
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


def follow(command: dockerfile.Command, *, with_directory: bool = False) -> list[Outcome]:
    """The simple commands of a RUN, CMD, ENTRYPOINT or HEALTHCHECK that may install something.

    When it is asked for, all of them, and in their environment their working directory, as seen from that of the
    instruction.
    """
    room = command.room
    if not room.has(command.variables.most // COPIED):
        return _too_much(command)
    variables = {name: (value,) for name, value in command.variables.items()}
    if with_directory:
        variables[WORKING_DIRECTORY] = (command.instruction.arguments[:0],)
    if isinstance(command.form, ExecForm):
        return argument_commands(command.form.arguments, variables, room)
    dialect = _DIALECTS.get(command.form.shell.kind)
    is_wanted = _every if with_directory else _is_wanted
    return script_commands(command.form.text, dialect, variables, is_wanted, room) if dialect else []


def _too_much(command: dockerfile.Command) -> list[Outcome]:
    text = command.instruction.arguments
    return [Unreadable(text, text.place, "it has more variables than can be followed")]


def _every(_text: str) -> bool:
    return True


def _is_wanted(text: str) -> bool:
    """Whether a command may run an installer, when any variable may hold the name of one."""
    name = text.partition(" ")[0]
    return may_install(text, lambda _: True) and (not installers.takes_words(name) or is_wrapper(name))
