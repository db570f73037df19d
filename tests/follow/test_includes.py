"""A requirements file that is checked by itself: its includes give exemptions and findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pinhook.cli import main
from pinhook.rules import Level, rules_of_level
from pinhook.source import Source
from tests.checks import check_requirements_file
from tests.follow.repositories import repository_of

if TYPE_CHECKING:
    from pathlib import Path

    from pinhook.check import Report

DEFAULT = [rule.code for rule in rules_of_level(Level.DEFAULT)]
STRICT = [rule.code for rule in rules_of_level(Level.STRICT)]


def report_on(files: dict[str, str], codes: list[str], path: str = "r.txt") -> Report:
    repository = repository_of(files, path)
    return check_requirements_file(Source(path, files[path]), codes, repository=lambda: repository)


def found(files: dict[str, str], codes: list[str], path: str = "r.txt") -> list[str]:
    report = report_on(files, codes, path)
    findings = [finding for each in (report, *report.included) for finding in each.findings]
    return [
        f"{each.place.source.path}:{each.place.source.position(each.place.span.start)[0]} {each.code}"
        for each in findings
    ]


@pytest.mark.parametrize(
    ("files", "default", "strict"),
    [
        pytest.param({"r.txt": "-r a.txt\nx==1\n", "a.txt": "y==1\n"}, [], [], id="pinned"),
        pytest.param(
            {"r.txt": "-r a.txt\nx\n", "a.txt": "y\n"}, ["r.txt:2 PIN001"], ["r.txt:2 PIN001", "a.txt:1 PIN007"]
        ),
        pytest.param({"r.txt": "-r a.txt\nx\n", "a.txt": "X==1\n"}, [], [], id="pinned by the included file"),
        pytest.param({"r.txt": "-r a.txt\nx==1\n", "a.txt": "x>=1\n"}, [], [], id="pinned by the including file"),
        pytest.param({"r.txt": "-c c.txt\nx\n", "c.txt": "x==1\n"}, [], [], id="constrained"),
        pytest.param({"r.txt": "-c c.txt\nx\ny\n", "c.txt": "x==1\n"}, [], ["r.txt:3 PIN007"], id="not all of it"),
        pytest.param({"r.txt": "-c c.txt\nx\n", "c.txt": "x>1\n"}, [], ["c.txt:1 PIN007"], id="loosely constrained"),
        pytest.param({"r.txt": "-c c.txt\nx==1\n", "c.txt": "x<2\n"}, [], [], id="constrained and pinned"),
        pytest.param({"r.txt": "-c c.txt\nx\n"}, [], [], id="constrained by a file that is missing"),
        pytest.param({"r.txt": "-r a.txt\nx\n", "a.txt": "-c c.txt\n"}, [], [], id="constrained below"),
        pytest.param({"r.txt": "-r a.txt\nx\n"}, ["r.txt:2 PIN001"], ["r.txt:2 PIN001"], id="missing"),
        pytest.param({"r.txt": "-r a.txt\n", "a.txt": "--no-index\nx\n"}, [], [], id="local below"),
        pytest.param({"r.txt": "-r a.txt\nx\n", "a.txt": "--no-index\n"}, [], [], id="local by an option below"),
        pytest.param({"r.txt": "-r a.txt\n", "a.txt": "x=1\n"}, [], ["a.txt:1 PIN007"], id="refused"),
        pytest.param({"r.txt": "-r a.txt\n", "a.txt": "x==1,==2\nx==1\n"}, [], ["a.txt:1 PIN007"], id="no version"),
        pytest.param({"r.txt": "-r a.txt\n", "a.txt": "--frozen\n"}, [], ["a.txt:1 PIN007"], id="refused option"),
        pytest.param({"r.txt": "-r r.txt\n-r ./r.txt\nx\n"}, ["r.txt:3 PIN001"], ["r.txt:3 PIN001"], id="itself"),
        pytest.param(
            {"r.txt": "-r a.txt\nx\n", "a.txt": "-r r.txt\ny\n"},
            ["r.txt:2 PIN001"],
            ["r.txt:2 PIN001", "a.txt:2 PIN007"],
            id="in a circle",
        ),
        pytest.param({"r.txt": "-c r.txt\nx\n"}, [], ["r.txt:2 PIN007"], id="constrained by itself"),
        pytest.param(
            {"r.txt": "-r ../x.txt\n-r /x.txt\n-r https://example.org/x@1.txt\n"}, [], ["r.txt:3 PIN009"], id="outside"
        ),
        pytest.param(
            {"r.txt": "-r d/a.txt\n", "d/a.txt": "-r b.txt\n", "d/b.txt": "x\n"}, [], ["d/b.txt:1 PIN007"], id="beside"
        ),
        pytest.param({"r.txt": "-r a.txt\n-c a.txt\n", "a.txt": "x\n"}, [], ["a.txt:1 PIN007"], id="both"),
    ],
)
def test_included_files(files: dict[str, str], default: list[str], strict: list[str]) -> None:
    assert found(files, DEFAULT) == default
    assert found(files, STRICT) == strict


def test_a_file_in_a_folder_includes_what_is_beside_it() -> None:
    files = {"d/r.txt": "-r a.txt\n-r ../a.txt\n", "a.txt": "x\n", "d/a.txt": "y\n"}
    assert found(files, STRICT, "d/r.txt") == ["d/a.txt:1 PIN007", "a.txt:1 PIN007"]


def test_a_finding_shows_the_line_that_includes_the_file() -> None:
    report = report_on({"r.txt": "-r a.txt\n", "a.txt": "x\n"}, STRICT)
    [finding] = report.included[0].findings
    [related] = finding.related
    assert (related.message, *related.place) == ("included here", report.source, (3, 8))
    [finding] = report_on({"r.txt": "-r a.txt\n", "a.txt": "x==1\n"}, ["PIN011", "PIN007"]).included[0].findings
    assert [each.message for each in finding.related] == ["included here"]


@pytest.mark.parametrize("line", ["x # pinhook: ignore[PIN007] so", "x # pinhook: ignore[PIN001] so"])
def test_comments_in_the_included_file(line: str) -> None:
    assert found({"r.txt": "-r a.txt\n", "a.txt": line}, STRICT) == []


def test_what_became_of_each_name() -> None:
    report = report_on({"r.txt": "-r a.txt\n-c ${C}\n-r b.txt\n-r /x.txt\n", "a.txt": ""}, DEFAULT)
    assert [(str(each.name), each.state, each.path, each.reason) for each in report.followed] == [
        ("a.txt", "file", "a.txt", ""),
        ("${C}", "unknown", "", "is a name that only the build knows"),
        ("b.txt", "unknown", "", "is not in the repository"),
        ("/x.txt", "unknown", "", "is an absolute path on the machine that installs the requirements"),
    ]


def test_nothing_is_opened_for_a_file_that_includes_none() -> None:
    def opened() -> None:
        raise AssertionError

    assert check_requirements_file(Source("r.txt", "x==1\n"), STRICT, repository=opened).findings == ()  # type: ignore[arg-type]


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    assert main.run([*arguments, "--isolated", "--format", "concise", "--level", "strict"]) in {0, 1}
    captured = capsys.readouterr()
    assert not captured.err
    return [line.partition(" is ")[0] for line in captured.out.splitlines()]


def test_each_finding_once(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (repository / "requirements.txt").write_text("-r base.txt\n")
    (repository / "dev.txt").write_text("-r requirements.txt\n-r base.txt\n")
    (repository / "base.txt").write_text("flask\n")
    (repository / "Dockerfile").write_text("FROM python\nCOPY . .\nRUN pip install -r requirements.txt\n")
    everything = ["Dockerfile", "requirements.txt", "dev.txt"]
    assert run(capsys, *everything) == ["base.txt:1:1: PIN007 flask"]
    assert run(capsys, *everything, "base.txt") == ["base.txt:1:1: PIN001 flask"]


@pytest.mark.parametrize("name", ["../secret.txt", "link.txt", "folder/../../secret.txt", "loop.txt", "folder"])
def test_nothing_outside_of_the_repository_is_read(
    name: str, repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (repository / "folder").mkdir()
    (repository / "link.txt").symlink_to("../secret.txt")
    (repository / "loop.txt").symlink_to("loop.txt")
    (repository / "requirements.txt").write_text(f"-r {name}\n-c {name}\n")
    assert run(capsys, "requirements.txt") == []
