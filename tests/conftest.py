"""Options of the test run: ``--corpus`` names a folder of real Dockerfiles, ``--slow`` runs everything."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("default", deadline=None, max_examples=60, derandomize=True)  # the same tests every time
settings.register_profile("slow", deadline=None, max_examples=500)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--corpus",
        metavar="DIR",
        default=os.environ.get("PINHOOK_CORPUS"),
        help="a folder of Dockerfiles to compare with the reference parsers (default: $PINHOOK_CORPUS)",
    )
    parser.addoption("--slow", action="store_true", help="run the tests marked slow too, and more examples")


def pytest_configure(config: pytest.Config) -> None:
    settings.load_profile("slow" if config.getoption("--slow") else "default")
    # what a shell starts in the background ignores Ctrl-C, and so would the processes that tests start and interrupt
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--slow"):
        return
    slow = [item for item in items if item.get_closest_marker("slow")]
    config.hook.pytest_deselected(items=slow)
    items[:] = [item for item in items if item not in slow]


@pytest.fixture(scope="session")
def corpus(pytestconfig: pytest.Config) -> list[Path]:
    """The files of the folder given by ``--corpus``, but for its README.md; the test is skipped without the option."""
    folder = pytestconfig.getoption("--corpus")
    if not folder:
        pytest.skip("no --corpus DIR and no PINHOOK_CORPUS")
    return sorted(path for path in Path(folder).rglob("*") if path.is_file() and path.name != "README.md")
