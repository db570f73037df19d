"""Ignore comments: the findings that they suppress, their places, and the findings about unused comments.

In a snippet, ⟦ ⟧ marks what is reported and ⟪ ⟫ what is suppressed. The rules are those of the strict level, so that an
unused comment is reported too.
"""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pinhook.rules import Level, rules_of_level
from pinhook.source import Source, Span
from tests.checks import check
from tests.hermetic import program

if TYPE_CHECKING:
    from pinhook.check import Report

STRICT = rules_of_level(Level.STRICT)

FORMS = r"""
== one code
# pinhook: ignore[PIN001] the newest is wanted
RUN pip install ⟪flask⟫ ⟦django>=2⟧

== several codes
# pinhook: ignore[PIN001, PIN002] the newest are wanted
RUN pip install ⟪flask⟫ '⟪django>=2⟫'

== every code
# pinhook: ignore the newest are wanted
RUN pip install ⟪flask⟫ '⟪django>=2⟫' ⟪git+https://h/r⟫

== without a reason
# pinhook: ignore
RUN pip install ⟪flask⟫

== as little white space as can be
#pinhook:ignore[PIN001,PIN002]why
RUN pip install ⟪flask⟫ '⟪django>=2⟫'

== as much white space as can be
  #   pinhook:   ignore   [ PIN001 : flask , django ]   why
RUN pip install ⟪flask⟫ ⟪django⟫ ⟦six⟧

== codes in lower case
# pinhook: ignore[pin001]
RUN pip install ⟪flask⟫

== single packages, however their names are written
# pinhook: ignore[PIN001: flask_login, DJANGO]
RUN pip install ⟪Flask.Login[x]⟫ ⟪django⟫ ⟦flask⟧

== single packages, then another code
# pinhook: ignore[PIN001: flask, PIN002]
RUN pip install ⟪flask⟫ ⟦django⟧ '⟪six>1⟫' '⟪attrs>1⟫'

== single packages, then another code in lower case, between spaces
# pinhook: ignore[ PIN001 : flask , pin002 ]
RUN pip install ⟪flask⟫ ⟦django⟧ '⟪six>1⟫'

== single packages whose names are nearly codes
# pinhook: ignore[PIN001: pin, pin1-tools, x-pin1]
RUN pip install ⟪pin⟫ ⟪pin1-tools⟫ ⟪x-pin1⟫ ⟦flask⟧

== another code, then single packages
# pinhook: ignore[PIN002, PIN001: flask]
RUN pip install ⟪flask⟫ ⟦django⟧ '⟪six>1⟫'

== a package that has no version but a URL, and one that cannot be read
# pinhook: ignore[PIN003: flask, PIN005: django]
RUN pip install '⟪flask @ git+https://h/r⟫' ⟪django=2⟫ ⟦six=1⟧

== the whole file, from anywhere
RUN pip install ⟪flask⟫
# pinhook: ignore-file[PIN001] generated
RUN pip install ⟪django⟫ '⟦six>1⟧'

== the whole file, from a script
RUN pip install ⟪flask⟫  # pinhook: ignore-file generated
RUN pip install '⟪six>1⟫'

== the whole file, from a script that installs nothing
RUN true # pinhook: ignore-file[PIN001] generated
RUN pip install ⟪flask⟫
RUN true ⟦# pinhook: ignore[PIN002]⟧

== single packages in the whole file
RUN pip install ⟪flask⟫ ⟦django⟧
RUN pip install ⟪flask⟫
# pinhook: ignore-file[PIN001: flask]

== after the comment of another tool
# nosemgrep # pinhook: ignore[PIN001] why
RUN pip install ⟪flask⟫

== after the comment of another tool that is not read there
RUN pip install ⟪flask⟫ # see # hadolint ignore=DL3013 # pinhook: ignore[PIN001] why

== several in one line
# pinhook: ignore[PIN001] one # pinhook: ignore[PIN002] two # pinhook: ignore[PIN003] three
RUN pip install ⟪flask⟫ '⟪django>=2⟫' ⟪git+https://h/r⟫

== with a reason that names a code
# pinhook: ignore[PIN001] PIN001 comes too early here
RUN pip install ⟪flask⟫ ⟦django>=2⟧
# pinhook: ignore now that flask = flask, see PIN001
RUN pip install ⟪flask⟫

== only after a # of its own
# see pinhook: ignore[PIN001]
RUN pip install ⟦flask⟧

== not as the example of a sentence
# write `# pinhook: ignore` to suppress it
RUN pip install ⟦flask⟧
"""

