"""The commands of instructions, their shell, and their variables."""

from __future__ import annotations

import json
import re
import subprocess
from typing import TYPE_CHECKING

import pytest

from pinhook.dockerfile import ExecForm, InstructionCommand, ShellForm, find_commands, parse, walk
from pinhook.source import Source
from tests.hermetic import program
from tests.marks import unmark

if TYPE_CHECKING:
    from pathlib import Path


def commands(text: str) -> list[InstructionCommand]:
    return list(find_commands(parse(Source("Dockerfile", text))))


def shown(command: InstructionCommand) -> str | list[str]:
    if isinstance(command.form, ExecForm):
        return list(map(str, command.form.arguments))
    return str(command.form.text)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("RUN pip install a", "pip install a"),
        ('RUN ["pip", "install", "a"]', ["pip", "install", "a"]),
        ("RUN ['pip']", "['pip']"),
        ("CMD a", "a"),
        ("ENTRYPOINT a", "a"),
        ("HEALTHCHECK --interval=5s cmd a  b", "a  b"),
        ('HEALTHCHECK CMD ["a"]', ["a"]),
        ("ONBUILD RUN a", "a"),
        ('ONBUILD CMD ["a"]', ["a"]),
        ("RUN <<EOF\na\nb\nEOF", "a\nb\n"),
        ("RUN <<-EOF\n\ta\n\t\tb\n\tEOF", "a\nb\n"),
        ("RUN <<EOF\r\na\r\nb\r\nEOF\r\n", "a\nb\n"),
        ("RUN <<EOF python3\na\nEOF", "<<EOF python3\na\nEOF"),
        ("RUN bash <<-'EOF'\n\ta\n\tEOF", "bash <<-'EOF'\na\nEOF"),
        ("RUN cat <<A <<B > f && \\\n pip\na\nA\nb\nB", "cat <<A <<B > f &&  pip\na\nA\nb\nB"),
        ("RUN cat <<A\r\na\r\nA\r\n", "cat <<A\na\nA"),
        ("RUN cat <<A", "cat <<A"),
        ("RUN --mount=x <<EOF\na\nEOF", "a\n"),
        pytest.param("RUN <<A <<B\na\nA\nb\nB", "<<A <<B\na\nA\nb\nB", id="two heredocs are the shell's"),
    ],
)
def test_forms(text: str, form: str | list[str]) -> None:
    assert [shown(command) for command in commands(text)] == [form]


@pytest.mark.parametrize(
    "text",
    [
        *("RUN", "RUN []", "RUN [1]", "HEALTHCHECK NONE", "HEALTHCHECK CMD", "HEALTHCHECK RUN a", "ONBUILD", "SHELL x"),
        "COPY <<EOF /\na\nEOF",
    ],
)
def test_nothing_is_run(text: str) -> None:
    assert commands(text) == []


def test_a_script_points_into_its_heredoc() -> None:
    text, spans = unmark("RUN cat <<-A > f ; ⟦pip⟧\n\t\t⟦a⟧\n\tA\n")
    (command,) = commands(text)
    assert isinstance(command.form, ShellForm)
    script = command.form.text
    assert [script.origin(str(script).index(word)).span.start for word in ("pip", "a\n")] == [
        span.start for span in spans
    ]


@pytest.mark.parametrize(
    ("shell", "kind"),
    [
        ("", "sh"),
        ('["/bin/sh", "-c"]', "sh"),
        ('["/bin/bash", "-o", "pipefail", "-c"]', "bash"),
        ('["/bin/ash", "-eo", "pipefail", "-c"]', "sh"),
        ('["zsh", "-c"]', "bash"),
        ('["conda", "run", "-n", "python3", "/bin/bash", "-c"]', "bash"),
        ('["/usr/local/bin/_dockerfile_shell.sh"]', "bash"),
        ('["powershell", "-Command"]', "powershell"),
        ('["C:\\\\pwsh.EXE", "-c"]', "powershell"),
        ('["cmd", "/S", "/C"]', "cmd"),
        ('["python3.12", "-c"]', "other"),
        ('["/usr/bin/env", "perl", "-e"]', "other"),
        pytest.param('["/odd", "-c"]', "sh", id="what is not known may be a shell"),
        pytest.param("bash -c", "sh", id="not in JSON, and so refused"),
        pytest.param("[1]", "sh", id="not strings, and so refused"),
    ],
)
def test_shells(shell: str, kind: str) -> None:
    (command,) = commands(f"FROM x\n{shell and 'SHELL '}{shell}\nRUN a")
    assert isinstance(command.form, ShellForm)
    assert command.form.shell.kind == kind


