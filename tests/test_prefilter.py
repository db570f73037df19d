"""The prefilter may accept a text without an installer, but it rejects no text with one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from pinhook.documents import simple_commands
from pinhook.installers import parse_install, parse_wrapped_install
from pinhook.prefilter import may_install
from pinhook.shell import Dialect, SimpleCommand, argument_commands, script_commands
from pinhook.source import Source, SourceText
from tests.checks import check

if TYPE_CHECKING:
    from collections.abc import Callable

FRAGMENTS = st.sampled_from([
    "pip", "pi", "p", "ip", "i", "uv", "u", "v", "vx", "easy", "_install", "easy_install", "PIP", "python", "-m", "-mp",
    *"'\"\\`;&|(){},", " ", " ", " ", "\n", "$", "${", "}", "$A", "${A}", "${B}", '"$B"', "$(echo p)", "{p,x}", "{,p}",
    "A=", "A=p", "A=pi;", "B=ip;", "A+=p;", "${A#x}", "${A/x/p}", "${A:-p}", "$'\\x70'", "$1", "set -- p;", "eval ",
    "echo ", "| sh", "xargs -I{} ", "{}", "sh -c ", "f() { ", "}; f ", " install flask", " install flask",
])  # fmt: skip


def having(*values: str) -> Callable[[Callable[[str], bool]], bool]:
    """Variables with these values, as ``may_install`` asks for them."""
    return lambda test: any(map(test, values))


@given(st.lists(FRAGMENTS, max_size=8).map("".join), st.sampled_from(["", "p", "pi", "ip", "pip", "x"]))
def test_rejected_text_runs_no_installer(text: str, value: str) -> None:
    says = may_install(text, having(value))
    event(f"it says {'yes' if says else 'no'}")
    if says:
        return
    source = Source("Dockerfile", f"{value}\n{text}")
    body = SourceText.of(source)[len(value) + 1 :]
    variables = {"A": (SourceText.of(source)[: len(value)],)}
    outcomes = script_commands(body, Dialect.BASH, variables) + argument_commands([body], variables)
    commands = [each for each in outcomes if isinstance(each, SimpleCommand)]
    assert not [command for command in commands if parse_install(command) or parse_wrapped_install(command)]


@given(st.lists(FRAGMENTS, max_size=8).map("".join))
def test_the_prefilter_changes_no_report(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        looking = check(Source("Dockerfile", f"FROM x\nENV A=p\nRUN {text}\n"))
        patch.setattr(simple_commands, "may_run_installer", lambda _: True)
        following = check(Source("Dockerfile", f"FROM x\nENV A=p\nRUN {text}\n"))
    assert [(f.place.span, f.message) for f in looking.findings] == [
        (f.place.span, f.message) for f in following.findings
    ]


@pytest.mark.parametrize(
    "text",
    [
        "pip install flask",
        "p\\ip install flask",
        "p'i'p install flask",
        'u"v" pip install flask',
        "A=pi; ${A}p install flask",
        'A=pi; "$A"p install flask',
        "A=p; pi$A install flask",
        "A=pi; B=p; $A$B install flask",
        "A=pi; A+=p; $A install flask",
        "{p,x}ip install flask",
        "p{ip,x} install flask",
        "$'\\x70ip' install flask",
        "A=pXip; ${A/X/} install flask",
        "$PIP install flask",
        "python -m$X install flask",
        "echo ip | xargs -I{} p{} install flask",
    ],
)
def test_text_that_may_install(text: str) -> None:
    assert may_install(text, having("p", "pip"))


@pytest.mark.parametrize(
    "text",
    [
        "apt-get update && apt-get install -y curl",
        "make -j$(nproc) && rm -rf /var/lib/apt/lists/*",
        'curl -o "$HOME/x" https://example.org/${VERSION}/x.tar.gz',
        "if [ ! -f x ]; then cp -r a b; fi",
        "chown -R app:app $HOME $APP",
    ],
)
def test_text_that_installs_nothing(text: str) -> None:
    assert not may_install(text, having("1.0", "/usr/local/bin"))
