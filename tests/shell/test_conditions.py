"""The values that a test leaves in its branches. The commands are after →; ⟦ ⟧ marks unknown text.

bash, and dash if it has the syntax, run each script: the commands that they run are among ours.
"""

from __future__ import annotations

import itertools
import os
import re
import subprocess
from typing import TYPE_CHECKING

import pytest

from pinhook.shell import Dialect, SimpleCommand, script_commands
from pinhook.source import Source, SourceText
from tests.checks import check
from tests.shell.show import shown

if TYPE_CHECKING:
    from pathlib import Path

ROWS = r"""
V= | if [ -n "$V" ]; then pip install six==$V; else pip install six==1.16.0; fi → six==⟦$V⟧; six==1.16.0
V= | if [ -n "$V" ]; then pip install six==$V; fi; pip install idna==$V → six==⟦$V⟧; idna==⟦$V⟧; idna==
V= | if [ -z "$V" ]; then pip install six; else pip install six==$V; fi → six; six==⟦$V⟧
V= | if [ ! -z "$V" ]; then pip install six==$V; fi → six==⟦$V⟧
V= | if ! [ -z "$V" ]; then pip install six==$V; fi → six==⟦$V⟧
V= | if [ "$V" ]; then pip install six==$V; fi → six==⟦$V⟧
V= | if [ $V ]; then pip install six==$V; fi → six==⟦$V⟧
V= | if [ -n $V ]; then pip install six==1$V; fi → six==1
V= | if [ "x$V" != x ]; then pip install six==$V; fi → six==⟦$V⟧
V= | if [ "x${V}" = "x" ]; then :; else pip install six==$V; fi → six==⟦$V⟧
V= | if test "$V" = ""; then :; else pip install six==$V; fi → six==⟦$V⟧
V= | [ -z "$V" ] || pip install six==$V → six==⟦$V⟧
V= | test -n "$V" && pip install six==$V → six==⟦$V⟧
V= | test -n "$V" && pip install six==$V || pip install six==1 → six==⟦$V⟧; six==1
V= | true && [ -n "$V" ] && pip install six==$V || pip install six==1 → six==⟦$V⟧; six==1
V= | [ -z "$V" ] && exit 0; pip install six==$V → six==⟦$V⟧
V= | [ -n "$V" ] || exit 1; pip install six==$V → six==⟦$V⟧
V= | [ -n "$V" ] || { echo no >&2; exit 1; }; pip install six==$V → six==⟦$V⟧
V= | if [ -z "$V" ]; then exit 1; fi; pip install six==$V → six==⟦$V⟧
V= | [ -n "$V" ]; pip install six==$V → six==
V= | set -e; [ -n "$V" ]; pip install six==$V → six==⟦$V⟧
V= | set -eux; test -n "$V"; pip install six==$V → six==⟦$V⟧
V= | set -o errexit; [ -n "$V" ]; pip install six==$V → six==⟦$V⟧
V= | set -e; set +e; [ -n "$V" ]; pip install six==$V → six==
V= | set -e; [ -n "$V" ] && true; pip install six==$V → six==⟦$V⟧; six==
V= | set -e; ! [ -z "$V" ]; pip install six==$V → six==; six==⟦$V⟧
V= | set -e; true && [ -n "$V" ]; pip install six==$V → six==⟦$V⟧
V= | set -e; if [ -n "$V" ]; then :; fi; pip install six==$V → six==⟦$V⟧; six==
V= | : "${V:?}"; pip install six==$V → six==⟦$V⟧
V= | pip install six==${V:?none} → six==⟦${V:?none}⟧
V=1.0 | pip install six==${V:?no version} → six==1.0
V= | pip install six${V:+==$V} → six
V= | case "$V" in "") pip install six==1;; *) pip install six==$V;; esac → six==1; six==⟦$V⟧
V= | case "$V" in ?*) pip install six==$V; esac → six==⟦$V⟧
V= | case x$V in x) pip install six==1;; x*) pip install six==$V;; esac → six==1; six==⟦$V⟧
V=2.* | case $V in 1.*|2.*) pip install six==$V;; esac → six==2.*
V=2.* | case $V in '2.*') pip install six==$V;; *) pip install idna==$V;; esac → six==2.*; idna==⟦$V⟧
V=2.* | case $V in 1*) pip install a==$V;; [2-3]*) pip install b==$V;; esac → a==⟦$V⟧; b==2.*
V= | case $V in "") V=1;; esac; pip install six==$V → six==⟦$V⟧; six==1
V= | case $V in "") V=$(expr 1);; esac; pip install six==$V → «six==⟦$(expr 1)⟧»; six==⟦$V⟧
V= | if [ -z "$V" ]; then V=1.0; fi; pip install six==$V → six==1.0; six==⟦$V⟧
V= | [ -n "$V" ] || V=1.0; pip install six==$V → six==1.0; six==⟦$V⟧
V= | [ "$V" ] || V=$(cat v); [ -z "$V" ] || pip install six==$V → six==⟦$V⟧
V= | while [ -z "$V" ]; do V=3; done; pip install six==$V → six==⟦$V⟧; six==3
V= | until [ -n "$V" ]; do V=3; done; pip install six==$V → six==⟦$V⟧; six==3
V= | while :; do V=3; break; done; pip install six==$V → six==3
V=latest | if [ "$V" != latest ]; then pip install six==$V; else pip install six; fi → six==⟦$V⟧; six
V=latest | if [ "$V" = latest ]; then pip install six; else pip install six==$V; fi → six; six==⟦$V⟧
V=latest | [ "$V" = latest ] && P=six || P=six==$V; pip install $P → six; six==⟦$V⟧
V=latest | if [ "$V" = latest ]; then P=six; else P=six==$V; fi; pip install $P → six; six==⟦$V⟧
V= | if [ "$V" = 1 ]; then pip install a==$V; elif [ -z "$V" ]; then pip install b; fi → a==⟦$V⟧; b
V= | if [ -z "$V" ]; then pip install a; elif [ "$V" = 1 ]; then :; else pip install c==$V; fi → a; c==⟦$V⟧
V= W=1 | if [ -n "$V" ] && [ "$W" = 1 ]; then pip install six==$V idna==$W; fi → six==⟦$V⟧ idna==1
V= W=1 | if [ -n "$V" -a "$W" = 1 ]; then pip install six==$V; fi → six==⟦$V⟧
V= W=1 | if [ -n "$V" -o "$W" = 1 ]; then pip install six==1$V; fi → six==1
V= W=1 | if [ \( ! "$V" \) -a "$W" = 1 ]; then :; else pip install six==$V; fi → six==⟦$V⟧
V=1 W=2 | if [ "$V" = "$W" ]; then pip install six==$V; fi → six==⟦$V⟧
V= | if { [ -n "$V" ]; }; then pip install six==$V; fi → six==⟦$V⟧
V= | if { [ -n "$V" ] || false; }; then pip install six==$V; fi → six==⟦$V⟧; six==
V= | (test -n "$V" || exit 1; pip install six==$V); pip install idna==1$V → six==⟦$V⟧; idna==1
V= | if ( [ -n "$V" ] ); then pip install six==$V; fi → six==⟦$V⟧
V= | ( [ -n "$V" ] || exit 1 ) && pip install six==$V → six==⟦$V⟧
V= | ( [ -n "$V" ] || exit 1 ); pip install six==1$V → six==1
V= | test "$V" || (echo no >&2; exit 1) && pip install six==$V → six==⟦$V⟧
V= | set -e; ( [ -n "$V" ] || exit 1 ); pip install six==$V → six==⟦$V⟧
V= | set -e; (exit 0); pip install six==1$V → six==1
V=a | if ( V=1; [ "$V" = 1 ] ); then pip install six==$V; fi → six==a
V= | sh -ec '[ -n "$V" ]; pip install six==$V' → six==⟦$V⟧
V= | sh -o errexit -c '[ -n "$V" ]; pip install six==$V' → six==⟦$V⟧
V= | f() { [ -n "$V" ] || return 1; pip install six==$V; }; f → six==⟦$V⟧
V= | f() { [ -n "$V" ]; }; if f; then pip install six==$V; fi → six==⟦$V⟧
V= | f() { if [ -z "$V" ]; then return 1; fi; return 0; }; f && pip install six==$V → six==⟦$V⟧
V= | f() { [ -n "$1" ] && pip install six==$1; }; f "$V" → six==⟦$1⟧
V= | f() { [ -n "$1" ]; }; f "$V" && pip install six==$V → six==⟦$V⟧
V= | f() { [ -n "$V" ] && return; V=1; }; f; pip install six==$V → six==1; six==⟦$V⟧
V=2.* | if [ "$V" -gt 1 ]; then pip install six==$V; fi; pip install idna==$V → six==⟦$V⟧; idna==2.*
V=2.* | if [ -e "$V" ]; then pip install six==$V; exit; fi; pip install idna==$V → six==⟦$V⟧; idna==⟦$V⟧
V=2.* | if echo "$V" | grep -q 3; then pip install six==$V; fi → six==⟦$V⟧
V=2.* | echo "$V" | grep -q 3 || pip install six==$V → six==⟦$V⟧
V=3 | if [ "$V" -eq 3 ]; then pip install six==$V; else pip install idna==$V; fi → six==3; idna==⟦$V⟧
V= | for p in a b c; do [ "$p" = b ] && continue; pip install $p; done → a; c
V= | for p in a b c; do if [ $p = b ]; then break; fi; pip install $p; done → a; c
V= | for p in a b c; do case $p in a) pip install $p==1;; *) pip install $p;; esac; done → a==1; b; c
V= | pip install ${V:-six==1} → six==1
V= | [ -n "$V" ] && pip install git+https://example.org/x@$V → git+https://example.org/x@⟦$V⟧
V= | sh -c '[ -z "$V" ] || pip install six==$V' → six==⟦$V⟧
V= | eval 'if [ -n "$V" ]; then pip install six==$V; fi' → six==⟦$V⟧
"""

