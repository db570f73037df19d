"""Every format, on the same run."""

from __future__ import annotations

import importlib
import json
import pkgutil
from typing import Any

import pytest

from pinhook import reporters
from pinhook.check import Report
from pinhook.finding import Edit, Finding, Fix, Related
from pinhook.reporters.reporter import Outcome, Reporter, Style, Trouble
from pinhook.source import Place, Source, Span
from tests.marks import unmark


def report(path: str, marked: str, *, unknown_targets: int = 0) -> Report:
    """A report with one finding at each mark; a second mark is related to the first where the text has ``ARG``."""
    text, spans = unmark(marked)
    source = Source(path, text)
    related = tuple(Related(Place(source, span), "installed here") for span in spans[1:] if "ARG" in text)
    findings = []
    for span in spans[:1] if related else spans:
        word = text[slice(*span)]
        name = word.strip("'\"")
        fix = Fix(f"pin {name}", (Edit(Span(span.end, span.end), "==3.1.2"),)) if name == "flask" else None
        message = f"{name} is not pinned; write {name}==<version>"
        findings.append(
            Finding(Place(source, span), "PIN001", "unpinned", message, name, word, "pip", related=related, fix=fix)
        )
    targets = max(len(findings), 1) + unknown_targets
    return Report(source, tuple(findings), installations=1, targets=targets, unknown_targets=unknown_targets)


OUTCOME = Outcome(
    (
        report("Dockerfile", "FROM python\nRUN pip install \\\n\t⟦flask⟧ \\\n\t⟦'django'⟧\n"),
        report("clean/Dockerfile", "FROM python\nRUN pip install flask==3.1.2\n", unknown_targets=1),
        report("a b\udcff/Dockerfile", "ARG X=⟦漢⟧\nRUN ⟦pip install $X⟧\n"),
    ),
    (Trouble("gone\n", "No such file or directory"),),
)

TEXT = r"""
Dockerfile:3:2: PIN001 flask is not pinned; write flask==<version>
  3 |     flask \
    |     ^^^^^

Dockerfile:4:2: PIN001 django is not pinned; write django==<version>
  4 |     'django'
    |     ^^^^^^^^

a b\xff/Dockerfile:1:7: PIN001 漢 is not pinned; write 漢==<version>
  1 | ARG X=漢
    |       ^^
  related: a b\xff/Dockerfile:2:5 installed here

Found 3 findings in 2 of 3 files; 1 target is known only to the build; 1 file could not be checked.
"""

CONCISE = r"""
Dockerfile:3:2: PIN001 flask is not pinned; write flask==<version>
Dockerfile:4:2: PIN001 django is not pinned; write django==<version>
a b\xff/Dockerfile:1:7: PIN001 漢 is not pinned; write 漢==<version>
"""

JSON: dict[str, Any] = {
    "version": 1,
    "findings": [
        {
            "path": "Dockerfile",
            "line": 3,
            "column": 2,
            "end_line": 3,
            "end_column": 7,
            "code": "PIN001",
            "name": "unpinned",
            "target": "flask",
            "written": "flask",
            "installer": "pip",
            "message": "flask is not pinned; write flask==<version>",
            "url": "https://example.org/pinhook/rules/PIN001",
            "fix": {
                "description": "pin flask",
                "edits": [{"line": 3, "column": 7, "end_line": 3, "end_column": 7, "text": "==3.1.2"}],
            },
        },
        {
            "path": "Dockerfile",
            "line": 4,
            "column": 2,
            "end_line": 4,
            "end_column": 10,
            "code": "PIN001",
            "name": "unpinned",
            "target": "django",
            "written": "'django'",
            "installer": "pip",
            "message": "django is not pinned; write django==<version>",
            "url": "https://example.org/pinhook/rules/PIN001",
        },
        {
            "path": "a b\ufffd/Dockerfile",
            "line": 1,
            "column": 7,
            "end_line": 1,
            "end_column": 8,
            "code": "PIN001",
            "name": "unpinned",
            "target": "漢",
            "written": "漢",
            "installer": "pip",
            "message": "漢 is not pinned; write 漢==<version>",
            "url": "https://example.org/pinhook/rules/PIN001",
            "related": [{"path": "a b\ufffd/Dockerfile", "line": 2, "column": 5, "message": "installed here"}],
        },
    ],
    "errors": [{"path": "gone\n", "message": "No such file or directory"}],
    "summary": {
        "files": 3,
        "installations": 3,
        "targets": 5,
        "unknown_targets": 1,
        "findings": 3,
        "suppressed": 0,
    },
}


