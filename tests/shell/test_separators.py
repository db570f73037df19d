"""``IFS``: pinhook gives the fields that bash and dash print, each with its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pinhook.shell import Dialect
from pinhook.source import Source
from tests.checks import check
from tests.marks import unmark
from tests.shell.test_values import printed_by, said_by_pinhook

SCRIPTS = [
    "IFS=,; P='six,idna'; printf '%s\\0' $P",
    "IFS=,; P='six,idna'; printf '%s\\0' \"$P\" six,idna 'a,b' a$P",
    "IFS=,; P=',a,,b,'; printf '%s\\0' $P",
    "IFS=', '; P=' a , b  c,,d , '; printf '%s\\0' $P",
    "IFS=' ,'; P='a b,c'; printf '%s\\0' $P",
    "IFS=; P='a b'; printf '%s\\0' $P",
    "IFS=''; P='a b'; e=; printf '%s\\0' $P $e",
    "IFS='\n'; P='a b\nc'; printf '%s\\0' $P",
    "IFS=:; P=a:b; Q=c:d; printf '%s\\0' $P$Q x$P-$Q",
    "IFS=x; P=axxb; printf '%s\\0' $P",
    "IFS=-; P=a-b; unset IFS; printf '%s\\0' $P",
    "IFS=,; P=a,b; IFS=' '; printf '%s\\0' $P",
    "P=a,b; IFS=, printf '%s\\0' $P",
    "P=a,b; (IFS=,); printf '%s\\0' $P",
    "P=a,b; f() { local IFS=,; printf '%s\\0' $P; }; f",
    "P=a,b; f() { local IFS=,; }; f; printf '%s\\0' $P",
    "P=a,b; f() { IFS=,; }; f; printf '%s\\0' $P",
    "IFS=,; set -- a b 'c,d'; printf '%s\\0' \"$*\" \"$@\"",
    "IFS=; set -- a b; printf '%s\\0' \"$*\"",
    "IFS=,; set -- a,b c; printf '%s\\0' $@",
    'IFS=,; P=a,b; set -- $P; printf \'%s\\0\' "$2" "$1"',
    "IFS=,; printf '%s\\0' ${u:-a,b} \"${u:-a,b}\"",
    "IFS='[]'; P='a[b]c'; printf '%s\\0' $P",
    "IFS='^-]\\'; P='a^b-c]d\\e'; printf '%s\\0' $P",
    "P=a,b; eval 'IFS=,'; printf '%s\\0' $P",
    "export IFS=,; P=a,b; printf '%s\\0' $P",
]


@pytest.mark.parametrize("shell", ["bash", "dash"])
@pytest.mark.parametrize("script", SCRIPTS)
def test_separators(script: str, shell: str) -> None:
    dialect = Dialect.BASH if shell == "bash" else Dialect.SH
    assert said_by_pinhook(script, dialect) == [printed_by(shell, script)]


def test_a_separator_of_several_bytes() -> None:
    """Not for dash, which splits at each byte."""
    script = "IFS=é; P=aéb; printf '%s\\0' $P"
    assert said_by_pinhook(script, Dialect.BASH) == [printed_by("bash", script)] == [["a", "b"]]


TEXTS = st.text(st.sampled_from("a, :\tb"), max_size=8)


@given(TEXTS, st.sampled_from([",", ", ", ": ,", "", " ", "\t", ":\t", "b"]), st.sampled_from(["bash", "dash"]))
def test_generated_values(text: str, ifs: str, shell: str) -> None:
    script = f"IFS='{ifs}'; P='{text}'; printf '%s\\0' . x$P $P"
    dialect = Dialect.BASH if shell == "bash" else Dialect.SH
    assert said_by_pinhook(script, dialect) == [printed_by(shell, script)]


@pytest.mark.parametrize(
    "marked",
    [
        "RUN IFS=,; P='⟦six⟧,⟦idna⟧'; pip install $P",
        "RUN IFS=, && P=six==1.17.0,⟦idna⟧ && pip install $P",
        "RUN IFS=:; for p in a==1 b; do :; done; P=⟦six⟧:; pip install $P",
        "RUN IFS=,; P=⟦six⟧,⟦idna⟧; for p in $P; do pip install $p; done",
        "ENV IFS=,\nRUN P='⟦six⟧ ⟦idna⟧'; pip install $P",
        "ARG P=⟦six⟧;⟦idna⟧\nRUN IFS=';'; pip install $P",
        "ARG P=⟦six⟧;⟦idna⟧\nRUN IFS=';' sh -c 'pip install ${P%;*} ${P#*;}'",
    ],
)
@pytest.mark.parametrize("head", ["FROM python\n", 'FROM python\nSHELL ["/bin/bash", "-c"]\n'])
def test_places(marked: str, head: str) -> None:
    text, spans = unmark(head + marked + "\n")
    findings = check(Source("Dockerfile", text)).findings
    assert [(finding.code, finding.place.span) for finding in findings] == [("PIN001", span) for span in spans]
