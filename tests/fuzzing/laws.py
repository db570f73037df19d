"""The properties (laws) of every input.

A law returns an error, ``kind: details``, or nothing. Failures of one kind have one cause.
"""

from __future__ import annotations

import json
import re
import signal
import time
from contextlib import ExitStack, contextmanager, redirect_stderr, redirect_stdout
from functools import cache
from importlib.resources import files
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from unittest import mock
from xml.etree import ElementTree as ET

import jsonschema

from pinhook.__main__ import main
from pinhook.documents import DockerfileDocument, open_document
from pinhook.fix import Checks, LockedVersions, VersionSources, fix
from pinhook.fix.resolver import Resolver
from pinhook.fix.uv import Resolution, ResolveRequest
from pinhook.ignore_comments.adding import add_ignores
from pinhook.repository.discovery import is_requirements_file, kind_of
from pinhook.requirements import normalize
from pinhook.rules import RULES
from pinhook.source import Source, SourceError
from tests.checks import check, check_requirements_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType

    from pinhook.check import Report
    from pinhook.documents import Document
    from pinhook.finding import Finding

CODES = tuple(rule.code for rule in RULES)
SLOW = 1.0
"""Seconds of the processor that an input of ``SHORT`` bytes may take."""
SHORT = 10_000
LIMIT = 20
"""Seconds after which a law is given up."""

_OPTIONS = ("--isolated", "--color=never", f"--select={','.join(CODES)}")
_LINE = re.compile(r".*:\d+:\d+: PIN\d{3} .")
_QUOTING = re.compile(r"[\"'\\`\s^]|^[ \t]*#.*$", re.MULTILINE)


class Input(NamedTuple):
    """The bytes of a file, and its name, which decides whether it is a requirements file or a Dockerfile."""

    name: str
    data: bytes


class Law(NamedTuple):
    """What holds; it is looked at in one of ``every`` executions."""

    holds: Callable[[Input], str]
    every: int = 1


class TooLongError(BaseException):
    """The time is up. No ``Exception``, so that nobody takes it for one of bashlex's."""


def checked(source: Source) -> Report:
    """The report with every rule."""
    return check_requirements_file(source, CODES) if is_requirements_file(source.path) else check(source, CODES)


def readable(given: Input) -> Source | None:
    try:
        return Source.decode(given.name, given.data)
    except SourceError:
        return None


def findings_are_at_their_words(given: Input) -> str:
    """Nothing is raised, no finding is outside of the file, every caret is at its word, and it is quick."""
    source = readable(given)
    if source is None:
        return ""
    started = time.process_time()
    report = checked(source)
    seconds = time.process_time() - started
    if seconds > SLOW and len(given.data) < SHORT:
        return f"slow: {seconds:.1f} seconds"
    findings = [*report.findings, *(each.finding for each in report.suppressed)]
    return next(filter(None, (_misplaced(each) for each in findings)), "")


def _misplaced(finding: Finding) -> str:
    source, (start, end) = finding.place
    if not 0 <= start <= end <= len(source.text):
        return f"{finding.code} outside of the file: {finding.place.span}"
    position = source.position(end)
    if not 1 <= position.line <= source.text.count("\n") + 1 or position.column < 1:
        return f"{finding.code} outside of the file: {position}"
    if not finding.message:
        return f"{finding.code} says nothing"
    written = source.text[start:end]
    if finding.target and not _is_about(written, finding.target):
        return f"{finding.code} elsewhere: it is about {finding.target!r} and is at {written!r}"
    return ""


def _is_about(written: str, target: str) -> bool:
    """Whether characters of the file are those of a target, or those with a swallowed specifier after them."""
    if "\\" in written or ".." in written or "***" in target:  # an escape sequence, {1..3}, credentials
        return True
    if "$" in written:  # a word that has its characters from several places is shown whole
        return True
    marked, named = _QUOTING.sub("", written), _QUOTING.sub("", target)
    return marked in named or marked.startswith(re.split("[<>]", named)[0])


def the_prefilter_hides_nothing(given: Input) -> str:
    """What is not followed, because it cannot install anything, installs nothing."""
    source = readable(given)
    if source is None or is_requirements_file(given.name):
        return ""
    quick = checked(source).findings
    with ExitStack() as patches:
        for look in (
            "dockerfile_document.may_install",
            "simple_commands.may_install",
            "simple_commands.may_run_installer",
        ):
            patches.enter_context(mock.patch(f"pinhook.documents.{look}", return_value=True))
        thorough = check(source, CODES).findings
    hidden = {_key(each) for each in thorough if each.code != "PIN006"} - {_key(each) for each in quick}
    return f"hidden: {sorted(hidden)}" if hidden else ""


def _key(finding: Finding) -> tuple[int, int, str, str]:
    return *finding.place.span, finding.code, finding.target


def _answer(request: ResolveRequest) -> Resolution:
    """Everything has the version 1.0."""
    names = (normalize(re.split(r"[\s\[<>=!~;(@]", each)[0]) for each in request.requirements)
    return Resolution({name: "1.0" for name in names if name}, {})


