"""What FROM says about an image."""

from __future__ import annotations

import pytest

from pinhook import dockerfile
from pinhook.fix.image.by_instruction import images_by_instruction
from pinhook.source import Source


@pytest.mark.parametrize(
    ("name", "python"),
    [
        ("python:3.9-slim", "3.9.25"),
        ("lambda/python:3.11", ""),
        ("tools:2.1-py3.8", ""),
        ("python:3", ""),
        ("ubuntu:22.04", ""),
        ("$BASE", ""),
        ("python:$V", ""),
        ("python:${W:-3.9}", "3.9.25"),
        ("python:$U", "3.8.20"),
    ],
)
def test_python(name: str, python: str) -> None:
    parsed = dockerfile.parse(Source("Dockerfile", f"ARG V\nARG U=3.8\nFROM {name}\nRUN x"))
    assert [image.python for image in images_by_instruction(parsed)][-2:] == [python, python]


def test_stages() -> None:
    text = (
        "ARG V=3.9\nFROM python:$V AS Old\nARG V=3.8\nFROM python:3.12.4 AS new\nONBUILD RUN x\n"
        "FROM old\nRUN x\nFROM new"
    )
    found = images_by_instruction(dockerfile.parse(Source("Dockerfile", text)))
    assert [image.python for image in found] == ["", *["3.9.25"] * 2, *["3.12.4"] * 2, *["3.9.25"] * 2, "3.12.4"]
