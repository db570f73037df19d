"""Wheels that an old pip does not take, because their platform tag is newer than the pip.

An image without an upgrade of pip may have one: 9.0.1 in Ubuntu 18.04. Source: the README of pypa/manylinux.
"""

from __future__ import annotations

AS_OF = "2026-11-26"

_FIRST_PIPS = (
    ("manylinux1_", (8, 1)),
    ("manylinux2010_", (19, 0)),
    ("manylinux2014_", (19, 3)),
    ("manylinux_", (20, 3)),
)
"""The first release of pip that takes wheels with a kind of platform tag."""

_FIRST_WITH_REQUIRES_PYTHON = (9, 0)


def is_old(pip: str) -> bool:
    """Whether there are tags that a release of pip does not take."""
    return bool(pip) and _numbers(pip) < _FIRST_PIPS[-1][1]


def ignores_requires_python(pip: str) -> bool:
    """Whether a release of pip installs versions that need another Python. Source: pip 8.1.2 and 9.0.3, run."""
    return bool(pip) and _numbers(pip) < _FIRST_WITH_REQUIRES_PYTHON


def takes(filename: str, pip: str, python: str, cpu: str) -> bool:
    """Whether a pip for CPython on Linux takes a file of a version: a source archive, or a wheel for it.

    ``python`` has two numbers at least; ``cpu`` is that of a platform tag: ``x86_64``.
    """
    if not filename.endswith(".whl"):
        return True
    pythons, abis, platforms = (tags.split(".") for tags in filename[: -len(".whl")].split("-")[-3:])
    is_for_python = any(_is_for_python(each, abis, python) for each in pythons)
    return is_for_python and any(_is_for_platform(each, pip, cpu) for each in platforms)


def _is_for_python(tag: str, abis: list[str], python: str) -> bool:
    major, minor = python.split(".")[:2]
    if tag in {f"py{major}", f"py{major}{minor}", f"cp{major}{minor}"}:
        return True
    if tag[:2] not in {"cp", "py"} or tag[2:3] != major or not tag[3:].isascii() or not tag[3:].isdigit():
        return False
    return (tag[:2] == "py" or "abi3" in abis) and int(tag[3:6]) <= int(minor)


def _is_for_platform(tag: str, pip: str, cpu: str) -> bool:
    if tag == "any":
        return True
    if not tag.endswith(f"_{cpu}"):
        return False
    return any(tag.startswith(kind) and _numbers(pip) >= first for kind, first in _FIRST_PIPS)


def _numbers(pip: str) -> tuple[int, ...]:
    return tuple(int(part) for part in pip.split(".")[:2])
