"""Versions that are written as the values of ARGs."""

from __future__ import annotations

import os
import re
import subprocess
from typing import TYPE_CHECKING

import dockerfile as buildkit
import pytest

from pinhook import dockerfile
from pinhook.fix import LockedVersions, VersionSources, fix
from pinhook.fix.resolver import Resolver
from pinhook.fix.uv import Resolution, ResolveRequest
from pinhook.source import Source
from tests.checks import check, document_of

if TYPE_CHECKING:
    from pathlib import Path

VERSIONS = {"flask": "3.0.1", "django": "5.1", "a-b": "1!2.0", "3to2": "1.0", "ruff": "0.6.0"}
FROM = "FROM python:3.12\n"
FLASK, DJANGO, AB = "ARG FLASK_VERSION=3.0.1\n", "ARG DJANGO_VERSION=5.1\n", "ARG A_B_VERSION=1!2.0\n"


def answer(request: ResolveRequest) -> Resolution:
    names = {re.sub("[-_.]+", "-", re.split(r"[\s\[<>=!~;(]", each)[0]).lower() for each in request.requirements}
    versions = VERSIONS | ({"flask": "2.0"} if request.python.startswith("3.9") else {})
    return Resolution({name: versions[name] for name in names if name in versions}, {})


SOURCES = VersionSources(LockedVersions([], []), Resolver(answer, lambda _index, _name: None), default_python="3.12")


