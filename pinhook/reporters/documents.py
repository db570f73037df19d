"""What the formats for programs have in common: JSON, places, paths, and findings that know themselves again."""

from __future__ import annotations

import json
import os
import posixpath
import re
from collections import Counter
from hashlib import sha256

from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.redact import redact
from pinhook.reporters.reporter import suppressed_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from pinhook.finding import Finding, Suppressed
    from pinhook.reporters.reporter import Outcome
    from pinhook.source import Place

# a lone surrogate is a byte that is not UTF-8, or half a character of Windows; no reader has to accept it
_REPLACE_SURROGATES = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")


def dump(document: Any) -> str:
    """The document as JSON, in ASCII, whatever the encoding of the terminal."""
    # ##[error] in the log of a CI system would be a command
    return re.sub("#(?=#)", r"\\u0023", json.dumps(document, indent=2)) + "\n"


def unicode(text: str) -> str:
    """The text, with a replacement for every byte that is not UTF-8."""
    return text.translate(_REPLACE_SURROGATES)


def region(place: Place, line: str, column: str, end_line: str, end_column: str) -> dict[str, int]:
    """Lines and columns of a place, under the names that the format has for them; the end is behind the last one."""
    start, end = (place.source.position(offset) for offset in place.span)
    return {line: start.line, column: start.column, end_line: end.line, end_column: end.column}


def relative(path: str, folder: str) -> str:
    """The path as seen from a folder, with slashes; it stays absolute outside of the folder."""
    path, folder = (each.replace(os.sep, "/") for each in (path, folder))
    return posixpath.normpath(path).removeprefix(folder.rstrip("/") + "/" if folder else "")


class Result(NamedTuple):
    """A finding and what a program knows it by, whether a comment suppresses it or not, and whether it was fixed.

    The fingerprint is one of a kind in the run. It hangs on the file, the rule and the word, and not on the line.
    """

    finding: Finding
    fingerprint: str
    suppressed: Suppressed | None = None
    is_fixed: bool = False


def results(outcome: Outcome) -> Iterator[Result]:
    """The findings of a run, the suppressed ones in their places among the others; those that were fixed, last."""
    seen: Counter[str] = Counter()
    for result in _results(outcome):
        identity = _identity(result.finding, outcome.folder)
        fingerprint = sha256(f"{identity}\0{seen[identity]}".encode("utf-8", "surrogatepass")).hexdigest()
        seen[identity] += 1
        yield result._replace(fingerprint=fingerprint)


def _results(outcome: Outcome) -> Iterator[Result]:
    for report in outcome.reports:
        found = [Result(finding, "") for finding in report.findings]
        found += [Result(each.finding, "", each) for each in suppressed_in(report)]
        yield from sorted(found, key=lambda each: each.finding.place.span)
    yield from (Result(finding, "", is_fixed=True) for finding in outcome.fixed)


def _identity(finding: Finding, folder: str) -> str:
    source, span = finding.place
    word = finding.target or redact(" ".join(source.text[slice(*span)].split()))
    return "\0".join((relative(source.path, folder), finding.code, word))
