"""Fixers for the tests: with an index in a folder, and without one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pinhook.fix import LockedVersions, VerifiedFixes, VersionSources, fix
from pinhook.fix.resolver import Resolver
from tests.checks import document_of
from tests.fix.indexes import make_index

if TYPE_CHECKING:
    from typing import Protocol

    class Fixer(Protocol):
        """Fixes a text."""

        def __call__(self, text: str, *, as_arg_pins: bool = False, unsafe: bool = False) -> VerifiedFixes: ...


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The URL of the index."""
    return make_index(tmp_path_factory.mktemp("index"))


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A cache for uv."""
    return str(tmp_path_factory.mktemp("cache"))


@pytest.fixture
def clean_uv(cache: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cache of its own for uv."""
    monkeypatch.setenv("UV_CACHE_DIR", cache)


@pytest.fixture
def online(index: str, clean_uv: None, monkeypatch: pytest.MonkeyPatch) -> Fixer:
    """Fix a text with versions from the index."""
    del clean_uv
    monkeypatch.setenv("UV_DEFAULT_INDEX", index)
    sources = VersionSources(LockedVersions([], []), Resolver())

    def fix_text(text: str, *, as_arg_pins: bool = False, unsafe: bool = False) -> VerifiedFixes:
        return fix(document_of(text), sources._replace(unsafe=unsafe), as_arg_pins=as_arg_pins)

    return fix_text
