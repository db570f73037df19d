"""The commands of a Dockerfile: the arguments of RUN, CMD, ENTRYPOINT and HEALTHCHECK CMD."""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.dockerfile import shells
from pinhook.dockerfile.exec_form import NotStringsError, parse_exec_form
from pinhook.dockerfile.heredocs import is_heredoc
from pinhook.dockerfile.instruction import RUNNING
from pinhook.dockerfile.stages import walk
from pinhook.dockerfile.words import split_first
from pinhook.source import SourceText, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import TypeAlias

    from pinhook.budget import Budget
    from pinhook.dockerfile.instruction import Dockerfile, Heredoc, Instruction
    from pinhook.dockerfile.shells import Shell
    from pinhook.dockerfile.variables import Variables


class ShellForm(NamedTuple):
    """A text that ``shell`` interprets."""

    text: SourceText
    shell: Shell


class ExecForm(NamedTuple):
    """A program and its arguments, run without a shell."""

    arguments: tuple[SourceText, ...]


Form: TypeAlias = "ShellForm | ExecForm"


class InstructionCommand(NamedTuple):
    """The command of one instruction, and the variables that Docker puts into its environment.

    ``instruction`` is the inner one of an ``ONBUILD``. ``budget`` is what the file may still spend on expansions.
    ``is_undeclared`` is that of its ``StageScope``.
    """

    instruction: Instruction
    form: Form
    variables: Variables
    budget: Budget
    is_undeclared: Callable[[str], bool]


def find_commands(dockerfile: Dockerfile) -> Iterator[InstructionCommand]:
    """The commands in the order of their instructions, those of ``ONBUILD`` included."""
    for instruction, scope in walk(dockerfile):
        if form := parse_form(instruction, scope.shell):
            yield InstructionCommand(instruction, form, scope.variables, scope.budget, scope.is_undeclared)


def parse_form(instruction: Instruction, shell: Shell) -> Form | None:
    """The command of an instruction; ``None`` if it runs nothing. Follows BuildKit's instructions and dispatchRun."""
    if instruction.keyword not in RUNNING:
        return None
    arguments = instruction.arguments
    if instruction.keyword == "HEALTHCHECK":
        kind, command = split_first(arguments)
        if str(kind).upper() != "CMD" or command is None:
            return None
        arguments = command
    try:
        strings = parse_exec_form(arguments)
    except NotStringsError:
        return None
    if strings is not None:
        return ExecForm(strings) if strings else None
    if instruction.heredocs:
        return _parse_heredocs(instruction, shell)
    return ShellForm(arguments, shell) if arguments else None


def _parse_heredocs(instruction: Instruction, shell: Shell) -> ShellForm:
    """The script of ``RUN <<EOF``. For any other heredoc: the command line and its here-documents.

    In ``RUN <<EOF python`` the shell reads the here-document and runs ``python`` with it.
    """
    if not is_heredoc(str(instruction.arguments)):
        return ShellForm(without_carriage_returns(_with_heredocs(instruction)), shell)
    heredoc = instruction.heredocs[0]
    script = without_carriage_returns(heredoc.body)
    # BuildKit looks for #! before it removes the tabs of <<-, so an indented #! is a comment of the shell
    if heredoc.body.source.text.startswith("#!", heredoc.span.start):
        shell = shells.of_interpreter_line(str(script).partition("\n")[0])
    return ShellForm(script, shell)


def _with_heredocs(instruction: Instruction) -> SourceText:
    pieces = [instruction.arguments]
    for heredoc in instruction.heredocs:
        pieces += [_line_feed_before(heredoc), heredoc.body, heredoc.terminator]
    return SourceText.join(pieces)


def _line_feed_before(heredoc: Heredoc) -> SourceText:
    """The line ending in front of a heredoc; empty if the file ends before the heredoc starts."""
    source, start = heredoc.body.source, heredoc.span.start
    before = start - 1 if source.text.startswith("\n", start - 1) else start
    return SourceText.of(source, Span(before, start))


def without_carriage_returns(text: SourceText) -> SourceText:
    r"""The script with ``\r\n`` replaced by ``\n``: a checkout with CRLF is treated as the same script."""
    characters = str(text)
    if "\r\n" not in characters:
        return text
    pieces: list[SourceText] = []
    at = 0
    while (end := characters.find("\r\n", at)) >= 0:
        pieces.append(text[at:end])
        at = end + 1
    return SourceText.join([*pieces, text[at:]])