PLACES = r"""
== above an instruction, for all of it
# pinhook: ignore[PIN001]
RUN pip install ⟪flask⟫ \
  # why not
  ⟪django⟫ && \
  pip install ⟪six⟫
RUN pip install ⟦flask⟧

== above an instruction, for its heredocs
# pinhook: ignore[PIN001]
RUN <<EOF
pip install ⟪flask⟫
pip install ⟪django⟫
EOF

== in a block of comment lines
# pinhook: ignore[PIN001: flask] one
# why not
# pinhook: ignore[PIN001: django] two
RUN pip install ⟪flask⟫ ⟪django⟫

== above a blank line
⟦# pinhook: ignore[PIN001]⟧

RUN pip install ⟦flask⟧

== above another instruction
⟦# pinhook: ignore[PIN001]⟧
USER app
RUN pip install ⟦flask⟧

== at the end of the file
RUN pip install ⟦flask⟧
⟦# pinhook: ignore[PIN001]⟧

== after a parser directive
# syntax=docker/dockerfile:1
# pinhook: ignore[PIN001]
RUN pip install ⟪flask⟫

== above ONBUILD
# pinhook: ignore[PIN001]
ONBUILD RUN pip install ⟪flask⟫

== above the exec form
# pinhook: ignore[PIN001]
CMD ["pip", "install", "⟪flask⟫"]

== above text that cannot be read
# pinhook: ignore[PIN006]
RUN pip install ⟪'⟫flask
# pinhook: ignore[PIN006]
RUN pip install ⟪--req⟫ x

== between continued lines, for the line below
RUN pip install ⟦flask⟧ \
  # pinhook: ignore[PIN001] why
  ⟪django⟫ ⟪six⟫ \
  ⟦attrs⟧

== between continued lines, in a block of comment lines
RUN pip install \
  # pinhook: ignore[PIN001] why
  # and more
  ⟪django⟫ \
  ⟦attrs⟧

== between continued lines, above the wrong one
RUN pip install ⟦flask⟧ \
  # pinhook: ignore[⟦PIN002⟧, PIN001]
  ⟪django⟫ \
  ⟦# pinhook: ignore[PIN001: six]⟧
  ⟦attrs⟧

== after the last line, for that line
RUN pip install ⟦flask⟧ \
  ⟪django⟫  # pinhook: ignore[PIN001] why

== after a line of a heredoc, for that line
RUN <<EOF
pip install ⟦flask⟧
pip install ⟪django⟫ # pinhook: ignore[PIN001] why
pip install ⟦six⟧
EOF

== above a line of a heredoc, for that line
RUN <<EOF
  # pinhook: ignore[PIN001] why
pip install ⟪django⟫
pip install ⟦six⟧
EOF

== above a line of a heredoc, for those that it is continued on
RUN <<-EOF
	# pinhook: ignore[PIN001] why
	# really
	pip install ⟪django⟫ \
		⟪six⟫
	pip install ⟦flask⟧
	EOF

== at the end of a heredoc
RUN <<EOF
pip install ⟦flask⟧
⟦# pinhook: ignore[PIN001]⟧
EOF

== in a heredoc that a shell is given
RUN bash -e <<EOF
pip install ⟪flask⟫ # pinhook: ignore[PIN001] why
pip install ⟦django⟧
EOF

== in the arms and loops of a script
RUN <<EOF
case $x in
  # pinhook: ignore[PIN001] why
  a) pip install ⟪flask⟫ ;;
  b) pip install ⟪django⟫ ;; # pinhook: ignore[PIN001] why
  c) pip install ⟦six⟧
esac
EOF

== in a substitution
RUN <<EOF
x="$(pip install ⟪flask⟫ # pinhook: ignore[PIN001] why
)" `pip install ⟪django⟫ # pinhook: ignore[PIN001] why
`
EOF

== in a script in a word
RUN sh -c "pip install ⟪flask⟫ # pinhook: ignore[PIN001] why"

== in quotes it is no comment
RUN pip install ⟦flask⟧ && echo "# pinhook: ignore" ' # pinhook: ignore'

== in a word it is no comment
RUN pip install ⟦flask⟧ && echo a# pinhook: ignore \# pinhook: ignore

== in a here-document that is only written it is no comment
RUN cat <<EOF > notes && pip install ⟦flask⟧
# pinhook: ignore-file
EOF
COPY <<EOF /notes
# pinhook: ignore-file
EOF

== in Python it is no comment of a shell
RUN <<EOF python3
# pinhook: ignore-file
EOF
RUN pip install ⟦flask⟧

== above the value of a variable
# pinhook: ignore[PIN001] why
ARG PACKAGES="⟪flask⟫ ⟪django⟫"
RUN pip install $PACKAGES

== above the command that a variable is used in
ARG PACKAGES="⟪flask⟫ ⟪django⟫"
# pinhook: ignore[PIN001] why
RUN pip install $PACKAGES ⟪six⟫

== above one of two commands that a variable is used in
ARG PACKAGE=⟦flask⟧
# pinhook: ignore[PIN001] why
RUN pip install $PACKAGE
RUN pip install $PACKAGE

== a comment for one line does not reach the values that the whole command uses
ARG PACKAGE=⟦flask⟧
RUN pip install $PACKAGE \
  # pinhook: ignore[PIN001] why
  ⟪django⟫

== above a line of a loop's list
RUN for package in \
  # pinhook: ignore[PIN001] why
  ⟪flask⟫ \
  ⟦django⟧; do pip install $package; done

== at a finding that goes over several lines
RUN pip install ⟪flask \
  == \
  2.0⟫ # pinhook: ignore[PIN005] why
"""

