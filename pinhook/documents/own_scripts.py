"""A fast search for the part of a Dockerfile that may run a script that the Dockerfile writes itself."""

from __future__ import annotations

from bisect import bisect_right

from pinhook._startup.lazy_re import regex
from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.dockerfile.instruction import RUNNING
from pinhook.prefilter import has_name, may_install
from pinhook.source import Span

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pinhook.dockerfile import Dockerfile, Instruction

_REDIRECTION = regex(r">\|?[ \t]*(?!/dev/|/proc/|=)([^\s;&|<>()]+)")
_TEE = regex(r"tee(?<!\wtee)((?:[ \t]+[^\s;&|<>()]+)+)")
_COPYING = frozenset({"COPY", "ADD"})
_QUOTES = str.maketrans("", "", "\"'\\{},[]")
_NAME = regex(r"[^\s/;&|<>()\"'\\{},=\[\]]+")
_NO_FILES = ("/dev/", "/proc/", "=")  # the last one is that of ``pip install flask>=2``, which Docker users write
_NOT_RUN = regex(
    r"(?:>|\btee(?:[ \t]+-a)?[ \t]|\brm[ \t](?:-\w+[ \t])?|\bcat[ \t]|[ugoa]{0,4}\+\w{1,3}[ \t]|-r[ \t]"
    r"|-requirement[ \t=])[ \t]*[\"']?[\w${}./~-]*$"
)
"""The text before a name if the file is written, removed, or read by a program other than a shell."""

_CONTINUED = regex(r"\\[ \t]*\n")
_OF_UNKNOWN_TEXT = regex(
    r"(?:^(?i:run)[ \t]|[|;&(\n])[ \t]*(?:sudo[ \t]+)?"
    r"(?:awk|curl|dpkg|envsubst|git|gpg|grep|gunzip|gzip|jq|openssl|sed|tar|wget|zcat)\b[^|;&()\n\"'`]*$"
)
"""The text before a redirection of a program with unknown output, which is no script that can be read.

It has no quotes: the name of the program may be in a quoted string that ``echo`` writes.
"""

_DATA = r"\.(?:asc|bazel|cfg|cnf|conf|gpg|html|ini|json|key|list|md|pem|repo|sources|toml|txt|xml|ya?ml)"
_OF_DATA = regex(rf".*{_DATA}")
_RUNS_DATA = regex(
    r"(?:(?:sh|source|\.)(?:[ \t]+|[\"'][ \t]*,[ \t]*)(?:[^\s;&|]+[ \t]+){0,4}[^\s;&|]*"
    r"|(?:[;&|(\n\[]|\b(?i:run|cmd|entrypoint)[ \t]|\b(?i:env|arg)[ \t]+\w+[= \t])[ \t]*[\"']?[\w./${}~-]*)"
    rf"{_DATA}(?![\w.-])"
)
"""Names of files that are no scripts by their extension, and such a file that is run nevertheless."""

_LOOK_BACK = 200
"""Number of characters before a name that are tested. If the path is longer, the file may be run."""


def part_with_own_scripts(parsed: Dockerfile) -> Span | None:
    """The part of a Dockerfile that may write a script that installs something and run it; ``None`` if there is none.

    It starts with the first instruction that writes such a script, and ends after the last place where one may be run.
    The name of a script is at both places in the text, unless it contains variables or all files of a folder are run.
    Then the part ends with the file, as it does if the name may be passed on: in a variable, a copy or another script.
    """
    text = parsed.source.text
    if not (_REDIRECTION.search(text) or _TEE.search(text) or "<<" in text):
        return None
    instructions = [each.inner or each for each in parsed.instructions]
    names = _written_names(instructions, text)
    scripts = _scripts_among(names, instructions, text)
    if not scripts:
        return None
    if "run-parts" in text or any("$" in name for name in scripts):
        return _from_first_written(instructions, names)
    found = [each.span() for each in _NAME.finditer(text) if each[0] in scripts]
    places = [start for start, end in found if not text.startswith("/", end) and _may_be_run_at(start, text)]
    return _part_between(places, instructions, names, scripts)


