"""Install commands for tests, without a shell: a line, split at its spaces."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pinhook.installers import Installation, Target
from pinhook.requirements import RequirementGrammar, parse_requirement
from pinhook.shell import Argument, Redirection
from pinhook.source import Source, SourceText, Span
from tests.requirements.texts import mark_unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORD = re.compile(r"(?:'[^']*'|\$\([^)]*\)|[^\s'])+")
_GLUED = re.compile("[<>][^<>]*")


def install(line: str) -> Installation:
    """The installation of ``pip install …``. It knows ``-r``, ``-c``, ``-e``, quotes ``'``, and glued redirections."""
    whole = SourceText.of(Source("Dockerfile", line))
    words = [whole[found.start() : found.end()] for found in _WORD.finditer(line)]
    targets, files = [], {"-r": list[SourceText](), "-c": list[SourceText]()}
    rest = iter(words[2:])
    for word in rest:
        option = str(word)
        if option in files:
            files[option].append(mark_unknown(next(rest)))
        elif option == "-e":
            targets.append(_target(next(rest), RequirementGrammar.EDITABLE))
        elif not option.startswith("-"):
            targets.append(
                _target(word, RequirementGrammar.UV_TOOL if str(words[0]) == "uvx" else RequirementGrammar.PIP)
            )
    return Installation(
        installer=str(words[0]),
        subcommand=str(words[1]),
        place=whole.place,
        targets=tuple(targets),
        requirements_files=tuple(files["-r"]),
        constraints_files=tuple(files["-c"]),
        only_local="--no-index" in line,
        require_hashes="--require-hashes" in line,
    )


def _target(word: SourceText, dialect: RequirementGrammar) -> Target:
    glued = re.search("[<>].*", str(word)) if not str(word).startswith("'") else None
    written = word[: glued.start()] if glued else word
    text = mark_unknown(_unquoted(written))
    swallowed = _redirections(word[glued.start() :]) if glued else ()
    return Target(
        Argument(text, written),
        text,
        parse_requirement(text, dialect),
        dialect is RequirementGrammar.EDITABLE,
        tuple(swallowed),
    )


def _unquoted(word: SourceText) -> SourceText:
    return SourceText.join(word[found.start() : found.end()] for found in re.finditer("[^']+|$", str(word)))


def _redirections(text: SourceText) -> Iterator[Redirection]:
    for found in _GLUED.finditer(str(text)):
        written = text[found.start() : found.end()]
        yield Redirection(str(written[:1]), Argument(written[1:], written[1:]), written)


def place_in(source: Source, text: str) -> Span:
    """The first place of a text in a file."""
    start = source.text.index(text)
    return Span(start, start + len(text))
