"""Arguments → configuration → check → render → exit code; reading and writing are in ``files`` and ``output``."""

from __future__ import annotations

import os
import sys
from enum import IntEnum
from functools import partial

from pinhook import config, files, output, parallel, terminal
from pinhook.command_line import STDIN, read_plain
from pinhook.light_typing import TYPE_CHECKING
from pinhook.output import complain
from pinhook.reporters import REPORTERS
from pinhook.reporters.display import visible
from pinhook.reporters.reporter import Outcome, Style, Trouble
from pinhook.source import SourceError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence
    from typing import TypeVar

    from pinhook.check import Report
    from pinhook.command_line import Options
    from pinhook.config import Config
    from pinhook.finding import Finding
    from pinhook.following import Tree
    from pinhook.repair import Repaired, Workshop
    from pinhook.source import Source

    Result = TypeVar("Result")


_WITH_FIXES = frozenset({"json", "sarif"})


class ExitCode(IntEnum):
    """What the exit code says; where two apply, the higher one."""

    CLEAN = 0
    FINDINGS = 1
    TROUBLE = 2  # pinhook could not do its job, or not all of it


def run(argv: Sequence[str] | None = None) -> int:
    """Do what the arguments ask for, and return the exit code."""
    output.open_streams()
    try:
        options = parse(sys.argv[1:] if argv is None else list(argv))
    except SystemExit:
        if not output.write(""):  # what --help said, onto a disk that may be full
            return ExitCode.TROUBLE
        raise
    except BrokenPipeError:  # the same; argparse lets it pass since Python 3.11
        output.discard_stdout()
        return ExitCode.CLEAN
    try:
        return _run(options)
    except config.ConfigError as error:
        for line in error.args:
            complain(line)
    except Exception as error:  # noqa: BLE001  no traceback, ever
        complain(_internal_error(error))
    return ExitCode.TROUBLE


def parse(arguments: list[str]) -> Options:
    """Read the command line. Raises ``SystemExit`` on a wrong one, and after ``--help`` and ``--version``."""
    options = read_plain(arguments)
    if options is None:
        from pinhook import arguments as parser  # argparse is slow to import

        options = parser.parse(arguments)
    return options


def _run(options: Options) -> ExitCode:
    if options.explain is not None or options.rules:
        return _show_rules(options)
    settings = configure(options)
    if options.show_settings:
        from pinhook.pages import show_settings

        return _show(show_settings(settings))
    if options.show_files:
        return _show_files(options, settings)
    outcome = repair_files(options, settings) if options.fix or options.diff else check_files(options, settings)
    return report(outcome, options, settings)


def configure(options: Options) -> Config:
    """The settings of this run. Raises ``ConfigError``."""
    folder = _working_directory()
    if options.isolated:
        return config.combine(None, options.settings)
    file = config.find(folder) if options.config is None else config.load(options.config)
    return config.combine(file, options.settings)


def _working_directory() -> str:
    try:
        return os.getcwd()
    except OSError as error:  # somebody has removed it
        raise config.ConfigError(f"the working directory: {error.strerror}") from error


def _show(text: str) -> ExitCode:
    return ExitCode.CLEAN if output.write(text) else ExitCode.TROUBLE


def _show_rules(options: Options) -> ExitCode:
    from pinhook import pages  # the rules are slow to import

    if options.explain is None:
        return _show(pages.rule_table())
    page = pages.explain(options.explain, color=terminal.wants_color(options.color))
    if page is None:
        complain(pages.no_such_rule(options.explain))
        return ExitCode.TROUBLE
    return _show(page)


def _show_files(options: Options, settings: Config) -> ExitCode:
    """List the files, and with them those that PIN007 looks into; what it cannot look into is told on stderr."""
    troubles: list[Trouble] = []
    found = list(_paths(options, settings, troubles))
    if "PIN007" in settings.codes:
        found = list(dict.fromkeys(each for path in found for each in _with_followed(path, options, settings)))
    paths = "".join(f"{visible(path)}\n" for path in found)
    for trouble in troubles:
        complain(f"{trouble.path}: {trouble.message}")
    return max(_show(paths), ExitCode.TROUBLE if troubles else ExitCode.CLEAN)


