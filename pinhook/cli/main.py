"""The steps of a run: arguments → configuration → check → report → exit code. ``run`` processes the files."""

from __future__ import annotations

import os
import sys
from enum import IntEnum

from pinhook import config
from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.cli import streams, terminal
from pinhook.cli.options import parse_plain
from pinhook.cli.run import Runner, internal_error
from pinhook.cli.streams import print_message
from pinhook.reporters import REPORTERS
from pinhook.reporters.display import escape_unprintable
from pinhook.reporters.reporter import FileError, Outcome, Style
from pinhook.rule_codes import FOLLOWING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pinhook.cli.options import Options
    from pinhook.config import Config


class ExitCode(IntEnum):
    """The exit codes. If two apply, the higher one is used."""

    CLEAN = 0
    FINDINGS = 1
    ERROR = 2  # pinhook could not do its job, or only a part of it


def run(argv: Sequence[str] | None = None) -> int:
    """Run pinhook with the given arguments. Returns the exit code."""
    streams.open_streams()
    try:
        options = parse(sys.argv[1:] if argv is None else list(argv))
    except SystemExit:
        if not streams.write(""):  # for the output of --help: the disk may be full
            return ExitCode.ERROR
        raise
    except OSError as error:  # the same; since Python 3.11 argparse does not catch it
        streams.discard_stdout()
        if isinstance(error, BrokenPipeError):
            return ExitCode.CLEAN
        print_message(f"stdout: {error.strerror}")
        return ExitCode.ERROR
    try:
        return _run(options)
    except config.ConfigError as error:
        for line in error.args:
            print_message(line)
    except Exception as error:  # noqa: BLE001  no traceback, ever
        print_message(internal_error(error))
    return ExitCode.ERROR


def parse(arguments: list[str]) -> Options:
    """Parse the command line. Raises ``SystemExit`` on an error, and after ``--help`` and ``--version``."""
    options = parse_plain(arguments)
    if options is None:
        from pinhook.cli import parser  # argparse is slow to import

        options = parser.parse(arguments)
    return options


def _run(options: Options) -> ExitCode:
    if options.explain is not None or options.rules:
        return _show_rules(options)
    if options.completion is not None:
        from pinhook.cli import completion, parser

        return _show(completion.script(options.completion, parser.make_parser()))
    settings = configure(options)
    if options.show_settings:
        from pinhook.cli.help_pages import show_settings

        return _show(show_settings(settings))
    runner = Runner(options, settings)
    if options.show_files:
        return _show_files(runner)
    if options.show_python:
        return _show_python(runner)
    outcome = _outcome(runner, options)
    if not (options.isolated or options.config):
        _note_unread_configuration(outcome, settings)
    has_files = bool(outcome.reports or outcome.file_errors)
    return max(report(outcome, options, settings), _say_without_files(runner, has_files=has_files))


def _outcome(runner: Runner, options: Options) -> Outcome:
    if options.edits_ignores:
        return runner.edit_ignores()
    return runner.fix_files() if options.fix or options.diff else runner.check_files()


def _say_without_files(runner: Runner, *, has_files: bool) -> ExitCode:
    """Warn about directories without a Dockerfile. With ``--error-on-no-files`` it is an error."""
    for folder in dict.fromkeys(runner.without_files):
        print_message(f"warning: {folder}: no Dockerfile found")
    has_none = bool(runner.without_files) or not has_files
    return ExitCode.ERROR if has_none and runner.options.error_on_no_files else ExitCode.CLEAN


def _note_unread_configuration(outcome: Outcome, settings: Config) -> None:
    """Print once that a configuration file nearer to a checked file was not used."""
    found = config.find_unread((report.source.path for report in outcome.reports), os.getcwd())
    if found is None:
        return
    path, unread = found
    print_message(
        f"note: {path} is checked with {settings.path or 'no configuration file'}, not with the nearer {unread}: "
        "the search begins in the working directory (--config names another file)"
    )


def configure(options: Options) -> Config:
    """The settings of this run. Raises ``ConfigError``."""
    folder = _working_directory()
    if options.isolated:
        return config.combine(None, options.settings)
    file = config.find(folder) if options.config is None else config.load(options.config)
    for warning in file.warnings if file else ():
        print_message(f"warning: {warning}")
    return config.combine(file, options.settings)


