"""Messages that depend on how the shell reads a command: from the Dockerfile to message and place."""

from __future__ import annotations

import pytest

from pinhook.rule_codes import LEVELS
from pinhook.source import Source
from tests.checks import check
from tests.marks import mark, unmark


def said(marked: str) -> tuple[str, str, str]:
    """The Dockerfile with the place of its one finding marked, the message, and the installer."""
    text, _ = unmark(marked)
    [finding] = check(Source("Dockerfile", text)).findings
    return mark(text, [finding.place.span]), finding.message, finding.installer


BETTER = " in quotes, or better flask==<version>"


@pytest.mark.parametrize(
    ("dockerfile", "swallowed", "seen", "hint"),
    [
        ("RUN pip install ⟦flask > =1.0⟧", ">=1.0", "flask", f"'flask>=1.0'{BETTER}"),
        ("RUN pip install ⟦flask >=⟧ 1.0", ">=", "flask", f"'flask>=<version>'{BETTER}"),
        ("RUN pip install ⟦flask>=$V⟧", ">=$V", "flask", f'"flask>=$V"{BETTER}'),
        ("ARG P=⟦fla⟧\nRUN pip install ${P}sk>=1", ">=1", "flask", f"'flask>=1'{BETTER}"),
        ("RUN pip install ⟦./x>=1⟧", ">=1", "./x", "leave >=1 out"),
        ("RUN pip install ⟦git+https://h/r@v>1⟧", ">1", "git+https://h/r@v", "leave >1 out"),
    ],
)
def test_what_the_shell_swallows(dockerfile: str, swallowed: str, seen: str, hint: str) -> None:
    advice = hint if hint.startswith("leave") else f"write {hint}"
    message = f"the shell reads {swallowed} as a redirection, so pip sees only {seen}; {advice}"
    assert said(dockerfile) == (dockerfile, message, "pip")


@pytest.mark.parametrize(
    ("dockerfile", "message", "installer"),
    [
        ("RUN pip install ⟦--req⟧ x", "--req is ambiguous for pip install; write the option in full", "pip"),
        ("RUN pip install ⟦'⟧flask", "this cannot be read: a single quote is not closed", ""),
    ],
)
def test_what_cannot_be_read(dockerfile: str, message: str, installer: str) -> None:
    assert said(dockerfile) == (dockerfile, message, installer)


def test_what_cannot_be_read_and_cannot_install_is_silent() -> None:
    dockerfile = "# hadolint ignore=DL3013\nRUN echo 'x\n"  # a comment has every command of the file followed
    assert check(Source("Dockerfile", dockerfile)).findings == ()