def fixed(text: str) -> str:
    """A file with versions as ARGs, of which both pinhook and BuildKit think well."""
    after = fix(document_of(text), SOURCES, as_arg_pins=True).after.text
    plain = fix(document_of(text), SOURCES).after
    assert [each.code for each in check(Source("Dockerfile", after)).findings] == [
        each.code for each in check(plain).findings
    ]
    theirs = [each.cmd for each in buildkit.parse_string(after)]
    assert [each for each in theirs if each != "ARG"] == [
        each.cmd for each in buildkit.parse_string(text) if each.cmd != "ARG"
    ]
    assert fix(document_of(after), SOURCES, as_arg_pins=True).after.text == after
    return after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"{FROM}RUN pip install flask", f"{FROM}{FLASK}RUN pip install flask==${{FLASK_VERSION}}"),
        (f'{FROM}RUN pip install "flask>=2"', f'{FROM}{FLASK}RUN pip install "flask==${{FLASK_VERSION}}"'),
        (f"{FROM}RUN pip install 'Flask[x] >= 2'", f'{FROM}{FLASK}RUN pip install "Flask[x] == ${{FLASK_VERSION}}"'),
        (f"{FROM}RUN pip install A.b>1", f"{FROM}{AB}RUN pip install A.b==${{A_B_VERSION}}"),
        (f"{FROM}RUN uvx ruff@latest", f"{FROM}ARG RUFF_VERSION=0.6.0\nRUN uvx ruff@${{RUFF_VERSION}}"),
        (
            f"{FROM}RUN pip install flask django",
            f"{FROM}{FLASK}{DJANGO}RUN pip install flask==${{FLASK_VERSION}} django==${{DJANGO_VERSION}}",
        ),
        (
            f"{FROM}\r\n\r\n# all\r\n# of it\r\n  RUN pip install \\\r\n  flask",
            f"{FROM}\r\n\r\n  {FLASK[:-1]}\r\n# all\r\n# of it\r\n  RUN pip install \\\r\n  flask==${{FLASK_VERSION}}",
        ),
        (
            f"{FROM}RUN cat <<EOF\n# x\nEOF\n# why\nRUN pip install flask",
            f"{FROM}RUN cat <<EOF\n# x\nEOF\n{FLASK}# why\nRUN pip install flask==${{FLASK_VERSION}}",
        ),
        (
            f"{FROM}RUN pip install flask\nRUN pip install flask",
            f"{FROM}{FLASK}RUN pip install flask==${{FLASK_VERSION}}\nRUN pip install flask==${{FLASK_VERSION}}",
        ),
        (
            f"{FROM}RUN pip install flask\n{FROM}RUN pip install flask",
            (f"{FROM}{FLASK}RUN pip install flask==${{FLASK_VERSION}}\n" * 2).rstrip(),
        ),
        (
            f"{FROM}{FLASK}RUN pip install flask",
            f"{FROM}{FLASK}RUN pip install flask==${{FLASK_VERSION}}",
        ),
        (
            f"{FLASK}{FROM}ARG FLASK_VERSION\nRUN pip install flask",
            f"{FLASK}{FROM}ARG FLASK_VERSION\nRUN pip install flask==${{FLASK_VERSION}}",
        ),
        (
            f"{FROM}RUN for p in flask a-b; do pip install $p; done",
            f"{FROM}{FLASK}{AB}RUN for p in flask==${{FLASK_VERSION}} a-b==${{A_B_VERSION}}; do pip install $p; done",
        ),
        (
            f"{FROM}RUN <<EOF\npip install flask\nEOF\n",
            f"{FROM}{FLASK}RUN <<EOF\npip install flask==${{FLASK_VERSION}}\nEOF\n",
        ),
        (
            f"{FROM}RUN <<'EOF'\npip install flask\nEOF\n",
            f"{FROM}{FLASK}RUN <<'EOF'\npip install flask==${{FLASK_VERSION}}\nEOF\n",
        ),
        (
            f"{FROM}RUN sudo bash -c \"pip install 'flask>=2'\"",
            f"{FROM}{FLASK}RUN sudo bash -c \"pip install 'flask==${{FLASK_VERSION}}'\"",
        ),
        (
            f"{FROM}RUN case $(a) in b) pip install flask;; esac; (x)",
            f"{FROM}{FLASK}RUN case $(a) in b) pip install flask==${{FLASK_VERSION}};; esac; (x)",
        ),
        (
            f"{FROM}RUN if x; then y; elif z; then X=$(pip install flask) > ${{F:-x}}; fi",
            f"{FROM}{FLASK}RUN if x; then y; elif z; then X=$(pip install flask==${{FLASK_VERSION}}) > ${{F:-x}}; fi",
        ),
        (
            f"{FROM}RUN [[ $A ]] && A=(x $((1 + $B))) <<E pip install flask\n$C\nE\n",
            f"{FROM}{FLASK}RUN [[ $A ]] && A=(x $((1 + $B))) <<E pip install flask==${{FLASK_VERSION}}\n$C\nE\n",
        ),
    ],
)
def test_fixed(before: str, after: str) -> None:
    assert fixed(before) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("RUN pip install flask", "RUN pip install flask==3.0.1", id="no build stage"),
        (f'{FROM}RUN ["pip", "install", "flask"]', f'{FROM}RUN ["pip", "install", "flask==3.0.1"]'),
        (f"{FROM}RUN bash -c 'pip install flask'", f"{FROM}RUN bash -c 'pip install flask==3.0.1'"),
        (f"{FROM}RUN sudo bash -c 'pip install flask'", f"{FROM}RUN sudo bash -c 'pip install flask==3.0.1'"),
        (f"{FROM}RUN bash <<'E'\npip install flask\nE\n", f"{FROM}RUN bash <<'E'\npip install flask==3.0.1\nE\n"),
        (
            f"{FROM}RUN pip install 'flask; python_version > \"3\"'",
            f"{FROM}RUN pip install 'flask==3.0.1; python_version > \"3\"'",
        ),
        (f"{FROM}RUN P='flask x==1'; pip install $P", f"{FROM}RUN P='flask==3.0.1 x==1'; pip install $P"),
        (f"{FROM}ARG P=flask\nRUN pip install $P", f"{FROM}ARG P=flask==3.0.1\nRUN pip install $P"),
        (f"ARG P=flask\n{FROM}ARG P\nRUN pip install $P", f"ARG P=flask==3.0.1\n{FROM}ARG P\nRUN pip install $P"),
        (f"{FROM}ENV P=flask\nRUN pip install $P", f"{FROM}ENV P=flask==3.0.1\nRUN pip install $P"),
        (f"{FROM}CMD pip install flask", f"{FROM}CMD pip install flask==3.0.1"),
        (f"{FROM}ONBUILD RUN pip install flask", f"{FROM}ONBUILD RUN pip install flask==3.0.1"),
        (f"{FROM}RUN pip install 3to2", f"{FROM}RUN pip install 3to2==1.0"),
        pytest.param(f"{FROM}RUN pip install flask=2.0", f"{FROM}RUN pip install flask==2.0", id="it was written"),
        pytest.param(
            f"{FROM}ARG FLASK_VERSION=2\nRUN pip install flask",
            f"{FROM}ARG FLASK_VERSION=2\nRUN pip install flask==3.0.1",
            id="another value",
        ),
        pytest.param(
            f"{FROM}ARG FLASK_VERSION\nRUN pip install flask",
            f"{FROM}ARG FLASK_VERSION\nRUN pip install flask==3.0.1",
            id="a value that only the build knows",
        ),
        pytest.param(
            f"{FROM}{FLASK}{FROM}RUN pip install flask",
            f"{FROM}{FLASK}{FROM}RUN pip install flask==3.0.1",
            id="a value in another stage",
        ),
        pytest.param(
            f"{FROM}{FLASK}RUN FLASK_VERSION=2; pip install flask\nRUN pip install django",
            f"{FROM}{FLASK}RUN FLASK_VERSION=2; pip install flask==3.0.1\n"
            f"{DJANGO}RUN pip install django==${{DJANGO_VERSION}}",
            id="a value that the script overrides",
        ),
        pytest.param(
            f"{FROM}{FLASK}RUN echo '${{FLASK_VERSION}}\nRUN pip install flask",
            f"{FROM}{FLASK}RUN echo '${{FLASK_VERSION}}\nRUN pip install flask==3.0.1",
            id="something that cannot be read",
        ),
        pytest.param(
            f"{FROM}RUN IFS=.; pip install flask", f"{FROM}RUN IFS=.; pip install flask==3.0.1", id="another IFS"
        ),
        pytest.param(
            f"{FROM}RUN pip install flask && python3.9 -m pip install flask",
            f"{FROM}{FLASK}RUN pip install flask==${{FLASK_VERSION}} && python3.9 -m pip install flask==2.0",
            id="two values in one stage",
        ),
        pytest.param(
            f"{FROM}RUN FLASK_VERSION=2; pip install flask",
            f"{FROM}RUN FLASK_VERSION=2; pip install flask==3.0.1",
            id="a variable of the script",
        ),
        pytest.param(
            f'{FROM}SHELL ["powershell"]\nRUN pip install flask',
            f'{FROM}SHELL ["powershell"]\nRUN pip install flask==3.0.1',
            id="another language",
        ),
    ],
)
def test_plain(before: str, after: str) -> None:
    assert fixed(before) == after


