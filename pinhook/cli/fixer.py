"""Fix one file for ``--fix`` and ``--diff``: collect the version sources, fix, and write the messages."""

from __future__ import annotations

import os
import posixpath
from contextlib import suppress

from pinhook import fix, signals
from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.cli.editing import EditResult
from pinhook.config.settings import SOURCE
from pinhook.finding import ForPython, Related
from pinhook.fix import uv
from pinhook.fix.image.built import image_settings
from pinhook.fix.resolver import Resolver
from pinhook.redact import redact
from pinhook.repository import discovery
from pinhook.repository.checkout import open_repository

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pinhook.check import Report
    from pinhook.cli.progress import Progress
    from pinhook.config import Config
    from pinhook.documents import Document
    from pinhook.finding import Finding
    from pinhook.fix.image.python import Python
    from pinhook.fix.requests import Unfixable
    from pinhook.fix.resolver import VersionRequests
    from pinhook.repository.repository import Repository
    from pinhook.source import Source

_SHARED_FILE = "other commands may use the file too; name the file itself to fix it"


class Fixer:
    """Fixes the files of one run. They share the answers of the package index."""

    def __init__(
        self,
        settings: Config,
        check: Callable[[Document], Report],
        *,
        is_offline: bool,
        only_shows: bool,
        python_version: str | None,
    ) -> None:
        self.settings = settings
        self.checks = fix.Checks(check, settings.installers)
        self.python_version = python_version
        self.prefix = "would be" if only_shows else "fixed:"
        self.unavailable = _unavailable(settings, is_offline=is_offline)
        self.resolver = None if self.unavailable else Resolver()

    def check(self, document: Document) -> Report:
        """The report of a document."""
        return self.checks.check(document)

    def prefetch(self, documents: Iterable[Document], progress: Progress) -> None:
        """Ask the index for all versions that some documents need, concurrently. It only makes ``edit`` faster."""
        if self.resolver is None:
            return
        requests: VersionRequests = {}
        for document in documents:
            with suppress(Exception):  # it is raised again when the file is fixed
                requests |= fix.version_requests(document, self.version_sources(document.source), self.checks)
        if requests:
            with signals.interrupts_as_exceptions(), progress.shown() as draw:
                self.resolver.resolve_all(requests, draw)

    def edit(self, document: Document) -> EditResult:
        """Fix a document. A finding that cannot be fixed has the reason in its message."""
        if self.resolver:
            self.resolver.failure = None  # of another file
        sources, as_arg_pins = self.version_sources(document.source), self.settings.fix_as == "arg"
        fixed = fix.fix(document, sources, self.checks, as_arg_pins=as_arg_pins)
        reasons = _Reasons(fixed.unfixable)
        report = self.checks.check(fixed.document)
        left = tuple(map(reasons.with_reason, report.findings))
        made = tuple(self.fixed_finding(each) for each in fixed.applied)
        included = tuple(map(_with_others_reason, report.included))
        broken = self.resolver.failure if self.resolver and fixed.unfixable else None
        return EditResult(report._replace(findings=left, included=included, fixed=made), str(broken or ""))

    def version_sources(self, source: Source) -> fix.VersionSources:
        """The version sources for a file."""
        settings = self.settings
        repository = open_repository(
            source.path,
            settings.context_for(source.path),
            settings.requirements_by_image_path,
            settings.max_size,
            settings.dockerfiles_by_image,
        )
        return fix.VersionSources(
            fix.LockedVersions(_folders(source.path, repository), _sources(self.settings)),
            self.resolver,
            self.unavailable,
            python=self.python_version or "",
            default_python=settings.default_python_version or "",
            cutoff=self.settings.exclude_newer or "",
            images=image_settings(settings.image_pythons, lambda: repository),
            open_repository=lambda: repository,
            unsafe=settings.unsafe_fixes,
        )

    def fixed_finding(self, planned: fix.PlannedFix) -> Finding:
        """A fixed finding, with what was written in its message."""
        origin = f" ({planned.origin})" if planned.origin else ""
        caveats = planned.python.caveats if planned.python else ()
        unsafe = f"; unsafe: {'; '.join(caveats)}" if caveats else ""
        message = f"{self.prefix} {planned.text}{origin}{unsafe}"
        finding = planned.request.finding
        return finding._replace(message=message, fix=planned.fix, python=_for_python(planned.python, finding))


