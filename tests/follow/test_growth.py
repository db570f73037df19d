"""Following takes time linear in the Dockerfile. What is not followed because of a limit is reported."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pinhook import budget
from pinhook.follow import layers, written_files
from pinhook.follow.image_paths import join_path
from tests.follow.repositories import PINNED, checked, reasons
from tests.growth_inputs import count_calls

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

COUNT = 60
MAX_RATIO = 2.2
TOO_MANY = "is below more layers than pinhook searches"
GENERATED = "is written by the build"
INSTALL = "RUN pip install -r /r.txt\n"


def each(count: int, line: str) -> str:
    """As many lines, with their numbers in the place of ``N``."""
    return "".join(line.replace("N", str(number)) for number in range(count))


def stages(count: int, copies: str) -> str:
    """Stages, each of which copies something from the one before it; the first has /r.txt."""
    lines = (copies.replace("BEFORE", f"s{number}").replace("THIS", f"s{number + 1}") for number in range(count))
    return "FROM a AS s0\nCOPY r.txt /r.txt\n" + "".join(lines)


DOCKERFILES: dict[str, Callable[[int], str]] = {
    "copies, each read": lambda count: "FROM a\n" + each(count, "COPY r.txt /N.txt\nRUN pip install -r /N.txt\n"),
    "copies, read later": lambda count: (
        "FROM a\n" + each(count, "COPY r.txt /N.txt\n") + each(count, "RUN pip install -r /N.txt\n")
    ),
    "files that are nowhere": lambda count: (
        "FROM a\n" + each(count, "COPY r.txt /N.txt\n") + each(count, "RUN pip install -r /no-N.txt\n")
    ),
    "lines of a written file": lambda count: "FROM a\n" + "RUN echo flask >> /r.txt\n" * count + INSTALL,
    "lines written by one instruction": lambda count: (
        f"FROM a\nRUN {' && '.join(['echo flask >> /r.txt'] * count)}\n{INSTALL}"
    ),
    "written files": lambda count: "FROM a\n" + each(count, "RUN echo flask >> /N.txt\n") + INSTALL,
    "lines of a written file, each read": lambda count: "FROM a\n" + ("RUN echo a >> /r.txt\n" + INSTALL) * count,
    "lock files": lambda count: "FROM a\nCOPY pyproject.toml uv.lock /\n" + "RUN uv lock && uv sync\n" * count,
    "lock files that are made": lambda count: "FROM a\nCOPY pyproject.toml /\n" + "RUN uv lock; uv sync\n" * count,
    "variables of a here-document": lambda count: (
        f"FROM a\nARG V=1\nCOPY <<EOF /r.txt\n{'a==$V${W:-$V}' * count}\nEOF\n{INSTALL}"
    ),
    "here-documents with variables": lambda count: (
        "FROM a\n" + each(count, "ENV V=$V.N\nCOPY <<EOF /N.txt\na==$V\nEOF\nRUN pip install -r /N.txt\n")
    ),
    "stages, each from the one before": lambda count: stages(
        count, "FROM a AS THIS\nCOPY --from=BEFORE /r.txt /r.txt\nRUN pip install -r /r.txt\n"
    ),
    "stages, each twice from the one before": lambda count: (
        stages(count, "FROM a AS THIS\nCOPY --from=BEFORE / /\nCOPY --from=BEFORE / /\n")
        + "RUN pip install -r /no.txt\n"
    ),
    "stages, each on the one before": lambda count: stages(
        count, "FROM BEFORE AS THIS\nCOPY r.txt /q.txt\nRUN pip install -r /r.txt\n"
    ),
}


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small limits, so that they are reached early."""
    monkeypatch.setattr(budget, "MIN_UNITS", 0)
    monkeypatch.setattr(layers, "MAX_LAYERS", 10)
    monkeypatch.setattr(written_files, "MAX_LAYERS", 10)
    monkeypatch.setattr(written_files, "MAX_PIECES", 5)
    monkeypatch.setattr(layers, "MAX_STAGES", 5)


@pytest.mark.usefixtures("narrow")
@pytest.mark.parametrize("name", DOCKERFILES)
def test_twice_as_much_takes_twice_the_calls(name: str) -> None:
    texts = [DOCKERFILES[name](count) for count in (COUNT, 2 * COUNT, 4 * COUNT)]
    followed({"Dockerfile": texts[0]})  # what is imported and compiled once
    few, more, most = (count_calls(lambda text=text: followed({"Dockerfile": text})) for text in texts)  # type: ignore[misc]
    assert most - more <= MAX_RATIO * (more - few)


def followed(files: dict[str, str]) -> Iterable[str]:
    return reasons({**files, "r.txt": PINNED, "pyproject.toml": "", "uv.lock": ""})


@pytest.mark.parametrize(
    ("dockerfile", "expected"),
    [
        (DOCKERFILES["stages, each from the one before"](50), "r.txt"),
        (DOCKERFILES["stages, each from the one before"](2000), TOO_MANY),
        (DOCKERFILES["stages, each twice from the one before"](100), TOO_MANY),
        ("FROM a\nCOPY r.txt /r.txt\n" + each(249, "COPY r.txt /N.txt\n") + INSTALL, "r.txt"),
        ("FROM a\nCOPY r.txt /r.txt\n" + each(250, "COPY r.txt /N.txt\n") + INSTALL, TOO_MANY),
        (DOCKERFILES["lines of a written file"](256), "here"),
        (DOCKERFILES["lines of a written file"](257), GENERATED),
    ],
)
def test_how_far_a_file_is_followed(dockerfile: str, expected: str) -> None:
    report = checked({"Dockerfile": dockerfile, "r.txt": PINNED})
    assert [each.reason or each.path or "here" for each in report.followed][-1] == expected


def test_a_working_directory_that_no_system_takes_does_not_grow() -> None:
    folder = "/"
    for _ in range(1000):
        folder = join_path(folder, "some/folder")
    assert folder == "/some/folder" * 341 + "/som", "4,096 characters"