OTHER_TOOLS = r"""
== hadolint, above an instruction
FROM python
# hadolint ignore=DL3013
RUN pip install ⟪flask⟫ '⟪django>=2⟫' ⟪git+https://h/r⟫
# hadolint ignore = DL3008, DL3013 # why
RUN pip install ⟪flask⟫
# hadolint ignore=SC2086 , DL3013,SC2154
RUN pip install ⟪flask⟫
#	hadolint	ignore	=	DL3008	,	DL3013	# why
RUN pip install ⟪flask⟫

== hadolint, for an exact version and nothing else
# hadolint ignore=DL3013
RUN pip install ⟪flask⟫ ⟦django>=2⟧ ⟦wheel=2⟧ ⟦git+https://h/r@main⟧

== hadolint, for what only the build knows
# hadolint ignore=DL3013
RUN pip install ⟪$PACKAGES⟫

== hadolint, for the file
RUN pip install ⟪flask⟫
# hadolint global ignore=DL3013
RUN pip install ⟪django⟫

== hadolint, for the file, between tabs
RUN pip install ⟪flask⟫
#hadolint	global	ignore=DL3013

== hadolint, for the rest of a stage
FROM a
RUN pip install ⟦flask⟧
# hadolint stage ignore=DL3013,DL3042 # why
RUN pip install ⟪flask⟫
COPY a b
RUN pip install ⟪django⟫ ⟦wheel=2⟧ \
  ⟪idna⟫
# hadolint stage ignore=DL3013
RUN pip install ⟪flask⟫
FROM b
RUN pip install ⟦flask⟧

== hadolint, for a stage, above it
FROM a
RUN pip install ⟦flask⟧
# hadolint stage ignore=DL3013
FROM b
RUN pip install ⟦flask⟧
#hadolint	stage	ignore=DL3013
RUN pip install ⟪flask⟫

== hadolint, for a stage, with other rules
# hadolint stage ignore=DL3008
RUN pip install ⟦flask⟧
# hadolint stages ignore=DL3013
RUN pip install ⟦flask⟧

== hadolint, for other rules
# hadolint ignore=DL3008,DL3042
RUN pip install ⟦flask⟧
# hadolint shell=/bin/bash
RUN pip install ⟦flask⟧
# hadolint ignore=nonsense,DL3013
RUN pip install ⟦flask⟧
# hadolint ignore=DL3013 nonsense
RUN pip install ⟦flask⟧

== hadolint, where hadolint does not look
# hadolint ignore=DL3013

RUN pip install ⟦flask⟧ \
  # hadolint ignore=DL3013
  ⟦django⟧
RUN pip install ⟦flask⟧ # hadolint ignore=DL3013
# see # hadolint ignore=DL3013
RUN pip install ⟦flask⟧

== hadolint and pinhook in one line
# hadolint ignore=DL3013 # pinhook: ignore[PIN005] why
RUN pip install ⟪flask⟫ ⟪wheel=2⟫

== hadolint, and nothing to suppress
# hadolint ignore=DL3013
RUN pip install flask==2.0

== Datadog, above an instruction
FROM python
# no-dd-sa
RUN pip install ⟪flask⟫ ⟦wheel=2⟧
#	no-dd-sa docker-best-practices/pip-pin-versions
RUN pip install ⟪flask⟫
# no-dd-sa:docker-best-practices/apt-pin-version, docker-best-practices/pip-pin-versions
RUN pip install ⟪flask⟫
# no-dd-sa: docker-best-practices/pip-pin-versions why
RUN pip install ⟪flask⟫ \
  # no-dd-sa
  ⟪django⟫
RUN pip install ⟦flask⟧ \
  # no-dd-sa
  ⟪django⟫

== Datadog, by the newer word
FROM python
# datadog-disable
RUN pip install ⟪flask⟫ ⟦wheel=2⟧
# datadog-disable: docker-best-practices/pip-pin-versions why
RUN pip install ⟪flask⟫
# datadog-disable docker-best-practices/apt-pin-version
RUN pip install ⟦flask⟧
# datadog-disable-line
RUN pip install ⟦flask⟧
# datadog-disabled
RUN pip install ⟦flask⟧

== Datadog, by the newer word in the first line
# datadog-disable
FROM python
RUN pip install ⟪flask⟫

== Datadog, in the first line
# no-dd-sa docker-best-practices/pip-pin-versions
FROM python
RUN pip install ⟪flask⟫
RUN pip install ⟪django⟫

== Datadog, in the second line
# syntax=docker/dockerfile:1
# no-dd-sa
FROM python
RUN pip install ⟦flask⟧

== Datadog, for other rules
FROM python
# no-dd-sa docker-best-practices/apt-pin-version
RUN pip install ⟦flask⟧
# no-dd-salt
RUN pip install ⟦flask⟧
# no-dd-sa-lt
RUN pip install ⟦flask⟧
RUN pip install ⟦flask⟧ # no-dd-sa
"""