@pytest.mark.parametrize(
    ("dockerfile", "messages"),
    [
        ("RUN pip install six==$(cat v)", ["which version six==$(cat v) is; write six==<version>"]),
        ("RUN pip install six==`cat v`", ["which version six==`cat v` is; write six==<version>"]),
        ("RUN pip install 'x[y]'==1.$(date +%s)", ["which version x[y]==1.$(date +%s) is; write x[y]==<version>"]),
        ("RUN pip install a[most]==$V", ["which version a[most]==$V is; give the variable a value"]),
        ('RUN pip install "a[b,c] == ${V}"', ["which version a[b,c]== ${V} is; give the variable a value"]),
        ("RUN pip install a==$V", ["which version a==$V is; give the variable a value"]),
        ("RUN pip install a==$(x $V)", ["which version a==$(x $V) is; write a==<version>"]),
        ("ARG V=1\nFROM x\nRUN pip install a==$V", ["which version a==$V is; repeat ARG V in the stage"]),
        ("ARG V\nFROM x\nRUN pip install a==${V}", ["which version a==${V} is; repeat ARG V in the stage"]),
        ("ARG P='a b'\nFROM x\nRUN pip install $P", ["what $P installs; repeat ARG P in the stage"]),
        ("ARG P=a\nFROM x\nRUN pip install $P==1", ["which project $P is; repeat ARG P in the stage"]),
        ("ARG V=1\nFROM x\nRUN pip install git+https://h/r@$V", [
            "which commit git+https://h/r@$V is; repeat ARG V in the stage"
        ]),
        ("ARG A=1\nARG B=2\nFROM x\nRUN pip install a==$A.$B", [
            "which version a==$A.$B is; repeat ARG A B in the stage"
        ]),
        ("ARG V\nFROM x\nARG V\nRUN pip install a==$V", ["which version a==$V is; give the variable a value"]),
        ("ARG V=1\nFROM x\nARG V\nRUN pip install a==$V", []),
        ("ARG V\nFROM x AS y\nARG V\nFROM y\nRUN pip install a==$V", [
            "which version a==$V is; give the variable a value"
        ]),
        ("ARG V\nFROM x AS y\nARG V\nFROM z\nRUN pip install a==$V", [
            "which version a==$V is; repeat ARG V in the stage"
        ]),
        ("ARG V=1\nFROM x\nONBUILD RUN pip install a==$V", ["which version a==$V is; repeat ARG V in the stage"]),
        ("RUN if a; then V=$(a); else V=$(b); fi; pip install x==$V", ["which version x==$(a) is; write x==<version>"]),
        ("RUN case $X in a) V=$A;; b) V=$B;; esac; pip install x==$V", [
            "which version x==$V is; give the variable a value"
        ]),
        ("RUN if a; then V=$(a); else V=$(b); fi; pip install git+https://h/r@$V", [
            "which commit git+https://h/r@$(a) is"
        ]),
        ("RUN for p in a b; do pip install $p==$V; done", [
            "which version a==$V is; give the variable a value",
            "which version b==$V is; give the variable a value",
        ]),
        ("RUN pip install $P $P", ["what $P installs", "what $P installs"]),
        ('SHELL ["powershell"]\nRUN pip install a==$env:V', ["which version a==$env:V is; give the variable a value"]),
        ('SHELL ["cmd"]\nRUN pip install a==%V%', ["which version a==%V% is; give the variable a value"]),
    ],
)  # fmt: skip
def test_what_only_the_build_knows(dockerfile: str, messages: list[str]) -> None:
    findings = check(Source("Dockerfile", dockerfile), LEVELS["strict"]).findings
    assert [
        each.message.removeprefix("only the build knows ") for each in findings if each.code == "PIN008"
    ] == messages


@pytest.mark.parametrize(
    "marked",
    [
        "ARG BRANCH=master\nRUN pip install ⟦https://github.com/o/r/archive/$BRANCH.zip⟧",
        "ARG BRANCH=master\nUSER x\nRUN pip install '⟦https://github.com/o/r/archive/${BRANCH}.zip⟧'",
        "ARG BRANCH=master\nRUN pip install ⟦git+https://h/r@$BRANCH⟧",
        "ARG BRANCH=master\nRUN pip install -e ⟦git+https://h/r@$BRANCH#egg=x⟧",
        'ARG BRANCH=master\nRUN pip install "⟦x @ git+https://h/r@$BRANCH⟧"',
        "ARG HOST=https://h\nRUN pip install ⟦$HOST/o/r/raw/main/x-1.whl⟧",
        "ARG URL=⟦https://h/o/r/raw/main/x-1.whl⟧\nRUN pip install $URL",
        "ARG BRANCH=master\nRUN pip install -r ⟦https://example.org/$BRANCH/r.txt⟧",
        "ARG BRANCH=master\nUSER x\nRUN pip install --requirement='⟦https://example.org/$BRANCH/r.txt⟧' && x",
        "ARG BRANCH=master\nRUN pip install -r⟦https://example.org/$BRANCH⟧; x",
        "ARG HOST=https://h\nRUN pip install -c ⟦$HOST/c.txt⟧ six==1",
        "ARG URL=⟦https://h/c.txt⟧\nRUN pip install -c $URL six==1",
        "ARG DIR=/x\nUSER x\nRUN pip install ⟦$DIR/requirements.txt⟧",
        'ARG DIR=/x\nRUN pip install "⟦$DIR/requirements.txt⟧"',
        "RUN for f in ⟦a.txt⟧; do pip install $f; done",
        "ARG V=1\nRUN pip install ⟦six=$V⟧",
        "RUN B=main && pip install ⟦git+https://h/r@$B⟧",
    ],
)
def test_what_is_no_name_is_reported_at_the_word_of_the_command(marked: str) -> None:
    text, _ = unmark(marked)
    [finding] = check(Source("Dockerfile", text), LEVELS["strict"]).findings
    assert mark(text, [finding.place.span]) == marked


def test_an_archive_with_a_hash_cannot_change() -> None:
    url = "https://github.com/o/r/archive/master.zip"
    assert check(Source("Dockerfile", f"RUN pip install {url}"), LEVELS["strict"]).findings
    assert not check(Source("Dockerfile", f"RUN pip install {url}#sha256=0123"), LEVELS["strict"]).findings