class _Reasons:
    """The reasons why findings are not fixed. A reason is given once for a command; other findings refer to it."""

    def __init__(self, unfixable: Iterable[Unfixable]) -> None:
        self.waiting: dict[tuple[str, str], list[Unfixable]] = {}
        for each in sorted(unfixable, key=lambda each: each.request.finding.place.span, reverse=True):
            self.waiting.setdefault((each.request.finding.code, each.request.finding.target), []).append(each)
        self.given: set[tuple[int, str]] = set()

    def with_reason(self, finding: Finding) -> Finding:
        """A remaining finding with the next unused reason for it."""
        waiting = self.waiting.get((finding.code, finding.target))
        if not waiting:
            return finding
        unfixable = waiting.pop() if len(waiting) > 1 else waiting[0]
        finding = finding._replace(python=_for_python(unfixable.python, finding))
        key = (unfixable.request.step, unfixable.reason)
        is_new = key not in self.given
        self.given.add(key)
        return _with_reason(finding, unfixable.reason, is_new=is_new)


def _with_others_reason(report: Report) -> Report:
    """The report on a followed file, with the reason why it is not fixed: other commands may use the file."""
    return report._replace(findings=tuple(_with_reason(each, _SHARED_FILE) for each in report.findings))


def _for_python(python: Python | None, finding: Finding) -> ForPython | None:
    """The Python of a fix for the report. Evidence without a place gets that of the command."""
    if python is None:
        return None
    evidence = tuple(Related(each.place or finding.place, redact(each.clause)) for each in python.evidence)
    return ForPython(str(python), evidence, python.caveats)


def _sources(settings: Config) -> tuple[str, ...]:
    return SOURCE.choices if settings.fix_from is None else settings.fix_from


def _unavailable(settings: Config, *, is_offline: bool) -> str:
    """Why the index cannot be asked; empty if it can."""
    if is_offline:
        return "--offline asks no index"
    if "index" not in _sources(settings):
        return "the setting fix-from does not contain the index"
    return "" if uv.find_uv() else "uv is not installed; install pinhook-pre-commit[fix]"


def _with_reason(finding: Finding, reason: str, *, is_new: bool = True) -> Finding:
    """A finding with the reason why it is not fixed. The message contains the reason if it is new."""
    reason = redact(reason)
    said = f"not fixed: {reason}" if is_new else "not fixed for the same reason"
    return finding._replace(message=f"{finding.message} ({said})", unfixed=reason)


def _folders(path: str, repository: Repository) -> list[fix.VersionFolder]:
    """The folder of a fixed file, and the root of its repository. Nothing outside is read."""
    beside = os.path.dirname(path)
    found = [_folder(beside, posixpath.dirname(repository.path), repository)]
    if depth := repository.path.count("/"):
        root = os.path.join(os.path.realpath(beside or "."), *[os.pardir] * depth)
        found.append(_folder(os.path.relpath(root), "", repository))
    return found


def _folder(name: str, inside: str, repository: Repository) -> fix.VersionFolder:
    """A folder without the fixed file itself. ``inside`` is its path in the repository."""

    def names() -> list[str]:
        paths = (path.replace(os.sep, "/") for path in discovery.names_in(name or "."))
        return [path for path in paths if posixpath.join(inside, path) != repository.path]

    return fix.VersionFolder(name, names, lambda path: repository.read(posixpath.join(inside, path)))
