"""Real commits, through pre-commit and through prek, with the hook built from the working tree."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.fix.indexes import make_index
from tests.hermetic import program
from tests.projects import copy_project, new_repository, run
from tests.readme import DOCS, blocks

if TYPE_CHECKING:
    import subprocess


class Manager(NamedTuple):
    """A program that runs hooks, and what it needs in its environment."""

    command: tuple[str, ...]
    environment: dict[str, str]


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A clone of the project, and the commit to use."""
    folder = tmp_path_factory.mktemp("project") / "pinhook"
    return folder, copy_project(folder)


@pytest.fixture(scope="session", params=["pre-commit", "prek"])
def manager(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, network: dict[str, str]
) -> Manager:
    """One home for the session: the environment of the hook is built once."""
    home = str(tmp_path_factory.mktemp(request.param))
    if request.param == "pre-commit":
        return Manager((sys.executable, "-m", "pre_commit"), {**network, "PRE_COMMIT_HOME": home})
    return Manager((str(program("prek")),), {**network, "PREK_HOME": home})


@pytest.fixture
def repository(manager: Manager, project: tuple[Path, str], tmp_path: Path) -> Path:
    """A repository that uses the hook and has nothing in it yet."""
    folder = new_repository(tmp_path / "repository")
    url, revision = project
    example = blocks("yaml", "README.md")[0]
    config = example.replace("PINHOOK", url.as_posix()).replace("REVISION", revision)
    (folder / ".pre-commit-config.yaml").write_text(config)
    run(*manager.command, "install", cwd=folder, environment=manager.environment)
    return folder