UNUSED = r"""
== nothing there to suppress
⟦# pinhook: ignore[PIN001] why⟧
RUN pip install flask==2.0
⟦# pinhook: ignore[PIN001: flask, PIN002] why⟧
RUN pip install flask==2.0
RUN pip install flask==2.0 ⟦# pinhook: ignore⟧
⟦# pinhook: ignore-file[PIN003]⟧

== one of several codes
# pinhook: ignore[PIN001, ⟦PIN002⟧, ⟦PIN003⟧] why
RUN pip install ⟪flask⟫

== one of several packages
# pinhook: ignore[PIN001: flask, ⟦django⟧] why
RUN pip install ⟪flask⟫

== a rule that is not on
# pinhook: ignore[PIN011] why
RUN pip install flask==2.0
# pinhook: ignore[PIN001, PIN011] why
RUN pip install ⟪flask⟫
# pinhook: ignore[⟦PIN001⟧, PIN011] why
RUN pip install flask==2.0

== what was silenced by another comment too
# pinhook: ignore[PIN001]
RUN pip install ⟪flask⟫ # pinhook: ignore[PIN001]
# pinhook: ignore-file[PIN001]

== a comment that names PIN010
# pinhook: ignore[PIN001, PIN010] now and then
RUN pip install flask==2.0

== comments in the reach of one that names PIN010
# pinhook: ignore-file[PIN010] generated
⟪# pinhook: ignore[PIN001]⟫
RUN pip install flask==2.0

== a code that no rule has
# pinhook: ignore[⟦PIN999⟧, PIN001] why
RUN pip install ⟪flask⟫
# pinhook: ignore[⟦flask⟧]
RUN pip install ⟦flask⟧
# pinhook: ignore[⟦PIN01⟧: flask]
RUN pip install ⟦flask⟧

== malformed
⟦# pinhook: ignore[PIN001 why⟧
RUN pip install ⟦flask⟧
⟦# pinhook: ignore[] why⟧
RUN pip install ⟦flask⟧
# pinhook: ignore[⟦PIN001⟧:] why
RUN pip install ⟦flask⟧
⟦# pinhook: ignore=PIN001⟧
RUN pip install ⟦flask⟧
⟦# pinhook: ignore PIN001 why⟧
RUN pip install ⟦flask⟧
⟦# pinhook: ignore(pin001) why⟧
RUN pip install ⟦flask⟧
⟦# pinhook: ignore: PIN001⟧
RUN pip install ⟦flask⟧
⟦# pinhook: ignored[PIN001]⟧
RUN pip install ⟦flask⟧
⟦# pinhook: [PIN001]⟧
RUN pip install ⟦flask⟧
"""


