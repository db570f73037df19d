"""The parser of the command line: its options, most of them for settings, and its error messages."""

from __future__ import annotations

import argparse
import os
import sys

from pinhook import __version__
from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.cli import terminal
from pinhook.cli.options import STDIN, Options
from pinhook.cli.streams import sanitize
from pinhook.cli.wrapping import fill, fitting, wrap
from pinhook.config import SETTINGS
from pinhook.config.settings import PYTHON
from pinhook.config.values import SettingError, parse_option_value

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, NoReturn

    from pinhook.config import Setting
    from pinhook.config.settings import Structure, Value, ValueKind

_GROUPS = ("Files", "Rules", "Fixes", "Ignore comments", "Output", "Configuration", "Instead of checking")

_EPILOG = """\
CODES, NAMES, PATTERNS, SOURCES and TOOLS are lists with commas.

Exit code: 0 nothing found, 1 findings, 2 a file could not be checked, or an option or the configuration is wrong.

Examples:
  pinhook .                          check every Dockerfile below this directory
  pinhook --diff docker/Dockerfile   show the versions that --fix would write
  pinhook --level strict --format github Dockerfile requirements.txt"""


class _Parser(argparse.ArgumentParser):
    """An argument parser that prints nothing unsafe when it quotes a wrong argument."""

    def error(self, message: str) -> NoReturn:
        """Print a message to stderr and exit."""
        super().error(sanitize(message))


class _HelpFormatter(argparse.HelpFormatter):
    """Help that fits the terminal. Words are not broken, and indented lines are not changed."""

    def __init__(self, prog: str, **options: object) -> None:
        del options  # also the width: without it, argparse would import shutil
        super().__init__(prog, max_help_position=30, width=fitting(terminal.width(sys.stdout)))

    def _split_lines(self, text: str, width: int) -> list[str]:
        return wrap(text, width)

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return indent + fill(text, width)


def parse(arguments: list[str]) -> Options:
    """Parse the command line. Raises ``SystemExit`` on an error, and after ``--help`` and ``--version``."""
    parser = make_parser()
    end = arguments.index("--") if "--" in arguments else len(arguments)  # argparse loses it in mixed arguments
    for argument in filter(_is_file_too, arguments[:end]):
        parser.error(f"{argument} looks like an option and is a file; write ./{argument} for the file, or rename it")
    options, unknown = parser.parse_known_intermixed_args(arguments[:end], Options())
    if unknown:
        parser.error(_unknown(unknown[0], parser))
    options.files += arguments[end + 1 :]
    if not options.files and not (options.explain or options.rules or options.completion or options.show_settings):
        parser.error("no file is given; pinhook . searches this directory for Dockerfiles")
    if options.stdin_filename is not None and STDIN not in options.files:
        parser.error("--stdin-filename names what is read from stdin; add - to the files")
    if mistake := _mistake(options):
        parser.error(mistake)
    return options


def _mistake(options: Options) -> str:
    """Why options cannot be combined; empty if they can."""
    editing = "--fix" if options.fix else "--add-ignores" if options.add_ignores else "--remove-unused-ignores"
    if (options.fix or options.edits_ignores) and not options.diff and STDIN in options.files:
        return f"{editing} cannot write to stdin; --diff shows what it would write"
    if options.config is not None and options.isolated:
        return "--config and --isolated contradict each other; leave one of them out"
    if options.fix and options.edits_ignores:
        return "--fix and ignore comments are two steps; fix first, then write comments for what is left"
    if options.no_ignores and options.edits_ignores:
        return "--no-ignores and the writing of ignore comments contradict each other; leave one of them out"
    if options.reason is not None and not options.add_ignores:
        return "--reason is the reason that the comments of --add-ignores give; add --add-ignores"
    return _mistake_in_reason(options.reason)


def _mistake_in_reason(reason: str | None) -> str:
    if reason is None:
        return ""
    from pinhook.ignore_comments.adding import mistake_in_reason  # few runs write comments
    from pinhook.rules import CODES

    mistake = mistake_in_reason(reason, CODES)
    return f"--reason: {mistake}" if mistake else ""


def _is_file_too(argument: str) -> bool:
    """Whether a token that looks like an option is an existing file (``--foo``)."""
    return argument.startswith("-") and argument != STDIN and os.path.lexists(argument)


def _unknown(argument: str, parser: argparse.ArgumentParser) -> str:
    from pinhook.config.nearest import nearest

    name = argument.partition("=")[0]
    known = [option for action in parser._actions for option in action.option_strings]
    suggestion = nearest(name, known)
    return f"unknown option {name}; " + (f"did you mean {suggestion}?" if suggestion else "pinhook --help lists them")


