"""What the reader gives: ``Dockerfile``, ``Instruction``, ``Heredoc`` and ``SyntaxProblem``."""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pinhook.source import Source, SourceText, Span


RUNNING = frozenset({"CMD", "ENTRYPOINT", "HEALTHCHECK", "RUN"})
"""The instructions that run commands, at the build or in a container."""


class SyntaxProblem(NamedTuple):
    """Something that would make the build fail; what could be read around it is given all the same.

    ``unread`` is the text whose commands are not given because of it, if any.
    """

    reason: str
    span: Span
    unread: Span | None = None


class Heredoc(NamedTuple):
    r"""A here-document that the reader took off the lines behind an instruction.

    ``delimiter`` is the word that ends it, quotes removed; a quoted one turns expansion off (``expand``).
    ``body`` has its line endings; with ``<<-`` the tabs at the start of its lines are gone.
    ``terminator`` is the delimiter where it ends the body, and empty where the file ended first.
    ``span`` goes from the first character of the body to the end of the terminator.
    """

    delimiter: str
    expand: bool
    body: SourceText
    terminator: SourceText
    span: Span


class Instruction(NamedTuple):
    """One instruction.

    ``keyword`` is in upper case. ``arguments`` is what follows it and its flags: continuations, comment lines and blank
    lines removed, white space at both ends too. ``flags`` are the ``--name=value`` words, quotes removed. ``span`` goes
    from the first character of the keyword to the last one of the instruction, heredocs included; its end stands on
    the line that BuildKit calls the last of the instruction. ``inner`` is the instruction behind ``ONBUILD``, which
    has the same heredocs.
    """

    keyword: str
    span: Span
    arguments: SourceText
    flags: tuple[SourceText, ...] = ()
    heredocs: tuple[Heredoc, ...] = ()
    inner: Instruction | None = None


class Dockerfile(NamedTuple):
    """A file's instructions in order, and what stood around them.

    ``directives`` are the parser directives by their name in lower case. ``comments`` are the spans of all comment
    lines, those between continued lines and the directives included, from ``#`` to the end of the line. ``escape`` is
    the escape character. ``problems`` are in the order of their places.
    """

    source: Source
    instructions: tuple[Instruction, ...]
    escape: str
    directives: Mapping[str, SourceText]
    comments: tuple[Span, ...]
    problems: tuple[SyntaxProblem, ...]
