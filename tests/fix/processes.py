"""A process of pinhook that fixes with a uv of the test."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

from tests.projects import ROOT

if TYPE_CHECKING:
    from pathlib import Path


def fixing(folder: Path) -> subprocess.Popen[bytes]:
    """A process that fixes the Dockerfile of the working directory with the program ``uv`` of a folder."""
    program = f"""
import sys; from pinhook.fix import uv; from pinhook.__main__ import command
uv.find_uv = lambda: {str(folder / "uv")!r}; sys.argv = ["pinhook", "--fix", "Dockerfile"]; command()"""
    return subprocess.Popen(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