@pytest.mark.parametrize(
    ("heredoc", "kind"),
    [
        ("<<EOF\n#!/bin/bash -e\nEOF", "bash"),
        ("<<EOF\n#!/usr/bin/env -S python3 -u\nEOF", "other"),
        ("<<EOF\r\n#!/bin/zsh\r\nEOF\r\n", "bash"),
        ("<<EOF\n#!/usr/bin/odd\nEOF", "other"),
        ("<<EOF\n#!/usr/bin/odd\nbash -c x\nEOF", "other"),
        ("<<EOF\n\n#!/usr/bin/python\nEOF", "sh"),
        pytest.param("<<-EOF\n\t#!/usr/bin/python\nEOF", "sh", id="BuildKit looks before it strips the tabs"),
        pytest.param("cat <<EOF\n#!/usr/bin/python\nEOF", "sh", id="not alone"),
    ],
)
def test_interpreter_lines(heredoc: str, kind: str) -> None:
    (command,) = commands(f"FROM x\nRUN {heredoc}")
    assert isinstance(command.form, ShellForm)
    assert command.form.shell.kind == kind


@pytest.mark.parametrize(
    ("lines", "kinds"),
    [
        ('FROM x AS a\nSHELL ["bash", "-c"]\nRUN a\nFROM A\nRUN b\nFROM c\nRUN d', ["bash", "bash", "sh"]),
        ('FROM x\nRUN a\nSHELL ["bash", "-c"]\nRUN b', ["sh", "bash"]),
        ("FROM x\nRUN a\n# hadolint shell=powershell\n\nRUN b\nRUN c", ["sh", "powershell", "powershell"]),
        ("FROM x\n#hadolint\tshell = /usr/bin/pwsh.exe # why\nRUN a", ["powershell"]),
        ("FROM x\n# hadolint shell=cmd.exe\r\nRUN a", ["cmd"]),
        ("FROM x\n# hadolint shell=bash\nRUN a\n# hadolint shell=dash\nRUN b", ["bash", "sh"]),
        ("FROM x AS a\n# hadolint shell=bash\nRUN a\nFROM y\nRUN b\nFROM a\nRUN c", ["bash", "sh", "bash"]),
        ("# hadolint shell=cmd\nARG X\nFROM x\nRUN a\nFROM y\nRUN b", ["cmd", "cmd"]),
        ('FROM x\n# hadolint shell=cmd\nSHELL ["bash", "-c"]\nRUN a', ["bash"]),
        ('FROM x\nSHELL ["cmd"]\n# hadolint shell=bash\nRUN a', ["bash"]),
        ("FROM x\n# hadolint shell=bash\nONBUILD RUN a", ["bash"]),
        ("FROM x\nRUN a \\\n# hadolint shell=cmd\n b\nRUN c", ["sh", "sh"]),
        ("FROM x\nRUN <<EOF\n# hadolint shell=cmd\nEOF\nRUN c", ["sh", "sh"]),
        ("FROM x\n# hadolint shell=python\nRUN a\n# hadolint shell=nu\nRUN b", ["sh", "sh"]),
        ("FROM x\n# hadolint shell=pwsh -c\nRUN a\n# see # hadolint shell=cmd\nRUN b", ["sh", "sh"]),
        ("FROM mcr.microsoft.com/windows/servercore:ltsc2022\nRUN a", ["cmd"]),
        ("FROM python:3.12-windowsservercore\nRUN a", ["cmd"]),
        ('FROM x AS a\nONBUILD SHELL ["bash", "-c"]\nRUN a\nONBUILD RUN b\nFROM a\nRUN c', ["sh", "bash", "bash"]),
    ],
)
def test_the_shell_of_a_stage(lines: str, kinds: list[str]) -> None:
    assert [command.form.shell.kind for command in commands(lines) if isinstance(command.form, ShellForm)] == kinds


@pytest.mark.parametrize(
    "text",
    [
        "FROM x:1\nRUN 1\n# hadolint shell=powershell\n\nRUN 2\nRUN 3\n",
        "FROM x:1 AS a\n#hadolint shell = cmd # why\nRUN 1\nFROM y:1\nRUN 2\nFROM a\nRUN 3\n",
        "# syntax=x\n# hadolint shell=/usr/bin/pwsh\nARG X\nFROM x:1\nRUN 1\nFROM y:1\nRUN 2\n",
        'FROM x:1\n# hadolint shell=pwsh\nSHELL ["bash", "-c"]\nRUN 1\n',
        'FROM x:1\nSHELL ["powershell"]\nRUN 1\n# hadolint shell=bash\nRUN 2\n',
        "FROM x:1\nRUN 1 \\\n# hadolint shell=pwsh\n  $x\nRUN 2\n# hadolint shell=nu\nRUN 3\n",
        "FROM x:1\n# hadolint shell=powershell -c\nRUN 1\n# see # hadolint shell=cmd\nRUN 2\n",
    ],
)
def test_hadolint_reads_the_shell_there(text: str, tmp_path: Path) -> None:
    """hadolint warns of ``echo $x`` (SC2086) where it takes a RUN for that of a shell like sh."""
    file = tmp_path / "Dockerfile"
    file.write_text(re.sub(r"RUN (\d)", r"RUN echo $x \1", text))
    run = subprocess.run([program("hadolint"), "--format=json", file], capture_output=True, text=True, check=False)
    warned = [each["line"] for each in json.loads(run.stdout) if each["code"] == "SC2086"]
    source = Source("Dockerfile", file.read_text())
    found = [
        source.position(command.instruction.span.start).line
        for command in find_commands(parse(source))
        if isinstance(command.form, ShellForm) and command.form.shell.kind in {"sh", "bash"}
    ]
    assert found == sorted(set(warned))


