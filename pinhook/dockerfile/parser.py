"""Split a Dockerfile into instructions."""

from __future__ import annotations

import re

from pinhook._startup.lazy_re import regex
from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.dockerfile.exec_form import NotStringsError, parse_exec_form
from pinhook.dockerfile.heredocs import HeredocWord, find_heredocs
from pinhook.dockerfile.instruction import RUNNING, Dockerfile, Heredoc, Instruction, SyntaxProblem
from pinhook.dockerfile.parts import WordError
from pinhook.dockerfile.words import GAP, SPACE, skip_spaces, split_first, split_flags
from pinhook.source import SourceText, Span

if TYPE_CHECKING:
    from pinhook.source import Source

MAX_LINE_BYTES = 64 * 1024 - 1  # bytes; the limit of BuildKit's scanner

KEYWORDS = frozenset(
    {
        *("ADD", "ARG", "CMD", "COPY", "ENTRYPOINT", "ENV", "EXPOSE", "FROM", "HEALTHCHECK", "LABEL", "MAINTAINER"),
        *("ONBUILD", "RUN", "SHELL", "STOPSIGNAL", "USER", "VOLUME", "WORKDIR"),
    }
)
"""All instructions."""
_FRONTENDS = ("docker/dockerfile", "docker.io/docker/dockerfile")  # and the same names with -upstream

_DIRECTIVE_SPACE = "\t\n\f\r "
_DIRECTIVE = regex(rf"([a-zA-Z][a-zA-Z0-9]*)[{_DIRECTIVE_SPACE}]*=(.+)", re.DOTALL)
_TAKES_HEREDOCS = frozenset({"ADD", "COPY", "RUN"})