def make_parser() -> argparse.ArgumentParser:
    """The parser with the options of the settings and all others."""
    parser = _Parser(
        prog="pinhook",
        usage="pinhook [OPTIONS] FILE...",
        description="Find Python packages that a Dockerfile installs without an exact version.",
        epilog=_EPILOG,
        formatter_class=_HelpFormatter,
        allow_abbrev=False,
        add_help=False,
    )
    groups = {title: parser.add_argument_group(title) for title in _GROUPS}
    files, rules, fixes, ignores, output, configuration, instead = groups.values()

    files.add_argument(
        "files",
        metavar="FILE",
        nargs="*",
        help="a Dockerfile, a requirements file, a shell script, a directory to search for Dockerfiles, or - for stdin",
    )
    files.add_argument("--stdin-filename", metavar="NAME", help="file name for the text from stdin")
    fixes.add_argument("--fix", action="store_true", help="write exact versions into the files, if they can be found")
    fixes.add_argument(
        "--diff", action="store_true", help="show what would be written, and write nothing; findings go to stderr"
    )
    fixes.add_argument("--offline", action="store_true", help="look for versions only in files of the repository")
    fixes.add_argument(
        "--python-version",
        type=_value_parser("word", PYTHON),
        metavar="VERSION",
        help="Python version to fix for, whatever FROM says",
    )
    for setting in SETTINGS:
        _add_setting(groups[setting.group], setting)
    ignores.add_argument("--add-ignores", action="store_true", help="write an ignore comment for every finding")
    ignores.add_argument("--reason", metavar="TEXT", help="the reason in these comments")
    ignores.add_argument(
        "--remove-unused-ignores", action="store_true", help="remove ignore comments that suppress nothing"
    )
    rules.add_argument("--no-ignores", action="store_true", help="also report findings that ignore comments suppress")

    output.add_argument("--output-file", metavar="FILE", help="write the report into a file, not to stdout")
    output.add_argument(
        "--color", choices=("auto", "always", "never"), default="auto", metavar="WHEN", help="auto, always or never"
    )
    output.add_argument("-q", "--quiet", action="store_true", help="no summary")
    output.add_argument("--exit-zero", action="store_true", help="exit with 0 even if there are findings")
    output.add_argument(
        "--error-on-no-files",
        action="store_true",
        help="exit with 2 if a directory has no Dockerfile, or all are excluded",
    )

    configuration.add_argument("--config", metavar="FILE", help="read this configuration file; do not search for one")
    configuration.add_argument("--isolated", action="store_true", help="read no configuration file")

    instead.add_argument("--explain", metavar="CODE", help="show the manual page of a rule")
    instead.add_argument("--rules", action="store_true", help="list the rules")
    instead.add_argument("--show-files", action="store_true", help="list the files that would be checked")
    instead.add_argument(
        "--show-python", action="store_true", help="show which Python each command installs for, and why"
    )
    instead.add_argument(
        "--completion", choices=("bash", "zsh", "fish"), metavar="SHELL", help="write completion for bash, zsh or fish"
    )
    instead.add_argument("--show-settings", action="store_true", help="list the settings, and where they come from")
    instead.add_argument("-V", "--version", action="version", version=f"pinhook {__version__}", help="show the version")
    instead.add_argument("-h", "--help", action="help", help="show this help")
    return parser


def _add_setting(group: argparse._ArgumentGroup, setting: Setting) -> None:
    """Add the option of a setting. Its value is ``None`` unless it is on the command line."""
    option = f"--{setting.name}"
    if setting.structure == "flag":
        group.add_argument(option, action=argparse.BooleanOptionalAction, help=setting.help)
    elif setting.metavar:
        action: Any = _Extend if setting.structure == "words" else "store"
        group.add_argument(
            option,
            action=action,
            type=_value_parser(setting.structure, setting.kind),
            metavar=setting.metavar,
            default=None,
            help=setting.help,
        )


class _Extend(argparse.Action):
    """An option with a list. If it is repeated, the lists are joined."""

    def __call__(self, _parser: object, namespace: argparse.Namespace, values: Any, _option: object = None) -> None:
        setattr(namespace, self.dest, (*(getattr(namespace, self.dest) or ()), *values))


def _value_parser(structure: Structure, kind: ValueKind) -> Callable[[str], Value]:
    def parse(text: str) -> Value:
        try:
            return parse_option_value(structure, kind, text)
        except SettingError as problem:
            raise argparse.ArgumentTypeError(str(problem)) from problem

    return parse
