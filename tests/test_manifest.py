"""The files that the hook checks: by identify, by pre-commit's own filter, and by a search of a directory."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import identify.identify
import pytest
import yaml
from pre_commit.clientlib import load_manifest
from pre_commit.commands.run import Classifier

from pinhook.repository import discovery

ROOT = Path(__file__).parents[1]
PYPROJECT = ROOT / "pyproject.toml"

TAKEN = [
    "Dockerfile",
    "Dockerfile.dev",
    "dev.Dockerfile",
    "dev.dockerfile",
    "Dockerfile-gpu",
    "Dockerfile_gpu",
    "dockerfile",
    "DOCKERFILE",
    "Containerfile",
    "Containerfile.dev",
    "x.containerfile",
    "my-dockerfile",
    ".devcontainer/Dockerfile",
    "docker/Dockerfile.ubuntu-22.04",
    "docker/Dockerfile.3.12",
    "docker/python3.12.Dockerfile",
    "Dockerfile2",
    "Dockerfile3",
    "Dockerfile1.2",
    "a/dockerfile10",
    "dev.Dockerfile2",
    "Containerfile2",
    "Dockerfile3.12.1",
    "Dockerfile2-dev",
    "Dockerfile3.dev",
    "Dockerfile2_gpu",
    "Dockerfile3.12-slim",
    "docker/Dockerfile.txt/Dockerfile",
    "a folder/Dockerfile.go",
    "Dockerfile.java",
]

LEFT = [
    "Dockerfile.dockerignore",
    "dev.Dockerfile.dockerignore",
    "Dockerfile.md",
    "Dockerfile.MD",
    "Dockerfile.j2",
    "Dockerfile.dev.j2",
    "Dockerfile.in",
    "Dockerfile.template",
    "dockerfile.py",
    "dockerfile.go",
    "test_dockerfile.py",
    "dockerfile_parser.py",
    "Dockerfile_test.go",
    "my-dockerfile-notes.txt",
    "Dockerfile.txt",
    "Dockerfile.orig",
    "Dockerfile~",
    "Dockerfile.4711.tmp",
    "Dockerfile2.md",
    "Dockerfile2.j2",
    "Dockerfile3.txt",
    "Dockerfile2.bak",
    "dockerfile2.py",
    "Dockerfile2a",
    "Dockerfilev2",
    "mydockerfile2",
    "mydockerfile",
    "Dockerfiles",
    "dockerfiles/readme",
    "docker-compose.yml",
    "Dockerfile/readme",
    "README.md",
]


@pytest.fixture(scope="module")
def hook() -> dict[str, Any]:
    [hook] = [hook for hook in load_manifest(str(ROOT / ".pre-commit-hooks.yaml")) if hook["id"] == "pinhook"]
    return dict(hook)


def raise_error(error: OSError) -> None:
    raise error


def write(folder: Path, names: list[str]) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("FROM python\nRUN pip install flask\n")


@pytest.mark.parametrize(("names", "is_taken"), [(TAKEN, True), (LEFT, False)], ids=["taken", "left alone"])
def test_what_the_hook_takes(
    names: list[str], is_taken: bool, hook: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, names)
    monkeypatch.chdir(tmp_path)
    taken = list(Classifier.from_config(names, "", "^$").filenames_for_hook(_Hook(hook)))
    assert taken == (names if is_taken else [])
    assert all("text" in identify.identify.tags_from_path(name) for name in names)
    assert [name for name in names if discovery.is_dockerfile(name)] == taken
    assert sorted(discovery.search(".", raise_error)) == sorted(taken)


class _Hook:
    """As much of pre-commit's ``Hook`` as its filter looks at."""

    def __init__(self, values: dict[str, Any]) -> None:
        self.__dict__.update(values)


def test_manifest_and_package_have_one_pattern() -> None:
    hooks = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())}
    for hook in (hooks["pinhook"], hooks["pinhook-fix"]):
        assert (hook["files"], hook["exclude"]) == (discovery.FILES, discovery.EXCLUDE)
    assert hooks["pinhook-requirements"]["files"] == discovery.REQUIREMENTS_FILES
    assert f'fix = [\n    "{hooks["pinhook-fix"]["additional_dependencies"][0]}",\n]' in PYPROJECT.read_text()


REQUIREMENTS_TAKEN = [
    "requirements.txt",
    "requirements-dev.txt",
    "requirements_dev.txt",
    "requirements.lock.txt",
    "requirements/base.txt",
    "services/api/requirements/dev.txt",
    "constraints.txt",
    "a/constraints-3.12.txt",
]
REQUIREMENTS_LEFT = [
    "requirements.in",
    "requirements/base.in",
    "requirements.txt.in",
    "requirements.md",
    "requirements/deep/base.txt",
    "requirements/README",
    "notes.txt",
    "my-requirements/base.txt",
    "Dockerfile",
]


@pytest.mark.parametrize(
    ("names", "is_taken"), [(REQUIREMENTS_TAKEN, True), (REQUIREMENTS_LEFT, False)], ids=["taken", "left alone"]
)
def test_what_the_hook_for_requirements_files_takes(
    names: list[str], is_taken: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    [hook] = [h for h in load_manifest(str(ROOT / ".pre-commit-hooks.yaml")) if h["id"] == "pinhook-requirements"]
    write(tmp_path, names)
    (tmp_path / "requirements-utf16.txt").write_bytes("flask".encode("utf-16"))
    monkeypatch.chdir(tmp_path)
    names = [*names, *(["requirements-utf16.txt"] if is_taken else [])]
    assert list(Classifier.from_config(names, "", "^$").filenames_for_hook(_Hook(hook))) == (names if is_taken else [])
    assert not is_taken or all(map(discovery.is_requirements_file, names))


def test_a_symbolic_link_is_left_to_its_target(tmp_path: Path) -> None:
    (tmp_path / "dev.Dockerfile").symlink_to("Dockerfile")
    assert identify.identify.tags_from_path(str(tmp_path / "dev.Dockerfile")) == {"symlink"}


def test_a_search_leaves_out_what_is_not_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, ["b/Dockerfile", "a/Dockerfile", "Dockerfile", ".git/Dockerfile", "x/node_modules/y/Dockerfile"])
    (tmp_path / "broken.Dockerfile").symlink_to("nowhere")
    monkeypatch.chdir(tmp_path)
    assert list(discovery.search(".", raise_error)) == ["Dockerfile", "a/Dockerfile", "b/Dockerfile"]
    assert list(discovery.search("b", raise_error)) == ["b/Dockerfile"]