ROWS_OF_BASH = r"""
V= | if [[ -n $V ]]; then pip install six==$V; fi → six==⟦$V⟧
V= | [[ -z $V ]] || pip install six==$V → six==⟦$V⟧
V= | [[ $V ]] && pip install six==$V → six==⟦$V⟧
V= | [[ ! $V ]] || pip install six==$V → six==⟦$V⟧
V=latest | [[ "$V" == "latest" || $V == stable ]] || pip install six==$V → six==⟦$V⟧
V=latest | if [[ $V == l* ]]; then pip install six; else pip install six==$V; fi → six; six==⟦$V⟧
V=latest | if [[ $V == "l*" ]]; then pip install six==$V; else pip install idna; fi → six==⟦$V⟧; idna
V= W=1 | if [[ ( -n $V && $W = 1 ) ]]; then pip install six==$V; fi → six==⟦$V⟧
V=2.* | if [[ $V =~ ^3 ]]; then pip install six==$V; fi; pip install idna==$V → six==⟦$V⟧; idna==2.*
V=2.* | if (( ${V%.*} > 2 )); then pip install six==$V; fi → six==⟦$V⟧
V= | case $V in "") P=six ;;& ?*) P=six==$V;; esac; pip install $P → six==⟦$V⟧; six; ⟦$P⟧
V= | case $V in "") P=six ;& x) pip install $P;; *) pip install six==$V;; esac → six; ⟦$P⟧; six==⟦$V⟧
V= | set -euo pipefail; [[ -n $V ]]; pip install six==$V → six==⟦$V⟧
V= | x=$( [[ -n $V ]] && pip install six==$V ) → six==⟦$V⟧
"""