def _version_sources() -> VersionSources:
    return VersionSources(LockedVersions([], []), Resolver(_answer, lambda _index, _name: None), python="3.12")


def fixing_is_done_at_once(given: Input) -> str:
    """Fixing twice is fixing once, and what was fixed is gone."""
    source = readable(given)
    if source is None or is_requirements_file(given.name):
        return ""
    checks = Checks(lambda document: checked(document.source))
    once = fix(DockerfileDocument(source), _version_sources(), checks)
    if once.after.text == source.text:
        return "" if not once.applied else "nothing done: it says it has fixed what is as it was"
    again = fix(once.document, _version_sources(), checks)
    if again.after.text != once.after.text:
        return f"fixed twice: {once.after.text!r} becomes {again.after.text!r}"
    if once.after.encode() != Source.decode(given.name, once.after.encode()).encode():
        return "unreadable: what it writes cannot be read again"
    return ""


def ignores_leave_no_finding(given: Input) -> str:
    """What has got an ignore comment is suppressed, no other character changes, and a second run writes nothing."""
    source = readable(given)
    if source is None:
        return ""
    once = add_ignores(source, _document_and_report, CODES, "why")
    findings = [each for each in checked(once.after).findings if each.code != "PIN010"]
    if len(findings) != len(once.left):
        return f"findings: {len(findings)} in {once.after.text!r}, and {len(once.left)} have a reason"
    if not _is_subsequence(source.text, once.after.text):
        return f"changed: {source.text!r} becomes {once.after.text!r}"
    again = add_ignores(once.after, _document_and_report, CODES, "why").after
    return "" if again.text == once.after.text else f"written twice: {again.text!r}"


def _document_and_report(source: Source) -> tuple[Document, Report]:
    return open_document(source, kind_of(source)), checked(source)


def _is_subsequence(text: str, other: str) -> bool:
    characters = iter(other)
    return all(character in characters for character in text)


def _formats() -> dict[str, Callable[[str], object]]:
    return {
        "text": str,
        "concise": str,
        "json": lambda text: _validator().validate(json.loads(text)),
        "sarif": lambda text: json.loads(text)["runs"][0]["results"],
        "github": _only_commands,
        "gitlab": json.loads,
        "junit": ET.fromstring,
    }


@cache
def _validator() -> Any:
    return jsonschema.Draft202012Validator(json.loads(files("pinhook").joinpath("schemas/report.json").read_text()))


def _only_commands(text: str) -> None:
    """No line of the workflow's log that GitHub would take for a command is not ours."""
    for line in text.splitlines():
        if line.lstrip().startswith("::") and not line.startswith(("::error ", "::warning ", "::notice ")):
            raise ValueError(line)


def every_format_is_valid(folder: Path) -> Callable[[Input], str]:
    """The whole program, with each format: exit code, stderr, and what its readers can read."""

    def holds(given: Input) -> str:
        file = folder / given.name
        file.write_bytes(given.data)
        codes: set[int] = set()
        for name, read in _formats().items():
            out, file_error = StringIO(), StringIO()
            with redirect_stdout(out), redirect_stderr(file_error):
                code = main(
                    [str(file), "--isolated", f"--select={','.join(CODES)}", f"--format={name}", "--color=never"]
                )
            if code not in {0, 1, 2} or (code == 2) != bool(file_error.getvalue()):
                return f"exit code of {name}: {code}, and it says {file_error.getvalue()!r}"
            if "internal error" in file_error.getvalue():
                return f"internal error: {file_error.getvalue()}"
            if raw := re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", out.getvalue()):
                return f"raw characters in {name}: {raw[0]!r}"
            if name == "concise" and any(not _LINE.match(line) for line in out.getvalue().splitlines()):
                return f"broken lines: {out.getvalue()!r}"
            try:
                read(out.getvalue())
            except (ValueError, KeyError, ET.ParseError, jsonschema.ValidationError) as error:
                return f"invalid {name}: {error}"
            codes.add(code)
        return "" if len(codes) == 1 else f"exit codes differ: {sorted(codes)}"

    return holds


def laws(folder: Path) -> list[Law]:
    """All laws; ``folder`` is for the files that the whole program reads."""
    return [
        Law(findings_are_at_their_words),
        Law(the_prefilter_hides_nothing, 5),
        Law(fixing_is_done_at_once, 10),
        Law(ignores_leave_no_finding, 10),
        Law(every_format_is_valid(folder), 40),
    ]


def broken(law: Law, given: Input) -> str:
    """What is wrong with an input by a law; to raise is wrong."""
    try:
        with time_limit(LIMIT):
            return law.holds(given)
    except TooLongError:
        return f"slow: more than {LIMIT} seconds"
    except Exception as error:  # noqa: BLE001 - any is a failure
        trace = error.__traceback__
        while trace and trace.tb_next:
            trace = trace.tb_next
        at = f"{Path(trace.tb_frame.f_code.co_filename).name}, line {trace.tb_lineno}" if trace else ""
        return f"{type(error).__name__} in {at}: {error}"


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raises ``TooLongError`` in what takes longer."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise TooLongError

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
