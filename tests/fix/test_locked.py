"""Versions from the files of a repository."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from pinhook.__main__ import main

UV_LOCK = """
version = 1
[[package]]
name = "flask"
version = "3.0.1"
source = { registry = "https://example.org/simple" }
[[package]]
name = "app"
version = "0.0.0"
source = { virtual = "." }
[[package]]
name = "numpy"
version = "1.26.0"
source = { registry = "https://example.org/simple" }
[[package]]
name = "numpy"
version = "2.0.0"
source = { registry = "https://example.org/simple" }
"""
PYLOCK = '[[packages]]\nname = "flask"\nversion = "3.0.2"\n[[packages]]\nname = "x"\nversion = "1"\nvcs = {}\n'
POETRY_LOCK = '[[package]]\nname = "Flask"\nversion = "3.0.3"\n[[package]]\nname = "x"\nversion = "1"\n'
POETRY_LOCK += '[package.source]\ntype = "git"\n'
PIPFILE_LOCK = json.dumps({"default": {"flask": {"version": "==3.0.4"}, "x": {"git": "y"}}, "develop": {}})
REQUIREMENTS = (
    "# all\nflask[async] == 3.0.5 ; python_version > '3' \\\n    --hash=sha256:00\nx>=1\n-r more.txt\nnumpy==1.0,<2\n"
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def fixed(text: str, *options: str) -> str:
    """What becomes of the Dockerfile in a folder ``image`` without an index."""
    path = Path("image/Dockerfile")
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    main(["--fix", "--offline", "image/Dockerfile", *options])
    return path.read_text()


@pytest.mark.parametrize(
    ("name", "content", "version"),
    [
        ("uv.lock", UV_LOCK, "3.0.1"),
        ("pylock.toml", PYLOCK, "3.0.2"),
        ("pylock.image.toml", PYLOCK, "3.0.2"),
        ("poetry.lock", POETRY_LOCK, "3.0.3"),
        ("Pipfile.lock", PIPFILE_LOCK, "3.0.4"),
        ("requirements.txt", REQUIREMENTS, "3.0.5"),
        ("requirements-dev.txt", REQUIREMENTS, "3.0.5"),
        ("requirements/base.txt", REQUIREMENTS, "3.0.5"),
    ],
)
@pytest.mark.parametrize("where", [".", "image"])
def test_files(
    name: str, content: str, version: str, where: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / ".git").mkdir()
    path = folder / where / name
    path.parent.mkdir(exist_ok=True, parents=True)
    path.write_text(content)
    assert fixed("RUN pip install Flask x numpy app") == f"RUN pip install Flask=={version} x numpy app"
    shown = name if where == "." else f"image/{name}"
    assert f"fixed: Flask=={version} ({shown})" in capsys.readouterr().out.replace("./", "")


def test_the_order(folder: Path) -> None:
    (folder / ".git").mkdir()
    (folder / "image").mkdir()
    (folder / "uv.lock").write_text(UV_LOCK)
    (folder / "image" / "requirements.txt").write_text(REQUIREMENTS)
    assert fixed("RUN pip install flask") == "RUN pip install flask==3.0.1"
    assert fixed("RUN pip install flask", "--fix-from", "requirements") == "RUN pip install flask==3.0.5"
    assert fixed("RUN pip install flask", "--fix-from", "poetry.lock") == "RUN pip install flask"
    assert fixed("RUN pip install flask>3.0.1") == "RUN pip install flask==3.0.5"
    assert fixed("RUN pip install 'flask<3'") == "RUN pip install 'flask<3'"
    (folder / "image" / "c.txt").write_text("flask==3.0.9")
    assert fixed("RUN pip install -c /tmp/c.txt flask>3") == "RUN pip install -c /tmp/c.txt flask==3.0.9"


@pytest.mark.parametrize("content", ["{", "package = 1", "[[package]]\nname = 1\nversion = 2", "\0", "\ud800"])
def test_what_cannot_be_read_says_nothing(content: str, folder: Path) -> None:
    for name in ("uv.lock", "pylock.toml", "poetry.lock", "Pipfile.lock", "requirements.txt"):
        (folder / name).write_bytes(content.encode("utf-8", "surrogatepass"))
    (folder / ".git").mkdir()
    assert fixed("RUN pip install flask") == "RUN pip install flask"


@pytest.mark.skipif(os.name != "posix", reason="needs POSIX files")
def test_what_is_no_file_says_nothing(folder: Path) -> None:
    (folder / "uv.lock").mkdir()
    os.mkfifo(folder / "requirements.txt")  # to open it would wait for a writer
    (folder / "poetry.lock").write_text(POETRY_LOCK)
    (folder / ".git").mkdir()
    assert fixed("RUN pip install flask") == "RUN pip install flask==3.0.3"


def test_no_version_is_written_that_is_none(capsys: pytest.CaptureFixture[str]) -> None:
    for version in ("1.0-1", "1.0 && x", "$(x)", "1.0'"):
        Path("uv.lock").write_text(UV_LOCK.replace("3.0.1", version))
        Path(".git").mkdir(exist_ok=True)
        assert fixed("RUN pip install flask") == "RUN pip install flask"
    assert "(not fixed: 1.0-1 is no version that could be written there)" in capsys.readouterr().out


def test_what_the_index_gives_fits_what_the_repository_says(
    index: str, clean_uv: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    del clean_uv
    monkeypatch.setenv("UV_DEFAULT_INDEX", index)
    Path("requirements.txt").write_text("gamma==1.0\n")
    for sources, versions in (("requirements,index", ("1.0", "1.0")), ("index", ("2.0", "2.0"))):
        Path("Dockerfile").write_text("FROM python:3.12\nRUN pip install beta gamma\n")
        assert main(["--fix", "--fix-from", sources, "Dockerfile"]) == 1
        assert Path("Dockerfile").read_text().endswith("beta=={} gamma=={}\n".format(*versions))


def test_the_index_is_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    Path("Dockerfile").write_text("RUN pip install flask")
    assert main(["--fix", "--fix-from", "uv.lock", "Dockerfile"]) == 1
    reason = "no file of the repository has a version of flask, and the setting fix-from leaves the index out"
    assert f"(not fixed: {reason})" in capsys.readouterr().out


def test_nothing_is_known(capsys: pytest.CaptureFixture[str]) -> None:
    fixed("RUN pip install flask")
    reason = "(not fixed: no file of the repository has a version of flask, and --offline asks no index)"
    assert reason in capsys.readouterr().out


def test_quotes_are_better_than_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert fixed("RUN pip install flask>=3 x=1") == "RUN pip install 'flask>=3' x==1"
    said = capsys.readouterr().out
    assert "PIN004 fixed: flask>=3\n" in said
    assert "PIN002 flask>=3 admits several versions; write flask==<version> (not fixed: no file of" in said
