"""Split a Dockerfile into instructions."""

from __future__ import annotations

import re

from pinhook.dockerfile.exec_form import NotStringsError, parse_exec_form
from pinhook.dockerfile.heredocs import Redirection, find_heredocs
from pinhook.dockerfile.instruction import Dockerfile, Heredoc, Instruction, Problem
from pinhook.dockerfile.parts import WordError
from pinhook.dockerfile.problems import find_problems
from pinhook.dockerfile.words import SPACE, skip_spaces, split_first, split_flags
from pinhook.light_re import regex
from pinhook.light_typing import TYPE_CHECKING
from pinhook.source import SourceText, Span

if TYPE_CHECKING:
    from pinhook.source import Source

LINE_LIMIT = 64 * 1024 - 1  # bytes; BuildKit's scanner holds no longer line

_DIRECTIVE = regex(r"([a-zA-Z][a-zA-Z0-9]*)[\t\n\f\r ]*=[\t\n\f\r ]*(.+?)[\t\n\f\r ]*$", re.DOTALL)
_TAKES_HEREDOCS = frozenset({"ADD", "COPY", "RUN"})


def parse(source: Source) -> Dockerfile:
    """Split a Dockerfile into instructions; nothing is raised, what is wrong is among the ``problems``.

    file        = *directive *(comment / blank / instruction)
    directive   = "#" ("syntax" / "escape" / "check") "=" value newline      ; from the first line on, each once
    comment     = *space "#" text newline
    blank       = *space newline
    instruction = *space keyword *(gap flag) [gap arguments] newline *heredoc
    gap         = 1*(space / continued)
    continued   = escape *(space / tab) newline *(comment / blank)           ; anywhere in an instruction, not behind
                                                                             ; another escape character
    heredoc     = *(text newline) delimiter newline                          ; one for each <<word of RUN, COPY and ADD,
                                                                             ; under ONBUILD too, not in the exec form

    A line ends with a line feed, and all line feeds and carriage returns at its end belong to the ending. Offsets are
    code points into ``source.text``. Follows BuildKit's frontend/dockerfile/parser of 2025.
    """
    return _Parser(source).parse()


