"""What the formats for programs share: JSON, places, paths, and fingerprints of findings."""

from __future__ import annotations

import json
import os
import posixpath
import re
from collections import Counter
from hashlib import sha256

from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.redact import redact

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from pinhook.finding import Finding, Suppressed
    from pinhook.reporters.reporter import Outcome
    from pinhook.source import Place

# a lone surrogate (a byte that is not UTF-8, or half a character on Windows) may be refused by readers
_REPLACE_SURROGATES = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")


def dump(document: Any) -> str:
    """The document as JSON in ASCII, independent of the encoding of the terminal."""
    # ##[error] in a log would be a command for the CI system
    return re.sub("#(?=#)", r"\\u0023", json.dumps(document, indent=2)) + "\n"


def replace_surrogates(text: str) -> str:
    """The text with every byte that is not UTF-8 replaced by U+FFFD."""
    return text.translate(_REPLACE_SURROGATES)


def region(place: Place, line: str, column: str, end_line: str, end_column: str) -> dict[str, int]:
    """Lines and columns of a place under the names of the format. The end is after the last character."""
    start, end = (place.source.position(offset) for offset in place.span)
    return {line: start.line, column: start.column, end_line: end.line, end_column: end.column}


def relative(path: str, folder: str) -> str:
    """The path relative to a folder, with slashes. Outside of the folder it stays absolute."""
    path, folder = (each.replace(os.sep, "/") for each in (path, folder))
    return posixpath.normpath(path).removeprefix(folder.rstrip("/") + "/" if folder else "")


class Result(NamedTuple):
    """A finding with its fingerprint, whether it is suppressed, and whether it was fixed.

    The fingerprint is unique in the run. It depends on the file, the rule and the word, not on the line.
    """

    finding: Finding
    fingerprint: str
    suppressed: Suppressed | None = None
    is_fixed: bool = False


def results(outcome: Outcome) -> Iterator[Result]:
    """The findings of a run in order, suppressed ones included. Fixed ones come last."""
    seen: Counter[str] = Counter()
    for result in _results(outcome):
        identity = _identity(result.finding, outcome.folder)
        fingerprint = sha256(f"{identity}\0{seen[identity]}".encode("utf-8", "surrogatepass")).hexdigest()
        seen[identity] += 1
        yield result._replace(fingerprint=fingerprint)


def _results(outcome: Outcome) -> Iterator[Result]:
    for report in outcome.reports:
        found = [Result(finding, "") for finding in report.findings]
        found += [Result(each.finding, "", each) for each in report.suppressed]
        yield from sorted(found, key=lambda each: each.finding.place.span)
    yield from (Result(finding, "", is_fixed=True) for finding in outcome.fixed)


def _identity(finding: Finding, folder: str) -> str:
    source, span = finding.place
    word = finding.target or redact(" ".join(source.text[slice(*span)].split()))
    return "\0".join((relative(source.path, folder), finding.code, word))
