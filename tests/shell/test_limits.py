"""Very deep or long scripts: a clear finding or the right answer, in a limited time, and nothing is raised."""

from __future__ import annotations

import time

import pytest

from pinhook.rules import RULES
from pinhook.source import Source
from tests.checks import check

MAX_SECONDS = 10.0
"""Of the processor, for inputs of 10 KB to 400 KB; what takes the square of the length takes longer."""

CODES = [rule.code for rule in RULES]
DEEP = "PIN006: this cannot be read: the shell text is nested too deeply"
LONG = "PIN006: this cannot be read: its evaluation exceeds a limit of pinhook"
FLASK = "PIN001: flask is not pinned; write flask==<version>"


def said(dockerfile: str) -> set[str]:
    """The findings, each once."""
    started = time.process_time()
    found = {f"{each.code}: {each.message[:70]}" for each in check(Source("Dockerfile", dockerfile), CODES).findings}
    assert time.process_time() - started < MAX_SECONDS
    return found


def in_sh(script: str) -> set[str]:
    return said(f"FROM x\nRUN {script}\n")


def in_bash(script: str) -> set[str]:
    return said(f'FROM x\nSHELL ["bash", "-c"]\nRUN {script}\n')


def documents(count: int, command: str) -> str:
    """Here-documents in each other, with a command in the innermost."""
    numbers = range(count)
    return "".join(f"sh <<E{at}\n" for at in numbers) + command + "".join(f"\nE{at}" for at in reversed(numbers))


def callers(count: int) -> str:
    """Functions that each call the next one twice."""
    return "".join(f"f{at}() {{ f{at + 1}; f{at + 1}; }}; " for at in range(count))


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("( " * 50_000 + "pip install flask", {FLASK}),
        ("( " * 10_000 + "pip install flask" + " )" * 10_000, {FLASK}),
        ("{ " * 3_000 + "pip install flask" + "; }" * 3_000, {FLASK}),
        ("! " * 10_000 + "pip install flask", {FLASK}),
        ("f() " * 10_000 + "{ pip install flask; }", {FLASK}),
        ("if a; then " * 3_000 + "pip install flask; " + "fi; " * 3_000, {FLASK}),
        ("if a; then " * 3_000 + "pip install flask", {FLASK}),
        ("while a; do " * 3_000 + "pip install flask; " + "done; " * 3_000, {FLASK}),
        ("if a; then b; " + "elif a; then pip install flask; " * 40 + "fi", {FLASK}),
        ("if a; then b; " + "elif a; then pip install flask; " * 10_000 + "fi", {DEEP}),
        ("case a in b) " * 10_000 + "pip install flask; " + ";; esac " * 10_000, {DEEP}),
        ("pip install " + "$(" * 10_000 + "flask", {DEEP}),
        ("pip install " + "$(" * 10_000 + "flask" + ")" * 10_000, {DEEP}),
        ("pip install " + '"$(' * 10_000 + "flask" + ')"' * 10_000, {DEEP}),
        ("pip install " + "${x:-" * 10_000 + "flask" + "}" * 10_000, {DEEP}),
        ("pip install " + "${x:-" * 10_000, {DEEP}),
        ("pip install " + "$((" * 10_000 + "flask", {DEEP}),
        ("pip install " + "$((" * 10_000 + "1" + "))" * 10_000, {DEEP}),
        ("sudo " * 10_000 + "pip install flask", {LONG}),
        ("eval " * 3_000 + "pip install flask", {LONG}),
        ("xargs " * 10_000 + "pip install flask", {LONG}),
        ('env -S "' * 10_000 + "pip install flask", {LONG}),
        ("find . -exec " * 3_000 + "pip install flask", {LONG}),
        ("cmd /c " * 3_000 + "pip install flask", {LONG}),
        ("powershell -c " * 2_000 + "pip install flask", {LONG}),
        ("eval " * 30 + "pip install flask", {FLASK}),
        ("sh -c " * 10_000 + "pip install flask", set()),  # the script is "sh"
        ("f() { f; pip install flask; }; f", {LONG}),
        ("f() { g; g; pip install flask; }; g() { f; f; }; f", {LONG}),
        (callers(60) + "f60() { pip install flask; }; f0", {LONG}),
        ("echo 'pip install flask' " + "| sh " * 2_000, {FLASK}),
        (documents(30, "pip install flask"), {FLASK}),
        (documents(500, "pip install flask"), {LONG}),
        ("<<E\n" + "# pip install\n" * 30_000 + "pip install flask\nE", {FLASK}),
        ("x=flask; " + "x=$x$x; " * 60 + "pip install $x", {LONG, "PIN008: only the build knows what $x installs"}),
        ("pip install flask" + " > f" * 10_000, {FLASK}),
        ("set -- " + "a " * 400 + "; while b; do " + ":; " * 300 + "shift; done; pip install flask", {LONG}),
        ("pip install flask && " * 2_000 + "true", {FLASK}),
        ("{ pip install flask; } && " * 2_000 + "true", {FLASK}),
        # siblings are not nested
        *((f"{beside}; " * 60 + "pip install flask", {FLASK}) for beside in (
            "case a in b) :;; esac", "if a; then b; elif c; then d; fi", ": $(a)", ": `a`", ": $((1))", ": ${x:-y}",
        )),
    ],
    ids=lambda value: value[:30] if isinstance(value, str) else "",
)  # fmt: skip
def test_shell(script: str, expected: set[str]) -> None:
    assert in_sh(script) == expected


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("((" * 10_000 + "pip install flask", {FLASK}),
        ("pip install flask " + "(( " * 2_000 + ") ) " * 2_000, {FLASK}),
        ("a=(" * 10_000 + "pip install flask", {DEEP}),
        ("ls " + "@(" * 10_000 + "pip install flask" + ")" * 10_000, set()),
        ("cat " + "<(" * 10_000 + "pip install flask", {DEEP}),
        ("[[ " * 10_000 + "pip", {"PIN006: this cannot be read: ']]' is missing"}),
        *((f"{beside}; " * 60 + "pip install flask", {FLASK}) for beside in ("a=(b)", ": @(a)", ": <(a)", "[[ a ]]")),
    ],
    ids=lambda value: value[:30] if isinstance(value, str) else "",
)
def test_bash(script: str, expected: set[str]) -> None:
    assert in_bash(script) == expected


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("{a,b}" * 40, "PIN005"),
        ("{1..300}", "PIN005"),
        ("{a,b}x{" * 3_000, "PIN006"),
        ("{" * 10_000, "PIN006"),
        ("{a," * 10_000, "PIN006"),
        ("{a}" * 10_000, "PIN006"),
        ("{a," * 5_000 + "b" + "}" * 5_000, "PIN006"),
    ],
    ids=lambda value: value[:10],
)
def test_braces(word: str, code: str) -> None:
    assert {each.partition(":")[0] for each in in_bash(f"pip install {word}")} == {code}