def parsed(row: str) -> tuple[dict[str, str], str, set[str]]:
    given, _, rest = row.partition(" | ")
    script, _, expected = rest.rpartition(" → ")
    return dict(pair.split("=", 1) for pair in given.split()), script, set(expected.split("; "))


def ours(script: str, variables: dict[str, str], dialect: Dialect) -> set[str]:
    """What the ``pip install`` commands install, unknown parts marked."""
    environment = {name: (SourceText.of(Source("env", value)),) for name, value in variables.items()}
    outcomes = script_commands(SourceText.of(Source("script", script)), dialect, environment)
    commands = [shown(each) for each in outcomes if isinstance(each, SimpleCommand)]
    return {each.removeprefix("pip install ") for each in commands if each.startswith("pip install ")}


def theirs(shell: str, script: str, variables: dict[str, str], folder: Path) -> list[str]:
    """The commands that the shell runs. A fake pip logs its arguments."""
    program, log = folder / "bin" / "pip", folder / "log"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nshift\necho "$*" >> {log}\n')
    program.chmod(0o755)
    log.touch()
    environment = {"PATH": f"{program.parent}:{os.environ['PATH']}", **variables}
    subprocess.run([shell, "-c", script], env=environment, cwd=folder, check=False, capture_output=True, timeout=10)
    return log.read_text().splitlines()


def covers(said: str, ran: str) -> bool:
    pieces = re.split("(⟦[^⟧]*⟧)", said.replace("«", "").replace("»", ""))
    return bool(re.fullmatch("".join(".*" if piece.startswith("⟦") else re.escape(piece) for piece in pieces), ran))


CASES = [
    *itertools.product(ROWS.strip().splitlines(), ("bash", "dash")),
    *itertools.product(ROWS_OF_BASH.strip().splitlines(), ("bash",)),
]


@pytest.mark.parametrize(("row", "shell"), CASES)
def test_conditions(row: str, shell: str, tmp_path: Path) -> None:
    variables, script, expected = parsed(row)
    said = ours(script, variables, Dialect.BASH if shell == "bash" else Dialect.SH)
    assert said == expected
    for ran in theirs(shell, script, variables, tmp_path):
        assert any(covers(each, ran) for each in said), ran


GUARDED = [
    'if [ -n "$V" ] && [ "$V" != latest ]; then pip install six==$V; else pip install six==1.16.0; fi',
    '[ -z "$V" ] || [ "$V" = latest ] || pip install six==$V',
    'case "$V" in ""|latest) pip install six==1.16.0;; *) pip install "git+https://example.org/x@$V" six==$V;; esac',
    'test -n "$V" || exit 1; test "$V" != latest || exit 1; pip install six==$V',
]


@pytest.mark.parametrize("default", ["", "latest"])
@pytest.mark.parametrize("script", GUARDED)
def test_a_guarded_default_is_no_finding(script: str, default: str) -> None:
    assert not check(Source("Dockerfile", f"FROM python\nARG V={default}\nRUN {script}\n")).findings


@pytest.mark.parametrize(("option", "count"), [("-euo", 0), ("-uo", 1), ("--norc", 1)])
def test_the_shell_of_the_file_may_end_with_what_fails(option: str, count: int) -> None:
    head = f'FROM python\nARG V=\nSHELL ["/bin/bash", "{option}", "pipefail", "-c"]\n'
    assert len(check(Source("Dockerfile", head + 'RUN [[ -n "$V" ]]; pip install six==$V\n')).findings) == count
