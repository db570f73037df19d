"""A fast test whether a Dockerfile may run a script that it writes itself."""

from __future__ import annotations

from pinhook._startup.lazy_re import regex
from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.prefilter import has_name, may_install

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from pinhook.dockerfile import Dockerfile, Instruction

_WRITES = regex(r">{1,2}\|?[ \t]*([^\s;&|<>()]+)|\btee\b((?:[ \t]+[^\s;&|<>()]+)+)")
_QUOTES = str.maketrans("", "", "\"'\\{},[]")
_NAME = regex(r"[^\s/;&|<>()\"'\\{},=\[\]]+")
_NO_FILE = ("/dev/", "/proc/")
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
    r"(?:(?:sh|source|\.)[ \t]+(?:[^\s;&|]+[ \t]+){0,4}[^\s;&|]*"
    r"|(?:[;&|(\n\[]|\b(?i:run|cmd|entrypoint)[ \t])[ \t]*[\"']?[\w./${}~-]*)"
    rf"{_DATA}(?![\w.-])"
)
"""Names of files that are no scripts by their extension, and such a file that is run nevertheless."""

_LOOK_BACK = 200
"""Number of characters before a name that are tested. If the path is longer, the file may be run."""


def may_run_own_script(parsed: Dockerfile) -> bool:
    """Whether a Dockerfile may write a script that installs something, and run it.

    The name of a file that is written and run is twice in the text, unless it contains variables or all files of a
    folder are run.
    """
    text = parsed.source.text
    if not (">" in text or "tee" in text or "<<" in text):
        return False
    names = set(_names_of_scripts(parsed))
    return bool(names) and (_is_any_run(names, text) or "run-parts" in text)


def _names_of_scripts(parsed: Dockerfile) -> Iterator[str]:
    """The names of the files that are written by instructions whose text may contain an installer."""
    instructions = [each.inner or each for each in parsed.instructions]
    settings = [str(each.arguments) for each in instructions if each.keyword in {"ENV", "ARG"}]
    for each in instructions:
        if names := list(_written_names(each)):
            text = each.arguments.source.text[slice(*each.span)]
            if may_install(text, lambda _: any(map(has_name, settings))):
                yield from names


def _written_names(instruction: Instruction) -> Iterator[str]:
    """The names of files that an instruction may write. Other words may be among them."""
    words: list[str] = []
    if instruction.keyword in {"COPY", "ADD"} and instruction.heredocs:
        words = [str(instruction.arguments).split()[-1], *(heredoc.delimiter for heredoc in instruction.heredocs)]
    elif instruction.keyword == "RUN":
        text = instruction.arguments.source.text
        writes = any(text.find(sign, *instruction.span) >= 0 for sign in (">", "tee"))
        for found in _WRITES.finditer(text, *instruction.span) if writes else ():
            before = text[max(instruction.span.start, found.start() - _LOOK_BACK) : found.start()]
            if found[2] or not _OF_UNKNOWN_TEXT.search(_CONTINUED.sub(" ", before)):
                words += [*(found[1] or "").split(), *(found[2] or "").split()]
    for word in words:
        path = word.translate(_QUOTES)
        name = path.rpartition("/")[2]
        if name and not name.isdigit() and name not in {"-", ".", "-a"} and not path.startswith(_NO_FILE):
            yield name


def _is_any_run(names: AbstractSet[str], text: str) -> bool:
    """Whether one of the names is at a place in the text where a file may be run; always true for a variable."""
    if not _RUNS_DATA.search(text):
        names = {name for name in names if not _OF_DATA.fullmatch(name)}
    if any("$" in name for name in names):
        return True
    places = (found.start() for found in _NAME.finditer(text) if found[0] in names)
    return any(not _NOT_RUN.search(text[max(0, at - _LOOK_BACK) : at]) for at in places)
