"""Every format's report is the one in the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.reporters.snapshots import FOLDER, snapshots

if TYPE_CHECKING:
    from pathlib import Path

SNAPSHOTS = snapshots()


@pytest.mark.parametrize("path", SNAPSHOTS, ids=lambda path: path.name)
def test_report(path: Path) -> None:
    assert SNAPSHOTS[path] == path.read_text("utf-8"), "run: python -m tests.reporters.snapshots"


def test_nothing_is_left_over() -> None:
    assert set(FOLDER.iterdir()) == set(SNAPSHOTS)