def cases(table: str) -> list[object]:
    """The snippets of a table, each under its title."""
    titled = [case.partition("\n") for case in table.split("\n== ")[1:]]
    return [pytest.param(snippet.rstrip("\n") + "\n", id=title) for title, _, snippet in titled]


def unmarked(snippet: str) -> str:
    return re.sub("[⟦⟧⟪⟫]", "", snippet)


def drawn(report: Report) -> str:
    """The file with marks around what is reported and what is suppressed."""
    signs = [(finding.place.span, "⟦⟧") for finding in report.findings]
    signs += [(each.finding.place.span, "⟪⟫") for each in report.suppressed]
    marks = sorted(
        [(end, 0, pair[1]) for (_, end), pair in signs] + [(start, 1, pair[0]) for (start, _), pair in signs]
    )
    text = report.source.text
    for offset, _, sign in reversed(marks):
        text = text[:offset] + sign + text[offset:]
    return text


def checked(text: str, level: Level = Level.STRICT, *, ignores: bool = True, require_reason: bool = False) -> Report:
    codes = [rule.code for rule in rules_of_level(level)]
    return check(Source("Dockerfile", text), codes, ignores=ignores, require_reason=require_reason)


@pytest.mark.parametrize("snippet", cases(FORMS) + cases(PLACES) + cases(OTHER_TOOLS) + cases(UNUSED))
@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_suppressed_findings(snippet: str, newline: str) -> None:
    snippet = snippet.replace("\n", newline)
    assert drawn(checked(unmarked(snippet))) == snippet


@pytest.mark.parametrize(
    ("comment", "reason"),
    [
        ("# pinhook: ignore", ""),
        ("# pinhook: ignore  the newest is wanted ", "the newest is wanted"),
        ("# pinhook: ignore[PIN001]: see #12", "see #12"),
        ("# pinhook: ignore[PIN001] - see [1]", "see [1]"),
        ("# pinhook: ignore[PIN001]:why, and so on: yes; no", "why, and so on: yes; no"),
        ("# pinhook: ignore[PIN001];why", "why"),
        ("# pinhook: ignore[PIN001],why", "why"),
        ("# pinhook: ignore-file[PIN001] — generated", "generated"),
        ("# pinhook: ignore -1 is not a version", "-1 is not a version"),
        ("# pinhook: ignore .venv is thrown away", ".venv is thrown away"),
        ("# pinhook: ignore[PIN001] why # hadolint ignore=DL3013", "why"),
        ("# hadolint ignore=DL3013,DL3042  # why # not", "why # not"),
        ("# hadolint global ignore=DL3013", ""),
        ("# hadolint stage ignore=DL3013 # why", "why"),
        ("# no-dd-sa why not", "why not"),
        ("# datadog-disable why not", "why not"),
        ("# no-dd-sa: docker-best-practices/pip-pin-versions, because", "because"),
    ],
)
def test_the_reason_of_a_comment_is_kept(comment: str, reason: str) -> None:
    [suppressed] = checked(f"FROM python\n{comment}\nRUN pip install flask\n").suppressed
    assert suppressed.reason == reason
    assert suppressed.finding.target == "flask"
    assert comment.startswith(suppressed.place.source.text[slice(*suppressed.place.span)])


@pytest.mark.parametrize(
    "comment",
    [
        "# hadolint ignore=DL3013",
        "#hadolint  ignore = DL3013 ,DL3008",
        "# hadolint ignore=DL3008,DL3013 # why",
        "# hadolint ignore=DL3013 # pinhook: ignore[PIN006] why",
        "# hadolint global ignore=DL3013\n",
        "# hadolint ignore=DL3008",
        "# hadolint ignore=DL3013 why",
        "# hadolint ignore=DL3013,why",
        "# hadolint ignore=DL3013\n",
        "# hadolint: ignore=DL3013",
        "# see # hadolint ignore=DL3013",
        "# Hadolint ignore=DL3013",
    ],
)
@pytest.mark.parametrize(
    "instruction",
    [
        "RUN pip install flask",
        "RUN pip install \\\n  flask",
        "RUN <<EOF\npip install flask\nEOF",
        "RUN pip install git+https://example.org/r",
        "ONBUILD RUN pip install flask",
    ],
)
def test_hadolint_suppresses_the_same(comment: str, instruction: str) -> None:
    text = f"FROM python:3\n{comment}\n{instruction}\n"
    run = subprocess.run([program("hadolint"), "-"], input=text, capture_output=True, check=False, text=True)
    assert bool(checked(text, Level.DEFAULT).findings) == ("DL3013" in run.stdout)


