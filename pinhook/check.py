"""The pipeline: what a document installs, and what the rules say of it. The file to read first.

A document is a Dockerfile or a requirements file. It ``read``s its own contents, as far as they may install anything:
most Dockerfiles install no Python package, and are done then. The rules look at the contents, the ignore comments
suppress findings, and the rest is the ``Report``.
"""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
    from typing import TypeAlias

    from pinhook.documents import Contents, Document
    from pinhook.finding import Finding, Suppressed
    from pinhook.follow import Followed
    from pinhook.installers import Installation
    from pinhook.rules import Rule
    from pinhook.source import Source

    Follow: TypeAlias = Callable[[Document, Sequence[Installation]], tuple[Sequence[Installation], Sequence[Followed]]]


class Policy(NamedTuple):
    """What is asked of a document.

    ``codes`` are the codes of the rules that are on, ``None`` for those of the level *default*. ``allow`` are the names
    that need no version, ``installers`` those that are read on request. ``ignore_comments`` tells whether they suppress
    findings, ``require_reason`` whether they must give a reason.
    """

    codes: Collection[str] | None = None
    allow: Collection[str] = ()
    installers: Collection[str] = ()
    ignore_comments: bool = True
    require_reason: bool = False


class Report(NamedTuple):
    """What was found in one file, in the order of the file, and how much was looked at.

    ``installations`` and ``targets`` are numbers; ``unknown_targets`` counts the targets that only the build knows.
    ``suppressed`` are the findings that ignore comments suppress. ``included`` are reports on the files that were
    followed to and that have findings; ``followed`` says what was followed, and what could not be, and why.
    """

    source: Source
    findings: tuple[Finding, ...] = ()
    installations: int = 0
    targets: int = 0
    unknown_targets: int = 0
    suppressed: tuple[Suppressed, ...] = ()
    included: tuple[Report, ...] = ()
    followed: tuple[Followed, ...] = ()


_DEFAULT_POLICY = Policy()


def check(document: Document, policy: Policy = _DEFAULT_POLICY, follow: Follow | None = None) -> Report:
    """Find the flaws of a document. Raises nothing: what cannot be read is a finding.

    ``follow`` gives the installations of a document with the files that they lead to, and says what became of each
    file. It is called only where the answer matters; without it nothing but the document is looked at.
    """
    reads_comments = policy.ignore_comments and document.may_have_comments
    contents = document.read(policy.installers, with_comments=reads_comments)
    if contents is None:
        return Report(document.source)

    from pinhook import rules
    from pinhook.requirements import normalize

    enabled = rules.rules_of_level(rules.Level.DEFAULT) if policy.codes is None else rules.rules_by_code(policy.codes)
    contents, followed = _with_files(document, contents, enabled, follow)
    allowed = frozenset(filter(None, map(normalize, policy.allow)))
    findings = [finding for each in contents.unread for finding in rules.check_unread(each, enabled)]
    for installation in contents.installations:
        findings += rules.check_installation(installation, enabled, allowed)
    suppressed: list[Suppressed] = []
    if reads_comments:
        findings, suppressed = _suppress(findings, document, contents, enabled, policy)
    return _report(document, contents, findings, suppressed, followed, policy)


def _with_files(
    document: Document, contents: Contents, enabled: Sequence[Rule], follow: Follow | None
) -> tuple[Contents, Sequence[Followed]]:
    """The contents with the files that the installations lead to, where those count."""
    from pinhook.installers import names_files
    from pinhook.rules import Subject, looking_at

    followed: Sequence[Followed] = ()
    installations: Sequence[Installation] = contents.installations
    counts = contents.always_follows or looking_at({Subject.FOLLOWED_FILES}, enabled)
    if follow and counts and any(map(names_files, installations)):
        installations, followed = follow(document, installations)
    return contents._replace(installations=tuple(installations)), followed


def _suppress(
    findings: Iterable[Finding], document: Document, contents: Contents, enabled: Sequence[Rule], policy: Policy
) -> tuple[list[Finding], list[Suppressed]]:
    """The findings that no ignore comment suppresses, those about the comments among them, and the others."""
    from pinhook import ignore_comments, rules  # few files have such comments

    respect_ignores = ignore_comments.find_ignores(
        document.comments(contents), rules.CODES, require_reason=policy.require_reason
    )
    kept, suppressed, used = ignore_comments.suppress(findings, respect_ignores)
    for ignore in respect_ignores.all:
        flaws = rules.check_comment(ignore, used, enabled)
        parted = ignore_comments.suppress(
            flaws, respect_ignores, except_for=ignore
        )  # no comment suppresses what is said of itself
        kept += parted.kept
        suppressed += parted.suppressed
    return kept, suppressed


def _report(
    document: Document,
    contents: Contents,
    findings: Sequence[Finding],
    suppressed: Sequence[Suppressed],
    followed: Sequence[Followed],
    policy: Policy,
) -> Report:
    """What was found in a document, and apart from it what was found in the files that it leads to."""
    from pinhook.requirements import Unknown

    targets = {
        (target.text.pieces, str(target.text)): target.requirement
        for installation in contents.installations
        for target in installation.targets
    }
    own, *others = _by_source(document.source, findings, suppressed)
    documents = {file.document.source: file.document for file in followed if file.document}
    return own._replace(
        installations=len({file.place.span for file in contents.installations if file.targets or not file.is_file}),
        targets=len(targets),
        unknown_targets=sum(isinstance(requirement, Unknown) for requirement in targets.values()),
        included=tuple(_with_own_comments(file, documents, policy) for file in others),
        followed=tuple(followed),
    )


def _by_source(source: Source, findings: Iterable[Finding], suppressed: Iterable[Suppressed]) -> Iterator[Report]:
    """A report on each file that has findings, in the order of these; that on ``source`` is the first one."""
    sources: dict[Source, tuple[list[Finding], list[Suppressed]]] = {source: ([], [])}
    for finding in findings:
        sources.setdefault(finding.place.source, ([], []))[0].append(finding)
    for each in suppressed:
        sources.setdefault(each.finding.place.source, ([], []))[1].append(each)
    for each_source, parts in sources.items():
        yield _sorted(Report(each_source), *parts)


def _sorted(report: Report, findings: Iterable[Finding], suppressed: Iterable[Suppressed]) -> Report:
    """The report with each finding once, in the order of the file; what is reported is not suppressed."""
    reported = {finding.key: finding for finding in reversed(tuple(findings))}
    hidden = {each.finding.key: each for each in reversed(tuple(suppressed))}
    return report._replace(
        findings=tuple(reported[key] for key in sorted(reported)),
        suppressed=tuple(hidden[key] for key in sorted(hidden.keys() - reported.keys())),
    )


def _with_own_comments(report: Report, documents: Mapping[Source, Document], policy: Policy) -> Report:
    """A report on a file that another one leads to, without what the file's own ignore comments suppress."""
    document = documents[report.source]
    if not (policy.ignore_comments and document.may_have_comments):
        return report
    contents = document.read((), with_comments=True)
    if contents is None:
        return report
    kept, suppressed = _suppress(report.findings, document, contents, (), policy)
    return _sorted(report, kept, [*report.suppressed, *suppressed])
