"""Properties of every fixed file."""

from __future__ import annotations

import re

import dockerfile as buildkit
from hypothesis import example, given
from hypothesis import strategies as st

from pinhook.documents.requirements_document import RequirementsDocument
from pinhook.fix import LockedVersions, VerifiedFixes, VersionSources, fix
from pinhook.fix.resolver import Resolver
from pinhook.fix.uv import Resolution, ResolveRequest
from pinhook.source import Source
from tests.checks import check, check_requirements_file, document_of

VERSIONS = {"flask": "3.0.1", "django": "5.1rc1", "a-b": "1!2.0+cpu"}
TARGETS = st.sampled_from([
    "flask", "'flask'", '"django"', "'flask>=2'", "flask~=3.0", "A_b", "'a-b [x] >= 1, < 2'", "flask>=1", "django<9,>1",
    "flask=2", "django@5.0", "flask == 3", "'flask; python_version > \"3\"'", "$P", "$X", "flask==1", "fl\\ask",
    "./here", "fla\\\nsk", "git+https://example.org/r", "requirements.txt", "-r f.txt", "--pre", "'é'", "f\"lask\"",
    "django$S",
])  # fmt: skip
COMMANDS = st.lists(TARGETS, min_size=1, max_size=4).flatmap(
    lambda words: st.sampled_from([
        f"pip install {' '.join(words)}",
        f"pip3 install -q \\\n  {' '.join(words)} \\\n  # why\n  && true",
        f"for p in {' '.join(words)}; do pip install $p; done",
        f"P='{words[0]}'; pip install $P; echo {words[-1]}",
        f"uv pip install {' '.join(words)} > log",
        f"bash -c \"pip install {words[0]}\"",
        f"<<EOF\npip install {' '.join(words)}\nEOF",
        f"[\"pip\", \"install\", \"{words[0]}\"]",
    ])
)  # fmt: skip
HEADS = st.sampled_from(
    ["FROM python:3.12\n", "ARG V=3.12\nFROM python:$V\nARG P=flask\nENV S='>=1' X=\"flask django\"\n"]
)
LINES = st.lists(COMMANDS, min_size=1, max_size=3).map(lambda commands: "".join(f"RUN {each}\n" for each in commands))
FILES = st.tuples(HEADS, LINES, st.sampled_from(["\n", "\r\n"])).map(
    lambda parts: (parts[0] + parts[1]).replace("\n", parts[2])
)


def answer(request: ResolveRequest) -> Resolution:
    """The same versions for everybody."""
    names = {re.sub("[-_.]+", "-", re.split(r"[\s\[<>=!~;(]", each)[0]).lower() for each in request.requirements}
    return Resolution({name: VERSIONS[name] for name in names if name in VERSIONS}, {})


SOURCES = VersionSources(LockedVersions([], []), Resolver(answer, lambda _index, _name: None))


def fixed(text: str) -> VerifiedFixes:
    return fix(document_of(text), SOURCES)


@given(FILES)
def test_fixing_twice_is_fixing_once(text: str) -> None:
    once = fixed(text)
    again = fixed(once.after.text)
    assert again.after.text == once.after.text
    assert not again.applied


@given(FILES)
def test_the_findings_that_were_fixed_are_gone_and_nothing_else_changes(text: str) -> None:
    result = fixed(text)
    source = Source("Dockerfile", text)
    before, after = check(source).findings, check(result.after).findings
    assert len(after) <= len(before) - sum(each.request.finding.code != "PIN004" for each in result.applied)
    edited = {source.position(edit.span.start).line for each in result.applied for edit in each.fix.edits}
    lines = zip(text.splitlines(keepends=True), result.after.text.splitlines(keepends=True), strict=True)
    assert {number for number, (one, other) in enumerate(lines, 1) if one != other} == edited


@given(FILES)
def test_buildkit_sees_the_same_instructions(text: str) -> None:
    result = fixed(text)
    before, after = parsed(text), parsed(result.after.text)
    assert [each[:3] for each in before] == [each[:3] for each in after]
    changed = [number for number, (one, other) in enumerate(zip(before, after, strict=True)) if one != other]
    touched = {
        Source("Dockerfile", text).position(edit.span.start).line for each in result.applied for edit in each.fix.edits
    }
    for number in changed:
        assert any(before[number][1] <= line <= before[number][2] for line in touched)


def parsed(text: str) -> list[tuple[str, int, int, tuple[str, ...]]]:
    return [(each.cmd, each.start_line, each.end_line, each.value) for each in buildkit.parse_string(text)]


@given(FILES)
@example("FROM python:3.12\nRUN P='flask>=1'; pip install $P\nRUN pip install flask>=1 ./here\n")
def test_versions_as_arguments_mean_the_same(text: str) -> None:
    plain, result = fixed(text), fix(document_of(text), SOURCES, as_arg_pins=True)
    assert findings(result.after) == findings(plain.after)
    ours = [
        each for each in parsed(result.after.text) if not re.search(r"_VERSION=\S+$", each[3][0] if each[3] else "")
    ]
    assert [each[0] for each in ours] == [each[0] for each in parsed(text)]
    again = fix(result.document, SOURCES, as_arg_pins=True)
    assert again.after.text == result.after.text
    assert not again.applied


def findings(source: Source) -> list[tuple[str, str]]:
    return [(finding.code, finding.target) for finding in check(source).findings]


LISTS = st.lists(
    st.tuples(
        st.sampled_from(["", "  "]),
        st.sampled_from([
            "flask", "Flask>=2", "A_b [x] ~= 1.0", "django<9,>1;python_version>'3'", "flask=2", "flask@2.0", "flask==1",
            "django == 3", "unknown", "-r gone.txt", "-e .", "--pre", "--hash=x", "flask \\\n  >= 2", "fl\\\nask", "é",
            "git+https://example.org/r", "a-b --config-settings='x=y z'", "-i https://example.org/simple", "", "x ${X}",
        ]),
        st.sampled_from(["", "  # why", " #", "\t# flask"]),
    ),
    max_size=5,
)  # fmt: skip
ENDS = st.sampled_from(["\n", "\r\n", "\x0c\n"])


@given(LISTS, ENDS, st.booleans(), st.sampled_from(["utf-8", "utf-16-le", "latin-1"]))
def test_requirements_files(lines: list[tuple[str, str, str]], end: str, bom: bool, encoding: str) -> None:
    text = "".join("".join(line).replace("\n", end) + end for line in lines)
    source = Source("requirements.txt", text, bom and encoding != "latin-1", encoding)
    once = fix(RequirementsDocument.of(source), SOURCES._replace(python="3.12"))
    again = fix(once.document, SOURCES._replace(python="3.12"))
    assert again.after.encode() == once.after.encode()
    assert not again.applied
    assert len(check_requirements_file(once.after).findings) <= len(check_requirements_file(source).findings) - len(
        once.applied
    )
    edited = {source.position(edit.span.start).line for each in once.applied for edit in each.fix.edits}
    pairs = zip(text.split("\n"), once.after.text.split("\n"), strict=True)
    assert {number for number, (one, other) in enumerate(pairs, 1) if one != other} == edited
    assert (once.after.bom, once.after.encoding) == (source.bom, encoding)
