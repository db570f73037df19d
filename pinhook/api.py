r"""The public API of ``import pinhook``: from a text to a report.

    import pinhook

    report = pinhook.check_text("FROM python\nRUN pip install flask\n")
    for finding in report.findings:
        print(finding.code, finding.start.line, finding.start.column, finding.message)

It reads only the text: no file, no configuration, no environment variable. It writes and runs nothing.
"""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.check import Follow, Policy, Report, check
from pinhook.config import SETTINGS
from pinhook.config.config import codes_of
from pinhook.config.values import SettingError, parse_value
from pinhook.documents import open_document
from pinhook.finding import Finding, Fix, Related, Suppressed
from pinhook.follow import follow_files, follow_scripts
from pinhook.repository.discovery import kind_of
from pinhook.source import BOM, Position, Source, Span

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

__all__ = [
    "Finding",
    "Fix",
    "Policy",
    "Position",
    "Related",
    "Report",
    "Span",
    "Suppressed",
    "check_text",
    "make_policy",
]

_SETTINGS = {setting.field: setting for setting in SETTINGS}
_DEFAULT_POLICY = Policy()
_FOLLOW = Follow(
    lambda document, installations, evaluate: follow_files(document, installations, evaluate=evaluate),
    lambda document, part, _in_repository: follow_scripts(document, part, in_repository=False),
)
"""It follows only files that a Dockerfile writes."""


def check_text(text: str, path: str = "Dockerfile", *, policy: Policy = _DEFAULT_POLICY) -> Report:
    """Check a text as if it were the content of the file ``path``.

    Raises nothing: text that cannot be read is a finding.

    The name of the file decides the kind of the text: a requirements file by its name (``requirements.txt``,
    ``constraints.txt``, ``*.in``), a shell script by its name or its ``#!`` line, else a Dockerfile. The file need not
    exist. No other file is read: only files that the Dockerfile itself writes are followed.

    ``report.findings`` are in the order of the text. Each has ``code``, ``name``, ``message``, ``target``, its first
    position ``start`` and the position after its last character ``end`` (``line`` and ``column``, both from 1), and
    ``span`` (``start`` and ``end`` as offsets into ``text``, from 0, without a byte order mark). Offsets and columns
    count code points. ``report.suppressed`` are the findings that ignore comments suppress.
    """
    source = Source(path, text.removeprefix(BOM), text.startswith(BOM))
    return check(open_document(source, kind_of(source)), policy, _FOLLOW)


def make_policy(
    *,
    level: str = "default",
    select: Iterable[str] | None = None,
    extend_select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    allow: Iterable[str] = (),
    installers: Iterable[str] = (),
    ignore_comments: bool = True,
    require_reason: bool = False,
) -> Policy:
    """A policy from settings, which have the same meaning as in a configuration file.

    Rules are given by code, prefix or name. With ``ignore_comments=False`` no comment suppresses a finding. Raises
    ``ValueError`` for an unknown level, rule or installer, and for a wrong package name.
    """
    rules = codes_of(
        _parsed("level", level),
        None if select is None else _parsed("select", select),
        _parsed("extend_select", extend_select),
        _parsed("ignore", ignore),
    )
    allowed, optional = _parsed("allow", allow), _parsed("installers", installers)
    return Policy(rules, allowed, optional, ignore_comments, require_reason)


def _parsed(field: str, value: str | Iterable[str]) -> Any:
    """The value of a setting. Raises ``ValueError``."""
    try:
        return parse_value(_SETTINGS[field], value if isinstance(value, str) else list(value))
    except SettingError as error:
        raise ValueError(f"{field}: {error}") from None
