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
    assert "(not fixed: 1.0-1 is not a version that can be written there)" in capsys.readouterr().out


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
    reason = "no file of the repository has a version of flask, and the setting fix-from does not contain the index"
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


def package(name: object = '"flask"', version: object = '"3.0.1"', source: str = '{ registry = "x" }') -> str:
    return f"[[package]]\nname = {name}\nversion = {version}\nsource = {source}\n"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("uv.lock", package(version=1)),
        ("uv.lock", package(version='["3"]')),
        ("uv.lock", package(version="1979-05-27")),
        ("uv.lock", package(name=1)),
        ("uv.lock", package(source="1")),
        ("uv.lock", package(source='"registry"')),
        ("uv.lock", package(source="{ registry = 1 }")),
        ("uv.lock", "package = 1\n"),
        ("uv.lock", "package = [1]\n"),
        ("uv.lock", "package = " + "[" * 5000),
        ("pylock.toml", '[[packages]]\nname = "flask"\nversion = 3\n'),
        ("pylock.toml", '[[packages]]\nname = "flask"\nversion = "3"\nmarker = 1\n'),
        ("pylock.toml", "packages = { name = 1 }\n"),
        ("poetry.lock", '[[package]]\nname = "flask"\nversion = 3.0\n'),
        ("poetry.lock", '[[package]]\nname = "flask"\nversion = "3.0"\nsource = 1\n'),
        ("Pipfile.lock", '{"default": {"flask": {"version": ["==3"]}}}'),
        ("Pipfile.lock", '{"default": {"flask": 3}}'),
        ("Pipfile.lock", '{"default": []}'),
        ("Pipfile.lock", '{"default": NaN}'),
        ("Pipfile.lock", '{"default":' * 100_000),
        ("Pipfile.lock", "[" * 100_000),
        ("requirements.txt", "flask==" + "9" * 5000 + "x" * 5000),
    ],
)
def test_a_lock_file_of_an_attacker_says_nothing(name: str, content: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path(".git").mkdir()
    Path(name).write_text(content)
    assert fixed("RUN pip install flask") == "RUN pip install flask"
    said = "".join(capsys.readouterr())
    assert "PIN001 flask is not pinned" in said
    assert "internal error" not in said


def test_a_lock_file_that_is_larger_than_allowed_says_nothing() -> None:
    Path(".git").mkdir()
    Path("requirements.txt").write_text("flask==1.0\n" + "#" * 5_000_000)
    assert fixed("RUN pip install flask") == "RUN pip install flask"


@pytest.mark.parametrize(
    ("files", "text", "words"),
    [
        pytest.param(
            {"requirements.txt": "x==1.0", "requirements-legacy.txt": "x==0.1"},
            "RUN pip install x",
            "x==1.0",
            id="plain",
        ),
        pytest.param(
            {"requirements-dev.txt": "x==1.0", "requirements.txt": "y==1.0"}, "RUN pip install x", "x==1.0", id="any"
        ),
        pytest.param(
            {"requirements.txt": "x==1.0", "requirements-prod.txt": "x==2.0"},
            "COPY requirements-prod.txt .\nRUN pip install x",
            "x==2.0",
            id="what is copied",
        ),
        pytest.param(
            {"uv.lock": package('"x"', '"1.0"'), "requirements-a.txt": "x==3.0", "requirements-b.txt": "x==2.0"},
            "COPY requirements-b.txt .\nCOPY requirements-a.txt .\nRUN pip install x",
            "x==2.0",
            id="what is copied first",
        ),
        pytest.param(
            {"requirements.txt": "x==1.0", "requirements-b.txt": "x==2.0"},
            "# not requirements-b.txt\nRUN pip install x",
            "x==1.0",
            id="a comment copies nothing",
        ),
        pytest.param(
            {"requirements.txt": "x==1.0 ; python_version < '3'\nx==2.0 ; python_version >= '3'"},
            "RUN pip install x",
            "x==2.0",
            id="markers",
        ),
        pytest.param(
            {"requirements.txt": "x==1.0 ; sys_platform == 'win32'"}, "RUN pip install x", "x", id="another system"
        ),
        pytest.param(
            {"requirements.txt": "x==1.0", "uv.lock": package('"y"')}, "RUN pip install x y", "x==1.0 y", id="apart"
        ),
    ],
)
def test_which_file_counts(files: dict[str, str], text: str, words: str) -> None:
    Path(".git").mkdir()
    for name, content in files.items():
        Path(name).write_text(content)
    line = fixed(f"FROM python:3.12\n{text}").splitlines()[-1]
    assert line == f"RUN pip install {words}"


@pytest.mark.parametrize(
    ("lock", "command", "after", "reason"),
    [
        (package('"alpha"', '"2.0"'), "alpha", "alpha==2.0", ""),
        (package('"alpha"', '"1.0"'), "alpha beta", "alpha==1.0 beta==2.0", ""),
        (package('"capped"', '"2.0"'), "capped", "capped", "its version 2.0 needs Python >=3.8,<3.11"),
        (package('"alpha"', '"9.0"'), "alpha", "alpha", "uv.lock has version 9.0, but no version fits"),
        (
            package('"private"', '"1.0"'),
            "private",
            "private",
            "uv.lock has version 1.0, but no version fits: private was",
        ),
        (package('"private"', '"1.0"'), "private alpha", "private alpha==2.0", "uv.lock has version 1.0, but no"),
        (package('"beta"', '"2.0"') + package('"gamma"', '"1.0"'), "beta gamma", "beta gamma", "but no version fits"),
        (package('"old"', '"1.0"'), "old", "old", "its version 1.0 needs Python <3"),
        (
            package('"alpha"', '"2.0"', '{ registry = "https://example.org/private" }'),
            "alpha",
            "alpha",
            "its version in uv.lock is from another index",
        ),
    ],
)
def test_versions_of_files_are_checked_as_those_of_the_index_are(
    lock: str,
    command: str,
    after: str,
    reason: str,
    index: str,
    clean_uv: None,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    del clean_uv
    monkeypatch.setenv("UV_DEFAULT_INDEX", index)
    Path(".git").mkdir()
    Path("uv.lock").write_text(lock.replace('registry = "x"', f'registry = "{index}"'))
    Path("Dockerfile").write_text(f"FROM python:3.12\nRUN pip install {command}\n")
    assert main(["--fix", "Dockerfile"]) == 1
    assert Path("Dockerfile").read_text().splitlines()[-1] == f"RUN pip install {after}"
    assert reason in capsys.readouterr().out
