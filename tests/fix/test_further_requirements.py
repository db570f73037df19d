"""The further requirements of a command, and the configuration that the Dockerfile gives to its installer."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from pinhook.__main__ import main

PY312 = "FROM python:3.12-slim\n"
PROJECT = '[project]\nname = "app"\nversion = "1"\n'


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, clean_uv: None, index: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository, with the index of the tests."""
    del clean_uv
    monkeypatch.setenv("UV_DEFAULT_INDEX", index)
    root = tmp_path / "repository"
    (root / ".git").mkdir(parents=True)
    monkeypatch.chdir(root)
    return root


def fixed(text: str, *options: str) -> str:
    """The last line of what becomes of a Dockerfile that begins with ``FROM python:3.12-slim``."""
    Path("Dockerfile").write_text(PY312 + text)
    main(["--fix", "Dockerfile", *options])
    return Path("Dockerfile").read_text().splitlines()[-1]


def write(files: dict[str, str]) -> None:
    for name, content in files.items():
        Path(name).parent.mkdir(exist_ok=True, parents=True)
        Path(name).write_text(content)


@pytest.mark.parametrize(
    ("files", "text", "words"),
    [
        ({"r.txt": "gamma<2\n"}, "COPY r.txt .\nRUN pip install -r r.txt beta", "-r r.txt beta==1.0"),
        ({"r.txt": "gamma==2.0\n"}, "COPY r.txt .\nRUN pip install -r r.txt beta", "-r r.txt beta==2.0"),
        ({"a/r.txt": "-r s.txt\n", "a/s.txt": "gamma<2\n"}, "COPY a /a\nRUN pip install -r /a/r.txt beta", "beta==1.0"),
        ({"c.txt": "gamma<2\n"}, "COPY . /s/\nRUN pip install -r /s/c.txt beta", "-r /s/c.txt beta==1.0"),
        (
            {"pyproject.toml": PROJECT + 'dependencies = ["gamma<2"]\n'},
            "WORKDIR /s\nCOPY . .\nRUN uv add beta",
            "uv add beta==1.0",
        ),
        ({"c.txt": "gamma<2\n"}, "COPY c.txt /\nRUN pip install -c /c.txt beta>0", "-c /c.txt beta==1.0"),
        ({}, "RUN uv init && uv add beta", "uv add beta==2.0"),
        ({"r.txt": "--pre\n"}, "COPY r.txt .\nRUN pip install -r r.txt alpha", "-r r.txt alpha==3.0rc1"),
        ({"r.txt": "# none\n"}, "COPY r.txt .\nRUN pip install -r r.txt alpha", "-r r.txt alpha==2.0"),
        ({}, "RUN echo 'gamma<2' > r.txt && pip install -r r.txt beta", "-r r.txt beta==1.0"),
        ({}, "COPY <<EOF r.txt\ngamma<2\nEOF\nRUN pip install -r r.txt beta", "-r r.txt beta==1.0"),
        (
            {"pyproject.toml": PROJECT + 'dependencies = ["gamma<2"]\n'},
            "WORKDIR /s\nCOPY . .\nRUN pip install . beta",
            ". beta==1.0",
        ),
        (
            {"pyproject.toml": PROJECT + 'dependencies = ["gamma<2"]\n'},
            "COPY . /s/\nRUN pip install -e /s beta",
            "-e /s beta==1.0",
        ),
        (
            {"lib/pyproject.toml": PROJECT + '[project.optional-dependencies]\nx = ["gamma<2"]\n'},
            "WORKDIR /s\nCOPY . .\nRUN pip install './lib[x]' beta",
            "'./lib[x]' beta==1.0",
        ),
    ],
)
def test_it_is_asked_along(files: dict[str, str], text: str, words: str) -> None:
    write(files)
    line = fixed(text)
    assert line.endswith(words)
    assert fixed(text.rpartition("\n")[0] + "\n" + line) == line


