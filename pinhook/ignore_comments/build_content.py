"""The content of a file for the build, without comments. Two files with equal content differ only in comments."""

from __future__ import annotations

from bisect import bisect_left

from pinhook._startup.lazy_re import regex
from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.requirements.lines import logical_lines
from pinhook.shell.lexer import tokenize
from pinhook.shell.words import Dialect, ShellError
from pinhook.source import SourceText, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import TypeAlias

    from pinhook.dockerfile import Dockerfile
    from pinhook.dockerfile.instruction import Instruction
    from pinhook.source import Source

    BuildContent: TypeAlias = list[tuple[Span, object]]
    """Parts of a file in order: their spans and their content."""

_MARK = "\0"  # in the place of a comment; no file has this character
_MARKED = regex(r"(?m)^[ \t]*\0\r?(?:\n|\Z)|(?<![ \t])[ \t]*\0")


def build_content_of_dockerfile(dockerfile: Dockerfile, script_comments: Iterable[SourceText]) -> BuildContent:
    """The parser directives, then the instructions, whose scripts are without shell comments."""
    source = dockerfile.source
    comments = sorted({each.span for each in script_comments if each.source is source})
    head = {name: str(value) for name, value in dockerfile.directives.items()}
    parts = [(each.span, _of_instruction(each, comments)) for each in dockerfile.instructions]
    return [(Span(0, len(source.text)), head), *parts]


def _of_instruction(instruction: Instruction, comments: Sequence[Span]) -> tuple[object, ...]:
    bodies = [(each.delimiter, each.expand, _without(each.body, comments)) for each in instruction.heredocs]
    flags = [str(flag) for flag in instruction.flags]
    return instruction.keyword, flags, _without(instruction.arguments, comments), bodies


def _without(text: SourceText, comments: Sequence[Span]) -> str:
    """A text without some comments, and without lines that contain nothing else."""
    inside = [each for start, end in _spans(text) for each in comments[_index(comments, start) : _index(comments, end)]]
    own_starts = _comment_starts(text) if inside else frozenset()
    pieces: list[str] = []
    for start, end in _spans(text):
        at = start
        for comment in inside:
            if comment.start in own_starts and at <= comment.start < end:
                pieces += [text.source.text[at : comment.start], _MARK]
                at = min(comment.end, end)
        pieces.append(text.source.text[at:end])
    return _MARKED.sub("", "".join(pieces)).rstrip(" \t")


def _spans(text: SourceText) -> list[Span]:
    return [place.span for place in text.pieces]


def _index(comments: Sequence[Span], offset: int) -> int:
    return bisect_left(comments, Span(offset, offset))


def _comment_starts(text: SourceText) -> frozenset[int]:
    """Where the comments of a script start in the file; none where a shell cannot read it."""
    try:
        return frozenset(each.span.start for each in tokenize(text, Dialect.BASH)[1])
    except ShellError:
        return frozenset()


def build_content_of_script(source: Source, comments: Iterable[SourceText]) -> BuildContent:
    """The whole script, without its comments."""
    text = SourceText.of(source)
    return [(text.span, _without(text, sorted({each.span for each in comments})))]


def build_content_of_requirements_file(source: Source) -> BuildContent:
    """The logical lines."""
    return [(each.text.span, str(each.text)) for each in logical_lines(SourceText.of(source)) if len(each.text)]
