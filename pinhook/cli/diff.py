"""A unified diff for ``git apply`` and ``patch``."""

from __future__ import annotations

import os
from collections import deque
from difflib import unified_diff
from io import StringIO

from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.redact import redact
from pinhook.reporters.display import escape_unprintable
from pinhook.source import BOM

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pinhook.check import Report
    from pinhook.finding import Finding
    from pinhook.source import Source

_HEAD_LINES = 2  # the file names before and after
_BOLD = "1"
_COLORS = {"-": "31", "+": "32", "@": "36"}


def unified_patch(before: Source, after: Source) -> bytes:
    """The changes of a file as a patch; empty if there are none.

    The lines have the encoding of the file, so that the patch applies. For UTF-16 and UTF-32, which git treats as
    binary, they are in UTF-8, for people.
    """
    path = before.path.replace(os.sep, "/")
    lines = unified_diff(_lines(before), _lines(after), f"a/{path}", f"b/{path}")
    return b"".join(_encoded(line, before, is_head=at < _HEAD_LINES) for at, line in enumerate(lines))


def in_unedited_file(edited: Report, before: Report) -> Report:
    """The report on an edited file, with the remaining findings at their places in the unedited file.

    A finding gets the place of the next finding in ``before`` with the same code and target. Without one, it gets the
    place of the fixed finding of the same project: a fix may remove quotes, which are part of the target.
    """
    gone = {finding.key for finding in (*edited.fixed, *edited.ignored)}
    waiting = _queues((each.code, each.target, each) for each in before.findings if each.key not in gone)
    replaced = _queues((each.project, "", each) for each in edited.fixed)

    def placed(finding: Finding) -> Finding:
        if same := waiting.get((finding.code, finding.target)):
            return same.popleft()._replace(message=finding.message, unfixed=finding.unfixed)
        if others := replaced.get((finding.project, "")):
            return finding._replace(place=others.popleft().place, related=())
        return finding

    return edited._replace(source=before.source, findings=tuple(map(placed, edited.findings)))


def _queues(findings: Iterable[tuple[str, str, Finding]]) -> dict[tuple[str, str], deque[Finding]]:
    """The findings by the two texts in front of each."""
    queues: dict[tuple[str, str], deque[Finding]] = {}
    for first, second, finding in findings:
        queues.setdefault((first, second), deque()).append(finding)
    return queues


def for_terminal(patch: bytes, *, color: bool = False) -> str:
    """A patch that is safe to print on a terminal. Credentials are ``***``, so it may not apply.

    ``color`` gives it the colors of ``git diff``.
    """
    lines = redact(patch.decode("utf-8", "surrogateescape")).split("\n")
    shown = ["\t".join(map(escape_unprintable, line.split("\t"))) for line in lines]
    return "\n".join(_painted(line, number) for number, line in enumerate(shown)) if color else "\n".join(shown)


def _painted(line: str, number: int) -> str:
    """A line of a patch in the color of ``git diff``. ``number`` counts from 0."""
    color = _BOLD if number < _HEAD_LINES else _COLORS.get(line[:1])
    return f"\x1b[{color}m{line}\x1b[m" if color and line else line


def _lines(source: Source) -> list[str]:
    """The lines of a file with their endings, as in git: a form feed does not end a line."""
    return list(StringIO((BOM if source.bom else "") + source.text, newline="\n"))


def _encoded(line: str, source: Source, *, is_head: bool) -> bytes:
    if not line.endswith("\n"):
        line += "\n\\ No newline at end of file\n"
    if is_head:
        return os.fsencode(line)
    return line.encode(
        "utf-8" if source.encoding.startswith(("utf-16", "utf-32")) else source.encoding, "surrogateescape"
    )