def commit(repository: Path, manager: Manager, files: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Write files, stage them and commit."""
    for name, text in files.items():
        path = repository / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, newline="")
    run("git", "add", "--all", cwd=repository)
    return run("git", "commit", "--message=change", cwd=repository, environment=manager.environment, check=False)


def shown(output: str) -> list[str]:
    """The lines, without those on what pre-commit builds, and without the description and the margin of prek."""
    lines = (line.strip() for line in output.splitlines())
    return [line for line in lines if line and not line.startswith(("[INFO]", "- description:"))]


def commits(repository: Path) -> int:
    return len(run("git", "rev-list", "--all", cwd=repository).stdout.split())


def test_blocked_and_let_through(repository: Path, manager: Manager) -> None:
    process = commit(repository, manager, {"Dockerfile": "FROM python:3.13\nRUN pip install flask\n"})
    assert process.returncode == 1
    [picture] = [block for block in blocks("console", "README.md") if block.startswith("$ git commit")]
    assert shown(process.stdout) == shown(picture.partition("\n")[2])
    assert not commits(repository)

    process = commit(repository, manager, {"Dockerfile": "FROM python:3.13\nRUN pip install flask==3.0.0\n"})
    assert process.returncode == 0, process.stdout
    assert "Passed" in process.stdout
    assert commits(repository) == 1


def test_several_files_in_one_commit(repository: Path, manager: Manager) -> None:
    files = {
        "Dockerfile": "RUN pip install flask==3.0.0\n",
        "docker/dev.dockerfile": "RUN pip install django\n",
        "docker/Dockerfile_gpu": "RUN python3 -m pip install numpy && pip install scipy==1.0\n",
        "docker/Dockerfile.md": "RUN pip install flask\n",
        "dockerfile.py": "'''RUN pip install flask'''\n",
        "images/x/Containerfile": "RUN pip install requests\n",
    }
    process = commit(repository, manager, files)
    assert process.returncode == 1
    findings = [line.strip().split(" ")[:3] for line in process.stdout.splitlines() if ": PIN" in line]
    assert sorted(findings) == [
        ["docker/Dockerfile_gpu:1:28:", "PIN001", "numpy"],
        ["docker/dev.dockerfile:1:17:", "PIN001", "django"],
        ["images/x/Containerfile:1:17:", "PIN001", "requests"],
    ]
    assert "Found 3 findings in 3 of 4 files." in process.stdout
    assert not commits(repository)


def test_a_commit_without_a_dockerfile_is_none_of_ours(repository: Path, manager: Manager) -> None:
    process = commit(repository, manager, {"README.md": "RUN pip install flask\n"})
    assert process.returncode == 0, process.stdout
    assert commits(repository) == 1


def test_a_dockerfile_that_cannot_be_read_stops_the_commit(repository: Path, manager: Manager) -> None:
    (repository / "Dockerfile").write_text("RUN pip install flask==1\n", encoding="utf-16")
    process = commit(repository, manager, {"dev.Dockerfile": "RUN pip install flask\n"})
    assert process.returncode == 1
    assert "pinhook: Dockerfile: is UTF-16 or UTF-32; write it in UTF-8" in process.stdout
    assert "dev.Dockerfile:1:17: PIN001" in process.stdout
    assert not commits(repository)


def test_the_configuration_of_the_repository_counts(repository: Path, manager: Manager) -> None:
    files = {
        "pyproject.toml": "[tool.pinhook]\nlevel = 'strict'\nallow = ['pip']\nexclude = ['old/']\n",
        "Dockerfile": "RUN pip install --upgrade pip && pip install flask==$VERSION\n",
        "old/Dockerfile": "RUN pip install flask\n",
    }
    process = commit(repository, manager, files)
    assert process.returncode == 1
    findings = [line.strip().split(" ")[:2] for line in process.stdout.splitlines() if ": PIN" in line]
    assert findings == [["Dockerfile:1:46:", "PIN008"]]
    process = commit(repository, manager, {"pyproject.toml": "[tool.pinhook]\nlevel = 'high'\n"})
    assert process.returncode == 1
    assert 'pinhook: pyproject.toml:2:9: tool.pinhook.level: "high" is not a level; choose from' in process.stdout
    assert not commits(repository)


def test_the_hook_for_requirements_files(repository: Path, manager: Manager) -> None:
    config = repository / ".pre-commit-config.yaml"
    config.write_text(config.read_text().replace("id: pinhook\n", "id: pinhook-requirements\n"))
    files = {
        "Dockerfile": "FROM python\nRUN pip install flask\n",
        "requirements.txt": "flask  # pinhook: ignore[PIN001] it is ours\n",
        "requirements/dev.txt": "six==1.16.0\ndjango>=5\n",
        "requirements.in": "flask\n",
    }
    process = commit(repository, manager, files)
    assert process.returncode == 1
    assert "requirements/dev.txt:2:1: PIN002 django>=5 admits several versions" in process.stdout
    assert "Found 1 finding in 1 of 2 files; 1 finding is ignored by comments." in process.stdout
    assert not commits(repository)
    assert commit(repository, manager, {"requirements/dev.txt": "six==1.16.0\n"}).returncode == 0


@pytest.fixture
def online(manager: Manager, tmp_path: Path) -> Manager:
    """With an index in a folder, and no uv but that of the hook."""
    index = {"UV_DEFAULT_INDEX": make_index(tmp_path / "index"), "UV_CACHE_DIR": str(tmp_path / "cache")}
    return manager._replace(environment={**manager.environment, **index, "PATH": path_without("uv")})


def use(repository: Path, manager: Manager, hook: str) -> None:
    """Put another hook in the place of ``pinhook``, and build its environment."""
    config = repository / ".pre-commit-config.yaml"
    config.write_text(config.read_text().replace("id: pinhook\n", f"id: {hook}\n"))
    run(*manager.command, "install-hooks", cwd=repository, environment=manager.environment)


@pytest.mark.slow
def test_the_hook_that_fixes(repository: Path, manager: Manager, online: Manager) -> None:
    use(repository, manager, "pinhook-fix")
    text = "FROM python:3.12\r\nRUN pip install alpha 'beta>=1' \\\r\n  nowhere\r\n"
    fixed = text.replace("alpha", "alpha==2.0").replace("beta>=1", "beta==2.0")

    process = commit(repository, online, {"Dockerfile": text})
    assert process.returncode == 1
    assert "files were modified by this hook" in process.stdout.lower()
    assert (
        "Dockerfile:2:17: PIN001 fixed: alpha==2.0 (the package index, for Python 3.12.14 or later of python:3.12)"
        in process.stdout
    )
    assert "(not fixed: no version fits: nowhere was not found in the package registry" in process.stdout
    assert (repository / "Dockerfile").read_bytes().decode() == fixed
    assert not commits(repository)

    process = commit(repository, online, {"Dockerfile": fixed.replace("nowhere", "gamma==2.0")})
    assert process.returncode == 0, process.stdout
    assert commits(repository) == 1


@pytest.mark.slow
def test_the_hook_for_requirements_files_may_fix_them(repository: Path, manager: Manager, online: Manager) -> None:
    [arguments, dependencies] = re.findall(
        r"`(args: \[--fix.*?|additional_dependencies: .*?)`", (DOCS / "fixing.md").read_text("utf-8")
    )
    use(repository, manager, f"pinhook-requirements\n    {arguments}\n    {dependencies}")
    process = commit(repository, online, {"requirements.txt": "alpha>=1  # why\n"})
    assert process.returncode == 1
    assert (repository / "requirements.txt").read_text() == "alpha==2.0  # why\n", process.stdout
    assert commit(repository, online, {}).returncode == 0


def path_without(program: str) -> str:
    """The folders with programs in which one is not."""
    folders = os.environ["PATH"].split(os.pathsep)
    return os.pathsep.join(folder for folder in folders if not (Path(folder) / program).exists())
