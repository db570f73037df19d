"""What ``--fix`` and ``--diff`` do with a file: the means that settings and folders give, and what is said of it."""

from __future__ import annotations

import os
from io import StringIO

from pinhook import files, fix
from pinhook.config.settings import SOURCE
from pinhook.fix import uv
from pinhook.fix.resolving import Resolver
from pinhook.light_typing import TYPE_CHECKING, NamedTuple
from pinhook.masking import mask
from pinhook.source import BOM

if TYPE_CHECKING:
    from collections.abc import Callable

    from pinhook.check import Report
    from pinhook.config import Config
    from pinhook.finding import Finding
    from pinhook.source import Source


class Repaired(NamedTuple):
    """A file as it should be, its report, and the findings that are no more, with what was written in the message.

    ``trouble`` is why it could not be fixed, or not as it should, where that is no fault of the file.
    """

    after: Source
    report: Report
    fixed: tuple[Finding, ...]
    trouble: str = ""


class Workshop:
    """Repairs the files of one run, which share what the package index has said."""

    def __init__(
        self, settings: Config, check: Callable[[Source], Report], *, is_offline: bool, is_shown: bool
    ) -> None:
        self.settings = settings
        self.checks = fix.Checks(check, settings.installers)
        self.verb = "would be" if is_shown else "fixed:"
        self.unavailable = _unavailable(settings, is_offline=is_offline)
        self.resolver = None if self.unavailable else Resolver()

    def repair(self, source: Source) -> Repaired:
        """Fix what can be fixed; what cannot, has the reason in its message."""
        if files.is_list(source.path):
            report = self.checks.check(source)
            left = [_with_reason(each, "only Dockerfiles are fixed") for each in report.findings]
            return Repaired(source, report._replace(findings=tuple(left)), ())
        means = fix.Means(
            fix.Repository(_folders(source.path), _sources(self.settings)),
            self.resolver,
            self.unavailable,
            self.settings.python_version or "",
            self.settings.exclude_newer or "",
        )
        fixed = fix.fix(source, means, self.checks)
        reasons = {(each.wish.finding.code, each.wish.finding.target): each.reason for each in fixed.refused}
        report = self.checks.check(fixed.after)
        left = [_with_reason(each, reasons.get((each.code, each.target))) for each in report.findings]
        made = [
            each.wish.finding._replace(
                message=f"{self.verb} {each.text}" + (f" ({each.origin})" if each.origin else "")
            )
            for each in fixed.made
        ]
        broken = self.resolver.trouble if self.resolver and reasons else None
        return Repaired(fixed.after, report._replace(findings=tuple(left)), tuple(made), str(broken or ""))


def _sources(settings: Config) -> tuple[str, ...]:
    return SOURCE.choices if settings.fix_from is None else settings.fix_from


def _unavailable(settings: Config, *, is_offline: bool) -> str:
    """Why the index is not to be asked; empty when it is."""
    if is_offline:
        return "--offline asks no index"
    if "index" not in _sources(settings):
        return "the setting fix-from leaves the index out"
    return "" if uv.find() else "there is no uv to ask the index; install pinhook-pre-commit[fix]"


def _with_reason(finding: Finding, reason: str | None) -> Finding:
    return finding._replace(message=f"{finding.message} (not fixed: {mask(reason)})") if reason else finding


def _folders(path: str) -> list[fix.Folder]:
    """The folder of a Dockerfile, and the root of its repository."""
    beside = os.path.dirname(path)
    root = files.checkout(beside or ".")
    folders = [beside]
    if root and root != os.path.realpath(beside or "."):
        folders.append(os.path.relpath(root))
    return [_folder(folder) for folder in folders]


def _folder(folder: str) -> fix.Folder:
    return fix.Folder(
        folder,
        lambda: files.names(folder or "."),
        lambda path: files.content(os.path.join(folder, path)),
    )


def difference(before: Source, after: Source) -> str:
    """A unified diff, which ``git apply`` and ``patch`` read."""
    from difflib import unified_diff

    path = before.path.replace(os.sep, "/")
    lines = unified_diff(_lines(before), _lines(after), f"a/{path}", f"b/{path}")
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def _lines(source: Source) -> list[str]:
    """The lines of a file with their ends, as git sees them: a form feed ends none."""
    return list(StringIO((BOM if source.bom else "") + source.text, newline="\n"))
