"""Shell completion of the command line. Pure: from the parser to text."""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.config import SETTINGS
from pinhook.config.settings import RULE
from pinhook.rule_codes import CODES

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence

_PATHS = {"FILE": "files", "DIR": "directories"}
_KINDS = {setting.field: setting.kind for setting in SETTINGS}
_LISTS = {setting.field for setting in SETTINGS if setting.structure == "words"}


class Completed(NamedTuple):
    """An option for completion.

    ``value`` is the name of its value; empty for a flag. The value is one of ``choices``, or several with commas
    (``is_list``). Without choices it is any text; if ``paths`` is ``files`` or ``directories``, a path.
    """

    names: tuple[str, ...]
    help: str
    value: str = ""
    choices: tuple[str, ...] = ()
    is_list: bool = False
    paths: str = ""


def script(shell: str, parser: argparse.ArgumentParser) -> str:
    """The completion script of a parser for ``bash``, ``zsh`` or ``fish``."""
    return _WRITERS[shell](list(_completed(parser)))


def _completed(parser: argparse.ArgumentParser) -> Iterator[Completed]:
    for action in parser._actions:
        if not action.option_strings:
            continue
        names, help_text = tuple(action.option_strings), action.help or ""
        if action.nargs == 0:
            yield Completed(names, help_text)
            continue
        value = str(action.metavar)
        is_list = action.dest in _LISTS
        yield Completed(names, help_text, value, _choices(action), is_list, _PATHS.get(value, ""))


def _choices(action: argparse.Action) -> tuple[str, ...]:
    if action.choices:
        return tuple(map(str, action.choices))
    kind = RULE if action.dest == "explain" else _KINDS.get(action.dest)
    if kind is RULE:
        return CODES
    return kind.choices if kind else ()


_BASH = """\
# Completion of pinhook for bash: eval "$(pinhook --completion bash)"
_pinhook() {
  local word=${COMP_WORDS[COMP_CWORD]} option=${COMP_WORDS[COMP_CWORD - 1]} list= words=
  if [[ $word == = ]]; then
    word=
  elif [[ $option == = ]]; then # bash takes --option=value for three words
    option=${COMP_WORDS[COMP_CWORD - 2]}
  fi
  COMPREPLY=()
  case $option in
@CASES@
    *) [[ $word == -* ]] || return 0; words='@NAMES@' ;;
  esac
  if [[ $list && $word == *,* ]]; then list=${word%,*},; else list=; fi
  COMPREPLY=($(compgen -P "$list" -W "$words" -- "${word#"$list"}"))
}
complete -o default -F _pinhook pinhook
"""


def _bash(options: Sequence[Completed]) -> str:
    cases = "\n".join(f"    {'|'.join(option.names)}) {_bash_value(option)} ;;" for option in options if option.value)
    names = " ".join(name for option in options for name in option.names)
    return _BASH.replace("@CASES@", cases).replace("@NAMES@", names)


def _bash_value(option: Completed) -> str:
    if option.choices:
        return f"{'list=yes ' * option.is_list}words='{' '.join(option.choices)}'"
    if option.paths == "directories":
        return "compopt -o dirnames +o default; return 0"
    return "return 0" if option.paths else "compopt +o default; return 0"


def _zsh(options: Sequence[Completed]) -> str:
    lines = [f"  {_quoted(argument)} \\\n" for option in options for argument in _zsh_arguments(option)]
    head = "#compdef pinhook\n# Completion of pinhook for zsh: pinhook --completion zsh > a folder of $fpath/_pinhook\n"
    return f"{head}_arguments -s -S \\\n{''.join(lines)}  '*:file:_files'\n"


def _zsh_arguments(option: Completed) -> Iterator[str]:
    """The specifications of an option: ``*--name=[help]:value:action``, once for each of its names."""
    for name in option.names:
        help_text = "".join(f"\\{character}" if character in "[]:\\" else character for character in option.help)
        equals = "=" if option.value and name.startswith("--") else ""
        yield f"*{name}{equals}[{help_text}]" + (f":{option.value}:{_zsh_action(option)}" if option.value else "")


def _zsh_action(option: Completed) -> str:
    if option.choices:
        words = " ".join(option.choices)
        return f"_values -s , {option.value} {words}" if option.is_list else f"({words})"
    return {"files": "_files", "directories": "_files -/"}.get(option.paths, " ")


def _fish(options: Sequence[Completed]) -> str:
    head = "# Completion of pinhook for fish: pinhook --completion fish > ~/.config/fish/completions/pinhook.fish\n"
    return head + "".join(map(_fish_line, options))


def _fish_line(option: Completed) -> str:
    """``complete`` with the names and the help; ``-x`` is for a value that is not a file, ``-r`` for any value."""
    names = (f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}" for name in option.names)
    value = ""
    if option.choices:
        value = f" -x -a '{' '.join(option.choices)}'"
    elif option.paths == "directories":
        value = " -x -a '(__fish_complete_directories)'"
    elif option.value:
        value = " -r" if option.paths else " -x"
    return f"complete -c pinhook {' '.join(names)}{value} -d {_quoted(option.help)}\n"


def _quoted(text: str) -> str:
    """A text in single quotes. The help of options contains no backslash."""
    return "'" + text.replace("'", "'\\''") + "'"


_WRITERS = {"bash": _bash, "zsh": _zsh, "fish": _fish}