@pytest.mark.parametrize(
    "text",
    [
        "# pinhook: ignore-file file\n# pinhook: ignore all\nRUN pip install flask # pinhook: ignore this\n",
        "RUN pip install \\\n# pinhook: ignore this\n  flask\n# pinhook: ignore-file file\n",
        "# pinhook: ignore this\n# hadolint ignore=DL3013 # as much, and another tool's\nRUN pip install flask\n",
    ],
)
def test_the_suppression_is_the_comment_that_covers_least(text: str) -> None:
    [suppressed] = checked(text).suppressed
    assert suppressed.reason == "this"


def test_without_ignore_comments() -> None:
    text = "# pinhook: ignore\nRUN pip install flask # pinhook: ignore[PIN999]\n"
    report = checked(text, ignores=False)
    assert [finding.code for finding in report.findings] == ["PIN001"]
    assert not report.suppressed


@pytest.mark.parametrize(
    ("snippet", "messages"),
    [
        ("# pinhook: ignore[PIN001] why\nRUN pip install ⟪flask⟫", []),
        ("# hadolint ignore=DL3013 # why\nRUN pip install ⟪flask⟫", []),
        (
            "⟦# pinhook: ignore[PIN001]⟧\nRUN pip install ⟦flask⟧",
            ["this comment has no reason, so it suppresses nothing; write a reason after it"],
        ),
        ("# hadolint ignore=DL3013\nRUN pip install ⟦flask⟧", []),
        ("⟦# pinhook: ignore[PIN001⟧\nRUN pip install ⟦flask⟧", ["the ] after the codes is missing"]),
    ],
)
def test_a_reason_may_be_required(snippet: str, messages: list[str]) -> None:
    report = checked(unmarked(snippet), require_reason=True)
    assert drawn(report) == snippet
    assert [finding.message for finding in report.findings if finding.code == "PIN010"] == messages


@pytest.mark.parametrize(
    ("comment", "message"),
    [
        ("# pinhook: ignore[PIN001] why", "this comment suppresses nothing; remove it"),
        ("# pinhook: ignore[PIN001: six, PIN010] why", None),
        ("# pinhook: ignore[PIN9] why", "PIN9 is not the code of a rule; pinhook --rules lists them"),
        ("# pinhook: ignore[] why", "the brackets contain no code"),
        ("# pinhook: ignore[pin001:] why", "no package is after pin001:"),
        ("# pinhook: ignore[PIN001 why", "the ] after the codes is missing"),
        ("# pinhook: ignore PIN001", "codes belong in brackets; write ignore[PIN001]"),
        ("# pinhook: ignore-file=PIN001", "codes belong in brackets; write ignore-file[PIN001]"),
        ("# pinhook: noqa", "pinhook knows ignore and ignore-file, not noqa"),
        ("# pinhook: ", "pinhook knows ignore and ignore-file, not this"),
    ],
)
def test_unused_comments(comment: str, message: str | None) -> None:
    found = checked(f"{comment}\nRUN pip install flask==2.0\n").findings
    assert [(finding.code, finding.name, finding.message) for finding in found] == (
        [("PIN010", "unused-ignore", message)] if message else []
    )


def test_of_many_mistakes_a_few_are_reported_with_each_finding() -> None:
    [finding] = check(Source("Dockerfile", "# pinhook: ignore-file[PIN01]\n" * 20 + "RUN pip install flask\n")).findings
    assert [related.message for related in finding.related] == [
        "PIN01 is not the code of a rule; pinhook --rules lists them"
    ] * 8


def test_unused_parts_of_comments() -> None:
    text = "# pinhook: ignore[PIN001: flask, django, PIN002] why\nRUN pip install flask\n"
    assert [finding.message for finding in checked(text).findings] == [
        "django suppresses nothing here; remove it from the comment",
        "PIN002 suppresses nothing here; remove it from the comment",
    ]