def _with_followed(path: str, options: Options, settings: Config) -> Iterator[str]:
    """A file, and those behind the commands in it; why the others are not told is told on stderr."""
    from pinhook.masking import mask

    yield path
    result = _attempt(path, options, settings, lambda source: _check(source, options, settings))
    for each in () if isinstance(result, Trouble) else result.followed:
        if each.reason:
            source, span = each.name.place
            place = f"{source.path}:{source.position(span.start).line}"
            complain(visible(f"{place}: {mask(str(each.name))} {each.reason}, and is not looked into"))
        elif each.file and each.path:
            yield each.file.source.path


def report(outcome: Outcome, options: Options, settings: Config) -> ExitCode:
    """Print what was found and what went wrong."""
    outcome = outcome._replace(troubles=tuple(Trouble(*map(output.masked, trouble)) for trouble in outcome.troubles))
    for trouble in outcome.troubles:
        complain(f"{trouble.path}: {trouble.message}")
    has_findings = not options.exit_zero and (bool(outcome.fixed) or any(True for _ in outcome.findings))
    code = ExitCode.TROUBLE if outcome.troubles else ExitCode.FINDINGS if has_findings else ExitCode.CLEAN
    if options.diff:  # stdout has the diff, and nothing but that
        reporter, style = REPORTERS[0], Style()
        output.remark(reporter.render(outcome, style._replace(summary=False)))
        return code
    reporter = next(reporter for reporter in REPORTERS if reporter.name == settings.format)
    text = reporter.render(outcome._replace(folder=os.getcwd(), exit_code=code), _style(options))
    is_written = output.write(text) if options.output_file is None else output.write_file(options.output_file, text)
    return code if is_written else ExitCode.TROUBLE


def _style(options: Options) -> Style:
    to_file = options.output_file is not None
    color = terminal.wants_color(options.color, to_file=to_file)
    return Style(
        color=color,
        summary=not options.quiet,
        links=color and not to_file and terminal.follows_links(),
        width=0 if to_file else terminal.width(),
    )


def check_files(options: Options, settings: Config) -> Outcome:
    """Check each file once, in the order given; a file that cannot be checked costs only itself."""
    reports: list[Report] = []
    troubles: list[Trouble] = []
    paths = list(_paths(options, settings, troubles))
    jobs = 1 if STDIN in paths or not paths else options.jobs or parallel.worthwhile(len(paths))
    for result in parallel.each(partial(_check_path, options, settings), paths, jobs):
        if isinstance(result, Trouble):
            troubles.append(result)
        else:
            reports.append(result)
    return Outcome(_with_lists(reports, settings), tuple(troubles))


def repair_files(options: Options, settings: Config) -> Outcome:
    """Fix each file once, or show with ``--diff`` what would be written."""
    from pinhook.repair import Workshop

    workshop = Workshop(
        settings,
        lambda source: _check(source, options, settings),
        is_offline=options.offline,
        is_shown=options.diff,
    )
    reports: list[Report] = []
    troubles: list[Trouble] = []
    fixed: list[Finding] = []
    for path in _paths(options, settings, troubles):
        result = _attempt(path, options, settings, lambda source: _repair(source, workshop, shows=options.diff))
        if isinstance(result, Trouble):
            troubles.append(result)
        else:
            reports.append(result.report)
            fixed += result.fixed
            if result.trouble:
                troubles.append(Trouble(result.report.source.path, result.trouble))
    rewritten = {finding.place.source.path for finding in fixed}
    return Outcome(_with_lists(reports, settings, rewritten), tuple(troubles), fixed=tuple(fixed))


def _with_lists(reports: Sequence[Report], settings: Config, rewritten: Collection[str] = ()) -> tuple[Report, ...]:
    if not any(report.lists for report in reports):
        return tuple(reports)
    from pinhook.lists import with_lists

    return with_lists(reports, os.path.realpath, settings.codes_for, rewritten)


def _repair(source: Source, workshop: Workshop, *, shows: bool) -> Repaired:
    """Fix one file, unless it is only shown what that would be; one that cannot be written is merely checked."""
    from pinhook.repair import Repaired

    repaired = workshop.repair(source)
    if shows:
        if not _show_difference(source, repaired.after):
            return repaired._replace(trouble="the difference could not be written")
    elif repaired.fixed:
        try:
            output.rewrite(source.path, source.encode(), repaired.after.encode())
        except OSError as error:
            return Repaired(source, workshop.checks.check(source), (), _os_trouble(source.path, error).message)
    return repaired


