"""Write ignore comments for the findings of a file.

If a comment already covers a finding, the finding is added to it; otherwise a new comment is written in the narrowest
slot. The result is checked: the build must be the same, and the comments must suppress the findings. If not, the next
wider slot is tried.
"""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.finding import Edit, apply_edits
from pinhook.ignore_comments.directive import Directive, is_code, parse_directives, text_in_brackets
from pinhook.ignore_comments.placement import Slot
from pinhook.ignore_comments.suppress import find_ignores
from pinhook.ignore_comments.verified import BuildDifference, Verifier, comments_of
from pinhook.source import Source, SourceText, Span

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from typing import TypeAlias

    from pinhook.finding import Finding
    from pinhook.ignore_comments.suppress import Ignores
    from pinhook.ignore_comments.verified import Check, ComparedFinding

    Candidate: TypeAlias = Slot | Directive  # a new comment, or one that is there

NO_SLOT = "no comment can be written there"
NOT_POSSIBLE = "a # there does not start a comment, or the comment would change the build"
NOT_ENCODED = "the reason cannot be written in the encoding of the file"
_ACTIVE = frozenset("$`\\")  # a here-document inside of a script may expand these
_TOP_LINES = 2  # where comments mean something to others: an encoding, Datadog's for the whole file
_EARLY_TRIALS = 4  # after these only the widest slots are tried


class AddedIgnores(NamedTuple):
    """A file with ignore comments added, the findings that they suppress, and the other findings with a reason."""

    after: Source
    suppressed: tuple[Finding, ...] = ()
    left: tuple[tuple[Finding, str], ...] = ()


def mistake_in_reason(reason: str, codes: Collection[str]) -> str:
    """Why a text cannot be the reason of an ignore comment; empty if it can."""
    if not reason.isprintable() or not reason.strip():
        return "a reason is one line of text"
    if reason.rstrip()[-1] in "\\`^":
        return f"a reason cannot end with {reason.rstrip()[-1]}, which continues a line"
    comment = _comment([("PIN001", "")], reason)
    directives = list(parse_directives(SourceText.of(Source("", comment)), codes))
    if len(directives) != 1 or not any(map(str.isalnum, directives[0].reason)):
        return "a reason needs words, and cannot contain an ignore comment"
    return ""


def add_ignores(
    source: Source, check: Check, codes: Collection[str], reason: str = "", *, require_reason: bool = False
) -> AddedIgnores:
    """Write ignore comments for all findings. Raises only what ``check`` raises.

    ``codes`` are the codes of all rules.
    """
    verifier = Verifier(source, check)
    if not _is_encodable(reason, source):
        return _without_comments(verifier, NOT_ENCODED)
    ignores = find_ignores(comments_of(verifier.document), codes, require_reason=require_reason)
    candidates = {
        at: list(_candidates(each.finding, verifier, ignores, reason))
        for at, each in enumerate(verifier.findings)
        if not each.is_suppressed
    }
    hopeless = {at for at, options in candidates.items() if not options}
    while chosen := {at: options[0] for at, options in candidates.items() if options}:
        after = apply_edits(source, _edits(source, verifier.findings, chosen, reason))
        if not (blamed := _blamed(verifier, after, chosen)):
            return AddedIgnores(
                after,
                tuple(verifier.findings[at].finding for at in chosen),
                tuple(_left(verifier, candidates, hopeless)),
            )
        if verifier.is_over:
            break
        for at in blamed:
            keep_last = verifier.trials >= _EARLY_TRIALS and len(candidates[at]) > 1
            candidates[at] = candidates[at][-1:] if keep_last else candidates[at][1:]
    return _without_comments(verifier, NOT_POSSIBLE, hopeless)


def _is_encodable(reason: str, source: Source) -> bool:
    try:
        reason.encode(source.encoding)
    except UnicodeEncodeError:
        return False
    return True


def _without_comments(verifier: Verifier, reason: str, hopeless: Collection[int] = ()) -> AddedIgnores:
    left = [
        (each.finding, NO_SLOT if at in hopeless else reason)
        for at, each in enumerate(verifier.findings)
        if not each.is_suppressed
    ]
    return AddedIgnores(verifier.document.source, (), tuple(left))


def _left(
    verifier: Verifier, candidates: Mapping[int, list[Candidate]], hopeless: Collection[int]
) -> Iterator[tuple[Finding, str]]:
    for at, options in candidates.items():
        if not options:
            yield verifier.findings[at].finding, NO_SLOT if at in hopeless else NOT_POSSIBLE


