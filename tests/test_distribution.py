"""The contents of the distribution, and the project's own hooks."""

from __future__ import annotations

import sys
import tarfile
import zipfile
from typing import TYPE_CHECKING

import pytest

from pinhook import __version__
from tests.hermetic import program
from tests.projects import ROOT, copy_project, run

if TYPE_CHECKING:
    from pathlib import Path

NAME = f"pinhook_pre_commit-{__version__}"


@pytest.fixture(scope="module")
def distributions(tmp_path_factory: pytest.TempPathFactory, network: dict[str, str]) -> Path:
    """The folder with the source distribution, and the wheel that was built from it."""
    folder = tmp_path_factory.mktemp("distribution")
    copy_project(folder / "pinhook")
    command = (program("uv"), "build", "--quiet", "--python", sys.executable, "--out-dir", folder)
    run(*command, cwd=folder / "pinhook", environment=network)
    return folder


def package_files() -> set[str]:
    files = (path for path in (ROOT / "pinhook").rglob("*") if path.is_file() and path.suffix != ".pyc")
    return {path.relative_to(ROOT).as_posix() for path in files}


@pytest.mark.slow
def test_wheel(distributions: Path) -> None:
    with zipfile.ZipFile(distributions / f"{NAME}-py3-none-any.whl") as wheel:
        names = set(wheel.namelist())
        entry_points = wheel.read(f"{NAME}.dist-info/entry_points.txt").decode()
        metadata = wheel.read(f"{NAME}.dist-info/METADATA").decode()
    assert {name for name in names if ".dist-info/" not in name} == package_files()
    assert "pinhook/py.typed" in names
    assert f"{NAME}.dist-info/licenses/LICENSE" in names
    assert entry_points.split() == ["[console_scripts]", "pinhook", "=", "pinhook.__main__:command"]
    assert "\nLicense-Expression: GPL-3.0-or-later\n" in metadata


@pytest.mark.slow
def test_source_distribution_is_enough_to_run_the_tests(distributions: Path) -> None:
    with tarfile.open(distributions / f"{NAME}.tar.gz") as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert package_files() <= names
    committed = run("git", "ls-files", "-z", cwd=distributions / "pinhook").stdout.split("\0")[:-1]
    assert set(committed) <= names


@pytest.mark.slow
def test_own_hooks(tmp_path: Path, network: dict[str, str]) -> None:
    copy_project(tmp_path / "pinhook")
    environment = {**network, "PRE_COMMIT_HOME": str(tmp_path / "home")}
    command = (sys.executable, "-m", "pre_commit", "run", "--all-files")
    process = run(*command, cwd=tmp_path / "pinhook", environment=environment, check=False)
    assert process.returncode == 0, process.stdout
