"""The pipeline: what a Dockerfile installs, and what the rules say of it. The file to read first.

``dockerfile`` gives the commands; a ``quick_look`` passes over those that cannot install anything, so that most files
never come to the slow part; ``judgement`` follows the others through ``shell``, ``installers`` and ``rules``.
"""

from __future__ import annotations

from pinhook import dockerfile
from pinhook.light_typing import TYPE_CHECKING, NamedTuple
from pinhook.quick_look import may_install

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from pinhook.finding import Finding, Suppressed
    from pinhook.following import Followed, Tree
    from pinhook.judgement import Judgement
    from pinhook.source import Source

_IGNORE_MARKS = ("pinhook:", "hadolint", "no-dd-sa")  # a file without any of these has no ignore comments


class Report(NamedTuple):
    """What was found in one file, in the order of the file, and how much was looked at.

    ``unknown_targets`` counts the targets that only the build knows. ``suppressed`` are the findings that ignore
    comments silence. ``lists`` are reports on the requirements files that were followed to and that have flaws;
    ``followed`` is what was followed at all, and what could not be, and why.
    """

    source: Source
    findings: tuple[Finding, ...] = ()
    installations: int = 0
    targets: int = 0
    unknown_targets: int = 0
    suppressed: tuple[Suppressed, ...] = ()
    lists: tuple[Report, ...] = ()
    followed: tuple[Followed, ...] = ()


def check(
    source: Source,
    enabled: Collection[str] | None = None,
    *,
    allowed: Collection[str] = (),
    also: Collection[str] = (),
    ignores: bool = True,
    require_reason: bool = False,
    tree: Callable[[], Tree] | None = None,
) -> Report:
    """Find the flaws of a Dockerfile. Raises nothing: what cannot be read is a finding.

    ``enabled`` are the codes of the rules that are on, ``None`` for those of the level *default*; ``allowed`` the names
    that need no version, ``also`` the installers that are read on request. ``ignores`` tells whether ignore comments
    silence findings, ``require_reason`` whether they must give a reason. ``tree`` opens the repository, and is asked
    only where PIN007 is on and a command names a requirements file.
    """
    parsed = dockerfile.parse(source)
    list_ignores = ignores
    ignores = ignores and any(mark in source.text for mark in _IGNORE_MARKS)
    # an ignore comment may stand, and be of no use, in a command that installs nothing
    commands = [command for command in dockerfile.find_commands(parsed) if ignores or _may_install(command)]
    if not commands and not ignores and not any(problem.unread for problem in parsed.problems):
        return Report(source)

    from pinhook import rules
    from pinhook.judgement import judge

    judgement = judge(
        parsed,
        commands,
        rules.rules_of(rules.Level.DEFAULT) if enabled is None else rules.named(enabled),
        allowed=allowed,
        also=also,
        ignores=ignores,
        require_reason=require_reason,
        tree=tree,
    )
    return _report(source, judgement, ignores=list_ignores, require_reason=require_reason)


def check_list(
    source: Source,
    enabled: Collection[str] | None = None,
    *,
    allowed: Collection[str] = (),
    ignores: bool = True,
    require_reason: bool = False,
    tree: Callable[[], Tree] | None = None,
) -> Report:
    """Find the flaws of a requirements or constraints file, as ``check`` finds those of a Dockerfile.

    ``tree`` is asked only where the file includes others.
    """
    from pinhook import rules
    from pinhook.list_judgement import judge_list
    from pinhook.requirements.file import parse_file

    judgement = judge_list(
        parse_file(source),
        rules.rules_of(rules.Level.DEFAULT) if enabled is None else rules.named(enabled),
        allowed=allowed,
        ignores=ignores and "pinhook:" in source.text,
        require_reason=require_reason,
        tree=tree,
    )
    return _report(source, judgement, ignores=ignores, require_reason=require_reason)


def _report(source: Source, judgement: Judgement, *, ignores: bool, require_reason: bool) -> Report:
    """What was found in a file, and in those that it leads to."""
    fields = judgement._asdict()
    findings, suppressed = fields.pop("elsewhere")
    if not findings and not suppressed:
        return Report(source, **fields)

    from pinhook.list_judgement import judge_followed

    judged = judge_followed(findings, suppressed, ignores=ignores, require_reason=require_reason)
    lists = (Report(each.source, each.findings, suppressed=each.suppressed) for each in judged)
    return Report(source, **fields, lists=tuple(lists))


def _may_install(command: dockerfile.Command) -> bool:
    form = command.form
    if isinstance(form, dockerfile.ExecForm):
        text = "\n".join(map(str, form.arguments))
    elif form.shell.kind == "other":
        return False
    else:
        text = str(form.text)
    return may_install(text, command.variables.have_had)
