"""What the rules say of requirements files: of one by itself, and of those that a Dockerfile installs."""

from __future__ import annotations

from pinhook import rules, suppression
from pinhook.installers.listed import listed
from pinhook.judgement import CODES, normalized, silence, summed_up, unique
from pinhook.light_typing import TYPE_CHECKING, NamedTuple
from pinhook.requirements.file import parse_file
from pinhook.rules import loose_requirements_file

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from pinhook.finding import Finding, Suppressed
    from pinhook.following import Followed, Tree
    from pinhook.installers import Installation
    from pinhook.judgement import Judgement
    from pinhook.requirements.file import RequirementsFile
    from pinhook.rules import Rule
    from pinhook.source import Source


class Judged(NamedTuple):
    """What there is to say of a requirements file that another file leads to."""

    source: Source
    findings: tuple[Finding, ...]
    suppressed: tuple[Suppressed, ...]


def judge_list(
    file: RequirementsFile,
    enabled: Sequence[Rule],
    *,
    allowed: Collection[str],
    ignores: bool,
    require_reason: bool,
    tree: Callable[[], Tree] | None = None,
) -> Judgement:
    """Judge the lines of a requirements file, and of those that it includes; the parameters are those of ``check``."""
    installation, followed = _with_includes(file, tree)
    findings = list(rules.judge(installation, enabled, normalized(allowed)))
    suppressed: list[Suppressed] = []
    if ignores:
        known = suppression.find_ignores_in_list(file, CODES, require_reason=require_reason)
        findings, suppressed = silence(findings, known, enabled)
    installations = [installation] if installation.targets else []
    return summed_up(findings, suppressed, installations, file.source)._replace(followed=followed)


def _with_includes(
    file: RequirementsFile, tree: Callable[[], Tree] | None
) -> tuple[Installation, tuple[Followed, ...]]:
    """What a file lists, with the files behind its ``-r`` and ``-c``: at every level, for they excuse its own lines."""
    if not file.includes or tree is None:
        return listed(file), ()
    from pinhook.following import with_nested  # most files include none

    return with_nested(file, tree())


def judge_followed(
    findings: Iterable[Finding], suppressed: Iterable[Suppressed], *, ignores: bool, require_reason: bool
) -> Iterator[Judged]:
    """What was found in files by way of another one, file by file, and parted by the ignore comments of these."""
    files: dict[str, tuple[Source, list[Finding], list[Suppressed]]] = {}
    for finding in findings:
        source = finding.place.source
        files.setdefault(source.path, (source, [], []))[1].append(finding)
    for each in suppressed:
        source = each.finding.place.source
        files.setdefault(source.path, (source, [], []))[2].append(each)
    for source, kept, silenced in files.values():
        if ignores and "pinhook:" in source.text:
            left, more = _silenced_in_list(source, kept, require_reason=require_reason)
            yield Judged(source, *unique(left, [*silenced, *more]))
        else:
            yield Judged(source, *unique(kept, silenced))


def _silenced_in_list(
    source: Source, findings: Iterable[Finding], *, require_reason: bool
) -> tuple[list[Finding], list[Suppressed]]:
    """Part findings by the comments of their file, in which a comment for the flaw itself, PIN001 say, will do."""
    file = parse_file(source)
    known = suppression.find_ignores_in_list(file, CODES, require_reason=require_reason)
    alone = rules.judge(listed(file)._replace(constraints_files=()), rules.named(loose_requirements_file.FLAWS))
    flaws = {finding.place.span: finding.code for finding in alone}
    kept: list[Finding] = []
    suppressed: list[Suppressed] = []
    for finding in findings:
        codes = {finding.code, flaws.get(finding.place.span, finding.code)}
        silenced = [each for code in codes for each in suppression.silence([finding._replace(code=code)], known)[1]]
        if silenced:
            suppressed.append(silenced[0]._replace(finding=finding))
        else:
            kept.append(finding)
    return kept, suppressed