def _show_difference(before: Source, after: Source) -> bool:
    from pinhook.diff import difference, for_people

    patch = difference(before, after)
    return output.write(for_people(patch)) if terminal.is_terminal() else output.write_bytes(patch)


def _paths(options: Options, settings: Config, troubles: list[Trouble]) -> Iterator[str]:
    """What the arguments name, each once; directories that cannot be searched are added to the troubles."""
    seen: set[str] = set()

    def on_error(error: OSError) -> None:
        troubles.append(_os_trouble(os.path.normpath(error.filename), error))

    for argument in options.files:
        for path in _find(argument, options, settings, on_error):
            identity = path if path == STDIN else os.path.realpath(path)
            if identity not in seen:
                seen.add(identity)
                yield path


def _find(argument: str, options: Options, settings: Config, on_error: Callable[[OSError], None]) -> Iterator[str]:
    """The files that an argument stands for, without the excluded ones."""
    if argument != STDIN and os.path.isdir(argument):
        return files.search(argument, on_error, settings.is_excluded)
    name = options.stdin_filename if argument == STDIN else argument
    is_excluded = settings.force_exclude and name is not None and settings.is_excluded(name)
    return iter(() if is_excluded else (argument,))


def _attempt(path: str, options: Options, settings: Config, action: Callable[[Source], Result]) -> Result | Trouble:
    """Read a file and do something with it; what goes wrong costs only this file."""
    name = options.stdin_filename or "<stdin>" if path == STDIN else path
    try:
        source = files.read_stdin(name, settings.largest) if path == STDIN else files.read(path, settings.largest)
        return action(source)
    except SourceError as error:
        return Trouble(name, str(error))
    except OSError as error:
        return _os_trouble(name, error)
    except Exception as error:  # noqa: BLE001  the last resort: the other files can still be checked
        return Trouble(name, _internal_error(error))


def _check_path(options: Options, settings: Config, path: str) -> Report | Trouble:
    return _attempt(path, options, settings, lambda source: _check_and_suggest(source, options, settings))


def _check_and_suggest(source: Source, options: Options, settings: Config) -> Report:
    """The report on a file, with the fixes that are certain, if the format has a place for them."""
    found = _check(source, options, settings)
    if settings.format in _WITH_FIXES:
        from pinhook import fix

        if any(finding.code in fix.SUGGESTED for finding in found.findings):
            suggest = fix.suggest_in_list if files.is_list(source.path) else fix.suggest
            return suggest(found, fix.Checks(lambda text: _check(text, options, settings), settings.installers))
    return found


def _check(source: Source, options: Options, settings: Config) -> Report:
    from pinhook.check import check, check_list  # not for --help

    codes = settings.codes_for(source.path)
    ignores = not options.no_ignores
    if files.is_list(source.path):
        return check_list(
            source,
            codes,
            allowed=settings.allow,
            ignores=ignores,
            require_reason=settings.require_reason,
            tree=lambda: _open_tree(source.path, settings),
        )
    return check(
        source,
        codes,
        allowed=settings.allow,
        also=settings.installers,
        ignores=ignores,
        require_reason=settings.require_reason,
        tree=lambda: _open_tree(source.path, settings),
    )


def _open_tree(path: str, settings: Config) -> Tree:
    from pinhook.checkout import open_tree  # few runs look into the repository

    return open_tree(path, settings.context_for(path), settings.known_requirements)


def _internal_error(error: Exception) -> str:
    """What a bug report needs of an unexpected exception, in one line."""
    frame = error.__traceback__
    while frame and frame.tb_next:
        frame = frame.tb_next
    where = f" ({os.path.basename(frame.tb_frame.f_code.co_filename)}:{frame.tb_lineno})" if frame else ""
    return f"internal error: {type(error).__name__}: {error}{where}; please report it"


def _os_trouble(path: str, error: OSError) -> Trouble:
    return Trouble(path, error.strerror or str(error))
