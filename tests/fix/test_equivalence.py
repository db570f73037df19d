"""Which edited files count as equal except for the words to change."""

from __future__ import annotations

import pytest

from pinhook.fix import Checks
from pinhook.fix.editable import open_editable
from pinhook.source import Source
from tests.checks import document_of

PLAIN = "FROM x\nRUN pip install a b && echo a\nCOPY a b\n"


def compare(before: str, after: str, expected: dict[tuple[int, int], str]) -> str | None:
    editable = open_editable(document_of(before), Checks())
    found = editable.differences(editable.edited(Source("Dockerfile", after)), expected)
    return found[0].reason if found else None


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (PLAIN, PLAIN, {}),
        (PLAIN, PLAIN.replace("install a", "install a==1"), {(0, 0): "a==1"}),
        (PLAIN, PLAIN.replace("install a b", "install  'a==1'  \"b\""), {(0, 0): "a==1"}),
        ("RUN pip install a>1 b > log", "RUN pip install a==2 b > log", {(0, 0): "a==2"}),
        ("RUN pip install a == 1 b", "RUN pip install a==1 b", {(0, 0): "a==1"}),
        ("RUN uv run --with a,b x", "RUN uv run --with a==1,b x", {(0, 0): "a==1"}),
        ("RUN uv run --with=a x", "RUN uv run --with=a==1 x", {(0, 0): "a==1"}),
        ("ARG V=a\nRUN pip install $V", "ARG V=a==1\nRUN pip install $V", {(0, 0): "a==1"}),
        ("RUN a; pip install x; b", "RUN a; pip install x==1; b", {(1, 0): "x==1"}),
        ("RUN pip install '' a", "RUN pip install '' a==1", {(0, 1): "a==1"}),
    ],
)
def test_same(before: str, after: str, expected: dict[tuple[int, int], str]) -> None:
    assert compare(before, after, expected) is None


@pytest.mark.parametrize(
    ("before", "after", "expected", "reason"),
    [
        (PLAIN, PLAIN.replace("install a", "install a==1"), {}, "pip install would change too"),
        (PLAIN, PLAIN.replace("install a", "install a==1"), {(0, 1): "a==1"}, "pip install would change too"),
        (PLAIN, PLAIN.replace("install a", "install -U a"), {}, "pip install would change too"),
        (PLAIN, PLAIN.replace("install a b", "install a"), {}, "pip install would change too"),
        (PLAIN, PLAIN.replace("echo a", "echo b"), {}, "echo a would change too"),
        (PLAIN, PLAIN.replace("echo a", "echo a > b"), {}, "echo a would change too"),
        (PLAIN, PLAIN.replace("echo a", "echo a && x"), {}, "the file would have other commands"),
        (PLAIN, PLAIN.replace("COPY a", "COPY c"), {}, "COPY would change too"),
        (PLAIN, PLAIN.replace("COPY", "ADD"), {}, "the file would have other instructions"),
        (PLAIN, PLAIN + "USER x", {}, "the file would have other instructions"),
        ("RUN a", "RUN --network=none a", {}, "the file would have other instructions"),
        ("RUN <<A\na\nA", "RUN <<B\na\nB", {}, "the file would have other instructions"),
        ("HEALTHCHECK NONE", "HEALTHCHECK CMD x", {}, "the file would run other commands"),
        ("RUN echo 'a", "RUN echo 'b", {}, "what could not be read would change too"),
        ("ARG V=a\nFROM $V", "ARG V=b\nFROM $V", {}, "FROM would change too"),
        ("COPY <<A /x\na\nA", "COPY <<A /x\nb\nA", {}, "COPY would change too"),
    ],
)
def test_different(before: str, after: str, expected: dict[tuple[int, int], str], reason: str) -> None:
    assert compare(before, after, expected) == reason
