"""BuildKit's own parser (the ``dockerfile`` package, with BuildKit 0.12.5), and our result in its terms."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NamedTuple

import dockerfile

from pinhook.dockerfile import parse
from pinhook.dockerfile.exec_form import parse_exec_form
from pinhook.dockerfile.parser import KEYWORDS
from pinhook.dockerfile.words import parse_pairs, split_fields, split_first, split_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pinhook.dockerfile import Dockerfile, Instruction
    from pinhook.source import Source, SourceText

_NEWER_IN_ARGUMENTS = {
    "white space between << and its word (0.13)": re.compile(r"<<-?\s"),
    "the expansions # % / in the line of a heredoc (0.13)": re.compile(r"\$\{[^}]*[#%/].*<<|<<.*\$\{[^}]*[#%/]"),
}


def newer_than_theirs(source: Source) -> list[str]:
    """The parts of this file that the current BuildKit, and our parser, read differently from this old one."""
    read = parse(source)
    arguments = [str((outer.inner or outer).arguments) for outer in read.instructions]
    reasons = [reason for reason, pattern in _NEWER_IN_ARGUMENTS.items() if any(map(pattern.search, arguments))]
    if "check" in read.directives:
        reasons.append("the parser directive check (0.15)")
    if any(map(_is_json_with_a_tail, arguments)):
        reasons.append("text after a JSON array makes it the shell form (0.13)")
    if any(not str(flag).isascii() for flag in _flags(source)):
        reasons.append("a flag outside ASCII, which BuildKit takes apart into bytes")
    return reasons


def _flags(source: Source) -> Iterator[SourceText]:
    for outer in parse(source).instructions:
        yield from outer.flags
        yield from outer.inner.flags if outer.inner else ()


def _is_json_with_a_tail(arguments: str) -> bool:
    for start in (match.start() for match in re.finditer(r"(?<!\S)\[", arguments)):
        try:
            _, end = json.JSONDecoder().raw_decode(arguments, start)
        except ValueError:
            continue
        return end < len(arguments)
    return False


class Row(NamedTuple):
    keyword: str
    inner: str
    is_json: bool
    first_line: int
    last_line: int
    flags: tuple[str, ...]
    value: tuple[str, ...]
    heredocs: tuple[tuple[str, str], ...]


def their_rows(text: str) -> list[Row] | None:
    """What BuildKit reads; ``None`` where it refuses the file."""
    try:
        commands = dockerfile.parse_string(text)
    except (dockerfile.GoParseError, ValueError):
        return None
    return [
        Row(
            (command.cmd or "").upper(),
            (command.sub_cmd or "").upper(),
            command.json,
            command.start_line,
            command.end_line,
            tuple(command.flags),
            tuple(command.value),
            # and not the heredocs after ONBUILD
            tuple((heredoc.name, heredoc.content) for heredoc in command.heredocs),
        )
        for command in commands
    ]


def our_rows(source: Source) -> list[Row]:
    read = parse(source)
    return [_row(read, instruction) for instruction in read.instructions]


def _row(read: Dockerfile, outer: Instruction) -> Row:
    instruction = outer.inner or outer
    is_json = _strings(instruction) is not None
    heredocs = () if outer.inner else instruction.heredocs
    text = read.source.text
    return Row(
        outer.keyword,
        outer.inner.keyword if outer.inner else "",
        is_json,
        read.source.position(outer.span.start).line,
        read.source.position(outer.span.end).line,
        tuple(map(str, outer.flags)),  # it does not hand out those after ONBUILD
        tuple(_value(instruction, read.escape)),
        tuple(
            (
                heredoc.delimiter,
                text[heredoc.span.start : read.source.line_span(read.source.position(heredoc.span.end).line).start],
            )
            for heredoc in heredocs
        ),
    )


def _strings(instruction: Instruction) -> tuple[SourceText, ...] | None:
    if instruction.keyword in {"RUN", "CMD", "ENTRYPOINT", "SHELL", "ADD", "COPY", "VOLUME"}:
        return parse_exec_form(instruction.arguments)
    if instruction.keyword == "HEALTHCHECK":
        command = split_first(instruction.arguments)[1]
        return parse_exec_form(command) if command else None
    return None


def _value(instruction: Instruction, escape: str) -> list[str]:
    arguments = instruction.arguments
    strings = _strings(instruction)
    if instruction.keyword not in KEYWORDS:
        return [""]
    if instruction.keyword == "HEALTHCHECK" and arguments:
        kind, command = split_first(arguments)
        words = [kind, *(strings if strings is not None else [command] if command else [])]
    elif strings is not None:
        words = list(strings)
    elif not arguments:
        words = []
    elif instruction.keyword in {"ENV", "LABEL"}:
        words = [word for pair in parse_pairs(instruction, escape) for word in pair if word is not None]
    elif instruction.keyword == "ARG":
        words = split_words(arguments, escape)
    elif instruction.keyword in {"FROM", "EXPOSE", "ADD", "COPY", "VOLUME"}:
        words = split_fields(arguments)
    else:
        words = [arguments]
    return list(map(str, words))
