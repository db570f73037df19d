"""TOML is parsed by the right parser for each version of Python."""

from __future__ import annotations

import sys
from types import SimpleNamespace

import pytest

from pinhook import _compat


@pytest.mark.parametrize(("version", "library"), [((3, 10), "tomli"), ((3, 11), "tomllib")])
def test_the_reader(version: tuple[int, int], library: str, monkeypatch: pytest.MonkeyPatch) -> None:
    reader = SimpleNamespace(loads=lambda text: {library: text})
    with monkeypatch.context() as patch:
        patch.setitem(sys.modules, library, reader)
        patch.setattr(sys, "version_info", version)
        document = _compat.parse(b"\xef\xbb\xbfa = 1")
    assert document == {library: "a = 1"}
