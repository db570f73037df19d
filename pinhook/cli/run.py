"""The work of one run: its files are found, read, and checked or fixed; reading and writing are done by others."""

from __future__ import annotations

import os
from functools import partial

from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.cli import streams, terminal
from pinhook.cli.options import STDIN
from pinhook.reporters.reporter import Outcome, Trouble
from pinhook.repository import discovery
from pinhook.source import SourceError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence
    from typing import TypeVar

    from pinhook.check import Report
    from pinhook.cli.fixer import Repaired, Workshop
    from pinhook.cli.options import Options
    from pinhook.config import Config
    from pinhook.documents import Document
    from pinhook.finding import Finding
    from pinhook.follow import Followed
    from pinhook.installers import Installation
    from pinhook.source import Source

    Result = TypeVar("Result")

_WITH_FIXES = frozenset({"json", "sarif"})


class Work:
    """What the options and settings ask for. What goes wrong with a file is a ``Trouble``, and costs only that file."""

    def __init__(self, options: Options, settings: Config) -> None:
        self.options = options
        self.settings = settings
        self.without_files: list[str] = []
        """Directories among the arguments in which there is no Dockerfile, once ``paths`` has come to its end."""

    def paths(self, troubles: list[Trouble]) -> Iterator[str]:
        """What the arguments name, each once; directories that cannot be searched are added to the troubles."""
        seen: set[str] = set()
        real_folders: dict[str, str] = {}

        def on_error(error: OSError) -> None:
            troubles.append(_os_trouble(os.path.normpath(error.filename), error))

        for argument in self.options.files:
            before = len(troubles)
            found = list(self._find(argument, on_error))
            if not found and len(troubles) == before and os.path.isdir(argument):
                self.without_files.append(argument)
            for path in found:
                identity = path if path == STDIN else discovery.identity(path, real_folders)
                if identity not in seen:
                    seen.add(identity)
                    yield path

    def _find(self, argument: str, on_error: Callable[[OSError], None]) -> Iterator[str]:
        """The files that an argument stands for, without the excluded ones."""
        settings = self.settings
        if argument != STDIN and os.path.isdir(argument):
            return discovery.search(argument, on_error, settings.is_excluded)
        name = self.options.stdin_filename if argument == STDIN else argument
        is_excluded = settings.force_exclude and name is not None and settings.is_excluded(name)
        return iter(() if is_excluded else (argument,))

    def attempt(self, path: str, action: Callable[[Source], Result]) -> Result | Trouble:
        """Read a file and do something with it."""
        name = self.options.stdin_filename or "<stdin>" if path == STDIN else path
        largest = self.settings.largest
        try:
            return action(discovery.read_stdin(name, largest) if path == STDIN else discovery.read(path, largest))
        except SourceError as error:
            return Trouble(name, str(error))
        except OSError as error:
            return _os_trouble(name, error)
        except Exception as error:  # noqa: BLE001  the last resort: the other files can still be checked
            return Trouble(name, internal_error(error))

    # checking

    def check_files(self) -> Outcome:
        """Check each file once; the order of the arguments does not matter."""
        reports: list[Report] = []
        troubles: list[Trouble] = []
        for path in sorted(self.paths(troubles), key=discovery.order):
            result = self.attempt(path, self._check_and_suggest)
            if isinstance(result, Trouble):
                troubles.append(result)
            else:
                reports.append(result)
        return Outcome(self._with_lists(reports), _sorted(troubles))

    def _check_and_suggest(self, source: Source) -> Report:
        """The report on a file, with the fixes that are certain, if the format has a place for them."""
        found = self.check(source)
        if self.settings.format in _WITH_FIXES:
            from pinhook import fix

            if any(finding.code in fix.SUGGESTED for finding in found.findings):
                suggest = fix.suggest_in_list if discovery.is_list(source.path) else fix.suggest
                return suggest(found, fix.Checks(self.check, self.settings.installers))
        return found

    def check(self, source: Source) -> Report:
        """The report on a file."""
        from pinhook.check import Policy, check  # not for --help
        from pinhook.documents import open_document

        settings = self.settings
        policy = Policy(
            settings.codes_for(source.path),
            settings.allow,
            settings.installers,
            not self.options.no_ignores,
            settings.require_reason,
        )
        document = open_document(source, is_requirements_file=discovery.is_list(source.path))
        return check(document, policy, self._follow)

    def _follow(
        self, document: Document, installations: Sequence[Installation]
    ) -> tuple[Sequence[Installation], Sequence[Followed]]:
        """The installations with the files in the repository that they lead to."""
        from pinhook.follow import follow_files
        from pinhook.repository.checkout import open_tree  # few runs look into the repository

        settings, path = self.settings, document.source.path
        context = settings.context_for(path)
        tree = partial(open_tree, path, context, settings.known_requirements, settings.largest)
        return follow_files(document, installations, tree)

    def _with_lists(self, reports: Sequence[Report], rewritten: Collection[str] = ()) -> tuple[Report, ...]:
        """The reports, and those on the requirements files that were followed to."""
        if any(report.included for report in reports):
            from pinhook.cli.requirements_reports import with_lists

            reports = with_lists(reports, os.path.realpath, self.settings.codes_for, rewritten)
        return tuple(sorted(reports, key=lambda report: discovery.order(report.source.path)))

    # fixing

    def repair_files(self) -> Outcome:
        """Fix each file once, or show with ``--diff`` what would be written."""
        from pinhook.cli.fixer import Workshop

        options = self.options
        workshop = Workshop(self.settings, self.check, is_offline=options.offline, is_shown=options.diff)
        reports: list[Report] = []
        troubles: list[Trouble] = []
        fixed: list[Finding] = []
        for path in sorted(self.paths(troubles), key=discovery.order):
            result = self.attempt(path, lambda source: _repair(source, workshop, shows=options.diff))
            if isinstance(result, Trouble):
                troubles.append(result)
            else:
                reports.append(result.report)
                fixed += result.fixed
                if result.trouble:
                    troubles.append(Trouble(result.report.source.path, result.trouble))
        rewritten = {finding.place.source.path for finding in fixed}
        return Outcome(self._with_lists(reports, rewritten), _sorted(troubles), fixed=tuple(fixed))


