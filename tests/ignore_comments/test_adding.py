"""The comments that ``--add-ignores`` writes: their places, and that nothing but comments changes.

In a snippet, added lines start with ``+`` and changed lines with ``-`` and ``+``, as in a diff; ``»`` is a tab.
"""

from __future__ import annotations

import re
import subprocess
from random import Random
from typing import TYPE_CHECKING

import dockerfile as buildkit
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pinhook.documents import open_document
from pinhook.ignore_comments.adding import NO_SLOT, NOT_ENCODED, NOT_POSSIBLE, add_ignores, mistake_in_reason
from pinhook.repository.discovery import kind_of
from pinhook.rules import CODES
from pinhook.source import Source
from tests.checks import check
from tests.dockerfile.generators import dockerfiles
from tests.fix.test_laws import FILES
from tests.fuzzing.grammar import Grammar
from tests.fuzzing.laws import Input, ignores_leave_no_finding
from tests.fuzzing.tables import DOCKERFILES, REQUIREMENTS_FILES
from tests.hermetic import program
from tests.shell.generators import SCRIPTS

if TYPE_CHECKING:
    from pathlib import Path

    from pinhook.check import Report
    from pinhook.documents import Document
    from pinhook.ignore_comments.adding import AddedIgnores
    from pinhook.ignore_comments.verified import Check

SHFMT = program("shfmt")

DOCKERFILE = r"""
== above an instruction
+# pinhook: ignore[PIN001: flask] old
 RUN pip install flask

== several findings of one line, the codes in their order
+# pinhook: ignore[PIN001: six, PIN002: flask, django] old
 RUN pip install 'flask>1' six 'Django<5' six

== above an instruction that is indented
+  # pinhook: ignore[PIN001: flask] old
   RUN pip install flask

== between continued lines, each finding at its own line
 RUN true && \
+    # pinhook: ignore[PIN001: flask] old
     pip install flask \
     # why not
     six==1.0 \
+»# pinhook: ignore[PIN001: django] old
 »django

== below blank lines and comments between continued lines
 RUN pip install \

   # why not
+  # pinhook: ignore[PIN001: flask] old
   flask

== above the whole instruction for a word in its first line
+# pinhook: ignore[PIN001: flask] old
 RUN pip install flask \
+  # pinhook: ignore[PIN001: six] old
   six

== between the lines of an exec form
 RUN ["pip", \
   "install", \
+  # pinhook: ignore[PIN001: flask] old
   "flask"]

== between the lines of a quoted script, which Docker joins first
 RUN bash -c "set -e; \
+  # pinhook: ignore[PIN001: flask] old
   pip install flask"

== with the other escape character
 # escape=`
 FROM mcr.microsoft.com/windows/servercore
 RUN pip install `
+  # pinhook: ignore[PIN001: flask] old
   flask

== after parser directives, which must be first
 # syntax=docker/dockerfile:1
+# pinhook: ignore[PIN001: flask] old
 RUN pip install flask

== in a script, as a comment of the shell
 RUN <<EOF
 set -e
 if true; then
+  # pinhook: ignore[PIN001: flask] old
   pip install flask
 fi
 EOF

== in a script, above a command that is continued
 RUN <<EOF
 true
+# pinhook: ignore[PIN001: flask, six] old
 pip install \
   flask \
   six
 EOF

== in a script whose tabs are taken away
 RUN <<-EOF
+»# pinhook: ignore[PIN001: flask] old
 »pip install flask
 »EOF

== in a script of another shell
 RUN <<EOF bash
+# pinhook: ignore[PIN001: flask] old
 pip install flask
 EOF

== not between the quotes of a script
+# pinhook: ignore[PIN001: flask] old
 RUN <<EOF
 bash -c '
   pip install flask
 '
 EOF

== not above the line that names the interpreter
 RUN <<EOF
 #!/bin/bash
+# pinhook: ignore[PIN001: flask] old
 pip install flask
 EOF

== above the instruction where a script ends too early
+# pinhook: ignore[PIN006] old
 RUN <<EOF
 pip install "$(
 EOF

== under ONBUILD
+# pinhook: ignore[PIN001: flask] old
 ONBUILD RUN pip install flask
 ONBUILD RUN <<EOF
+# pinhook: ignore[PIN001: six] old
 pip install six
 EOF

== at the variable that holds the word
+# pinhook: ignore[PIN001: flask] old
 ARG P=flask
 ENV A=b \
+    # pinhook: ignore[PIN001: six] old
     C=six
 RUN pip install $P $C

== for something that cannot be read
+# pinhook: ignore[PIN006] old
 RUN pip install 'flask

== for a project whose name is read as a code
+# pinhook: ignore[PIN001] old
 RUN pip install pin1

== into a comment that is there
-# pinhook: ignore[PIN001: flask] why
+# pinhook: ignore[PIN001: flask, six, PIN002: django] why
 RUN pip install flask six 'django>1'

== into a comment that names other codes first
-#pinhook:ignore[ pin001:flask , PIN002 ]why
+#pinhook:ignore[ pin001:flask, six , PIN002, PIN003 ]why
 RUN pip install flask 'django>1' six git+https://example.org/r

== into a comment at the end of a line
-RUN pip install flask six # pinhook: ignore[PIN001: flask] why
+RUN pip install flask six # pinhook: ignore[PIN001: flask, six] why

== into a comment above that covers several lines
-# pinhook: ignore[PIN001: flask] why
+# pinhook: ignore[PIN001: flask, six] why
 RUN pip install flask \
   six

== beside a comment that covers more than the finding, which names no project
 # pinhook: ignore[PIN001: flask] why
 RUN pip install flask \
+  # pinhook: ignore[PIN003] old
   git+https://example.org/r

== beside the comment of another tool
 # hadolint ignore=DL3013
+# pinhook: ignore[PIN005: six] old
 RUN pip install flask six=1

== beside a comment with a mistake
 # pinhook: ignore[PIN01] why
+# pinhook: ignore[PIN001: flask] old
 RUN pip install flask

== beside a comment for the whole file
 # pinhook: ignore-file[PIN002] why
+# pinhook: ignore[PIN001: flask] old
 RUN pip install flask
"""

