"""The pipeline: from a document to a report. The file to read first.

A document is a Dockerfile, a requirements file or a shell script. ``Document.read`` gives its contents: install
commands, comments and unread text. Most Dockerfiles install no Python package; then it gives ``None``, and the check is
done. The rules check the contents, ignore comments suppress findings, and the result is the ``Report``.
"""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.documents import DockerfileDocument
from pinhook.rule_codes import LOOSE_SCRIPT

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
    from typing import TypeAlias

    from pinhook.documents import Contents, Document
    from pinhook.documents.contents import Evaluate
    from pinhook.finding import Finding, Suppressed
    from pinhook.follow import Followed, FollowedScript, ScriptFollower
    from pinhook.installers import FollowedFiles, Installation, Target
    from pinhook.rules import Rule
    from pinhook.source import Source, SourceText, Span

    FoundFiles: TypeAlias = tuple[Sequence[tuple[Installation, FollowedFiles]], Sequence[Followed]]
    FollowFiles: TypeAlias = Callable[[Document, Sequence[Installation], Evaluate | None], FoundFiles]
    FollowScripts: TypeAlias = Callable[[DockerfileDocument, Span, bool], ScriptFollower]


class Policy(NamedTuple):
    """What a document is checked for.

    ``codes``             the codes of the enabled rules; ``None``: those of the level *default*
    ``allow``             the names of projects that need no version
    ``installers``        the optional installers to check: pdm, pipenv, poetry
    ``ignore_comments``   whether ignore comments suppress findings
    ``require_reason``    whether an ignore comment must give a reason
    """

    codes: Collection[str] | None = None
    allow: Collection[str] = ()
    installers: Collection[str] = ()
    ignore_comments: bool = True
    require_reason: bool = False

    @property
    def opens_scripts(self) -> bool:
        """Whether scripts of the repository that the image runs are opened."""
        return self.codes is not None and LOOSE_SCRIPT in self.codes


class Follow(NamedTuple):
    """The functions that find the files that a document names.

    ``files``     gets a document, its installations and, if scripts are followed, the function that evaluates its
                commands; returns each installation together with its followed files, and the result for each file
    ``scripts``   gets a Dockerfile, the part of it that may run scripts, and whether scripts of the repository may be
                opened; returns the follower of the scripts that its commands run
    """

    files: FollowFiles
    scripts: FollowScripts


class Report(NamedTuple):
    """The result for one file. ``findings`` are in the order of the file.

    ``installations``     number of install commands
    ``targets``           number of targets
    ``unknown_targets``   number of targets that only the build knows
    ``suppressed``        findings that an ignore comment suppresses
    ``included``          the reports of followed files that have findings
    ``followed``          every file that was followed, or the reason why it could not be
    ``fixed``             findings that a fix removed; their messages say what was written
    ``ignored``           findings for which an ignore comment was written or removed
    """

    source: Source
    findings: tuple[Finding, ...] = ()
    installations: int = 0
    targets: int = 0
    unknown_targets: int = 0
    suppressed: tuple[Suppressed, ...] = ()
    included: tuple[Report, ...] = ()
    followed: tuple[Followed | FollowedScript, ...] = ()
    fixed: tuple[Finding, ...] = ()
    ignored: tuple[Finding, ...] = ()

    @property
    def is_edited(self) -> bool:
        """Whether fixes or ignore comments were written: the places of other reports on the file are wrong then."""
        return bool(self.fixed or self.ignored)


_DEFAULT_POLICY = Policy()


def check(document: Document, policy: Policy = _DEFAULT_POLICY, follow: Follow | None = None) -> Report:
    """Check a document against the rules. Raises nothing: text that cannot be read is a finding.

    ``follow`` finds the files that the document names. It is called only if an enabled rule, a requirements file or a
    script that the Dockerfile writes needs it. Without it, no other file is opened.
    """
    reads_comments = policy.ignore_comments and document.may_have_comments
    scripts = _script_follower(document, policy, follow) if follow else None
    contents = document.read(policy.installers, with_comments=reads_comments, scripts=scripts)
    if contents is None:
        return Report(document.source)

    from pinhook import rules
    from pinhook.requirements import normalize

    enabled = rules.rules_of_level(rules.Level.DEFAULT) if policy.codes is None else rules.rules_by_code(policy.codes)
    found, followed_files = _with_files(document, contents, enabled, follow, scripts)
    contents = contents._replace(installations=tuple(installation for installation, _ in found))
    followed = (*followed_files, *(scripts.followed.values() if scripts else ()))
    allowed = frozenset(filter(None, map(normalize, policy.allow)))
    findings = [finding for each in contents.unread for finding in rules.check_unread(each, enabled)]
    for installation, files in found:
        findings += rules.check_installation(installation, enabled, allowed, files)
    suppressed: list[Suppressed] = []
    if reads_comments:
        findings, suppressed = _suppress(findings, document, contents, enabled, policy)
    return _report(document, contents, findings, suppressed, followed, policy)