@pytest.mark.parametrize(
    ("files", "text", "reason"),
    [
        ({}, "COPY r.txt .\nRUN pip install -r r.txt beta", "r.txt"),
        ({"r.txt": "gamma<2"}, "COPY r.txt .\nRUN pip install -r ../x.txt beta", "x.txt is not put into the image"),
        ({"r.txt": "./x\n"}, "COPY r.txt .\nRUN pip install -r r.txt beta", "what ./x in r.txt asks for is not known"),
        ({"r.txt": "gamma==$V"}, "COPY r.txt .\nRUN pip install -r r.txt beta", "in r.txt asks for is not known here"),
        ({"r.txt": "gamma==1.0 --hash=sha256:00"}, "COPY r.txt .\nRUN pip install -r r.txt beta", "r.txt has hashes"),
        ({"r.txt": "nowhere"}, "COPY r.txt .\nRUN pip install -r r.txt beta", "no version fits: nowhere was not found"),
        ({"r.txt": "beta>1\ngamma<2"}, "COPY r.txt .\nRUN pip install -r r.txt beta", "no version fits"),
        ({"setup.py": ""}, "WORKDIR /s\nCOPY . .\nRUN pip install . beta", "what . needs is not known here"),
        (
            {"pyproject.toml": PROJECT + 'dynamic = ["dependencies"]\n'},
            "WORKDIR /s\nCOPY . .\nRUN pip install . beta",
            "what . needs is not known here",
        ),
        ({"pyproject.toml": "[[["}, "WORKDIR /s\nCOPY . .\nRUN pip install . beta", "what . needs is not known here"),
        (
            {"pyproject.toml": PROJECT + "dependencies = 1\n"},
            "WORKDIR /s\nCOPY . .\nRUN pip install . beta",
            "what . needs is not known here",
        ),
        (
            {"pyproject.toml": PROJECT + 'dependencies = ["x @ file:///y"]\n'},
            "WORKDIR /s\nCOPY . .\nRUN pip install . beta",
            "what . needs is not known here",
        ),
        (
            {"pyproject.toml": PROJECT},
            "WORKDIR /s\nCOPY . .\nRUN pip install .[x] beta",
            "what .[x] needs is not known here",
        ),
        ({}, "RUN curl -o r.txt https://example.org/r && pip install -r r.txt beta", "r.txt is written by"),
        ({"pip.conf": ""}, "COPY pip.conf /etc/pip.conf\nRUN pip install beta", "pip.conf may name another index"),
        ({"etc/pip.conf": ""}, "COPY etc /etc\nRUN pip install beta", "/etc/pip.conf may name another index"),
        ({}, "RUN echo '[global]' > /etc/pip.conf\nRUN pip install beta", "pip.conf may name another index"),
        ({}, "COPY <<EOF /root/.pip/pip.conf\n[global]\nEOF\nRUN pip install beta", "may name another index"),
        ({}, "RUN --mount=type=secret,id=c,target=/etc/pip.conf pip install beta", "pip.conf may name another index"),
        ({}, "RUN --mount=type=secret,id=c,env=PIP_INDEX_URL pip install beta", "the value of PIP_INDEX_URL"),
        ({}, "ARG PIP_INDEX_URL\nRUN pip install beta", "only the build knows the value of PIP_INDEX_URL"),
        ({}, "ARG UV_INDEX_URL\nRUN uv pip install beta", "only the build knows the value of UV_INDEX_URL"),
        ({"uv.toml": ""}, "WORKDIR /s\nCOPY . .\nRUN uv pip install beta", "uv.toml may name another index"),
        (
            {"pyproject.toml": '[[tool.uv.index]]\nurl = "https://example.org"\n'},
            "WORKDIR /s\nCOPY . .\nRUN uv pip install beta",
            "tool.uv in /s/pyproject.toml may name another index",
        ),
        ({}, "RUN pip config set global.index-url $URL\nRUN pip install beta", "the value of --index-url ($URL)"),
        (
            {"pyproject.toml": PROJECT + "[tool.uv]\n"},
            "WORKDIR /s\nCOPY . .\nRUN uv add beta",
            "tool.uv in /s/pyproject.toml may name another index",
        ),
        (
            {"pip.conf": ""},
            "COPY pip.conf /etc/\nRUN pip install -i https://example.org beta",
            "pip.conf may name another",
        ),
        ({}, "RUN pip config edit\nRUN pip install beta", "pip config edit may name another index"),
        ({}, "RUN pip3 config set global.no-index true && pip install beta", "no index is used"),
        ({}, "RUN pip config set global.find-links /w && pip install beta", "--find-links names a folder"),
        ({}, "RUN pipx install --pip-args='-i https://127.0.0.1:9/simple' beta", "the package index cannot be reached"),
        ({}, "RUN pip config set global.index-url http://127.0.0.1:9/s\nRUN pip install beta", "cannot be reached"),
        ({}, "RUN pip config unset a.b\nRUN pip install beta", "pip config unset may name another index"),
        (
            {},
            "RUN pip install --extra-index-url http://127.0.0.1:9/s beta",
            "only the default index was asked (the pack",
        ),
        ({}, "RUN uv pip install --extra-index-url http://127.0.0.1:9/s beta", "the package index cannot be reached"),
    ],
)
def test_refused(files: dict[str, str], text: str, reason: str, capsys: pytest.CaptureFixture[str]) -> None:
    write(files)
    line = text.splitlines()[-1]
    assert fixed(text) == line
    assert reason in capsys.readouterr().out.partition("(not fixed: ")[2]


