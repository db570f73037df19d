"""The result of the parser: ``Dockerfile``, ``Instruction``, ``Heredoc`` and ``SyntaxProblem``."""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pinhook.source import Source, SourceText, Span


RUNNING = frozenset({"CMD", "ENTRYPOINT", "HEALTHCHECK", "RUN"})
"""The instructions that run commands, during the build or in a container."""


class SyntaxProblem(NamedTuple):
    """A syntax error: the build would fail. The rest of the file is parsed.

    ``unread`` is the text whose commands are missing because of the error, if any.
    """

    reason: str
    span: Span
    unread: Span | None = None


class Heredoc(NamedTuple):
    """A here-document after the lines of an instruction.

    ``delimiter``    the word that ends it, without quotes
    ``expand``       whether the body is expanded: the delimiter is not quoted
    ``body``         its lines with their endings; with ``<<-``, without the tabs at the start of each line
    ``terminator``   the delimiter at the end of the body; empty if the file ends first
    ``span``         from the first character of the body to the end of the terminator
    """

    delimiter: str
    expand: bool
    body: SourceText
    terminator: SourceText
    span: Span


class Instruction(NamedTuple):
    """One instruction.

    ``keyword``     in upper case
    ``arguments``   the text after keyword and flags, stripped, without continuations, comment lines and blank lines
    ``flags``       the ``--name=value`` words, without quotes
    ``span``        from the first character of the keyword to the last character, heredocs included; its end is on the
                  line that BuildKit calls the last line of the instruction
    ``inner``       the instruction after ``ONBUILD``; it has the same heredocs
    """

    keyword: str
    span: Span
    arguments: SourceText
    flags: tuple[SourceText, ...] = ()
    heredocs: tuple[Heredoc, ...] = ()
    inner: Instruction | None = None


class Dockerfile(NamedTuple):
    """The instructions of a file in order, and the text around them.

    ``directives``   the parser directives by name, in lower case
    ``comments``     the spans of all comment lines, from ``#`` to the end of the line; includes directives and comments
                   between continued lines
    ``escape``       the escape character
    ``problems``     the syntax errors in the order of their places
    """

    source: Source
    instructions: tuple[Instruction, ...]
    escape: str
    directives: Mapping[str, SourceText]
    comments: tuple[Span, ...]
    problems: tuple[SyntaxProblem, ...]
