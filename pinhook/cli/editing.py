"""Edit one file, or show the edit: for ``--fix``, ``--add-ignores`` and ``--remove-unused-ignores``."""

from __future__ import annotations

import sys

from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.cli import replacing, streams, terminal
from pinhook.cli.diff import for_terminal, in_unedited_file, unified_patch

if TYPE_CHECKING:
    from typing import Protocol

    from pinhook.check import Report
    from pinhook.cli.options import Options
    from pinhook.documents import Document
    from pinhook.source import Source

    class Editor(Protocol):
        """Edits the files of one run."""

        def check(self, document: Document) -> Report:
            """The report of a document."""

        def edit(self, document: Document) -> EditResult:
            """The report on an edited document. Nothing is written."""


class EditResult(NamedTuple):
    """The report on an edited file.

    ``failure`` is the reason why the edit is incomplete if the file is not the cause, for example an unreachable index.
    """

    report: Report
    failure: str = ""


def edit_file(document: Document, editor: Editor, options: Options) -> EditResult:
    """Edit one file, or show the edit. A file that cannot be written is only checked."""
    source = document.source
    result = editor.edit(document)
    if options.diff:
        if not _show_difference(source, result.report.source, options.color):
            return result._replace(failure="the difference could not be written")
        if result.report.is_edited:
            return result._replace(report=in_unedited_file(result.report, editor.check(document)))
    elif result.report.is_edited:
        try:
            replacing.rewrite(source.path, source.encode(), result.report.source.encode())
        except OSError as error:
            return EditResult(editor.check(document), error.strerror or str(error))
    return result


def _show_difference(before: Source, after: Source, color: str) -> bool:
    """Print a patch; to a program it is exact, unless ``color`` is *always*."""
    patch = unified_patch(before, after)
    if color == "always" or terminal.is_terminal(sys.stdout):
        return streams.write(for_terminal(patch, color=terminal.wants_color(color, sys.stdout)))
    return streams.write_bytes(patch)
