"""The Python of conda's environments that a file of the repository, or of the Dockerfile, lists."""

from __future__ import annotations

from pathlib import Path

import pytest

from pinhook.__main__ import main

MINICONDA = "FROM continuumio/miniconda3:24.5.0-0\n"
PY39 = "name: work\ndependencies:\n  - pip\n  - python = 3.9  # why\n  - pip:\n    - flask\n"

CREATE = "RUN conda env create -f e.yml && conda run -n w pip install a"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def shown(text: str, capsys: pytest.CaptureFixture[str]) -> str:
    """The conclusion about the last command."""
    Path("Dockerfile").write_text(MINICONDA + text)
    assert main(["--show-python", "Dockerfile"]) == 0
    lines = capsys.readouterr().out.splitlines()
    return next(line.strip() for line in reversed(lines) if line.startswith(("  Python", "  not known")))


@pytest.mark.parametrize(
    ("content", "text", "python"),
    [
        (PY39, "COPY e.yml .\nRUN conda env create -f e.yml\nRUN conda run -n work pip install a", "Python 3.9"),
        (PY39, "COPY e.yml .\nRUN conda env create -n x --file=e.yml && conda run -n x pip install a", "Python 3.9"),
        (
            PY39,
            "COPY e.yml .\nRUN conda env create -f e.yml\nENV PATH=/opt/conda/envs/work/bin:$PATH\nRUN pip install a",
            "Python 3.9",
        ),
        (PY39, "COPY e.yml .\nRUN conda env update -n base -f e.yml\nRUN pip install a", "Python 3.9"),
        (PY39, "COPY e.yml .\nRUN micromamba create -y -f e.yml\nRUN conda run -n work pip install a", "Python 3.9"),
        (
            "dependencies: [numpy]\n",
            "COPY e.yml .\nRUN conda env update -n base -f e.yml\nRUN pip install a",
            "Python 3.12",
        ),
        (
            "name: w\ndependencies: ['python>=3.8']\n",
            "COPY e.yml .\n" + CREATE,
            "not known: python>=3.8 is a range",
        ),
        (
            "name: w\ndependencies: [pip]\n",
            "COPY e.yml .\n" + CREATE,
            "not known: conda env create -f e.yml names no version of Python",
        ),
        (
            "",
            "COPY <<EOF e.yml\nname: w\ndependencies: [python=3.10]\nEOF\n" + CREATE,
            "Python 3.10",
        ),
        *(
            (
                content,
                "COPY e.yml .\nRUN conda env create -f e.yml\nRUN pip install a",
                "not known: which Python conda env create -f e.yml brings is in a file that is not read",
            )
            for content in ("[", "name: w\n", "dependencies: 1\n", "- a\n")
        ),
        (
            PY39,
            "RUN curl -o e.yml https://example.org/e.yml && conda env create -f e.yml && pip install a",
            "not known: which Python conda env create -f e.yml brings is in a file that is not read",
        ),
    ],
)
def test_a_file_says_the_python(content: str, text: str, python: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("e.yml").write_text(content)
    conclusion = shown(text, capsys)
    assert conclusion == python or conclusion.startswith(f"{python} of ")


def test_a_list_of_packages(capsys: pytest.CaptureFixture[str]) -> None:
    Path("packages.txt").write_text("# all\nnumpy\nconda-forge::python=3.11.*\n")
    text = "COPY packages.txt /\nRUN conda create -n w --file /packages.txt\nRUN conda run -n w pip install a"
    assert shown(text, capsys).startswith("Python 3.11")