@pytest.mark.parametrize(
    ("dockerfile", "code"),
    [
        ("RUN " + "[" * 100_000, ""),
        ("RUN " + "[" * 100_000 + "]" * 100_000, ""),
        ('RUN ["pip", ' + '{"a":' * 10_000 + "1" + "}" * 10_000 + "]", ""),
        ("ENV A=flask\n" + "ENV A=$A$A\n" * 60 + "RUN pip install $A", "PIN006 PIN008"),
        ("ENV A=" + "${x:-" * 49 + "flask" + "}" * 49 + "\nRUN pip install $A", "PIN001"),
        ("ENV A=" + "${x:-" * 10_000 + "flask" + "}" * 10_000 + "\nRUN pip install $A", "PIN008"),
        ("ENV A=" + "a" * 250 + "\nENV B=${A##" + "*a" * 30 + "b}\nRUN pip install $B", "PIN008"),
        ("ARG " + " ".join(f"a{at + 1}=$a{at}$a{at}" for at in range(1_000)) + "\nRUN pip install $a999", "PIN006"),
        ("ONBUILD " * 10_000 + "RUN pip install flask", "PIN006"),
        ("RUN pip install " + "\\\n" * 100_000 + "flask", "PIN001"),
        ("RUN pip install \\\n" + "# x\n" * 100_000 + "flask", "PIN001"),
        ("RUN " + "--a " * 10_000 + "pip install flask", "PIN001"),
        ("RUN cat " + "<<E " * 2_000 + "; pip install flask\n" + "pip\nE\n" * 2_000, "PIN001"),
        ("RUN pip install 'flask; " + "(" * 10_000 + "os_name==\"a\"" + ")" * 10_000 + "'", "PIN006"),
        ("RUN pip install 'flask; " + "(" * 2_000 + "os_name==\"a\"" + ")" * 2_000 + "'", "PIN005"),
        ("RUN pip install 'flask" + ">=1," * 1_000 + ">=1'", "PIN002"),
        ("RUN pip install " + "a" * 60_000, "PIN006"),
        ("RUN pip install 'a[" + "a," * 30_000 + "b]'", "PIN006"),
    ],
    ids=lambda value: value[:30],
)  # fmt: skip
def test_dockerfiles(dockerfile: str, code: str) -> None:
    assert {each.partition(":")[0] for each in said(f"FROM x\n{dockerfile}\n")} == set(code.split())


@pytest.mark.parametrize(
    "script",
    ["sh <<E\nE", "cat <<'Q' | sh\nQ", "bash -c ''", "eval ''", "echo '' | bash", "sh <<< ''", "x=$(\n)", "<(\n)"],
)
def test_an_empty_script_has_no_commands(script: str) -> None:
    source = Source("Dockerfile", f"RUN <<'EOF'\n{script}\npip install flask\nEOF\n")
    assert [(finding.code, finding.target) for finding in check(source).findings] == [("PIN001", "flask")]