@pytest.mark.parametrize(
    ("lines", "variables"),
    [
        ("ENV A=1 B=2", {"A": "1", "B": "2"}),
        ("ENV A 1 2", {"A": "1 2"}),
        ("ENV A 'b c'", {"A": "b c"}),
        ('ENV A="b c" B=\'d "e\'', {"A": "b c", "B": 'd "e'}),
        ("ENV A=1\nENV A=2 B=$A", {"A": "2", "B": "1"}),
        ("ENV A=$B", {"A": "$B"}),
        ("ENV A", {}),
        ("ENV", {}),
        ("ARG A", {}),
        ("ARG A B=1", {"B": "1"}),
        ("ARG A=1\nENV B=$A", {"A": "1", "B": "1"}),
        ("ARG A=1 B=$A C", {"A": "1", "B": "1"}),
        ("ARG A=1\nENV A=2", {"A": "2"}),
        pytest.param("ENV A=2\nARG A=1", {"A": "1"}, id="the later wins"),
        ("ENV A=2\nARG A", {"A": "2"}),
        ("ENV A=${B:-x}${C}", {"A": "x${C}"}),
        ("ENV N=A\nENV $N=1", {"N": "A", "A": "1"}),
        ("ENV A=\\\n  1 \\\n # comment\n B=2", {"A": "", "B": "2"}),
        ("LABEL A=1", {}),
    ],
)
def test_the_variables_of_a_stage(lines: str, variables: dict[str, str]) -> None:
    (command,) = commands(f"FROM x\n{lines}\nRUN a")
    assert {name: str(value) for name, value in command.variables.items()} == variables


@pytest.mark.parametrize(
    ("text", "variables"),
    [
        ("ARG A=1\nFROM x\nRUN a", [{}]),
        ("ARG A=1\nFROM x\nARG A\nRUN a", [{"A": "1"}]),
        ("ARG A=1\nFROM x\nARG A=2\nRUN a", [{"A": "2"}]),
        ("ARG A=1\nARG B=$A-2\nFROM x\nARG B\nRUN a", [{"B": "1-2"}]),
        ("FROM x AS Base\nENV A=1\nFROM bAsE\nRUN a", [{"A": "1"}]),
        ("FROM x AS b\nENV A=1\nARG C=2\nFROM y\nRUN a\nFROM b AS b\nRUN a", [{}, {"A": "1", "C": "2"}]),
        ("ARG N=b\nFROM x AS b\nENV A=1\nFROM ${N}\nRUN a", [{"A": "1"}]),
        ("FROM --platform=x y as b\nENV A=1\nFROM b\nRUN a", [{"A": "1"}]),
        (
            "FROM x AS b\nONBUILD ENV A=1\nRUN a\nONBUILD RUN a\nENV B=2\nFROM b\nRUN a",
            [{}, {"A": "1"}, {"A": "1", "B": "2"}],
        ),
        ("FROM\nRUN a", [{}]),
        pytest.param("ENV A=1\nRUN a", [{"A": "1"}], id="a piece of a Dockerfile"),
    ],
)
def test_variables_across_stages(text: str, variables: list[dict[str, str]]) -> None:
    found = [{name: str(value) for name, value in command.variables.items()} for command in commands(text)]
    assert found == variables


def test_a_value_points_at_where_it_is_written() -> None:
    text, spans = unmark('ARG V=⟦1.0⟧\nFROM x\nARG V\nENV A="$V"⟦-b⟧\nRUN a')
    (command,) = commands(text)
    assert [piece.span for piece in command.variables["A"].pieces] == spans


def test_an_instruction_sees_what_was_in_force_before_it() -> None:
    source = Source("Dockerfile", "FROM x\nENV A=1\nENV A=2\nRUN a")
    values = [str(scope.variables.get("A")) for _, scope in walk(parse(source))]
    assert values == ["None", "None", "1", "2"]
