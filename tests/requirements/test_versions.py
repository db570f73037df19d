"""Questions to ``packaging`` about single versions."""

from __future__ import annotations

import pytest

from pinhook.requirements.versions import admits, asks_for_prerelease, is_prerelease, version_of_file


@pytest.mark.parametrize(
    ("specifier", "version", "expected"),
    [
        (">=1,<2", "1.5", True),
        (">=1,<2", "2.0", False),
        (">=1", "2.0rc1", True),
        ("", "1.0", True),
        ("none", "1.0", False),
    ],
)
def test_admits(specifier: str, version: str, expected: bool) -> None:
    assert admits(specifier, version) is expected


@pytest.mark.parametrize(
    ("version", "expected"),
    [("1.0", False), ("1.0rc1", True), ("1.0.dev1", True), ("1.0.post1", False), ("none", False)],
)
def test_is_prerelease(version: str, expected: bool) -> None:
    assert is_prerelease(version) is expected


@pytest.mark.parametrize(
    ("specifier", "expected"), [(">=1", False), (">=1rc1", True), ("", False), ("==1.0.dev1", True), ("none", False)]
)
def test_asks_for_prerelease(specifier: str, expected: bool) -> None:
    assert asks_for_prerelease(specifier) is expected


@pytest.mark.parametrize(
    ("filename", "expected"),
    [
        ("flask-3.0-py3-none-any.whl", "3.0"),
        ("flask-3.0.0-1-py3-none-any.whl", "3.0.0"),
        ("flask_login-1.0.RC1.tar.gz", "1.0rc1"),
        ("flask-1.0.zip", "1.0"),
        ("flask.whl", None),
        ("flask-x.tar.gz", None),
        ("flask-1.0.exe", None),
    ],
)
def test_version_of_file(filename: str, expected: str | None) -> None:
    assert version_of_file(filename) == expected