@pytest.mark.parametrize(
    ("files", "text", "unknown"),
    [
        ({}, "COPY r.txt .\nRUN pip install -r r.txt beta", "r.txt is not in the repository"),
        ({}, "RUN curl -o r.txt https://example.org/r && pip install -r r.txt beta", "r.txt is written by"),
        ({"r.txt": "gamma==$V"}, "COPY r.txt .\nRUN pip install -r r.txt beta", "what gamma==$V in r.txt asks for is"),
        ({"setup.py": ""}, "WORKDIR /s\nCOPY . .\nRUN pip install . beta", "what . needs is not known here"),
        (
            {},
            "RUN pip install git+https://example.org/x@0000000 beta",
            "what git+https://example.org/x@0000000 needs is",
        ),
        ({"s.py": ""}, "COPY s.py .\nRUN uv pip install -r s.py beta", "s.py "),
    ],
)
def test_a_fix_beside_unknown_requirements_is_unsafe(
    files: dict[str, str], text: str, unknown: str, capsys: pytest.CaptureFixture[str]
) -> None:
    write(files)
    line = text.splitlines()[-1]
    assert fixed(text) == line
    said = capsys.readouterr().out
    assert f"(not fixed: {unknown}" in said
    assert ", and the versions must be compatible with it; --unsafe-fixes writes beta==2.0)" in said
    assert "beta==2.0" in fixed(text, "--unsafe-fixes")
    assert "unsafe: " in capsys.readouterr().out


@pytest.mark.parametrize(
    "text",
    [
        "RUN pip config set global.timeout 60 && pip config set install.no-deps false && pip install beta",
        "RUN pip config list && pip install beta",
        "RUN pip install beta && rm -f /x/pip.confused",
        "RUN pip config set global.index-url http://127.0.0.1:9/s\nFROM python:3.12\nRUN pip install beta",
        "ARG PIP_INDEX_URL=\nRUN pip install beta",
        "ARG PIP_NO_CACHE_DIR\nRUN pip install beta",
        "COPY uv.lock ./\nRUN pip install beta",
    ],
)
def test_what_does_not_matter(text: str) -> None:
    assert "beta==2.0" in fixed(text)


