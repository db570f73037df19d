"""Edit the ignore comments of a file for ``--add-ignores`` and ``--remove-unused-ignores``."""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.cli.editing import EditResult
from pinhook.config import ConfigError
from pinhook.documents import open_document
from pinhook.ignore_comments.adding import AddedIgnores, add_ignores
from pinhook.ignore_comments.removing import RemovedIgnores, remove_unused_ignores
from pinhook.repository import discovery
from pinhook.rule_codes import UNUSED_IGNORE
from pinhook.rules import CODES

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from pinhook.check import Report
    from pinhook.cli.options import Options
    from pinhook.config import Config
    from pinhook.documents import Document
    from pinhook.finding import Finding
    from pinhook.source import Source

_ABOUT_COMMENT = "--remove-unused-ignores removes comments that suppress nothing"
_MISTAKEN = "the comment has a mistake; correct it"
_OTHER_FILE = "it is in another file; name that file to add comments to it"


class IgnoreEditor:
    """Removes unused ignore comments, or adds ignore comments, or both, in the files of one run.

    Raises ``ConfigError`` if a reason is required and none is given.
    """

    def __init__(
        self,
        options: Options,
        settings: Config,
        check_by: Callable[[Document, Collection[str]], Report],
    ) -> None:
        if settings.require_reason and options.add_ignores and options.reason is None:
            raise ConfigError(
                "--add-ignores needs --reason TEXT: the setting require-reason wants one in every comment"
            )
        self.options, self.settings = options, settings
        self.check_by = check_by

    def check(self, document: Document) -> Report:
        """The report of a document."""
        return self._check(document.source)[1]

    def edit(self, document: Document) -> EditResult:
        """A file with its ignore comments edited. A finding without a comment has the reason in its message."""
        source = document.source
        options, must_have_reason = self.options, self.settings.require_reason
        removed, added = RemovedIgnores(source), AddedIgnores(source)
        if options.remove_unused_ignores:
            removed = remove_unused_ignores(source, self._check_all, CODES, require_reason=must_have_reason)
        if options.add_ignores:
            added = add_ignores(
                removed.after, self._check, CODES, options.reason or "", require_reason=must_have_reason
            )
        after = added.after if options.add_ignores else removed.after
        edited = [self._edited(each, "removed") for each in removed.removed]
        edited += [self._edited(each, "ignored") for each in added.suppressed]
        report = self._check(after)[1]
        if options.add_ignores:
            report = self._with_reasons(report, [reason for _, reason in added.left])
        return EditResult(report._replace(ignored=tuple(edited)))

    def _edited(self, finding: Finding, participle: str) -> Finding:
        """A finding that was resolved, with what was done in its message."""
        verb = f"would be {participle}" if self.options.diff else participle
        return finding._replace(message=f"{verb}: {finding.message}")

    def _with_reasons(self, report: Report, reasons: Sequence[str]) -> Report:
        """The report with the reason why a finding has no comment.

        ``reasons`` are for the findings that are not about comments.
        """
        about_comment = _MISTAKEN if self.options.remove_unused_ignores else _ABOUT_COMMENT
        waiting = iter(reasons)
        findings = tuple(
            _with_reason(each, about_comment if each.code == UNUSED_IGNORE else next(waiting, ""))
            for each in report.findings
        )
        included = tuple(
            each._replace(findings=tuple(_with_reason(finding, _OTHER_FILE) for finding in each.findings))
            for each in report.included
        )
        return report._replace(findings=findings, included=included)

    def _check(self, source: Source) -> tuple[Document, Report]:
        document = _open_again(source)
        return document, self.check_by(document, self.settings.codes_for(source.path))

    def _check_all(self, source: Source) -> tuple[Document, Report]:
        document = _open_again(source)
        return document, self.check_by(document, CODES)


def _with_reason(finding: Finding, reason: str) -> Finding:
    return finding._replace(message=f"{finding.message} (not ignored: {reason})") if reason else finding


def _open_again(source: Source) -> Document:
    """The document from the bytes of a source: in a requirements file, a comment may declare the encoding."""
    again = discovery.decode(source.path, source.encode())
    return open_document(again, discovery.kind_of(again))
