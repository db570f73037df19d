"""One run: find and open the files, check or fix them, and collect the reports."""

from __future__ import annotations

import os
from functools import partial

from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.cli.options import STDIN
from pinhook.reporters.reporter import FileError, Outcome
from pinhook.repository import discovery
from pinhook.source import SourceError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence
    from typing import TypeAlias, TypeVar

    from pinhook.check import FoundFiles, Report
    from pinhook.cli.editing import Editor, EditResult
    from pinhook.cli.fixer import Fixer
    from pinhook.cli.options import Options
    from pinhook.cli.progress import Progress
    from pinhook.config import Config
    from pinhook.documents import DockerfileDocument, Document
    from pinhook.documents.contents import Evaluate
    from pinhook.follow import ScriptFollower
    from pinhook.installers import Installation
    from pinhook.repository.repository import Repository
    from pinhook.source import Span

    Prepare: TypeAlias = Callable[[Sequence[Document], Progress], object]
    Result = TypeVar("Result")

FILES_AT_ONCE = 8
"""Files whose versions are asked for together, before the first of them is fixed."""

_WITH_FIXES = frozenset({"json", "sarif"})


class Runner:
    """Runs the checks that the options and settings request.

    An error with a file becomes a ``FileError``. The other files are still checked.
    """

    def __init__(self, options: Options, settings: Config) -> None:
        self.options = options
        self.settings = settings
        self.without_files: list[str] = []
        """Directories among the arguments without a Dockerfile. Set by ``paths``."""

    def paths(self, file_errors: list[FileError]) -> list[str]:
        """The files of the arguments, sorted, each once by its shortest path. The order of the arguments is ignored.

        Directories that cannot be searched are added to the errors, those without a Dockerfile to ``without_files``.
        """
        by_file: dict[str, str] = {}
        real_folders: dict[str, str] = {}
        for path in sorted(self._all_paths(file_errors), key=lambda path: (len(path), path)):
            by_file.setdefault(path if path == STDIN else discovery.canonical_path(path, real_folders), path)
        self.without_files.sort()
        return sorted(by_file.values(), key=discovery.order)

    def _all_paths(self, file_errors: list[FileError]) -> Iterator[str]:
        def on_error(error: OSError) -> None:
            file_errors.append(_os_error(os.path.normpath(error.filename), error))

        for argument in self.options.files:
            before = len(file_errors)
            found = list(self._find(argument, on_error))
            if not found and len(file_errors) == before and os.path.isdir(argument):
                self.without_files.append(argument)
            yield from found

    def _find(self, argument: str, on_error: Callable[[OSError], None]) -> Iterator[str]:
        """The files of an argument, without excluded ones."""
        settings = self.settings
        if argument != STDIN and os.path.isdir(argument):
            return discovery.search(argument, on_error, settings.is_excluded)
        name = self.options.stdin_filename if argument == STDIN else argument
        is_excluded = settings.force_exclude and name is not None and settings.is_excluded(name)
        return iter(() if is_excluded else (argument,))

    def guarded(self, path: str, action: Callable[[Document], Result]) -> Result | FileError:
        """Open a document and call a function with it. Exceptions become a ``FileError``."""
        name = self.options.stdin_filename or "<stdin>" if path == STDIN else path
        return _guarded(name, lambda: action(self._open(path, name)))

    def _open(self, path: str, name: str) -> Document:
        """The document of a file. Raises ``SourceError`` and ``OSError``."""
        from pinhook.documents import open_document  # not needed for --help

        max_size = self.settings.max_size
        source = discovery.read_stdin(name, max_size) if path == STDIN else discovery.read_file(path, max_size)
        return open_document(source, discovery.kind_of(source))

    # checking

    def check_files(self) -> Outcome:
        """Check each file once. The order of the arguments is ignored."""
        reports: list[Report] = []
        file_errors: list[FileError] = []
        for path in self.paths(file_errors):
            result = self.guarded(path, self._check_and_suggest)
            if isinstance(result, FileError):
                file_errors.append(result)
            else:
                reports.append(result)
        return Outcome(self._with_followed_reports(reports), _sorted(file_errors))

    def _check_and_suggest(self, document: Document) -> Report:
        """The report on a document. If the format shows fixes, certain fixes are included."""
        report = self.check(document)
        if self.settings.format in _WITH_FIXES:
            from pinhook import fix

            return fix.suggest(document, report, fix.Checks(self.check, self.settings.installers))
        return report

    def check(self, document: Document) -> Report:
        """The report of a document."""
        return self.check_by(document, self.settings.codes_for(document.source.path))

    def check_by(self, document: Document, codes: Collection[str]) -> Report:
        """The report of a document with the given rules."""
        from pinhook.check import Follow, Policy, check  # not needed for --help

        settings = self.settings
        policy = Policy(
            codes,
            settings.allow,
            settings.installers,
            not self.options.no_ignores,
            settings.require_reason,
        )
        return check(document, policy, Follow(self._follow_files, self._follow_scripts))

    def _follow_files(
        self, document: Document, installations: Sequence[Installation], evaluate: Evaluate | None
    ) -> FoundFiles:
        """The installations with the files that they name."""
        from pinhook.follow import follow_files  # rarely needed

        return follow_files(document, installations, partial(self._open_repository, document.source.path), evaluate)

    def _follow_scripts(self, document: DockerfileDocument, part: Span, in_repository: bool) -> ScriptFollower:
        """The follower of the scripts that part of a Dockerfile runs, with ``in_repository`` also of the repository."""
        from pinhook.follow import follow_scripts

        return follow_scripts(document, part, in_repository, partial(self._open_repository, document.source.path))

    def _open_repository(self, path: str) -> Repository:
        """The repository of a file."""
        from pinhook.repository.checkout import open_repository

        settings = self.settings
        context = settings.context_for(path)
        return open_repository(path, context, settings.requirements_by_image_path, settings.max_size)

    def _with_followed_reports(self, reports: Sequence[Report]) -> tuple[Report, ...]:
        """The reports, and those on followed requirements files."""
        if any(report.included for report in reports):
            from pinhook.cli.followed_reports import with_followed_reports

            reports = with_followed_reports(reports, os.path.realpath, self.settings.codes_for)
        return tuple(sorted(reports, key=lambda report: discovery.order(report.source.path)))

    # editing

    def fix_files(self) -> Outcome:
        """Fix each file once, or show the changes with ``--diff``."""
        fixer = self._fixer(is_offline=self.options.offline)
        return self._edit_files(fixer, fixer.prefetch)

    def python_page(self, document: Document) -> str:
        """Which Python each command of a document installs for, as text."""
        from pinhook.cli.show_python import show_python

        sources = self._fixer(is_offline=True).version_sources(document.source)
        return show_python(document, sources, self.settings.installers)

    def _fixer(self, *, is_offline: bool) -> Fixer:
        from pinhook.cli.fixer import Fixer

        options = self.options
        return Fixer(
            self.settings,
            self.check,
            is_offline=is_offline,
            only_shows=options.diff,
            python_version=options.python_version,
        )

    def edit_ignores(self) -> Outcome:
        """Edit the ignore comments of each file, or show the changes with ``--diff``.

        Raises ``ConfigError`` if the configuration requires a reason and none is given.
        """
        from pinhook.cli.ignore_editor import IgnoreEditor

        return self._edit_files(IgnoreEditor(self.options, self.settings, self.check_by))

    def _edit_files(self, editor: Editor, prepare: Prepare | None = None) -> Outcome:
        """Apply an editor to each file once; ``prepare`` gets the files first, ``FILES_AT_ONCE`` at a time."""
        reports: list[Report] = []
        file_errors: list[FileError] = []
        paths = self.paths(file_errors)
        for result in self._edited(paths, editor, prepare):
            if isinstance(result, FileError):
                file_errors.append(result)
            else:
                reports.append(result.report)
                if result.failure:
                    file_errors.append(FileError(result.report.source.path, result.failure))
        return Outcome(self._with_followed_reports(reports), _sorted(file_errors))

    def _edited(
        self, paths: Sequence[str], editor: Editor, prepare: Prepare | None
    ) -> Iterator[EditResult | FileError]:
        from pinhook.cli.progress import Progress  # not for a run that only checks

        progress = Progress(len(paths))
        for first in range(0, len(paths), FILES_AT_ONCE):
            opened = [self.guarded(path, lambda document: document) for path in paths[first : first + FILES_AT_ONCE]]
            if prepare:
                documents = [each for each in opened if not isinstance(each, FileError)]
                prepare(documents, progress)
            for each in opened:
                yield each if isinstance(each, FileError) else self._edit(each, editor)
                progress.done += 1

    def _edit(self, document: Document, editor: Editor) -> EditResult | FileError:
        from pinhook.cli.editing import edit_file

        return _guarded(document.source.path, lambda: edit_file(document, editor, self.options))


def _guarded(name: str, action: Callable[[], Result]) -> Result | FileError:
    """The result of a function, or its exception as a ``FileError``."""
    try:
        return action()
    except SourceError as error:
        return FileError(name, str(error))
    except OSError as error:
        return _os_error(name, error)
    except Exception as error:  # noqa: BLE001  the last resort: the other files can still be checked
        return FileError(name, internal_error(error))


def internal_error(error: Exception) -> str:
    """The data for a bug report about an unexpected exception, in one line."""
    frame = error.__traceback__
    while frame and frame.tb_next:
        frame = frame.tb_next
    where = f" ({os.path.basename(frame.tb_frame.f_code.co_filename)}:{frame.tb_lineno})" if frame else ""
    return f"internal error: {type(error).__name__}: {error}{where}; please report it"


def _sorted(file_errors: list[FileError]) -> tuple[FileError, ...]:
    return tuple(sorted(file_errors, key=lambda error: discovery.order(error.path)))


def _os_error(path: str, error: OSError) -> FileError:
    return FileError(path, error.strerror or str(error))