@pytest.mark.parametrize(
    ("comment", "notes"),
    [
        ("# pinhook: ignore[PIN01]", ["PIN01 is not the code of a rule; pinhook --rules lists them"]),
        ("# pinhook: ignore=PIN001", ["codes belong in brackets; write ignore[PIN001]"]),
        ("# pinhook: ignore[PIN002]", []),
    ],
)
def test_a_finding_says_what_is_wrong_with_the_comment_that_should_suppress_it(comment: str, notes: list[str]) -> None:
    [finding] = checked(f"{comment}\nRUN pip install flask\n", Level.DEFAULT).findings
    assert [related.message for related in finding.related] == notes


def test_a_comment_is_not_unused_while_its_rules_are_off() -> None:
    text = "# pinhook: ignore[PIN001] why\nRUN pip install flask\n"
    assert not check(Source("Dockerfile", text), ["PIN010"]).findings


def test_a_comment_may_be_the_last_of_a_file() -> None:
    text = "RUN pip install 'flask\n# pinhook: ignore[PIN006]"
    assert [finding.code for finding in checked(text).findings] == ["PIN006", "PIN010"]
    assert not check(Source("Dockerfile", text), ["PIN010"]).findings, "PIN006 is off"


def test_a_finding_that_is_reported_elsewhere_is_not_suppressed_too() -> None:
    text = "ARG X=flask\n# pinhook: ignore\nRUN pip install $X\nRUN pip install $X\n"
    report = checked(text)
    assert [finding.target for finding in report.findings] == ["flask"]
    assert not report.suppressed
    related = report.findings[0].related[0].place.span.start
    assert text.count("\n", 0, related) == 3, "the command that nobody has excused"


INSTRUCTIONS = st.sampled_from(
    [
        "RUN pip install flask\n",
        "RUN pip install flask==2.0\n",
        "RUN pip install flask \\\n  # why\n  'django>=2'\n",
        "RUN <<EOF\npip install flask\n# why\npip install 'django>=2'\nEOF\n",
        "RUN pip install 'flask\n",
        "RUN pip install flask # why\n",
        'CMD ["pip", "install", "flask"]\n',
        "RUN x=flask; pip install $x git+https://h/r $y\n",
        "# why\nUSER app\n",
        "RUN cat <<EOF > x\n# pip install flask\nEOF\n",
        "\n",
    ]
)
COMMENTS = st.sampled_from(
    ["pinhook: ignore", "pinhook: ignore[PIN001, PIN002] why", "hadolint ignore=DL3013", "pinhook: ignore[PIN006: six]"]
)


def spans(report: Report) -> set[tuple[Span, str]]:
    return {(finding.place.span, finding.code) for finding in report.findings if finding.code != "PIN010"}


@given(st.lists(INSTRUCTIONS), INSTRUCTIONS, st.lists(INSTRUCTIONS), COMMENTS)
def test_a_comment_above_an_instruction_changes_nothing_elsewhere(
    before: list[str], instruction: str, after: list[str], comment: str
) -> None:
    start, line = "".join(["FROM python\n", *before]), f"# {comment}\n"
    end = len(start + instruction)
    expected = {
        (Span(*(offset + len(line) * (place.start >= end) for offset in place)), code)
        for place, code in spans(checked("".join([start, instruction, *after])))
        if not len(start) <= place.start < end
    }
    found = spans(checked("".join([start, line, instruction, *after])))
    assert {(place, code) for place, code in found if not len(start) <= place.start < end + len(line)} == expected


@given(st.lists(INSTRUCTIONS), st.lists(INSTRUCTIONS))
def test_a_comment_for_the_file_suppresses_everything(before: list[str], after: list[str]) -> None:
    text = "".join(["FROM python\n", *before, "# pinhook: ignore-file\n", *after])
    report = checked(text)
    assert not spans(report)
    assert len(report.suppressed) == len(spans(checked(text, ignores=False)))


def test_a_file_without_ignore_comments_does_not_pay_for_them() -> None:
    program = """
import sys
from tests.checks import check
from pinhook.source import Source
check(Source("Dockerfile", "RUN pip install flask # why"))
print("pinhook.ignore_comments" in sys.modules)
check(Source("Dockerfile", "RUN pip install flask # hadolint ignore=DL3008"))
print("pinhook.ignore_comments" in sys.modules)
"""
    run = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert run.stdout.split() == ["False", "True"]
