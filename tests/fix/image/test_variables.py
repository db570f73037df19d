"""The name of an image with the variables of a Dockerfile replaced, and stages by their names."""

from __future__ import annotations

import pytest

from pinhook.fix.image.python import Python
from tests.fix.test_pythons import concluded


@pytest.mark.parametrize(
    ("name", "python"),
    [
        ("$BASE", ""),
        ("python:$V", ""),
        ("python:${V}-slim", ""),
        ("python:${W:-3.9}", "3.9.25"),
        ("python:$U", "3.8.20"),
        ("python:$U-buster", "3.8.17"),
        ("${R}python:3.9", "3.9.25"),
        ('"python:3.9"', "3.9.25"),
        ("--platform=$BUILDPLATFORM python:3.9", "3.9.25"),
    ],
)
def test_variables(name: str, python: str) -> None:
    found = concluded(f"ARG V\nARG U=3.8\nARG R=docker.io/\nFROM {name}\nRUN pip install a").python
    assert (found.version if isinstance(found, Python) else "") == python


@pytest.mark.parametrize(("stage", "version"), [("old", "3.9.25"), ("OLD", "3.9.25"), ("new", "3.12.4")])
def test_stages(stage: str, version: str) -> None:
    text = f"ARG V=3.9\nFROM python:$V AS Old\nARG V=3.8\nFROM python:3.12.4 AS new\nFROM {stage}\nRUN pip install a"
    found = concluded(text).python
    assert isinstance(found, Python)
    assert found.version == version


def test_a_stage_named_like_an_image_is_the_stage() -> None:
    found = concluded("FROM python:3.9 AS ubuntu\nFROM ubuntu\nRUN pip install a").python
    assert isinstance(found, Python)
    assert found.version == "3.9.25"
