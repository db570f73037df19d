"""``github``: annotations of GitHub Actions, and text for the log of the job.

https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
"""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.reporters import text
from pinhook.reporters._machine_formats import region, relative
from pinhook.reporters.display import escape_unprintable
from pinhook.reporters.severity import is_error

if TYPE_CHECKING:
    from pinhook.finding import Finding
    from pinhook.reporters.reporter import Outcome, Style

# as in GitHub's toolkit (packages/core/src/command.ts)
_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = _DATA | str.maketrans({":": "%3A", ",": "%2C"})


def render(outcome: Outcome, style: Style) -> str:
    """A command for each finding and each file that could not be checked, then the output of ``text``.

    A fixed finding is a notice.
    """
    commands = [_annotation(finding, outcome.folder, "notice") for finding in outcome.fixed]
    commands += [_annotation(finding, outcome.folder, _level(finding)) for finding in outcome.findings]
    for path, message in outcome.file_errors:
        file = relative(path, outcome.folder)
        commands.append(_command("error", {"file": file, "title": "pinhook"}, f"could not be checked: {message}"))
    return "".join(commands) + text.render(outcome, style)


def _level(finding: Finding) -> str:
    return "error" if is_error(finding.code) else "warning"


def _annotation(finding: Finding, folder: str, level: str) -> str:
    properties: dict[str, str | int] = {"file": relative(finding.place.source.path, folder)}
    properties |= region(finding.place, "line", "col", "endLine", "endColumn")
    if properties["line"] != properties["endLine"]:  # columns are valid only for annotations within a line
        del properties["col"], properties["endColumn"]
    properties["title"] = f"{finding.code} {finding.name}"
    return _command(level, properties, finding.message)


def _command(name: str, properties: dict[str, str | int], message: str) -> str:
    written = ",".join(
        f"{key}={escape_unprintable(str(value).translate(_PROPERTY))}" for key, value in properties.items()
    )
    return f"::{name} {written}::{escape_unprintable(message).translate(_DATA)}\n"
