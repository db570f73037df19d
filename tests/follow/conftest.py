"""What the tests of this folder share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty repository, which is the working directory, beside a file that is none of its."""
    (tmp_path / "repo" / ".git").mkdir(parents=True)
    (tmp_path / "secret.txt").write_text("flask\n")
    monkeypatch.chdir(tmp_path / "repo")
    return tmp_path / "repo"