def parse(source: Source) -> Dockerfile:
    """Split a Dockerfile into instructions; raises nothing, syntax errors are in ``problems``.

    file        = *directive *(comment / blank / instruction)
    directive   = "#" ("syntax" / "escape" / "check") "=" value newline      ; from the first line on, each once
    comment     = *space "#" text newline
    blank       = *space newline
    instruction = *space keyword *(gap flag) [gap arguments] newline *heredoc
    gap         = 1*(space / continued)
    continued   = escape *(space / tab) newline *(comment / blank)           ; anywhere in an instruction, not after
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
        self.at = 0  # offset of the next line
        self.line = (0, 0)  # start and end offset of the line before
        self.escape = "\\"
        self.directives: dict[str, SourceText] = {}
        self.comments: list[Span] = []
        self.instructions: list[Instruction] = []
        self.problems: list[SyntaxProblem] = []

    def parse(self) -> Dockerfile:
        self.parse_directives()
        while line := self.next_content():
            _, start, end = line
            self.parse_instruction(start, end)
        if not self.instructions:
            self.problem("the file has no instructions", Span(0, 0))
        if "\n" not in self.text and "\r" in self.text.rstrip("\r"):
            reason = "it has carriage returns and no line feeds, and so is one line to Docker"
            self.problem(reason, Span(0, 0), Span(0, len(self.text)))
        return Dockerfile(
            self.source,
            tuple(self.instructions),
            self.escape,
            self.directives,
            tuple(self.comments),
            tuple(sorted(self.problems, key=lambda problem: problem.span)),
        )

    def problem(self, reason: str, span: Span, unread: Span | None = None) -> None:
        self.problems.append(SyntaxProblem(reason, span, unread))

    def slice(self, start: int, end: int) -> SourceText:
        return SourceText.of(self.source, Span(start, end))

    # lines

    def next_line(self) -> tuple[int, int] | None:
        """Start and end offset of the next line, without its ending; ``None`` at the end of the file."""
        text, start = self.text, self.at
        if start >= len(text):
            return None
        end = text.find("\n", start)
        if end < 0:
            end = self.at = len(text)
        else:
            self.at = end + 1
        while end > start and text[end - 1] == "\r":
            end -= 1
        if end - start > MAX_LINE_BYTES // 4 and len(text[start : self.at].encode(errors="replace")) > MAX_LINE_BYTES:
            self.problem(f"a line is longer than {MAX_LINE_BYTES} bytes", Span(start, end))
        self.line = start, end
        return self.line

    def next_content(self) -> tuple[int, int, int] | None:
        """The next line that is not blank and not a comment: its start, the start of its first word, its end.

        Appends the comments before it to ``comments``.
        """
        while line := self.next_line():
            start, end = line
            first = skip_spaces(self.text, start, end)
            if first < end:
                if self.text[first] != "#":
                    return start, first, end
                self.comments.append(Span(first, end))
        return None

    def parse_directives(self) -> None:
        while True:
            line_start = self.at
            line = self.next_line()
            if not line or not self.directive(*line):
                self.at = line_start
                return

    def directive(self, start: int, end: int) -> bool:
        """Parse a line as a parser directive. Returns False if it is none."""
        start = skip_spaces(self.text, start, end)
        if not self.text.startswith("#", start, end):
            return False
        match = _DIRECTIVE.match(self.text, skip_spaces(self.text, start + 1, end), end)
        name = match[1].lower() if match else ""
        if not match or name not in {"syntax", "escape", "check"}:
            return False
        written = self.slice(*match.span(2))
        value = written.strip(_DIRECTIVE_SPACE) or written[-1:]
        self.comments.append(Span(start, value.span.end))
        if name in self.directives:
            self.problem(f"only one {name} parser directive can be used", value.span)
            return True
        self.directives[name] = value
        if name == "escape" and str(value) in {"\\", "`"}:
            self.escape = str(value)
        elif name == "escape":
            self.problem("the escape character is either \\ or `", value.span)
        return True

    # instructions

    def parse_instruction(self, start: int, end: int) -> None:
        text = SourceText.of_lines(self.source, self.continued(start, end))
        last_start, last_end = self.line
        while last_end > last_start and self.text[last_end - 1] in SPACE:
            last_end -= 1
        instruction = self.instruction(text, Span(start, last_end), "")
        if (instruction.inner or instruction).keyword in _TAKES_HEREDOCS:
            instruction = self.with_heredocs(instruction, text)
        self.instructions.append(instruction)

    def continued(self, start: int, end: int) -> list[tuple[int, int]]:
        """The lines of an instruction, without the escape characters at their ends."""
        text, escape = self.text, self.escape
        spans: list[tuple[int, int]] = []
        while True:
            mark = end - 1
            while mark >= start and text[mark] in " \t":
                mark -= 1
            if mark < start or text[mark] != escape or (mark > start and text[mark - 1] == escape):
                spans.append((start, end))
                return spans
            spans.append((start, mark))
            line = self.next_content()
            if not line:
                return spans
            start, _, end = line

    def instruction(self, line: SourceText, span: Span, outer: str) -> Instruction:
        line = line.strip(SPACE)
        characters = str(line)
        gap = GAP.search(characters)
        keyword = characters[: gap.start() if gap else None].upper()
        flags, arguments = split_flags(line[gap.end() :]) if gap else ((), line[len(line) :])
        if keyword not in KEYWORDS and not self.has_foreign_syntax():
            self.problem(f"unknown instruction {keyword}", span, span)
        inner = None
        if outer and keyword in {"ONBUILD", "FROM", "MAINTAINER"}:
            self.problem(f"{keyword} is not allowed after ONBUILD", span, span)
        elif keyword in RUNNING and "[" in str(arguments) and _holds_other_values(keyword, arguments):
            self.problem("an array in the exec form holds strings only", span, span)
        elif keyword == "ONBUILD" and arguments:
            inner = self.instruction(arguments, Span(arguments.span.start, span.end), keyword)
        return Instruction(keyword, span, arguments, flags, inner=inner)

    def has_foreign_syntax(self) -> bool:
        """Whether ``# syntax=`` names a frontend other than Docker's. It may have other instructions."""
        return "syntax" in self.directives and not str(self.directives["syntax"]).startswith(_FRONTENDS)

    # heredocs

    def with_heredocs(self, instruction: Instruction, line: SourceText) -> Instruction:
        if "<<" not in str(line) or _is_exec_form((instruction.inner or instruction).arguments):
            return instruction
        try:
            found = find_heredocs(str(line))
        except WordError as error:
            self.problem(f"a heredoc's delimiter cannot be read: {error}", instruction.span, instruction.span)
            return instruction
        heredocs = tuple(self.heredoc(heredoc_word, instruction) for heredoc_word in found)
        return _replace_heredocs(instruction, heredocs) if heredocs else instruction

    def heredoc(self, heredoc_word: HeredocWord, instruction: Instruction) -> Heredoc:
        start = self.at
        delimiter = heredoc_word.delimiter
        terminator = Span(len(self.text), len(self.text))
        while line := self.next_line():
            line_start, line_end = line
            candidate = self.text[line_start:line_end]
            if heredoc_word.strip_tabs:
                candidate = candidate.lstrip("\t")
            if candidate == delimiter:
                terminator = Span(line_end - len(delimiter), line_end)
                body_end = line_start
                break
        else:
            body_end = len(self.text)
            self.problem(f"the heredoc {delimiter} has no end", instruction.span, Span(start, body_end))
        return Heredoc(
            delimiter,
            heredoc_word.expand,
            self.without_tabs(start, body_end) if heredoc_word.strip_tabs else self.slice(start, body_end),
            self.slice(*terminator),
            Span(start, terminator.end),
        )

    def without_tabs(self, start: int, end: int) -> SourceText:
        """The body of a heredoc without the tabs at the start of its lines."""
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


def _holds_other_values(keyword: str, arguments: SourceText) -> bool:
    """Whether the array of an exec form has a value that is not a string."""
    command = split_first(arguments)[1] if keyword == "HEALTHCHECK" else arguments
    try:
        parse_exec_form(command or arguments)
    except NotStringsError:
        return True
    return False


def _replace_heredocs(instruction: Instruction, heredocs: tuple[Heredoc, ...]) -> Instruction:
    return Instruction(
        instruction.keyword,
        Span(instruction.span.start, heredocs[-1].span.end),
        instruction.arguments,
        instruction.flags,
        heredocs,
        instruction.inner and _replace_heredocs(instruction.inner, heredocs),
    )
