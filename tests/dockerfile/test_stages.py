"""The arguments of ``FROM``, as BuildKit reads them."""

from __future__ import annotations

import pytest

from pinhook import dockerfile
from pinhook.source import Source


@pytest.mark.parametrize(
    ("line", "image", "name", "base"),
    [
        ("FROM a", "a", "", "a"),
        ("FROM a AS b", "a", "b", "a"),
        ("FROM --platform=linux/amd64 A as B", "A", "b", "a"),
        ("FROM 0", "0", "", ""),
        ("FROM a AS", "a", "", "a"),
        ("FROM a IN b", "a", "", "a"),
        ("FROM a AS b c", "a", "", "a"),
        ("FROM", "", "", ""),
    ],
)
def test_from(line: str, image: str, name: str, base: str) -> None:
    (instruction,) = dockerfile.parse(Source("Dockerfile", f"{line}\n")).instructions
    start = dockerfile.parse_from(instruction, lambda word: word)
    assert (start.image, start.name, start.base) == (image, name, base)
