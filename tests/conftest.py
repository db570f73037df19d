"""Shared by all tests: an environment that is the same on every machine, and the command line options.

``--corpus`` names a folder of real Dockerfiles, ``--slow`` runs everything.
"""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from tests import hermetic

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xdist.workermanage import WorkerController

MACHINE = pytest.StashKey[dict[str, str]]()
"""The environment that the run was started in."""

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
    if missing := hermetic.missing():
        raise pytest.UsageError("the tests need programs that are not there", *missing)
    home = tempfile.mkdtemp(prefix="pinhook-home-")
    config.add_cleanup(lambda: shutil.rmtree(home, ignore_errors=True))
    machine: dict[str, str] = getattr(config, "workerinput", {}).get("machine", dict(os.environ))
    config.stash[MACHINE] = machine
    environment = hermetic.clean(machine, home)
    os.environ.clear()
    os.environ.update(environment)
    settings.load_profile("slow" if config.getoption("--slow") else "default")
    # what a shell starts in the background ignores Ctrl-C, and so would the processes that tests start and interrupt
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: WorkerController) -> None:
    """Pass the original environment to a worker, which starts in that of the tests."""
    node.workerinput["machine"] = node.config.stash[MACHINE]


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


@pytest.fixture(scope="session")
def machine(pytestconfig: pytest.Config) -> dict[str, str]:
    """The environment that the run was started in, for what is neither Python's nor the system's."""
    return pytestconfig.stash[MACHINE]


@pytest.fixture(scope="session")
def network(machine: dict[str, str]) -> dict[str, str]:
    """The variables that lead to the package index: for the tests that install, and for no others."""
    return hermetic.network(machine)


@pytest.fixture(autouse=True)
def interrupts() -> Iterator[None]:
    """A test that runs the command in this process changes what SIGINT does; this is undone."""
    before = signal.getsignal(signal.SIGINT)
    yield
    signal.signal(signal.SIGINT, before)