def _script_follower(document: Document, policy: Policy, follow: Follow) -> ScriptFollower | None:
    """The follower of the scripts that a document runs; ``None`` if it certainly runs none."""
    if not isinstance(document, DockerfileDocument):
        return None
    opens = policy.opens_scripts
    part = document.part_with_scripts(in_repository=opens)
    return follow.scripts(document, part, opens) if part else None


def _with_files(
    document: Document,
    contents: Contents,
    enabled: Sequence[Rule],
    follow: Follow | None,
    scripts: ScriptFollower | None,
) -> FoundFiles:
    """Each installation with its followed files, if a rule needs them, and the result for each of these files."""
    from pinhook.installers import NO_FILES, names_files
    from pinhook.rules import Subject, looking_at

    follows_files = contents.always_follows or looking_at({Subject.FOLLOWED_FILES}, enabled)
    if follow and follows_files and any(map(names_files, contents.installations)):
        return follow.files(document, contents.installations, scripts.simple_commands_of if scripts else None)
    return [(each, NO_FILES) for each in contents.installations], ()


def _suppress(
    findings: Iterable[Finding], document: Document, contents: Contents, enabled: Sequence[Rule], policy: Policy
) -> tuple[list[Finding], list[Suppressed]]:
    """The findings that no ignore comment suppresses, and the suppressed ones.

    Both include findings about the ignore comments themselves.
    """
    from pinhook import ignore_comments, rules  # imported here: few files have such comments

    ignores = ignore_comments.find_ignores(
        document.comments(contents), rules.CODES, require_reason=policy.require_reason
    )
    kept, suppressed, used = ignore_comments.suppress(findings, ignores)
    for ignore in ignores.all:
        about_comment = rules.check_comment(ignore, used, enabled)
        parted = ignore_comments.suppress(
            about_comment, ignores, except_for=ignore
        )  # a comment cannot suppress a finding about itself
        kept += parted.kept
        suppressed += parted.suppressed
    return kept, suppressed


def _report(
    document: Document,
    contents: Contents,
    findings: Sequence[Finding],
    suppressed: Sequence[Suppressed],
    followed: Sequence[Followed | FollowedScript],
    policy: Policy,
) -> Report:
    """The report of a document. Findings in files that it names are in ``included``."""
    from pinhook.requirements import Unknown

    targets = {
        target.text: target.requirement for installation in contents.installations for target in installation.targets
    }
    own, *others = _by_source(document.source, findings, suppressed)
    documents: dict[Source, Document] = {file.document.source: file.document for file in followed if file.document}
    return own._replace(
        installations=len({each.place for each in contents.installations if each.targets or not each.file}),
        targets=len(targets),
        unknown_targets=sum(isinstance(requirement, Unknown) for requirement in targets.values()),
        included=tuple(_with_own_comments(file, documents, policy) for file in others),
        followed=tuple(followed),
    )


def _by_source(source: Source, findings: Iterable[Finding], suppressed: Iterable[Suppressed]) -> Iterator[Report]:
    """One report for each file that has findings, in the order of the findings; that of ``source`` comes first."""
    sources: dict[Source, tuple[list[Finding], list[Suppressed]]] = {source: ([], [])}
    for finding in findings:
        sources.setdefault(finding.place.source, ([], []))[0].append(finding)
    for each in suppressed:
        sources.setdefault(each.finding.place.source, ([], []))[1].append(each)
    for each_source, parts in sources.items():
        yield _sorted(Report(each_source), *parts)


def _sorted(report: Report, findings: Iterable[Finding], suppressed: Iterable[Suppressed]) -> Report:
    """The report with each finding once, in the order of the file. A reported finding is not in ``suppressed``."""
    findings, suppressed = tuple(findings), tuple(suppressed)
    reported = {finding.key: finding for finding in reversed(findings)}
    hidden = {each.finding.key: each for each in reversed(suppressed)}
    subjects = _targets_by_key((*findings, *(each.finding for each in suppressed)))
    return report._replace(
        findings=tuple(reported[key]._replace(subjects=subjects[key]) for key in sorted(reported)),
        suppressed=tuple(hidden[key] for key in sorted(hidden.keys() - reported.keys())),
    )


def _targets_by_key(findings: Iterable[Finding]) -> dict[object, tuple[Target, ...]]:
    """The targets that findings with the same key are about, by this key."""
    by_key: dict[object, dict[SourceText, Target]] = {}
    for finding in findings:
        by_key.setdefault(finding.key, {}).update((target.text, target) for target in finding.subjects)
    return {key: tuple(targets.values()) for key, targets in by_key.items()}


def _with_own_comments(report: Report, documents: Mapping[Source, Document], policy: Policy) -> Report:
    """The report of a followed file, without the findings that its own ignore comments suppress."""
    document = documents[report.source]
    if not (policy.ignore_comments and document.may_have_comments):
        return report
    contents = document.read((), with_comments=True)
    if contents is None:
        return report
    kept, suppressed = _suppress(report.findings, document, contents, (), policy)
    return _sorted(report, kept, [*report.suppressed, *suppressed])
