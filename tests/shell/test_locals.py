"""Variables of functions, compared with bash and dash: both print the values that pinhook gives."""

from __future__ import annotations

import pytest

from pinhook.shell import Dialect
from tests.shell.test_values import printed_by, said_by_pinhook

SCRIPTS = r"""
x=flask; f() { local x=flask==1.0; }; f; printf '%s\0' $x
x=flask==1.0; f() { local x=flask; }; f; printf '%s\0' $x
x=a; f() { local x=b; printf '%s\0' $x; }; f; :
x=a; f() { local x; x=b; }; f; printf '%s\0' $x
x=a; f() { local x=b; return; }; f; printf '%s\0' $x
x=a; f() { local x=b; if true; then return 0; fi; }; f; printf '%s\0' $x
x=a; f() { local x=b y=$x; printf '%s\0' $y; }; f
x=a; f() { local x=b; x=c; }; f; printf '%s\0' $x
x=a; f() { local x=b; unset x; x=c; }; f; printf '%s\0' $x
x=a; f() { x=b; local x=c; }; f; printf '%s\0' $x
x=a; f() { (local x=b); x=c; }; f; printf '%s\0' $x
x=a; f() { (local x=b; printf '%s\0' $x); }; f
x=a; f() { local x=b; x=c | true; printf '%s\0' $x; }; f
x=a; f() { local x=b; g; printf '%s\0' $x; }; g() { x=c; }; f
x=a; f() { local x=b; g; }; g() { x=c; }; f; printf '%s\0' $x
x=a; f() { local x=b; g; printf '%s\0' $x; }; g() { local x=c; }; f
x=a; f() { local x=b; f2() { x=c; }; f2; }; f; printf '%s\0' $x
x=a; f() { eval 'local x=b'; printf '%s\0' $x; }; f
x=a; f() { eval 'local x=b'; }; f; printf '%s\0' $x
x=a; f() { local x="b c"; printf '%s\0' $x "$x"; }; f
x=a; f() { local y=$1; x=$y; }; f b; printf '%s\0' $x
x=a; f() { local x=$1; printf '%s\0' $x; }; f b c
x=a; f() { if true; then local x=b; fi; x=c; }; f; printf '%s\0' $x
x=a; f() { export x=b; }; f; printf '%s\0' $x
x=a; f() { readonly x=b; }; f; printf '%s\0' $x
x=a; f() { local x=b; export x; sh -c 'printf "%s\0" $x'; }; f
x=a; f() { for x in b; do :; done; }; f; printf '%s\0' $x
x=a; f() { local x; for x in b; do :; done; }; f; printf '%s\0' $x
x=a; local x=b 2>/dev/null || :; printf '%s\0' $x
x=a; export x=b y=$x; printf '%s\0' $y
"""

SCRIPTS_OF_BASH = r"""
x=a; f() { typeset x=b; printf '%s\0' $x; }; f
x=a; f() { typeset x=b; }; f; printf '%s\0' $x
x=a; f() { declare x=b; }; f; printf '%s\0' $x
x=a; f() { declare -r x=b; }; f; printf '%s\0' $x
x=a; f() { declare -x x=b; }; f; printf '%s\0' $x
x=a; f() { declare -g x=b; }; f; printf '%s\0' $x
x=a; f() { local x=c; declare -g x=b; printf '%s\0' $x; }; f
x=a; f() { local x=c; declare -g x=b; }; f; printf '%s\0' $x
x=a; f() { local -a x=(b c); printf '%s\0' "${x[@]}"; }; f
x=a; f() { local -a x=(b c); }; f; printf '%s\0' $x
x=(a b); f() { local x=c; }; f; printf '%s\0' "${x[@]}"
x=a; f() { local x+=b; printf '%s\0' $x; }; f
x=a; function f { local x=b; }; f; printf '%s\0' $x
declare x=a; printf '%s\0' $x
declare -n r=x; x=flask; printf '%s\0' $r
declare -n r=x; r=flask; printf '%s\0' $x
declare -n r=x; r=(a b); printf '%s\0' "${x[@]}" "${r[@]}" $r
declare -n r=x; x=a; declare -n s=r; s=b; printf '%s\0' $x $r $s
f() { local -n r=$1; r=b; }; x=a; f x; printf '%s\0' $x
f() { local -n r=$1; printf '%s\0' $r; }; x=a; f x
f() { declare -n r=x; r=b; }; r=c x=a; f; printf '%s\0' $x $r
typeset -n r=x; x=a; r+=b; printf '%s\0' $x
"""


@pytest.mark.parametrize("shell", ["bash", "dash"])
@pytest.mark.parametrize("script", SCRIPTS.strip().splitlines())
def test_locals(script: str, shell: str) -> None:
    dialect = Dialect.BASH if shell == "bash" else Dialect.SH
    printed = [] if shell == "dash" and " local x=b 2>" in script else [printed_by(shell, script)]
    assert said_by_pinhook(script, dialect) == (printed or [["a"]])  # dash ends there


@pytest.mark.parametrize("script", SCRIPTS_OF_BASH.strip().splitlines())
def test_locals_of_bash(script: str) -> None:
    assert said_by_pinhook(script, Dialect.BASH) == [printed_by("bash", script)]


def test_a_local_variable_without_a_value() -> None:
    """Bash unsets it, dash leaves it as it is outside."""
    script = "x=a; f() { local x; printf '%s\\0' .$x; }; f"
    assert printed_by("bash", script) == ["."]
    assert said_by_pinhook(script, Dialect.BASH) == [None]
    assert said_by_pinhook(script, Dialect.SH) == [printed_by("dash", script)] == [[".a"]]