def _part_between(
    places: Sequence[int],
    instructions: Sequence[Instruction],
    names: Mapping[int, Sequence[str]],
    scripts: Mapping[str, int],
) -> Span | None:
    """From the first script to the last of the places where one may be run or passed on."""
    starts = [each.span.start for each in instructions]
    last = 0
    for number in {bisect_right(starts, at) - 1 for at in places if at >= starts[0]}:
        instruction = instructions[number]
        is_run = instruction.keyword in RUNNING or instruction.heredocs
        if not is_run or set(names.get(number, ())) - scripts.keys():  # a variable, a copy, or another script has it
            return _from_first_written(instructions, names)
        last = max(last, number)
    start, end = min(scripts.values()), instructions[last].span.end
    return Span(start, end) if start < end else None


def _from_first_written(instructions: Sequence[Instruction], names: Mapping[int, Sequence[str]]) -> Span:
    first = min(number for number in names if names[number])
    return Span(instructions[first].span.start, instructions[-1].span.end)


def _written_names(instructions: Sequence[Instruction], text: str) -> dict[int, list[str]]:
    """The names of files that instructions may write, by the index of the instruction.

    Other words may be among them. Files whose content is unknown are left out.
    """
    words: dict[int, list[str]] = {}
    starts = [each.span.start for each in instructions]
    for found in (*_REDIRECTION.finditer(text), *_TEE.finditer(text)):
        number = bisect_right(starts, found.start()) - 1
        instruction = instructions[number] if number >= 0 else None  # a comment may be in front of the first one
        if not instruction or instruction.keyword != "RUN" or found.start() >= instruction.span.end:
            continue
        before = text[max(starts[number], found.start() - _LOOK_BACK) : found.start()]
        if not _OF_UNKNOWN_TEXT.search(_CONTINUED.sub(" ", before)):
            words.setdefault(number, []).extend(found[1].split())
    for number, instruction in enumerate(instructions):
        if instruction.heredocs and instruction.keyword in _COPYING:
            delimiters = (heredoc.delimiter for heredoc in instruction.heredocs)
            words[number] = [str(instruction.arguments).split()[-1], *delimiters]
    return {number: list(filter(None, map(_file_name, found))) for number, found in words.items()}


def _scripts_among(
    names: Mapping[int, Sequence[str]], instructions: Sequence[Instruction], text: str
) -> dict[str, int]:
    """The names of files that may be scripts that install something, each with the start of its first instruction."""
    scripts: dict[str, int] = {}
    if any(names.values()):
        values = " ".join(str(each.arguments) for each in instructions if each.keyword in {"ENV", "ARG"})
        names_installer = has_name(values)
        for number in sorted(names):
            start, end = instructions[number].span
            if may_install(text[start:end], lambda _: names_installer):
                scripts = dict.fromkeys(names[number], start) | scripts
    if not any(map(_OF_DATA.fullmatch, scripts)) or _RUNS_DATA.search(text):
        return scripts
    copied = " ".join(str(each.arguments) for each in instructions if each.keyword in _COPYING and each.flags)
    return {name: start for name, start in scripts.items() if not _OF_DATA.fullmatch(name) or name in copied}


def _file_name(word: str) -> str:
    """The name of the file that a word may name; empty if it is none."""
    path = word.translate(_QUOTES)
    name = path.rpartition("/")[2]
    return "" if name.isdigit() or name in {"-", ".", "-a"} or path.startswith(_NO_FILES) else name


def _may_be_run_at(at: int, text: str) -> bool:
    """Whether a file may be run at the place of its name."""
    before = text[max(0, at - _LOOK_BACK) : at]
    _, line_feed, line = before.rpartition("\n")
    line = line.lstrip()
    is_comment = line_feed and line.startswith("#") and not line.startswith("#!")
    return not is_comment and not _NOT_RUN.search(before)
