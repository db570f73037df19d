"""Arguments → check → render → exit code. All reading, writing and printing happens here and in ``files``."""

from __future__ import annotations

import argparse
import os
import sys
from contextlib import suppress
from enum import IntEnum
from io import TextIOWrapper
from typing import TYPE_CHECKING

from pinhook import __version__, files
from pinhook.reporters import REPORTERS
from pinhook.reporters.display import visible
from pinhook.reporters.reporter import Outcome, Style, Trouble
from pinhook.source import SourceError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pinhook.check import Report

STDIN = "-"


class ExitCode(IntEnum):
    """What the exit code says; where two apply, the higher one."""

    CLEAN = 0
    FINDINGS = 1
    TROUBLE = 2  # pinhook could not do its job, or not all of it


class Options(argparse.Namespace):
    """The command line."""

    files: list[str]
    stdin_filename: str | None
    format: str
    color: str
    quiet: bool
    exit_zero: bool
    isolated: bool


class _HelpFormatter(argparse.HelpFormatter):
    """Help of a fixed width: asking for the terminal's would import ``shutil`` at every start."""

    def __init__(self, prog: str, **options: object) -> None:
        del options
        super().__init__(prog, max_help_position=26, width=100)


def parse_arguments(argv: Sequence[str] | None) -> Options:
    """Read the command line. Raises ``SystemExit`` on a wrong one, and after ``--help`` and ``--version``."""
    parser = argparse.ArgumentParser(
        prog="pinhook",
        usage="pinhook [OPTIONS] FILE...",
        description="Find Python packages that a Dockerfile installs without an exact version.",
        epilog="Exit code: 0 nothing found, 1 findings, 2 a file could not be checked or an option is wrong.",
        formatter_class=_HelpFormatter,
        allow_abbrev=False,
        add_help=False,
    )
    what = parser.add_argument_group("What is checked")
    what.add_argument(
        "files", metavar="FILE", nargs="*", help="a Dockerfile, a directory to search for Dockerfiles, or - for stdin"
    )
    what.add_argument("--stdin-filename", metavar="NAME", help="what to call the text that - reads")
    what.add_argument("--isolated", action="store_true", help="read no configuration file")

    output = parser.add_argument_group("Output")
    names = [reporter.name for reporter in REPORTERS]
    output.add_argument(
        "--format",
        choices=names,
        default=names[0],
        metavar="FORMAT",
        help="; ".join(f"{reporter.name} ({reporter.description})" for reporter in REPORTERS),
    )
    output.add_argument(
        "--color", choices=("auto", "always", "never"), default="auto", metavar="WHEN", help="auto, always or never"
    )
    output.add_argument("-q", "--quiet", action="store_true", help="no summary")
    output.add_argument("--exit-zero", action="store_true", help="exit with 0 although there are findings")

    other = parser.add_argument_group("Other")
    other.add_argument("-h", "--help", action="help", help="show this help")
    other.add_argument("-V", "--version", action="version", version=f"pinhook {__version__}", help="show the version")

    arguments = list(sys.argv[1:] if argv is None else argv)
    end = arguments.index("--") if "--" in arguments else len(arguments)  # argparse loses it in mixed arguments
    options = parser.parse_intermixed_args(arguments[:end], Options())
    options.files += arguments[end + 1 :]
    if not options.files:
        parser.error("no file is given")
    if options.stdin_filename is not None and STDIN not in options.files:
        parser.error("--stdin-filename names what is read from stdin; add - to the files")
    return options


def run(argv: Sequence[str] | None = None) -> int:
    """Check what the arguments name, print what was found, and return the exit code."""
    try:
        options = parse_arguments(argv)
    except SystemExit:
        write("")  # what --help said, into a pipe that may be closed
        raise
    except BrokenPipeError:  # the same; argparse lets it pass since Python 3.11
        _discard_stdout()
        return ExitCode.CLEAN
    try:
        return report(check_files(options), options)
    except Exception as error:  # noqa: BLE001  no traceback, ever
        complain(_internal_error(error))
        return ExitCode.TROUBLE


def report(outcome: Outcome, options: Options) -> ExitCode:
    """Print what was found and what went wrong."""
    for trouble in outcome.troubles:
        complain(f"{trouble.path}: {trouble.message}")
    reporter = next(reporter for reporter in REPORTERS if reporter.name == options.format)
    style = Style(color=wants_color(options.color), summary=not options.quiet)
    is_written = write(reporter.render(outcome, style))
    if outcome.troubles or not is_written:
        return ExitCode.TROUBLE
    has_findings = any(report.findings for report in outcome.reports)
    return ExitCode.FINDINGS if has_findings and not options.exit_zero else ExitCode.CLEAN


def check_files(options: Options) -> Outcome:
    """Check each file once, in the order given; a file that cannot be checked costs only itself."""
    reports: list[Report] = []
    troubles: list[Trouble] = []

    def on_error(error: OSError) -> None:  # of a directory
        troubles.append(_os_trouble(os.path.normpath(error.filename), error))

    for path in _distinct_paths(options.files, on_error):
        result = _check_path(path, options)
        if isinstance(result, Trouble):
            troubles.append(result)
        else:
            reports.append(result)
    return Outcome(tuple(reports), tuple(troubles))


def _distinct_paths(arguments: Sequence[str], on_error: Callable[[OSError], None]) -> Iterator[str]:
    seen: set[str] = set()
    for argument in arguments:
        for path in (argument,) if argument == STDIN else files.find(argument, on_error):
            identity = path if path == STDIN else os.path.realpath(path)
            if identity not in seen:
                seen.add(identity)
                yield path


def _check_path(path: str, options: Options) -> Report | Trouble:
    name = options.stdin_filename or "<stdin>" if path == STDIN else path
    try:
        source = files.read_stdin(name) if path == STDIN else files.read(path)
    except SourceError as error:
        return Trouble(name, str(error))
    except OSError as error:
        return _os_trouble(name, error)
    try:
        from pinhook.check import check  # not for --help

        return check(source)
    except Exception as error:  # noqa: BLE001  the last resort: the other files can still be checked
        return Trouble(name, _internal_error(error))


def _internal_error(error: Exception) -> str:
    """What a bug report needs of an unexpected exception, in one line."""
    frame = error.__traceback__
    while frame and frame.tb_next:
        frame = frame.tb_next
    where = f" ({os.path.basename(frame.tb_frame.f_code.co_filename)}:{frame.tb_lineno})" if frame else ""
    return f"internal error: {type(error).__name__}: {error}{where}; please report it"


def _os_trouble(path: str, error: OSError) -> Trouble:
    return Trouble(path, error.strerror or str(error))


def wants_color(when: str) -> bool:
    """Whether stdout gets colors: ``--color`` first, then ``NO_COLOR`` and ``FORCE_COLOR``, then what stdout is."""
    if when != "auto":
        return when == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return sys.stdout is not None and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def complain(message: str) -> None:
    """Say on stderr what went wrong."""
    with suppress(OSError):  # stderr may be a closed pipe too
        print(f"pinhook: {visible(message)}", file=sys.stderr)


def write(text: str) -> bool:
    """Print a report; return whether that worked. That its reader went away early is no failure."""
    if sys.stdout is None:  # started with stdout closed
        return True
    try:
        if isinstance(sys.stdout, TextIOWrapper):
            sys.stdout.reconfigure(errors="backslashreplace")
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        _discard_stdout()
    except OSError as error:
        _discard_stdout()
        complain(f"stdout: {error.strerror}")
        return False
    return True


def _discard_stdout() -> None:
    """Let the interpreter's own flush at exit succeed."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
