"""What ``--fix`` and ``--diff`` do with a file: the means that settings and folders give, and what is said of it."""

from __future__ import annotations

import os
import posixpath

from pinhook import fix
from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.config.settings import SOURCE
from pinhook.fix import uv
from pinhook.fix.resolver import Resolver
from pinhook.redact import mask
from pinhook.repository import discovery
from pinhook.repository.checkout import open_tree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pinhook.check import Report
    from pinhook.config import Config
    from pinhook.finding import Finding
    from pinhook.fix.requests import Refusal
    from pinhook.repository.repository import Tree
    from pinhook.source import Source

_OF_OTHERS = "other commands may use the file too; it is fixed when it is named itself"


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
        if self.resolver:
            self.resolver.trouble = None  # that was another file's
        fixed = self.fixed(source)
        reasons = _Reasons(fixed.refused)
        report = self.checks.check(fixed.after)
        left = tuple(map(reasons.put_into, report.findings))
        made = tuple(self.made(each) for each in fixed.made)
        included = tuple(map(_left_alone, report.included))
        broken = self.resolver.trouble if self.resolver and fixed.refused else None
        return Repaired(fixed.after, report._replace(findings=left, included=included), made, str(broken or ""))

    def fixed(self, source: Source) -> fix.Fixed:
        """What comes of a file."""
        means = self.means(source)
        if discovery.is_list(source.path):
            return fix.fix_list(source, means, self.checks)
        return fix.fix(source, means, self.checks, as_arguments=self.settings.fix_as == "arg")

    def means(self, source: Source) -> fix.Means:
        """Where the versions for a file come from."""
        settings = self.settings
        tree = open_tree(source.path, settings.context_for(source.path), settings.known_requirements, settings.largest)
        python = self.settings.python_version or ""
        is_for_all = self.settings.origins["python-version"].name == "--python-version"
        return fix.Means(
            fix.Repository(_folders(source.path, tree), _sources(self.settings)),
            self.resolver,
            self.unavailable,
            python=python if is_for_all else "",
            usual_python=python,
            cutoff=self.settings.exclude_newer or "",
            tree=lambda: tree,
        )

    def made(self, proposal: fix.Proposal) -> Finding:
        """The finding that is no more, with what was written in its message."""
        origin = f" ({proposal.origin})" if proposal.origin else ""
        return proposal.wish.finding._replace(message=f"{self.verb} {proposal.text}{origin}", fix=proposal.fix)


class _Reasons:
    """Why findings are still there. A reason is given once for a command; the others of its findings refer to it."""

    def __init__(self, refused: Iterable[Refusal]) -> None:
        self.waiting: dict[tuple[str, str], list[Refusal]] = {}
        for each in sorted(refused, key=lambda each: each.wish.finding.place.span, reverse=True):
            self.waiting.setdefault((each.wish.finding.code, each.wish.finding.target), []).append(each)
        self.given: set[tuple[int, str]] = set()

    def put_into(self, finding: Finding) -> Finding:
        """A finding that is left, with the reason for the first one of its kind that has none yet."""
        waiting = self.waiting.get((finding.code, finding.target))
        if not waiting:
            return finding
        refusal = waiting.pop() if len(waiting) > 1 else waiting[0]
        key = (refusal.wish.step, refusal.reason)
        is_new = key not in self.given
        self.given.add(key)
        return _with_reason(finding, refusal.reason, is_new=is_new)


def _left_alone(report: Report) -> Report:
    """What was found in a requirements file by way of a Dockerfile, which is not the only one to use it."""
    return report._replace(findings=tuple(_with_reason(each, _OF_OTHERS) for each in report.findings))


def _sources(settings: Config) -> tuple[str, ...]:
    return SOURCE.choices if settings.fix_from is None else settings.fix_from


def _unavailable(settings: Config, *, is_offline: bool) -> str:
    """Why the index is not to be asked; empty when it is."""
    if is_offline:
        return "--offline asks no index"
    if "index" not in _sources(settings):
        return "the setting fix-from leaves the index out"
    return "" if uv.find() else "there is no uv to ask the index; install pinhook-pre-commit[fix]"


def _with_reason(finding: Finding, reason: str, *, is_new: bool = True) -> Finding:
    """A finding with the reason why it is not fixed; in its message only where that is new."""
    reason = mask(reason)
    said = f"not fixed: {reason}" if is_new else "not fixed for the same reason"
    return finding._replace(message=f"{finding.message} ({said})", unfixed=reason)


def _folders(path: str, tree: Tree) -> list[fix.Folder]:
    """The folder of a file that is fixed, and the root of its repository; nothing outside of that is read."""
    beside = os.path.dirname(path)
    found = [_folder(beside, posixpath.dirname(tree.path), tree)]
    if depth := tree.path.count("/"):
        root = os.path.join(os.path.realpath(beside or "."), *[os.pardir] * depth)
        found.append(_folder(os.path.relpath(root), "", tree))
    return found


def _folder(name: str, inside: str, tree: Tree) -> fix.Folder:
    """A folder without the file that is fixed, which says nothing about itself; ``inside`` is its path in the tree."""

    def names() -> list[str]:
        paths = (path.replace(os.sep, "/") for path in discovery.names(name or "."))
        return [path for path in paths if posixpath.join(inside, path) != tree.path]

    return fix.Folder(name, names, lambda path: tree.read(posixpath.join(inside, path)))
