"""Wrappers that run a program in an environment of its own: ``uv run``, ``uvx``, ``pipx run``, ``poetry run``."""

from __future__ import annotations

from pinhook._startup.lazy_re import regex
from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.argv import table
from pinhook.shell.activation import CONDA_ENVIRONMENT
from pinhook.shell.command import Argument
from pinhook.shell.wrapped import NOTHING_HIDDEN, PATH_HIDDEN, Runs, option_table, parse_wrapper_options, runs
from pinhook.shell.wrapper_options import RUNNERS

if TYPE_CHECKING:
    from pinhook.argv import ParsedOptions
    from pinhook.shell.wrapped import Arguments, Wrapped

_TOOL_NAME = regex(r"[\w.-]+(?=[@=<>!~\[]|\Z)")


def runner(arguments: Arguments, main: str, run: str) -> list[Wrapped] | None:
    """``tool [options] run [options] command``."""
    words = arguments[1:]
    at = parse_wrapper_options(option_table(main), words).rest
    if at >= len(words) or str(words[at]) != "run":
        return None
    words = words[at + 1 :]
    return _in_environment(parse_wrapper_options(option_table(run), words), words)


def _in_environment(parsed: ParsedOptions, words: Arguments) -> list[Wrapped]:
    """A command in an environment of its own, which for conda has a name."""
    named = parsed.values("--name", "--prefix")
    assignments = ((CONDA_ENVIRONMENT, named[-1]),) if named and named[-1] else ()
    return runs(words[parsed.rest :], assignments, NOTHING_HIDDEN if assignments else PATH_HIDDEN)


def hatch(arguments: Arguments) -> list[Wrapped] | None:
    """``hatch run environment:command``: the environment is glued to the command."""
    found = runner(arguments, *RUNNERS["hatch"])
    if not found or not isinstance(found[0], Runs):
        return found
    first, *rest = found[0].arguments
    colon = str(first).find(":")
    if colon < 0 or "/" in str(first)[:colon]:
        return found
    return runs((Argument(first.text[colon + 1 :], first.written), *rest), (), found[0].hidden)


def uv(arguments: Arguments) -> list[Wrapped] | None:
    """``uv [options] run [options] command``."""
    words = arguments[1:]
    at = parse_wrapper_options(table("uv", "main", permutes=False), words).rest
    if [str(word) for word in words[at : at + 2]] == ["tool", "run"]:
        return uvx(words[at + 1 :])
    if at >= len(words) or str(words[at]) != "run":
        return None
    words = words[at + 1 :]
    parsed = parse_wrapper_options(table("uv", "run", permutes=False), words)
    rest = words[parsed.rest :]
    return runs((*_python_module(arguments[0]), *rest) if parsed.has("-m", "--module") else rest, (), PATH_HIDDEN)


def uvx(arguments: Arguments) -> list[Wrapped]:
    """``uvx [options] tool[@version] argument…``."""
    words = arguments[1:]
    return _tool(words[parse_wrapper_options(table("uv", "tool run", permutes=False), words).rest :])


def pipx(arguments: Arguments) -> list[Wrapped] | None:
    """``pipx run [options] tool argument…``."""
    words = arguments[1:]
    if not words or str(words[0]) != "run":
        return None
    return _tool(words[1 + parse_wrapper_options(table("pipx", "run", permutes=False), words[1:]).rest :])


def _tool(words: Arguments) -> list[Wrapped]:
    """A tool with its arguments, without the requested version."""
    if not words:
        return []
    name = _TOOL_NAME.match(str(words[0]))
    return runs((Argument(words[0].text[: name.end()], words[0].written), *words[1:]), (), PATH_HIDDEN) if name else []


def _python_module(wrapper_word: Argument) -> Arguments:
    """``python -m``, for ``uv run -m``."""
    return tuple(Argument(wrapper_word.text.decoded(word), wrapper_word.written) for word in ("python", "-m"))