REQUIREMENTS = r"""
== at the end of the line
-flask
+flask  # pinhook: ignore[PIN001: flask] old
 six==1.0

== after another comment
-flask # the web
+flask # the web  # pinhook: ignore[PIN001: flask] old

== above a line that is continued
+# pinhook: ignore[PIN002: flask] old
 flask>1 \
   ; python_version > "3"

== into the comment that is there
-flask>1  # pinhook: ignore[PIN001] why
+flask>1  # pinhook: ignore[PIN001, PIN002: flask] why
"""


def rows(table: str) -> list[object]:
    """The name of each row, and the text before and after."""
    found = re.findall(r"(?ms)^== (.*?)\n(.*?)\n(?=\n==|\Z)", table)
    assert len(found) == table.count("\n== ") + table.startswith("== ")
    return [pytest.param(_text(snippet, "+"), _text(snippet, "-"), id=name) for name, snippet in found]


def _text(snippet: str, dropped: str) -> str:
    lines = snippet.replace("»", "\t").split("\n")
    return "".join(f"{line[1:]}\n" for line in lines if not line.startswith(dropped))


def check_with(codes: tuple[str, ...] | None = None, *, require_reason: bool = False) -> Check:
    def checked(source: Source) -> tuple[Document, Report]:
        kind = kind_of(source)
        report = check(source, codes, require_reason=require_reason, kind=kind)
        return open_document(source, kind), report

    return checked


def add(text: str, reason: str = "old", name: str = "Dockerfile", encoding: str = "utf-8") -> AddedIgnores:
    return add_ignores(Source(name, text, encoding=encoding), check_with(), CODES, reason)


def test_files_that_the_dockerfile_writes_stay_as_they_are() -> None:
    text = "COPY <<EOF /r.txt\nflask\nEOF\nRUN pip install -r /r.txt\n"
    added = add_ignores(Source("Dockerfile", text), check_with(CODES), CODES, "old")
    assert added.after.text == f"# pinhook: ignore[PIN007: flask] old\n{text}"


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(("before", "after"), rows(DOCKERFILE))
def test_where_comments_are_written(before: str, after: str, newline: str) -> None:
    added = add(before.replace("\n", newline))
    assert added.after.text == after.replace("\n", newline)
    assert not added.left
    assert not check(added.after).findings


@pytest.mark.parametrize(("before", "after"), rows(REQUIREMENTS))
def test_where_comments_are_written_in_requirements_files(before: str, after: str) -> None:
    added = add(before, name="requirements.txt")
    assert added.after.text == after
    assert not check(added.after, kind="requirements file").findings


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("RUN pip install flask", "# pinhook: ignore[PIN001: flask]\nRUN pip install flask"),
        ("FROM a\r\nRUN pip install flask", "FROM a\r\n# pinhook: ignore[PIN001: flask]\r\nRUN pip install flask"),
    ],
)
def test_the_last_line_may_have_no_ending(before: str, after: str) -> None:
    assert add(before, "").after.text == after