def _candidates(finding: Finding, verifier: Verifier, ignores: Ignores, reason: str) -> Iterator[Candidate]:
    """The comments that cover a finding and can name it, then the slots for a new comment."""
    slots = verifier.slots(finding)
    narrowest = slots[0].lines if slots else Span(0, 0)
    covering = [each for each in ignores.covering(finding) if each.is_ours and each.covers]
    for ignore in sorted(covering, key=lambda each: each.covers.end - each.covers.start if each.covers else 0):
        directive = ignore.directive
        is_exact = bool(_name(finding)) or (ignore.covers is not None and narrowest.encloses(ignore.covers))
        if (
            is_exact
            and not directive.is_for_file
            and not directive.problems
            and text_in_brackets(directive) is not None
        ):
            yield directive
    for slot in slots:
        if not (slot.is_in_script and not _ACTIVE.isdisjoint(reason)):
            yield slot


def _name(finding: Finding) -> str:
    """The project that an entry for a finding names; empty if it names none."""
    return "" if is_code(finding.project) else finding.project


def _edits(source: Source, findings: list[ComparedFinding], chosen: Mapping[int, Candidate], reason: str) -> list[Edit]:
    """One edit for each new or changed comment, in the order of the file."""
    entries: dict[Candidate, dict[tuple[str, str], None]] = {}
    for at, candidate in chosen.items():
        finding = findings[at].finding
        entries.setdefault(candidate, {})[finding.code, _name(finding)] = None
    edits = [
        edit
        for candidate, wanted in entries.items()
        for edit in (
            [_new_comment(source, candidate, wanted, reason)]
            if isinstance(candidate, Slot)
            else _more_entries(candidate, wanted)
        )
    ]
    return sorted(edits, key=lambda edit: edit.span)


def _new_comment(source: Source, slot: Slot, entries: Iterable[tuple[str, str]], reason: str) -> Edit:
    comment = _comment(entries, reason)
    text = source.text
    if slot.is_at_end:
        gap = "" if text[: slot.offset][-1:] in " \t" else "  "
        return Edit(Span(slot.offset, slot.offset), f"{gap}{comment}")
    line = text[slot.offset : source.line_span(source.position(slot.offset).line).end]
    indent = line[: len(line) - len(line.lstrip(" \t"))]
    return Edit(Span(slot.offset, slot.offset), f"{indent}{comment}{_newline(source, slot.offset)}")


def _newline(source: Source, offset: int) -> str:
    """The line ending of the line at an offset; for the last line, that of the line before it."""
    end = source.text.find("\n", offset)
    if end < 0:
        end = source.text.rfind("\n")
    return "\r\n" if end > 0 and source.text[end - 1] == "\r" else "\n"


def _comment(entries: Iterable[tuple[str, str]], reason: str) -> str:
    return f"# pinhook: ignore[{render_entries(sorted(entries, key=_code))}] {reason}".rstrip()


def _code(entry: tuple[str, str]) -> str:
    return entry[0]


def render_entries(entries: Iterable[tuple[str, str]]) -> str:
    """The text between the brackets, for pairs of a code and a project; an empty project means any."""
    names: dict[str, list[str]] = {}
    for code, name in entries:
        names.setdefault(code, []).append(name)
    whole = [code for code, each in names.items() if "" in each]
    return ", ".join(code if code in whole else f"{code}: {', '.join(each)}" for code, each in names.items())


def _more_entries(directive: Directive, entries: Iterable[tuple[str, str]]) -> Iterator[Edit]:
    """The insertions into the brackets of a comment: names after their code, new codes at the end."""
    last_names = {code: each for each in directive.selectors if each.project for code in each.codes or ()}
    last = directive.selectors[-1]
    at_end: list[tuple[str, str]] = []
    inserted: dict[int, str] = {}
    for code, name in entries:
        if name and code in last_names:
            offset = last_names[code].text.span.end
            inserted[offset] = f"{inserted.get(offset, '')}, {name}"
        else:
            at_end.append((code, name))
    if at_end:
        offset = last.text.span.end
        inserted[offset] = f"{inserted.get(offset, '')}, {render_entries(sorted(at_end, key=_code))}"
    for offset, text in inserted.items():
        yield Edit(Span(offset, offset), text)


def _blamed(verifier: Verifier, after: Source, chosen: Mapping[int, Candidate]) -> set[int]:
    """The findings whose comments may be the reason why the edited file is wrong; empty if it is right."""
    findings = verifier.findings_after(after)
    slots = {at: each for at, each in chosen.items() if isinstance(each, Slot)}
    at_top = {at for at, each in slots.items() if verifier.document.source.position(each.offset).line <= _TOP_LINES}
    if isinstance(findings, BuildDifference):
        in_scripts = {at: each for at, each in slots.items() if each.is_in_script}
        inside = {at for at, slot in in_scripts.items() if findings.part and slot.offset in findings.part}
        return inside or set(in_scripts) or at_top or set(chosen)
    if any(
        before.is_suppressed and not now.is_suppressed for before, now in zip(verifier.findings, findings, strict=True)
    ):
        return at_top or set(chosen)
    return {at for at in chosen if not findings[at].is_suppressed}
