"""What the settings of ``--fix`` make of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from pinhook.__main__ import main
from tests.readme import blocks

ALPINE, UBUNTU = "FROM python:3.9-alpine\nRUN pip install alpha\n", "FROM tools\nRUN pip install alpha\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, clean_uv: None, index: str, monkeypatch: pytest.MonkeyPatch) -> None:
    del clean_uv
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("UV_DEFAULT_INDEX", index)


def fixed(text: str, *options: str) -> str:
    Path("Dockerfile").write_text(text)
    assert main(["--fix", "Dockerfile", *options]) == 1
    return Path("Dockerfile").read_text()


def test_the_python_of_the_configuration_is_for_images_that_say_none(capsys: pytest.CaptureFixture[str]) -> None:
    assert fixed(UBUNTU) == UBUNTU
    reason = "(not fixed: the Python of tools is not known; give --python-version, or set default-python-version)"
    assert reason in capsys.readouterr().out
    Path("pinhook.toml").write_text("default-python-version = '3.12'\n")
    assert fixed(UBUNTU) == UBUNTU.replace("alpha", "alpha==2.0")
    assert "fixed: alpha==2.0 (the package index, for Python 3.12)" in capsys.readouterr().out
    assert fixed(ALPINE) == ALPINE.replace("install alpha", "install alpha==1.1")


def test_the_python_of_the_command_line_is_for_all(capsys: pytest.CaptureFixture[str]) -> None:
    Path("pinhook.toml").write_text("default-python-version = '3.9'\n")
    for text in (UBUNTU, ALPINE):
        assert fixed(text, "--python-version=3.12") == text.replace("install alpha", "install alpha==2.0")
    assert capsys.readouterr().out.count("for Python 3.12)") == 2


def test_versions_as_arguments(capsys: pytest.CaptureFixture[str]) -> None:
    Path("pinhook.toml").write_text("fix-as = 'arg'\n")
    text = "FROM python:3.12.4\nRUN pip install alpha 'beta>=1'\n"
    arguments = "ARG ALPHA_VERSION=2.0\nARG BETA_VERSION=2.0\n"
    run = 'RUN pip install alpha==${ALPHA_VERSION} "beta==${BETA_VERSION}"\n'
    assert fixed(text) == f"FROM python:3.12.4\n{arguments}{run}"
    said = capsys.readouterr().out
    assert (
        "fixed: alpha==${ALPHA_VERSION} with ARG ALPHA_VERSION=2.0 "
        "(the package index, for Python 3.12.4 of python:3.12.4)" in said
    )
    assert main(["Dockerfile"]) == 0
    assert fixed(text, "--fix-as=plain") == text.replace("alpha", "alpha==2.0").replace("beta>=1", "beta==2.0")
    Path("requirements.txt").write_text("alpha\n")
    assert main(["--fix", "--python-version=3.12", "requirements.txt"]) == 1
    assert Path("requirements.txt").read_text() == "alpha==2.0\n", "there is no such thing in a requirements file"


def test_the_examples_of_the_documents() -> None:
    """What comes of the lines with a minus is the lines with a plus, the versions being those of that day."""
    for example, options in zip(blocks("diff", "fixing.md"), ([], ["--fix-as=arg"]), strict=True):
        lines = example.splitlines()
        before = "".join(f"{line[1:]}\n" for line in lines if not line.startswith("+"))
        after = "".join(f"{line[1:]}\n" for line in lines if not line.startswith("-"))
        Path("requirements.txt").write_text("django==5.2.8\nrequests==2.32.5\nuvicorn==0.38.0\n")
        assert fixed(before, "--offline", *options) == after