def test_a_stage_has_the_configuration_of_the_one_it_is_built_on(capsys: pytest.CaptureFixture[str]) -> None:
    text = "RUN pip config set global.index-url http://127.0.0.1:9/s\nFROM {}\nRUN pip install beta"
    Path("Dockerfile").write_text("FROM python:3.12 AS a\n" + text.format("a"))
    assert main(["--fix", "Dockerfile"]) == 1
    assert "cannot be reached" in capsys.readouterr().out


@pytest.mark.skipif(os.name != "posix", reason="needs POSIX links")
@pytest.mark.parametrize(
    "how", ["../outside/r.txt", "{outside}/r.txt", "link.txt", "linked/r.txt", "folder/../../outside/r.txt"]
)
def test_nothing_outside_of_the_repository_is_read(
    how: str, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "r.txt").write_text("secret-project==1.0\n-i https://example.org/secret\n")
    (outside / "uv.lock").write_text('[[package]]\nname="beta"\nversion="6.6"\nsource={registry="x"}\n')
    (folder / "folder").mkdir()
    (folder / "link.txt").symlink_to(outside / "r.txt")
    (folder / "linked").symlink_to(outside)
    (folder / "uv.lock").symlink_to(outside / "uv.lock")
    Path("requirements.txt").write_text(f"-r {how.format(outside=outside)}\nbeta\n")
    opened: list[str] = []
    real_open = open

    def spy(path: object, *arguments: object, **options: object) -> object:
        opened.append(os.path.realpath(str(path)))
        return real_open(path, *arguments, **options)  # type: ignore[call-overload]

    monkeypatch.setattr("builtins.open", spy)
    assert main(["--fix", "--python-version=3.12", "requirements.txt"]) == 1
    assert not [path for path in opened if path.startswith(str(outside))]
    said = "".join(capsys.readouterr())
    assert "(not fixed: it includes " in said
    assert "6.6" not in said
    assert "secret-project" not in said


PYTHONS = sorted(path.parent.parent for path in Path.home().glob(".pyenv/versions/3.*/bin/python"))


@pytest.mark.slow
@pytest.mark.skipif(not PYTHONS, reason="needs a Python of pyenv, whose pip is asked")
@pytest.mark.parametrize("python", PYTHONS, ids=lambda path: path.name)
@pytest.mark.parametrize(
    ("files", "arguments"),
    [
        ({"r.txt": "gamma<2\n"}, "-r r.txt beta"),
        ({"r.txt": "alpha\n"}, "-r r.txt beta delta"),
        ({}, "alpha beta delta"),
        ({}, "--only-binary=:all: heavy"),
        ({}, "--no-deps beta delta"),
        ({}, "--pre alpha"),
        ({}, "capped epoch"),
    ],
)
def test_pip_takes_what_is_written_and_would_have_chosen_it(
    files: dict[str, str], arguments: str, python: Path, index: str
) -> None:
    program = [str(python / "bin/python"), "-m", "pip"]
    pip = subprocess.run([*program, "--version"], check=True, capture_output=True, text=True).stdout.split()[1]
    if int(pip.partition(".")[0]) < 23:
        pytest.skip(f"pip {pip} has no --report")
    write(files)
    text = f"COPY . /s/\nWORKDIR /s\nRUN pip install {arguments}"
    line = fixed(text, f"--python-version={python.name}")
    assert "==" in line
    chosen = []
    for words in (arguments.split(), line.split()[3:]):
        environment = {"PIP_CONFIG_FILE": os.devnull, "PIP_INDEX_URL": index, "PATH": os.environ["PATH"]}
        command = [*program, "install", "-q", "--dry-run", "--ignore-installed", "--report=-", *words]
        chosen.append(subprocess.run(command, env=environment, capture_output=True, check=True, text=True).stdout)
    assert _versions(chosen[0]) == _versions(chosen[1])


def _versions(report: str) -> dict[str, str]:
    import json

    return {each["metadata"]["name"]: each["metadata"]["version"] for each in json.loads(report)["install"]}
