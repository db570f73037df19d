"""Runs to report on: ``RUN`` has something of everything, ``HOSTILE`` is what somebody might write on purpose."""

from __future__ import annotations

from pinhook.check import Report
from pinhook.finding import Edit, Finding, Fix, Related, Suppressed
from pinhook.reporters import REPORTERS
from pinhook.reporters.reporter import FileError, Outcome, Style
from pinhook.source import Place, Source, Span
from tests.marks import unmark


def report(path: str, marked: str, *, unknown_targets: int = 0, code: str = "PIN001") -> Report:
    """A report with one finding at each mark; where the text has ``ARG``, the other marks are related to the first.

    A marked comment suppresses the finding before it.
    """
    text, spans = unmark(marked)
    source = Source(path, text)
    places = [Place(source, span) for span in spans]
    related = tuple(Related(place, "installed here") for place in places[1:] if "ARG" in text)
    findings: list[Finding] = []
    suppressed: list[Suppressed] = []
    for place in places[:1] if related else places:
        if text.startswith("# pinhook", place.span.start):
            suppressed.append(Suppressed(findings.pop(), "it is ours", place))
        else:
            findings.append(_finding(place, code, related))
    targets = max(len(findings), 1) + unknown_targets
    return Report(source, tuple(findings), 1, targets, unknown_targets, tuple(suppressed))


def _finding(place: Place, code: str, related: tuple[Related, ...]) -> Finding:
    word = place.source.text[slice(*place.span)]
    name = word.strip("'\"")
    end = place.span.end
    fix = Fix(f"pin {name}", (Edit(Span(end, end), "==3.1.2"),)) if name == "flask" else None
    message = f"{name} is not pinned; write {name}==<version>"
    return Finding(place, code, "unpinned", message, name, word, "pip", related=related, fix=fix)


RUN = Outcome(
    (
        report("Dockerfile", "FROM python\nRUN pip install \\\n\t⟦flask⟧ \\\n\t⟦'django'⟧\n"),
        report("./clean/Dockerfile", "FROM python\nRUN pip install flask==3.1.2\n", unknown_targets=1),
        report("a b\udcff/Dockerfile", "ARG X=⟦漢⟧\nRUN ⟦pip install $X⟧\n"),
        report("/home/me/ours/x.dockerfile", "RUN pip install ⟦ours⟧  ⟦# pinhook: ignore it is ours⟧\n"),
        report("/elsewhere/Dockerfile", "RUN pip install ⟦$PACKAGES⟧ ⟦$PACKAGES⟧\n", code="PIN008"),
    ),
    (FileError("gone\n", "No such file or directory"),),
    folder="/home/me",
    exit_code=2,
)

HOSTILE = Outcome(
    (
        report(
            "::error file=x::y\x1b[1m\n%,:", "RUN \x1b]0;x\x07 ##[error]x ##vso[a]b ⟦a\x1b[31m\x9b⟧ ⟦###[add-mask]a⟧"
        ),
        report("  ::warning::x", "::error::x ⟦]]>&<\ufffe⟧\n::error::y ⟦[here](https://example.org/)⟧"),
        report("##[error]x", "RUN pip install ⟦\udcff\u202e\u2028\x85⟧"),
    ),
    (FileError("::error::x", "\x1b[2J\n::error::\x00"), FileError("##teamcity[x]", "##[error]")),
)


def with_fixes(outcome: Outcome) -> Outcome:
    """The run with its findings fixed in one file, and one of each other file's that could not be."""
    first, *others = outcome.reports
    fixed = tuple(each._replace(message=f"fixed: {each.target}==3.1.2 (uv.lock)") for each in first.findings)
    left = [report._replace(findings=tuple(map(_unfixed, report.findings))) for report in others]
    return outcome._replace(reports=(first._replace(findings=(), fixed=fixed), *left))


def _unfixed(finding: Finding) -> Finding:
    return finding._replace(message=f"{finding.message} (not fixed: because)", unfixed="because")


FIXED = with_fixes(RUN)
RUNS = {"run": RUN, "fixed": FIXED, "hostile": HOSTILE, "hostile, fixed": with_fixes(HOSTILE), "nothing": Outcome(())}


def render(name: str, outcome: Outcome, style: Style | None = None) -> str:
    [reporter] = [reporter for reporter in REPORTERS if reporter.name == name]
    return reporter.render(outcome, style or Style())