def _working_directory() -> str:
    try:
        return os.getcwd()
    except OSError as error:  # it was removed
        raise config.ConfigError(f"the working directory: {error.strerror}") from error


def _show(text: str) -> ExitCode:
    return ExitCode.CLEAN if streams.write(text) else ExitCode.ERROR


def _show_rules(options: Options) -> ExitCode:
    from pinhook.cli import help_pages, wrapping  # the rules are slow to import

    if options.explain is None:
        return _show(help_pages.rule_table())
    width = wrapping.fitting(terminal.width(sys.stdout)) if terminal.is_terminal(sys.stdout) else 0
    page = help_pages.explain(options.explain, color=terminal.wants_color(options.color, sys.stdout), width=width)
    if page is None:
        print_message(help_pages.no_such_rule(options.explain))
        return ExitCode.ERROR
    return _show(page)


def _show_files(runner: Runner) -> ExitCode:
    """List the files and the files followed for PIN007 and PIN012. stderr has those that could not be followed."""
    file_errors: list[FileError] = []
    found = runner.paths(file_errors)
    code = _say_without_files(runner, has_files=bool(found or file_errors))
    if FOLLOWING & set(runner.settings.codes):
        found = list(dict.fromkeys(each for path in found for each in _with_followed(path, runner)))
    paths = "".join(f"{escape_unprintable(path)}\n" for path in found)
    for file_error in file_errors:
        print_message(f"{file_error.path}: {file_error.message}")
    return max(_show(paths), ExitCode.ERROR if file_errors else code)


def _show_python(runner: Runner) -> ExitCode:
    """Show the Python of each install command; the package index is not asked."""
    file_errors: list[FileError] = []
    found = runner.paths(file_errors)
    code = _say_without_files(runner, has_files=bool(found or file_errors))
    pages: list[str] = []
    for path in found:
        page = runner.guarded(path, runner.python_page)
        if isinstance(page, FileError):
            file_errors.append(page)
        else:
            pages.append(page)
    for file_error in file_errors:
        print_message(f"{file_error.path}: {file_error.message}")
    return max(_show("".join(pages)), ExitCode.ERROR if file_errors else code)


def _with_followed(path: str, runner: Runner) -> Iterator[str]:
    """A file and its followed files. The reasons for the others are printed on stderr."""
    from pinhook.redact import redact

    yield path
    result = runner.guarded(path, runner.check)
    for each in () if isinstance(result, FileError) else result.followed:
        if each.reason:
            source, span = each.name.place
            place = f"{source.path}:{source.position(span.start).line}"
            print_message(escape_unprintable(f"{place}: {redact(str(each.name))} {each.reason}, so it is not read"))
        elif each.source and each.path:
            yield each.source.path


def report(outcome: Outcome, options: Options, settings: Config) -> ExitCode:
    """Print the findings and errors."""
    outcome = outcome._replace(
        file_errors=tuple(FileError(*map(streams.redacted, file_error)) for file_error in outcome.file_errors)
    )
    for file_error in outcome.file_errors:
        print_message(f"{file_error.path}: {file_error.message}")
    has_changed = bool(outcome.fixed) or (options.diff and bool(outcome.ignored))
    has_findings = not options.exit_zero and (has_changed or any(True for _ in outcome.findings))
    code = ExitCode.ERROR if outcome.file_errors else ExitCode.FINDINGS if has_findings else ExitCode.CLEAN
    if options.diff and options.output_file is None:  # stdout contains only the diff
        color = terminal.wants_color(options.color, sys.stderr)
        streams.write_stderr(
            REPORTERS[0].render(outcome, Style(color, summary=False, width=terminal.width(sys.stderr)))
        )
        return code
    reporter = next(reporter for reporter in REPORTERS if reporter.name == settings.format)
    text = reporter.render(outcome._replace(folder=os.getcwd(), exit_code=code), _style(options, settings))
    is_written = streams.write(text) if options.output_file is None else streams.write_file(options.output_file, text)
    return code if is_written else ExitCode.ERROR


def _style(options: Options, settings: Config) -> Style:
    to_file = options.output_file is not None
    return Style(
        color=terminal.wants_color(options.color, None if to_file else sys.stdout),
        summary=not options.quiet,
        width=0 if to_file else terminal.width(sys.stdout),
        advice=not (options.fix or options.edits_ignores),
        has_python_version=bool(options.python_version or settings.default_python_version),
    )