class _Parser:
    def __init__(self, source: Source) -> None:
        self.source, self.text = source, source.text
        self.at = 0  # where the next line starts
        self.escape = "\\"
        self.directives: dict[str, SourceText] = {}
        self.comments: list[SourceText] = []
        self.instructions: list[Instruction] = []
        self.problems: list[Problem] = []

    def parse(self) -> Dockerfile:
        self.read_directives()
        while (line := self.next_line()) is not None:
            start = self.skip_space(line)
            if start < line.end and not self.is_comment(line, start):
                self.read_instruction(Span(start, line.end))
        if not self.instructions:
            self.problem("the file has no instructions", Span(0, 0))
        self.problems += find_problems(self.instructions, self.directives, self.escape)
        return Dockerfile(
            self.source,
            tuple(self.instructions),
            self.escape,
            self.directives,
            tuple(self.comments),
            tuple(sorted(self.problems, key=lambda problem: problem.span)),
        )

    def problem(self, reason: str, span: Span, unread: Span | None = None) -> None:
        self.problems.append(Problem(reason, span, unread))

    def slice(self, start: int, end: int) -> SourceText:
        return SourceText.of(self.source, Span(start, end))

    # lines

    def next_line(self) -> Span | None:
        """The next line without its ending; ``None`` behind the last."""
        start = self.at
        if start >= len(self.text):
            return None
        self.at = self.text.find("\n", start) + 1 or len(self.text)
        end = self.at
        while end > start and self.text[end - 1] in "\r\n":
            end -= 1
        if self.at - start > LINE_LIMIT // 4 and len(self.text[start : self.at].encode(errors="replace")) > LINE_LIMIT:
            self.problem(f"a line is longer than {LINE_LIMIT} bytes", Span(start, end))
        return Span(start, end)

    def skip_space(self, line: Span) -> int:
        """Where the line's first character stands that is not white space; its end when it is blank."""
        return skip_spaces(self.text, line.start, line.end)

    def is_comment(self, line: Span, start: int) -> bool:
        """Whether a line whose first character stands at ``start`` is a comment, which is then kept."""
        if not self.text.startswith("#", start, line.end):
            return False
        self.comments.append(self.slice(start, line.end))
        return True

    def read_directives(self) -> None:
        while True:
            line_start = self.at
            line = self.next_line()
            directive = self.directive(line) if line else None
            if not directive:
                self.at = line_start
                return
            self.comments.append(self.slice(self.skip_space(line or directive.span), directive.span.end))

    def directive(self, line: Span) -> SourceText | None:
        """Take a line as a parser directive; its value, or ``None`` for any other line."""
        start = self.skip_space(line)
        if not self.text.startswith("#", start, line.end):
            return None
        start = self.skip_space(Span(start + 1, line.end))
        match = _DIRECTIVE.match(self.text, start, line.end)
        name = match[1].lower() if match else ""
        if not match or name not in {"syntax", "escape", "check"}:
            return None
        value = self.slice(*match.span(2))
        if name in self.directives:
            self.problem(f"only one {name} parser directive can be used", value.span)
            return value
        self.directives[name] = value
        if name == "escape" and str(value) in {"\\", "`"}:
            self.escape = str(value)
        elif name == "escape":
            self.problem("the escape character is either \\ or `", value.span)
        return value

    # instructions

    def read_instruction(self, first: Span) -> None:
        line, last = self.read_continued(first)
        instruction = self.instruction(line, Span(first.start, self.last_character(last)), "")
        if (instruction.inner or instruction).keyword in _TAKES_HEREDOCS:
            instruction = self.with_heredocs(instruction, line)
        self.instructions.append(instruction)

    def read_continued(self, line: Span) -> tuple[SourceText, Span]:
        """The text of an instruction's lines, and the last of the lines."""
        pieces: list[SourceText] = []
        text, is_continued = self.continuation(line)
        pieces.append(text)
        while is_continued and (following := self.next_line()) is not None:
            line = following
            start = self.skip_space(line)
            if start == line.end or self.is_comment(line, start):
                continue
            text, is_continued = self.continuation(line)
            pieces.append(text)
        return SourceText.join(pieces), line

    def continuation(self, line: Span) -> tuple[SourceText, bool]:
        """A line without the escape character that continues it, and whether there is one."""
        end = line.end
        while end > line.start and self.text[end - 1] in " \t":
            end -= 1
        is_continued = self.text.endswith(self.escape, line.start, end) and not self.text.endswith(
            self.escape, line.start, end - 1
        )
        return self.slice(line.start, end - 1 if is_continued else line.end), is_continued

    def last_character(self, line: Span) -> int:
        """The end of a line, white space not counted; its start where there is nothing else."""
        end = line.end
        while end > line.start and self.text[end - 1] in SPACE:
            end -= 1
        return end

    def instruction(self, line: SourceText, span: Span, outer: str) -> Instruction:
        keyword, rest = split_first(line.strip(SPACE))
        flags, arguments = ((), keyword[len(keyword) :]) if rest is None else split_flags(rest)
        name = str(keyword).upper()
        inner = None
        if outer and name in {"ONBUILD", "FROM", "MAINTAINER"}:
            self.problem(f"{name} is not allowed behind ONBUILD", keyword.span, span)
        elif name == "ONBUILD" and arguments:
            inner = self.instruction(arguments, Span(arguments.span.start, span.end), name)
        return Instruction(name, span, arguments, flags, inner=inner)

    # heredocs

    def with_heredocs(self, instruction: Instruction, line: SourceText) -> Instruction:
        if "<<" not in str(line) or _is_exec_form((instruction.inner or instruction).arguments):
            return instruction
        try:
            found = find_heredocs(str(line))
        except WordError as error:
            self.problem(f"a heredoc's delimiter cannot be read: {error}", instruction.span, instruction.span)
            return instruction
        heredocs = tuple(self.heredoc(redirection, instruction) for redirection in found)
        return _replace_heredocs(instruction, heredocs) if heredocs else instruction

    def heredoc(self, redirection: Redirection, instruction: Instruction) -> Heredoc:
        start = self.at
        delimiter = redirection.delimiter
        terminator = Span(len(self.text), len(self.text))
        while (line := self.next_line()) is not None:
            candidate = self.text[line.start : line.end]
            if redirection.strip_tabs:
                candidate = candidate.lstrip("\t")
            if candidate == delimiter:
                terminator = Span(line.end - len(delimiter), line.end)
                body_end = line.start
                break
        else:
            body_end = len(self.text)
            self.problem(f"the heredoc {delimiter} has no end", instruction.span, Span(start, body_end))
        return Heredoc(
            delimiter,
            redirection.expand,
            redirection.strip_tabs,
            redirection.file_descriptor,
            self.without_tabs(start, body_end) if redirection.strip_tabs else self.slice(start, body_end),
            self.slice(*terminator),
            Span(start, terminator.end),
        )

    def without_tabs(self, start: int, end: int) -> SourceText:
        """A heredoc's body without the tabs at the start of its lines."""
        pieces = [self.slice(start, start)]
        while start < end:
            while start < end and self.text[start] == "\t":
                start += 1
            line_end = self.text.find("\n", start, end) + 1 or end
            pieces.append(self.slice(start, line_end))
            start = line_end
        return SourceText.join(pieces)


def _is_exec_form(arguments: SourceText) -> bool:
    try:
        return parse_exec_form(arguments) is not None
    except NotStringsError:
        return True


def _replace_heredocs(instruction: Instruction, heredocs: tuple[Heredoc, ...]) -> Instruction:
    return Instruction(
        instruction.keyword,
        Span(instruction.span.start, heredocs[-1].span.end),
        instruction.arguments,
        instruction.flags,
        heredocs,
        instruction.inner and _replace_heredocs(instruction.inner, heredocs),
    )
