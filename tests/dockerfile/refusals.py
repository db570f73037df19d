"""What BuildKit refuses in instructions that pinhook can parse. It explains differences between the two.

Found instruction by instruction, and in a file that does not begin with a build stage.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pinhook.dockerfile.exec_form import NotStringsError, parse_exec_form
from pinhook.dockerfile.instruction import SyntaxProblem
from pinhook.dockerfile.parser import KEYWORDS
from pinhook.dockerfile.words import parse_pairs, split_fields

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pinhook.dockerfile.instruction import Dockerfile, Instruction
    from pinhook.source import SourceText

_MAY_BE_EMPTY = frozenset({"CMD", "ENTRYPOINT", "RUN"})
_IN_JSON = frozenset({"ADD", "COPY", "SHELL", "VOLUME"})


def find_refusals(dockerfile: Dockerfile) -> Iterator[SyntaxProblem]:
    """What makes the build fail besides the ``problems`` of the reader, in the order of the file.

    Found instruction by instruction, and in a file that does not begin with a build stage.
    """
    is_in_stage = False
    for outer in dockerfile.instructions:
        if outer.keyword == "FROM":
            is_in_stage = True
        elif not is_in_stage and outer.keyword in KEYWORDS - {"ARG"}:
            yield SyntaxProblem(f"{outer.keyword} is before the first FROM", outer.span)
            is_in_stage = True  # once is enough
        instruction = outer.inner or outer
        if instruction.keyword in KEYWORDS and (reason := _reason(instruction, dockerfile.escape)):
            yield SyntaxProblem(reason, instruction.span)


def _reason(instruction: Instruction, escape: str) -> str:
    keyword, arguments = instruction.keyword, instruction.arguments
    if not arguments:
        return "" if keyword in _MAY_BE_EMPTY else f"{keyword} needs an argument"
    if keyword in {"ENV", "LABEL"} and any(value is None for _, value in parse_pairs(instruction, escape)):
        return f"{keyword} takes name=value words"
    if keyword == "FROM" and not _is_stage(split_fields(arguments)):
        return "FROM takes an image, and AS with a name"
    return _json_reason(keyword, arguments) if keyword in _IN_JSON else ""


def _is_stage(fields: list[SourceText]) -> bool:
    return len(fields) == 1 or (len(fields) == 3 and str(fields[1]).lower() == "as")


def _json_reason(keyword: str, arguments: SourceText) -> str:
    try:
        strings = parse_exec_form(arguments)
    except NotStringsError:
        return "an array in the exec form holds strings only"
    return "SHELL takes a JSON array of strings" if keyword == "SHELL" and not strings else ""