PROGRAMS = {
    "pip": 'printf "<%s>" "$@"',
    "sudo": 'exec env -i PATH="$PATH" "$@"',  # which forgets the variables
}


@pytest.mark.parametrize(
    "script",
    [
        "pip install flask 'a-b>=1' \"django\"",
        "pip install 'flask>=2' && sudo pip install 'django'",
        "sudo bash -c 'pip install flask'",
        "sudo bash -c 'pip install \"flask>1\"'",
        "sudo sh -c \"pip install flask 'django>=1'\"",
        "sudo sh <<E\npip install flask 'django>1'\nE",
        "sudo sh <<'E'\npip install flask 'django>1'\nE",
        "for p in flask 'django>=1'; do pip install $p; done",
        "eval 'pip install flask'",
        "eval \"pip install 'flask>1'\"",
        "P='flask'; pip install $P; echo 'pip install django' | sh",
        "pip install $(echo flask) fl\\ask 'fl'ask",
        "f() { pip install 'flask'; }; f; (pip install django)",
    ],
)
def test_the_installer_gets_the_same_words_from_a_real_shell(script: str, tmp_path: Path) -> None:
    for name, program in PROGRAMS.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{program}\n")
        (tmp_path / name).chmod(0o755)
    document = document_of(f"{FROM}RUN <<RUN\n{script}\nRUN\n")
    plain, with_arguments = fix(document, SOURCES), fix(document, SOURCES, as_arg_pins=True)
    assert printed(with_arguments.after, tmp_path) == printed(plain.after, tmp_path)
    assert plain.applied


def printed(source: Source, folder: Path) -> str:
    """The output of the RUN of a Dockerfile, with the variables that Docker sets."""
    [command] = dockerfile.find_commands(dockerfile.parse(source))
    assert isinstance(command.form, dockerfile.ShellForm)
    variables = {name: str(value) for name, value in command.variables.items()}
    environment = {"PATH": f"{folder}{os.pathsep}{os.environ['PATH']}", **variables}
    return subprocess.check_output(["sh", "-c", str(command.form.text)], text=True, env=environment)


def test_many_versions_cost_as_many_readings_of_the_file_as_a_few(monkeypatch: pytest.MonkeyPatch) -> None:
    counts = []
    for number in (10, 40):
        calls: list[Source] = []
        parse = dockerfile.parse

        def spy(source: Source, calls: list[Source] = calls) -> dockerfile.Dockerfile:
            calls.append(source)
            return parse(source)  # noqa: B023  the same each time

        with monkeypatch.context() as patch:
            patch.setattr(dockerfile, "parse", spy)
            text = FROM + "\n".join(f"RUN pip install p{each}" for each in range(number))
            resolver = Resolver(lambda request: Resolution(dict.fromkeys(request.requirements, "1.0"), {}))
            fixed = fix(document_of(text), VersionSources(LockedVersions([], []), resolver), as_arg_pins=True)
        assert fixed.after.text.count("ARG ") == len(fixed.applied) == number
        counts.append(len(calls))
    assert counts[0] == counts[1]
