"""The effect of the settings of ``--fix``."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

import jsonschema
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


def test_unsafe_fixes_are_written_on_request(capsys: pytest.CaptureFixture[str]) -> None:
    text = "FROM python:3\nRUN pip install alpha\n"
    assert fixed(text) == text
    said = capsys.readouterr().out
    assert "(not fixed: python:3 was 3.14 on 2026-08-21; --unsafe-fixes writes alpha==2.0)" in said
    assert "1 more with --unsafe-fixes" in said
    for options in (("--unsafe-fixes",), ()):
        assert fixed(text, *options) == text.replace("alpha", "alpha==2.0")
        said = capsys.readouterr().out
        origin = "the package index, for Python 3.14.7 or later of python:3"
        assert f"fixed: alpha==2.0 ({origin}); unsafe: python:3 was 3.14 on 2026-08-21" in said
        assert "--unsafe-fixes" not in said
        Path("pinhook.toml").write_text("unsafe-fixes = true\n")
    assert fixed(text, "--no-unsafe-fixes") == text


def test_what_may_be_installed_is_unsafe_without_an_upgrade(capsys: pytest.CaptureFixture[str]) -> None:
    text = "FROM python:3.12.4\nRUN pip install pip\n"
    assert fixed(text) == text
    del capsys


def test_the_report_has_the_evidence(capsys: pytest.CaptureFixture[str]) -> None:
    text = "FROM ubuntu:22.04\nRUN apt-get install -y python3-pip\nRUN pip3 install alpha\n"
    fixed(text, "--format=json")
    document = json.loads(capsys.readouterr().out)
    jsonschema.validate(document, json.loads(files("pinhook").joinpath("schemas/report.json").read_text("utf-8")))
    [finding] = document["fixed"]
    assert finding["message"] == "fixed: alpha==2.0 (the package index, for Python 3.10.12 of ubuntu:22.04)"
    evidence = {"path": "Dockerfile", "line": 2, "column": 5, "message": "apt-get install python3-pip on ubuntu:22.04"}
    assert finding["python"] == {"version": "3.10.12", "evidence": [evidence]}


def test_two_reasons_that_contradict_each_other_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    text = "FROM python:3.12\nRUN pip install x-1-cp310-cp310-linux_x86_64.whl\nRUN pip install alpha\n"
    assert fixed(text, "--python-version=3.9") == text
    reason = "python:3.12 says 3.12 and x-1-cp310-cp310-linux_x86_64.whl says 3.10"
    assert reason in capsys.readouterr().out


def test_show_python(capsys: pytest.CaptureFixture[str]) -> None:
    Path("Dockerfile").write_text(
        "FROM ubuntu:22.04\n"
        "RUN apt-get install -y python3-pip\n"
        "RUN pip3 install alpha \\\n  beta\n"
        "RUN ./setup.sh\n"
        "RUN pip3 install alpha\n"
        "FROM python:3\n"
        "RUN pip install alpha\n"
    )
    assert main(["--show-python", "Dockerfile"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "Dockerfile:3: pip3 install alpha …",
        "  Python 3.10.12 of ubuntu:22.04",
        "    Dockerfile:2: apt-get install python3-pip on ubuntu:22.04",
        "Dockerfile:6: pip3 install alpha",
        "  not known: ./setup.sh runs a script that is not read",
        "    Dockerfile:5: ./setup.sh",
        "Dockerfile:8: pip install alpha",
        "  Python 3.14.7 or later of python:3",
        "    Dockerfile:7: python:3",
        "  unsafe: python:3 was 3.14 on 2026-08-21",
    ]


def test_the_command_itself_goes_before_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    Path("Dockerfile").write_text("FROM tools\nRUN pip3.9 install alpha\nRUN pip install alpha\n")
    assert main(["--show-python", "--python-version=3.12", "Dockerfile"]) == 0
    assert [line.strip() for line in capsys.readouterr().out.splitlines()] == [
        "Dockerfile:2: pip3.9 install alpha",
        "Python 3.9",
        "Dockerfile:2: pip3.9",
        "Dockerfile:3: pip install alpha",
        "Python 3.12",
        "--python-version",
    ]


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
    """The lines with a minus become the lines with a plus, with the versions of that day."""
    for example, options in zip(blocks("diff", "fixing.md"), ([], ["--fix-as=arg"]), strict=True):
        lines = example.splitlines()
        before = "".join(f"{line[1:]}\n" for line in lines if not line.startswith("+"))
        after = "".join(f"{line[1:]}\n" for line in lines if not line.startswith("-"))
        Path("requirements.txt").write_text("django==5.2.8\nrequests==2.32.5\nuvicorn==0.38.0\n")
        assert fixed(before, "--offline", *options) == after