def render(name: str, outcome: Outcome, style: Style | None = None) -> str:
    [reporter] = [reporter for reporter in reporters.REPORTERS if reporter.name == name]
    return reporter.render(outcome, style or Style())


def test_text() -> None:
    assert render("text", OUTCOME) == TEXT.lstrip("\n")


def test_text_without_summary() -> None:
    assert render("text", OUTCOME, Style(summary=False)) == TEXT.lstrip("\n").rpartition("\n\n")[0] + "\n"
    assert not render("text", Outcome(()), Style(summary=False))


def test_text_in_color() -> None:
    outcome = Outcome((report("Dockerfile", "RUN pip install ⟦x⟧"),))
    assert render("text", outcome, Style(color=True, summary=False)) == (
        "\x1b[1mDockerfile:1:17\x1b[0m: \x1b[1;91mPIN001\x1b[0m x is not pinned; write x==<version>\n"
        "  \x1b[1;94m1\x1b[0m \x1b[1;94m|\x1b[0m RUN pip install x\n"
        "    \x1b[1;94m|\x1b[0m                 \x1b[1;91m^\x1b[0m\n"
    )


def test_concise() -> None:
    assert render("concise", OUTCOME) == CONCISE.lstrip("\n")
    assert not render("concise", Outcome(()))


def test_json() -> None:
    text = render("json", OUTCOME)
    assert json.loads(text) == JSON
    assert text.isascii()
    assert list(json.loads(text)["findings"][0]) == list(JSON["findings"][0]), "the order of the keys"


def test_json_of_nothing() -> None:
    document = json.loads(render("json", Outcome(())))
    assert (document["findings"], document["errors"], set(document["summary"].values())) == ([], [], {0})


BAD = "RUN pip install ⟦x⟧"
GOOD = "RUN pip install x==1"


@pytest.mark.parametrize(
    ("outcome", "summary"),
    [
        (Outcome(()), "No Dockerfile found."),
        (Outcome((report("a", GOOD),)), "No findings in 1 file (1 installation, 1 target)."),
        (Outcome((report("a", GOOD), report("b", GOOD))), "No findings in 2 files (2 installations, 2 targets)."),
        (
            Outcome((report("a", GOOD, unknown_targets=2),)),
            "No findings in 1 file (1 installation, 3 targets); 2 targets are known only to the build.",
        ),
        (Outcome((report("a", BAD),)), "Found 1 finding in 1 file."),
        (Outcome((report("a", BAD), report("b", BAD))), "Found 2 findings in 2 files."),
        (Outcome((report("a", BAD), report("b", GOOD))), "Found 1 finding in 1 of 2 files."),
        (Outcome((), (Trouble("a", "x"),)), "1 file could not be checked."),
        (Outcome((), (Trouble("a", "x"), Trouble("b", "x"))), "2 files could not be checked."),
    ],
)
def test_summary(outcome: Outcome, summary: str) -> None:
    assert render("text", outcome).splitlines()[-1] == summary


@pytest.mark.parametrize("name", ["text", "concise"])
def test_no_control_character_of_a_file_is_printed(name: str) -> None:
    outcome = Outcome((report("a\x1b[1m\n", "RUN \x1b]0;x\x07 pip install ⟦a\x1b[31m\x9b⟧"),))
    assert not set(render(name, outcome)) & set(map(chr, [*range(10), *range(11, 32), *range(127, 160)]))


def test_no_reporter_is_forgotten() -> None:
    modules = [
        importlib.import_module(found.name) for found in pkgutil.iter_modules(reporters.__path__, "pinhook.reporters.")
    ]
    defined: list[Reporter] = [module.REPORTER for module in modules if hasattr(module, "REPORTER")]
    assert sorted(defined) == sorted(reporters.REPORTERS)
    assert [module.__name__.rpartition(".")[2] for module in modules if hasattr(module, "REPORTER")] == sorted(
        reporter.name for reporter in reporters.REPORTERS
    )
