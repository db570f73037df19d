"""Git repositories for tests: the project as it is in the working tree, and others that use it."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[1]

# without the user's settings of git and hook managers; a git hook sets GIT_DIR and GIT_INDEX_FILE
ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PRE_COMMIT", "PREK"))}
ENVIRONMENT |= {
    "GIT_AUTHOR_NAME": "A",
    "GIT_AUTHOR_EMAIL": "a@example.org",
    "GIT_COMMITTER_NAME": "A",
    "GIT_COMMITTER_EMAIL": "a@example.org",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
}


def run(
    *command: str | Path, cwd: Path, environment: dict[str, str] | None = None, check: bool = True
) -> subprocess.CompletedProcess[str]:
    """Run a command; what it says on stdout and stderr comes together in ``stdout``, as on a terminal."""
    process = subprocess.run(
        command,
        check=False,
        cwd=cwd,
        encoding="utf-8",
        env=ENVIRONMENT | (environment or {}),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=900,
    )
    assert not check or process.returncode == 0, process.stdout
    return process


def new_repository(folder: Path) -> Path:
    """An empty git repository."""
    folder.mkdir(parents=True, exist_ok=True)
    run("git", "init", "--quiet", "--initial-branch=main", cwd=folder)
    return folder


def copy_project(folder: Path) -> str:
    """Make a repository of the working tree, changes that are not committed included; the id of its commit."""
    shutil.copytree(
        ROOT,
        folder,
        ignore=lambda directory, names: [
            name for name in names if name == "__pycache__" or (name.startswith(".") and _is_private(directory, name))
        ],
    )
    new_repository(folder)
    run("git", "add", "--all", cwd=folder)
    run("git", "commit", "--quiet", "--message=all", cwd=folder)
    return run("git", "rev-parse", "HEAD", cwd=folder).stdout.strip()


def _is_private(directory: str, name: str) -> bool:
    return Path(directory) == ROOT and name not in {
        ".ci",
        ".gitignore",
        ".pre-commit-config.yaml",
        ".pre-commit-hooks.yaml",
    }