@pytest.mark.parametrize(
    ("text", "name", "why"),
    [
        ("RUN pip install flask # no-dd-sa\nRUN pip install flask=1\n", "Dockerfile", None),
        ("RUN pip install flask flask=1 # no-dd-sa\n", "Dockerfile", NOT_POSSIBLE),
        ("RUN true\rRUN pip install flask\r", "Dockerfile", NOT_POSSIBLE),
    ],
)
def test_what_gets_no_comment_has_a_reason(text: str, name: str, why: str | None) -> None:
    added = add(text, name=name)
    assert {reason for _, reason in added.left} == ({why} if why else set())
    if why == NO_SLOT:
        assert added.after.text == text


def test_a_reason_must_fit_the_encoding() -> None:
    added = add("flask\n", "漢", "requirements.txt", "latin-1")
    assert [reason for _, reason in added.left] == [NOT_ENCODED]
    assert added.after.text == "flask\n"


def test_a_reason_that_a_shell_would_expand_is_not_written_into_a_script() -> None:
    text = "RUN bash <<EOF\npip install flask\nEOF\n"
    assert add(text, "costs $5").after.text == f"# pinhook: ignore[PIN001: flask] costs $5\n{text}"


@pytest.mark.parametrize(
    ("reason", "is_right"),
    [
        ("see #12, PIN001 = [x]", True),
        ("because: it's old", True),
        ("é", True),
        ("", False),
        (" ", False),
        ("--", False),
        ("a\nRUN b", False),
        ("a \\", False),
        ("a `", False),
        ("a # pinhook: ignore", False),
        ("a\x1b[1m", False),
    ],
)
def test_what_a_reason_may_be(reason: str, is_right: bool) -> None:
    assert (not mistake_in_reason(reason, CODES)) == is_right


def test_comments_without_the_required_reason_are_not_added_to() -> None:
    text = "# pinhook: ignore[PIN001: flask]\nRUN pip install flask\n"
    added = add_ignores(Source("Dockerfile", text), check_with(require_reason=True), CODES, "old", require_reason=True)
    assert added.after.text == text.replace("RUN", "# pinhook: ignore[PIN001: flask] old\nRUN")
    assert not check(added.after, require_reason=True).findings


def test_many_findings_cost_a_few_checks() -> None:
    lines = "".join(f"bash -c '\npip install a{number}'\n" for number in range(50))
    text = f"RUN <<EOF\n{lines}EOF\n" + "RUN pip install flask\n" * 50
    checks: list[Source] = []
    checked = check_with()

    def counted(source: Source) -> tuple[Document, Report]:
        checks.append(source)
        return checked(source)

    added = add_ignores(Source("Dockerfile", text), counted, CODES)
    assert len(added.suppressed) == 100
    assert len(checks) <= 4


FEWER = settings.default.max_examples // 3 if settings.default else 20
"""Examples of a test that takes long for each of them."""


@given(FILES)
def test_dockerfiles_with_installs(text: str) -> None:
    assert not ignores_leave_no_finding(Input("Dockerfile", text.encode()))


@settings(max_examples=FEWER)
@given(dockerfiles())
def test_odd_dockerfiles(text: str) -> None:
    assert not ignores_leave_no_finding(Input("Dockerfile", f"{text}\nRUN pip install flask\n".encode()))


@given(
    st.integers(0, 10**6), st.sampled_from([("Dockerfile", "dockerfile"), ("requirements.txt", "requirements_file")])
)
def test_fuzzed_files(seed: int, kind: tuple[str, str]) -> None:
    name, rule = kind
    grammar = Grammar(DOCKERFILES if name == "Dockerfile" else REQUIREMENTS_FILES)
    assert not ignores_leave_no_finding(Input(name, grammar.make(rule, Random(seed)).encode()))


@given(FILES)
def test_docker_reads_the_same_instructions(text: str) -> None:
    assume("<<" not in text)  # a here-document has the comments in it
    assert instructions(add(text).after.text) == instructions(text)


def instructions(text: str) -> list[tuple[object, ...]]:
    return [(each.cmd, each.sub_cmd, each.json, each.flags, each.value) for each in buildkit.parse_string(text)]


@settings(max_examples=FEWER)
@given(SCRIPTS)
def test_a_shell_reads_the_same_script(script: str) -> None:
    text = f"RUN <<'EOF'\n{script}\npip install flask\nEOF\n"
    before = without_comments(text)
    assume(before is not None)
    assert without_comments(add(text).after.text) == before


def without_comments(dockerfile: str) -> str | None:
    """The script of a Dockerfile as mvdan/sh prints it without comments; ``None`` where it cannot read it."""
    [script] = re.findall(r"(?s)RUN <<'EOF'\n(.*)EOF\n", dockerfile)
    run = subprocess.run([SHFMT, "-ln=bash", "-mn"], input=script.encode(), capture_output=True, check=False)
    return run.stdout.decode() if not run.returncode else None


def test_corpus(corpus: list[Path]) -> None:
    for path in corpus:
        assert not ignores_leave_no_finding(Input("Dockerfile", path.read_bytes())), path
