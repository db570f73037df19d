"""The text report."""

from __future__ import annotations

import re

import pytest

from pinhook.finding import Finding, Related
from pinhook.reporters.display import MAX_LINES
from pinhook.reporters.reporter import FileError, Outcome, Style
from pinhook.reporters.summary import next_step
from pinhook.reporters.text import block
from pinhook.reporters.text import render as render_text
from pinhook.source import Place, Source
from tests.checks import check
from tests.marks import unmark
from tests.reporters.runs import RUN, render, report

BAD = "RUN pip install ⟦x⟧"
GOOD = "RUN pip install x==1"
QUIET = Style(summary=False)


def drawn(marked: str, style: Style = QUIET, *, label: str = "here") -> str:
    """The lines below the heading of a finding at the first mark, with the others as related places."""
    text, [first, *others] = unmark(marked)
    source = Source("Dockerfile", text)
    related = tuple(Related(Place(source, span), label) for span in others)
    finding = Finding(Place(source, first), "PIN001", "unpinned", "x", related=related)
    return block(finding, style).partition("\n")[2]


@pytest.mark.parametrize(
    ("files", "style", "advice"),
    [
        (
            {"Dockerfile": "RUN pip install flask six"},
            Style(),
            "2 may be fixed with --fix; pinhook --explain PIN001 says more.",
        ),
        (
            {"Dockerfile": "RUN pip install 'flask>1' git+https://h/r", "requirements.txt": "six"},
            Style(),
            "2 may be fixed with --fix, 1 of them may need --python-version; pinhook --explain PIN002 says more.",
        ),
        (
            {"requirements.txt": "six"},
            Style(has_python_version=True),
            "1 may be fixed with --fix; pinhook --explain PIN001 says more.",
        ),
        ({"Dockerfile": "RUN pip install git+https://h/r ''"}, Style(), ""),
        ({"Dockerfile": "RUN pip install flask==1"}, Style(), ""),
    ],
)
def test_what_fix_could_do(files: dict[str, str], style: Style, advice: str) -> None:
    reports = tuple(
        check(Source(name, text), kind="Dockerfile" if name == "Dockerfile" else "requirements file")
        for name, text in files.items()
    )
    assert next_step(Outcome(reports), style._replace(advice=True)) == advice
    assert next_step(Outcome(reports), style) == ""
    assert ("--fix" in render_text(Outcome(reports), style._replace(advice=True))) == bool(advice)


@pytest.mark.parametrize(
    ("marked", "drawing"),
    [
        pytest.param(
            "ARG X=⟦flask⟧\nRUN ⟦pip install $X⟧\n",
            "  1 | ARG X=flask\n    |       ^^^^^\n  2 | RUN pip install $X\n    |     -------------- here",
            id="a related line",
        ),
        pytest.param(
            "RUN for p in ⟦flask⟧; do ⟦pip install $p⟧; done",
            "  1 | RUN for p in flask; do pip install $p; done\n"
            "    |              ^^^^^\n"
            "    |                        -------------- here",
            id="related in the same line",
        ),
        pytest.param(
            "ARG X=⟦flask⟧\n" + "\n" * 9 + "RUN ⟦pip install \\\n  $X⟧\n",
            "   1 | ARG X=flask\n     |       ^^^^^\n  11 | RUN pip install \\\n     |     ----------- here",
            id="line numbers of several lengths",
        ),
        pytest.param(
            "RUN pip install ⟦fla\\\n# why not\n\n  sk⟧ x",
            "  1 | RUN pip install fla\\\n    |                 ^^^\n  4 |   sk x\n    |   ^^",
            id="a word in two lines",
        ),
        pytest.param(
            "RUN ⟦pip install `\r\n\t漢 `\r\n  x⟧ `\r\n",
            "  1 | RUN pip install `\n    |     ^^^^^^^^^^^\n  2 |     漢 `\n    |     ^^\n  3 |   x `\n    |   ^",
            id="the other escape character",
        ),
        pytest.param("RUN ⟦\n⟧", "  1 | RUN\n    |     ^", id="a line ending"),
        pytest.param("⟦⟧", "  1 |\n    | ^", id="nothing"),
    ],
)
def test_drawing(marked: str, drawing: str) -> None:
    assert drawn(marked) == drawing


def test_a_long_span_is_shown_in_part() -> None:
    assert drawn("RUN ⟦" + "x \\\n" * 50 + "⟧").count("^") == MAX_LINES


def test_a_related_place_in_another_file_is_named() -> None:
    text, [span] = unmark("RUN pip install ⟦x⟧")
    place = Place(Source("Dockerfile", text), span)
    other = Place(Source("a/b", text), span)
    finding = Finding(place, "PIN001", "unpinned", "no", related=(Related(other, "there"), Related(place, "here")))
    assert block(finding, QUIET).splitlines() == [
        "Dockerfile:1:17: PIN001 no",
        "  1 | RUN pip install x",
        "    |                 ^",
        " --> a/b:1:17",
        "  1 | RUN pip install x",
        "    |                 - there",
        "  1 | RUN pip install x",
        "    |                 - here",
    ]


@pytest.mark.parametrize("width", [20, 60, 80, 300])
def test_lines_fit_into_the_terminal(width: int) -> None:
    lines = drawn("x" * 500 + " ⟦flask⟧ " + "y" * 500, Style(width=width), label="").splitlines()
    assert len(lines[0]) <= max(width, 46)
    shown, mark = lines[0], re.search(r"\^+", lines[1])
    assert mark
    assert shown[slice(*mark.span())] == "flask"


def test_color_only_adds() -> None:
    plain = render("text", RUN)
    painted = render("text", RUN, Style(color=True))
    assert plain != painted
    assert re.sub(r"\x1b\[[\d;]*m", "", painted) == plain


def test_without_summary() -> None:
    assert render("text", RUN, QUIET) == render("text", RUN).rpartition("\n\n")[0] + "\n"
    assert not render("text", Outcome(()), QUIET)


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
        (
            Outcome((report("a", f"{BAD} ⟦# pinhook⟧"),)),
            "No findings in 1 file (1 installation, 1 target); 1 finding is ignored by comments.",
        ),
        (Outcome((report("a", BAD),)), "Found 1 finding in 1 file."),
        (Outcome((report("a", BAD), report("b", BAD))), "Found 2 findings in 2 files."),
        (Outcome((report("a", BAD), report("b", GOOD))), "Found 1 finding in 1 of 2 files."),
        (Outcome((), (FileError("a", "x"),)), "1 file could not be checked."),
        (Outcome((), (FileError("a", "x"), FileError("b", "x"))), "2 files could not be checked."),
    ],
)
def test_summary(outcome: Outcome, summary: str) -> None:
    assert render("text", outcome).splitlines()[-1] == summary