def _repair(source: Source, workshop: Workshop, *, shows: bool) -> Repaired:
    """Fix one file, unless it is only shown what that would be; one that cannot be written is merely checked."""
    from pinhook.cli.fixer import Repaired

    repaired = workshop.repair(source)
    if shows:
        if not _show_difference(source, repaired.after):
            return repaired._replace(trouble="the difference could not be written")
    elif repaired.fixed:
        from pinhook.cli import replacing

        try:
            replacing.rewrite(source.path, source.encode(), repaired.after.encode())
        except OSError as error:
            return Repaired(source, workshop.checks.check(source), (), _os_trouble(source.path, error).message)
    return repaired


def _show_difference(before: Source, after: Source) -> bool:
    from pinhook.cli.diff import difference, for_people

    patch = difference(before, after)
    return streams.write(for_people(patch)) if terminal.is_terminal() else streams.write_bytes(patch)


def internal_error(error: Exception) -> str:
    """What a bug report needs of an unexpected exception, in one line."""
    frame = error.__traceback__
    while frame and frame.tb_next:
        frame = frame.tb_next
    where = f" ({os.path.basename(frame.tb_frame.f_code.co_filename)}:{frame.tb_lineno})" if frame else ""
    return f"internal error: {type(error).__name__}: {error}{where}; please report it"


def _sorted(troubles: list[Trouble]) -> tuple[Trouble, ...]:
    return tuple(sorted(troubles, key=lambda trouble: discovery.order(trouble.path)))


def _os_trouble(path: str, error: OSError) -> Trouble:
    return Trouble(path, error.strerror or str(error))
