"""Dockerfiles of any size, to measure growth: each function makes one with ``count`` of something."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from pinhook.shell import parser

if TYPE_CHECKING:
    from collections.abc import Callable


HEAD = "FROM python:3.13\n"


def count_calls(action: Callable[[], object]) -> int:
    """How many functions an action calls, those in C included, if bashlex has read none of its scripts before."""
    parser._cached_trees.cache_clear()
    counted = 0

    def profile(_frame: object, event: str, _argument: object) -> None:
        nonlocal counted
        counted += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(profile)
    try:
        action()
    finally:
        sys.setprofile(before)
    return counted


def run(script: str) -> str:
    """A Dockerfile with one script."""
    return f"{HEAD}RUN {script}\n"


def cmd(script: str) -> str:
    return f'{HEAD}SHELL ["cmd", "/C"]\nRUN {script}\n'


def powershell(script: str) -> str:
    return f'{HEAD}SHELL ["powershell", "-Command"]\nRUN {script}\n'


def nested(count: int) -> str:
    """Compound commands in each other, deep but not too deep, again and again."""
    deep = 20
    nest = "if a; then " * deep + "case $b in x) pip install flask;; esac; " + "fi; " * deep
    return run(nest * (count // deep))


def variables(count: int) -> str:
    return HEAD + "".join(f"ENV v{number}=1\n" for number in range(count)) + "RUN pip install $v1\n"


def stages(count: int) -> str:
    return "".join(f"FROM s{number} AS s{number + 1}\nENV A=1\nRUN pip install $A\n" for number in range(count))


def exec_form(count: int) -> str:
    words = ", ".join(['"flask"'] * count)
    return f'{HEAD}CMD ["pip", "install", {words}]\n'


def values(count: int) -> str:
    """A value as long as the file, used as often as it has lines."""
    return f"{HEAD}ENV A='{' p' * count}'\n" + "RUN pip install $A\n" * count


DOCKERFILES: dict[str, Callable[[int], str]] = {
    "instructions": lambda count: HEAD + "RUN pip install flask\n" * count,
    "instructions without an installer": lambda count: HEAD + "RUN apt-get update\n" * count,
    "continued lines": lambda count: run(" \\\n  && ".join(["pip install flask==3.0.0"] * count)),
    "lines of a here-document": lambda count: run("<<EOF\n" + "pip install flask\n" * count + "EOF"),
    "words": lambda count: run("pip install" + " --quiet flask==3.0.0" * (count // 2)),
    "targets": lambda count: run("pip install" + "".join(f" p{number}" for number in range(count))),
    "words of an exec form": exec_form,
    "words before an installer": lambda count: run("x " * (8 * count) + "pip install flask"),
    "installers before an installer": lambda count: run("x " + "pip " * (8 * count) + "pip install flask"),
    "unknown words before an installer": lambda count: run("x " + "$A " * (8 * count) + "pip install flask"),
    "here-documents without an end": lambda count: run("<<A " * count + "\npip install flask"),
    "here-documents of a shell without an end": lambda count: run("<<A cat " + "<<B " * count + "\nA\npip install a"),
    "comments of PowerShell without an end": lambda count: (
        f'{HEAD}SHELL ["powershell"]\nRUN pip install flask; {"<# " * count}'
    ),
    "commands of two characters": lambda count: HEAD + f"RUN {':;' * 20}pip install a\n" * count,
    "commands of a pipeline": lambda count: run(" | ".join(["pip install flask"] * count)),
    "commands after ||": lambda count: run(" || ".join(["pip install flask"] * count)),
    "subshells": lambda count: run("; ".join(["(pip install flask)"] * count)),
    "compound commands": nested,
    "loops": lambda count: run("; ".join(["for x in a b; do pip install $x; done"] * count)),
    "loops of cmd": lambda count: cmd("& ".join(["for %x in (a b) do pip install %x"] * count)),
    "loops of cmd that do not end": lambda count: cmd("for %x in (a " * count + "pip install b)"),
    "rounds of a loop of cmd": lambda count: cmd(
        f"for %x in ({' '.join(f'p{number}' for number in range(64))}) do " + "pip install %x& " * (count // 8)
    ),
    "expressions of PowerShell": lambda count: powershell("pip install" + " $(pip install a)" * count),
    "expressions of PowerShell in each other": lambda count: powershell("pip install " + "$(pip install " * count),
    "loops of PowerShell": lambda count: powershell("foreach ($x in 'a','b') { pip install $x }; " * count),
    "lists of PowerShell": lambda count: powershell("pip install" + ' @("a", "b")' * count),
    "quotes of PowerShell": lambda count: powershell("pip install $(" + "'a\" " * count),
    "substitutions": lambda count: run("pip install" + " $(echo flask)" * count),
    "characters of a quoted word": lambda count: run(f"pip install 'flask{' ' * 10 * count}'"),
    "pieces of a word": lambda count: run("pip install " + "'a'\"b\"" * count),
    "assignments": lambda count: run("; ".join(f"v{number}=1" for number in range(count)) + "; pip install $v1"),
    "variables": variables,
    "variables and instructions": lambda count: HEAD + "ENV A=1\nRUN pip install $A\n" * (count // 2),
    "build stages": stages,
    "arguments that stages lack": lambda count: (
        "".join(f"ARG v{number}=1\n" for number in range(count))
        + HEAD
        + "".join(f"ARG w{number}\nRUN pip install a==$v{number}\n" for number in range(count))
    ),
    "values that grow": lambda count: HEAD + "ENV A=$A-b\n" * count + "RUN pip install $A\n",
    "values that grow for a trigger": lambda count: (
        HEAD + "ONBUILD ENV A=$A-b\n" * count + "ONBUILD RUN pip install $A\n"
    ),
    "uses of a long value": values,
    "values that grow in a script": lambda count: run("A=$A-b; " * count + "pip install $A"),
    "values that are appended to": lambda count: run("A+=b; " * count + "pip install $A"),
    "parameters that are added": lambda count: run('set -- "$@" x; pip install "$@"; ' * count),
    "calls of functions": lambda count: run("f() { g $@ $@; }; g() { pip install $@ $@; }; " + "f a b; " * count),
    "commands with each of many values": lambda count: run(
        "for i in " + " ".join(f"p{number}" for number in range(32)) + "; do " + "pip install $i; " * count + "done"
    ),
    "arms that assign": lambda count: run(
        "case $a in " + "".join(f"{number}) v{number}=b;; " for number in range(count)) + "esac; pip install $v1"
    ),
    "arms that define": lambda count: run(
        "case $a in "
        + "".join(f"{number}) f{number}() {{ pip install b; }};; " for number in range(count))
        + "esac; f1"
    ),
    "tests and assignments": lambda count: run(
        "".join(f"[ $a ] && v{number}=b && " for number in range(count)) + "pip install $v1"
    ),
    "branches that assign": lambda count: run(
        "".join(f"if a; then v{number}=b; fi; " for number in range(count)) + "pip install $v1"
    ),
    "tests of a value": lambda count: HEAD + "ARG V\nARG W=\n" + "RUN " + '[ -z "$W" ] || pip install a==$W; ' * count,
    "tests of a value in each other": lambda count: (
        f"{HEAD}ARG W=\n"
        + ("RUN " + 'if [ -n "$W" ]; then pip install a==$W; ' * 20 + "fi; " * 19 + "fi\n") * (count // 20)
    ),
    "terms of a test": lambda count: HEAD + "ARG W=\nRUN [ a" + ' -a "$W"' * count + " ] || pip install a==$W\n",
    "arms with the same word": lambda count: (
        f"{HEAD}ARG W=\nRUN case $W in "
        + "".join(f"{number}) pip install a==$W;; " for number in range(count))
        + "esac\n"
    ),
    "alternatives that test": lambda count: run(
        "".join(f'[ "$a" = {number} ] || ' for number in range(count)) + "pip install b"
    ),
    "loops that a test ends": lambda count: run(
        "for i in a b; do [ $i = a ] && continue; pip install $i; done; " * count
    ),
    "tests of each of many values": lambda count: run(
        "for i in "
        + " ".join(f"p{number}" for number in range(32))
        + "; do "
        + "[ $i = a ] || pip install b; " * count
        + "done"
    ),
    "local variables": lambda count: run(
        "f() { " + "".join(f"local v{number}=1; " for number in range(count)) + "pip install $v1; }; f; f"
    ),
    "functions with local variables": lambda count: run(
        "".join(f"f{number}() {{ local v=$1; pip install $v; }}; f{number} a; " for number in range(count))
    ),
    "names of other variables": lambda count: (
        f'{HEAD}SHELL ["bash", "-c"]\nRUN '
        + "".join(f"declare -n v{number + 1}=v{number}; " for number in range(count))
        + f"pip install $v{count}\n"
    ),
    "shells after an unknown command": lambda count: run("retry" + " sh x" * count + " -c 'pip install b'"),
    "shells after unknown commands": lambda count: run("retry sh -c 'pip install b'; " * count),
    "values with separators": lambda count: run("IFS=,; P=" + ",".join(["b"] * count) + "; pip install $P"),
    "values with separators that are used often": lambda count: run(
        f"IFS=,; P={','.join(['b'] * count)}; " + "pip install $P; " * count
    ),
    "separators": lambda count: run("IFS=,; P=a,b; pip install $P; IFS=:; " * count),
    "commands that are printed": lambda count: run('eval "$(echo pip install b)"; ' * count),
    "words that are printed": lambda count: run("pip install $(echo" + " b" * count + ")"),
    "outputs in each other": lambda count: run(
        ("pip install " + "$(echo " * 20 + "b" + ")" * 20 + "; ") * (count // 20)
    ),
    "aliases": lambda count: run("<<E\nalias p='pip install'\n" + "p b\n" * count + "E"),
    "aliases of aliases": lambda count: run(
        "<<E\n" + "".join(f"alias p{number + 1}=p{number}\n" for number in range(count)) + f"p{count} b\nE"
    ),
    "tools that run tools": lambda count: run("uvx pip@24.0 install b; " * count),
    "tools in each other": lambda count: run("uvx " * count + "pip@24.0 install b"),
    "subshells that test": lambda count: (
        HEAD + "ARG W=\n" + "RUN " + '( [ -n "$W" ] || exit 1 ) && pip install a==$W; ' * count
    ),
    "credentials": lambda count: HEAD + "RUN pip install git+https://me:secret@h/x?token=secret\n" * count,
    "comments": lambda count: HEAD + "# a comment\n" * count + "RUN pip install flask # pinhook: ignore\n",
    "ignore comments for the file": lambda count: (
        HEAD + "# pinhook: ignore-file[PIN002]\n" * (8 * count) + "RUN pip install flask\n" * count
    ),
    "ignore comments with a mistake": lambda count: (
        HEAD + "# pinhook: ignore-file[PIN]\n" * count + "RUN pip install flask\n" * count
    ),
    "ignore comments for one instruction": lambda count: (
        HEAD + "# pinhook: ignore[PIN002]\n" * (8 * count) + "RUN pip install \\\n" + "  flask \\\n" * count + "pip\n"
    ),
    "packages of an ignore comment": lambda count: (
        f"{HEAD}# pinhook: ignore[PIN001: {' '.join(f'p{number}' for number in range(count))}]\n"
        + run(" && ".join(["pip install flask"] * count)).removeprefix(HEAD)
    ),
    "ignore comments": lambda count: HEAD + "# pinhook: ignore[PIN001]\nRUN pip install flask\n" * count,
}
"""The Dockerfiles, by the name of what is repeated ``count`` times."""
