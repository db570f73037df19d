"""Instructions, their spans and texts. ⟦ ⟧ marks the expected spans."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pinhook.dockerfile import Dockerfile, Instruction, find_commands, parse
from pinhook.dockerfile.heredocs import is_heredoc
from pinhook.source import Source, SourceText, Span
from tests.dockerfile.generators import dockerfiles
from tests.dockerfile.refusals import find_refusals
from tests.marks import mark, unmark


def read(text: str) -> Dockerfile:
    return parse(Source("Dockerfile", text))


def only(text: str) -> Instruction:
    (instruction,) = read(text).instructions
    return instruction


def test_a_heredoc_word() -> None:
    assert is_heredoc("9" * 10_000 + "<<E")  # Python refuses to make a number of so many digits
    assert is_heredoc("2<<- 'E F'")
    assert not any(map(is_heredoc, ("a <<E", "<<E f", "<<", "<<''", "<<<E", "<<'E", "<<${a:-b c}")))


def reasons(text: str) -> list[str]:
    """What would make the build fail, be it for our reader or not, in the order of the file."""
    parsed = read(text)
    problems = sorted([*parsed.problems, *find_refusals(parsed)], key=lambda problem: problem.span)
    return [problem.reason for problem in problems]


@pytest.mark.parametrize(
    "marked",
    [
        "⟦FROM x⟧\n⟦RUN a⟧\n",
        "⟦FROM x⟧\n⟦RUN a⟧",
        "⟦FROM x⟧  \t\n\n# comment\n  ⟦run a⟧",
        "⟦FROM x⟧\r\n⟦RUN a \\\r\n  b⟧\r\n",
        "⟦RUN a \\\n# comment\n\n  # another\n b⟧\n⟦RUN c⟧",
        pytest.param("⟦RUN a \\  \t\n b⟧", id="white space after the escape character"),
        pytest.param("⟦RUN a \\\\⟧\n⟦b⟧", id="an escaped escape character continues nothing"),
        pytest.param("⟦RUN a \\\n\n# comment⟧", id="the file ends in a continuation"),
        pytest.param("⟦\\\nRUN a⟧", id="a continuation in front of the keyword"),
        "⟦RUN <<EOF\na\nEOF⟧\n⟦RUN b⟧",
        "⟦RUN <<EOF\r\na\r\nEOF⟧\r\n⟦RUN b⟧",
        "⟦RUN cat <<-A <<'B C' > f\n\ta\n\tA\nb\nB C⟧\n⟦RUN b⟧",
        pytest.param("⟦RUN <<-EOF\n\tEOF\t\n\tEOF⟧\n⟦RUN b⟧", id="tabs are nothing in front of the delimiter only"),
        "⟦COPY <<EOF <<E2 /\na\nEOF\n# no comment\nE2⟧\n⟦RUN b⟧",
        "⟦ONBUILD ⟦RUN <<EOF\na\nEOF⟧⟧\n⟦RUN b⟧",
        pytest.param("⟦CMD <<EOF⟧\n⟦EOF⟧", id="CMD takes no heredoc"),
        pytest.param('⟦RUN ["<<EOF", 1]⟧\n⟦EOF⟧', id="whatever it holds"),
        pytest.param('⟦RUN ["<<EOF"]⟧\n⟦EOF⟧', id="nor does the exec form"),
        pytest.param("⟦RUN echo it's <<EOF⟧\n⟦EOF⟧", id="an open quote hides a heredoc"),
        pytest.param("⟦RUN echo ${#x} <<EOF⟧\n⟦EOF⟧", id="an expansion that BuildKit does not know hides it too"),
        "⟦RUN echo ${x:0:2} ${y%.*} <<EOF\nEOF⟧",
        "⟦RUN cat <<  EOF\nEOF⟧",
        "⟦RUN a <<<EOF⟧\n⟦EOF⟧",
        "⟦RUN a <<EOF\na⟧",
    ],
)
def test_instructions_have_the_places_at_which_they_are_written(marked: str) -> None:
    text, _ = unmark(marked)
    instructions = read(text).instructions
    spans = [each.span for outer in instructions for each in (outer, outer.inner) if each]
    assert mark(text, spans) == marked


@pytest.mark.parametrize(
    ("text", "arguments"),
    [
        ("RUN a  b ", "a  b"),
        ("RUN a \\\n  # comment\n\n  b", "a   b"),
        ("RUN a\\\nb", "ab"),
        ("RU\\\nN a", "a"),
        ("# escape=`\nRUN a `\n b \\", "a  b \\"),
        ("#syntax=x\n# ESCAPE = ` \nRUN a `\n b", "a  b"),
        ("#\tescape\t=\t`\t\nRUN a `\n b", "a  b"),
        pytest.param("\n# escape=`\nRUN a \\\n b", "a  b", id="no directive after a blank line"),
        pytest.param("# comment\n# escape=`\nRUN a \\\n b", "a  b", id="no directive after a comment"),
        pytest.param("# a=b\n# escape=`\nRUN a \\\n b", "a  b", id="no directive after one that is none"),
        pytest.param("# check=skip=all\n# escape=`\nRUN a `\n b", "a  b", id="check is a directive"),
        ("\ufeffRUN a", "a"),
        ("RUN\ta\vb\f", "a\vb"),
        ("RUN\va", "a"),
        ("RUN\fa", "a"),
        ("RUN\ra", "a"),
        ("RUN \u00a0a\u3000", "a"),
        ("RUN \x1ca", "\x1ca"),
        ("RUN --mount=type=cache,target=/x --network=none pip", "pip"),
        ("RUN --mount=x \\\n # comment\n  --security=y \\\n pip", "pip"),
        ("RUN -- --x", "--x"),
        ("RUN --x", ""),
        ("RUN", ""),
        ("ONBUILD RUN --x a", "RUN --x a"),
    ],
)
def test_arguments(text: str, arguments: str) -> None:
    source = Source.decode("Dockerfile", text.encode())
    (instruction,) = parse(source).instructions
    assert str(instruction.arguments) == arguments


@pytest.mark.parametrize(
    ("text", "flags"),
    [
        ("RUN --a=b a", ["--a=b"]),
        ("RUN --a=\"b 'c\" --b='d \"e' a", ["--a=b 'c", '--b=d "e']),
        ("RUN --a=b\\ c\\\\ a", ["--a=b c\\"]),
        ("RUN --a='b\\'c' a", ["--a=b'c"]),
        ("RUN --a\\", ["--a"]),
        ("RUN --a='b", ["--a=b"]),
        ('RUN --"" a', []),
        ("RUN a --b", []),
    ],
)
def test_flags(text: str, flags: list[str]) -> None:
    assert list(map(str, only(text).flags)) == flags


def test_an_instruction_behind_onbuild() -> None:
    instruction = only("ONBUILD  run --x <<EOF\na\nEOF")
    assert instruction.inner
    assert (instruction.keyword, instruction.inner.keyword) == ("ONBUILD", "RUN")
    assert list(map(str, instruction.inner.flags)) == ["--x"]
    assert instruction.heredocs == instruction.inner.heredocs
    assert len(instruction.heredocs) == 1


@pytest.mark.parametrize(
    ("word", "delimiter", "expand", "strip_tabs"),
    [
        ("<<EOF", "EOF", True, False),
        ("<<-EOF", "EOF", True, True),
        ("3<<EOF", "EOF", True, False),
        ("<<'EOF'", "EOF", False, False),
        ('<<-"E F"', "E F", False, True),
        ("<<E'O'F", "EOF", False, False),
        ("<<'E'\"OF\"", "EOF", False, False),
        ("<<${E:0:1}", "${E:0:1}", True, False),
        ("<<$EOF", "$EOF", True, False),
        ("<<${E:-x}", "${E:-x}", True, False),
        pytest.param("<<\\EOF", "EOF", True, False, id="to BuildKit a backslash is no quote"),
        ("<<\\'EOF", "'EOF", True, False),
    ],
)
def test_heredoc_words(word: str, delimiter: str, expand: bool, strip_tabs: bool) -> None:
    indented = "" if strip_tabs else f"\t{delimiter}\n"
    (heredoc,) = only(f"RUN cat {word} >f\n\ta\n\n{indented}{delimiter}").heredocs
    assert (heredoc.delimiter, heredoc.expand) == (delimiter, expand)
    assert str(heredoc.body) == ("a\n\n" if strip_tabs else f"\ta\n\n{indented}")
    assert str(heredoc.terminator) == delimiter


def test_comments_and_directives() -> None:
    dockerfile = read("# syntax=docker/dockerfile:1\n#escape=\\\n # one\nRUN a \\\n  # two \n b <<EOF\n# none\nEOF\n#")
    assert [dockerfile.source.text[start:end] for start, end in dockerfile.comments] == [
        "# syntax=docker/dockerfile:1",
        "#escape=\\",
        "# one",
        "# two ",
        "#",
    ]
    assert {name: str(value) for name, value in dockerfile.directives.items()} == {
        "syntax": "docker/dockerfile:1",
        "escape": "\\",
    }


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "the file has no instructions"),
        ("# comment", "the file has no instructions"),
        ("FROM x\nRUN <<EOF\na", "the heredoc EOF has no end"),
        ("FROM x\nRUN cat <<${a:-b c}", "a heredoc's delimiter cannot be read: } is missing"),
        ("FROM x\nONBUILD", "ONBUILD needs an argument"),
        ("FROM x\nONBUILD ONBUILD RUN a", "ONBUILD is not allowed after ONBUILD"),
        ("FROM x\nONBUILD FROM y", "FROM is not allowed after ONBUILD"),
        ("FROM x\nONBUILD MAINTAINER y", "MAINTAINER is not allowed after ONBUILD"),
        ("# escape=x\nFROM x", "the escape character is either \\ or `"),
        ("# escape=`\n# escape=`\nFROM x", "only one escape parser directive can be used"),
        ('FROM x\nRUN ["a", 1]', "an array in the exec form holds strings only"),
        ('FROM x\nHEALTHCHECK CMD ["a", 1]', "an array in the exec form holds strings only"),
        ("FROM x\nSHELL bash", "SHELL takes a JSON array of strings"),
        ("RUN a\nRUN b", "RUN is before the first FROM"),
        ("FROM x\nNAME a", "unknown instruction NAME"),
        ("# syntax=docker/dockerfile:1\nFROM x\nNAME a", "unknown instruction NAME"),
        ("# syntax=docker/dockerfile-upstream:master\nFROM x\nNAME a", "unknown instruction NAME"),
        ("# syntax=docker.io/docker/dockerfile:1\nFROM x\nNAME a", "unknown instruction NAME"),
        ("FROM x\rAS y", "it has carriage returns and no line feeds, and so is one line to Docker"),
        ("FROM x y", "FROM takes an image, and AS with a name"),
        ("FROM x\nENV", "ENV needs an argument"),
        ("FROM x\nENV a", "ENV takes name=value words"),
        ("FROM x\nENV a=b c", "ENV takes name=value words"),
        ("FROM x\nRUN " + "é" * 40_000, "a line is longer than 65535 bytes"),
    ],
)
def test_problems(text: str, reason: str) -> None:
    assert reasons(text) == [reason]


@pytest.mark.parametrize(
    "text",
    [
        "ARG x\nFROM x AS y\nRUN a\nHEALTHCHECK NONE\nENTRYPOINT []",
        "FROM x\nENV a b c\nENV a=b c=d\nLABEL a b",
        "FROM x\nMAINTAINER a\nADD a b\nCOPY a b\nEXPOSE 1\nSTOPSIGNAL 9\nUSER a\nVOLUME /a\nWORKDIR /a",
        "# escape=\\\nFROM x\nUSER [1]",
        pytest.param("FROM x\n" + f"RUN {'a' * 20_000}\n" * 4, id="a long file of lines that are not too long"),
        pytest.param("FROM x\nRUN " + "\udcff" * 20_000, id="a long line that is not UTF-8"),
        pytest.param("# syntax=else/where\nFROM x\nINCLUDE y", id="a frontend with instructions of its own"),
    ],
)
def test_no_problems(text: str) -> None:
    assert reasons(text) == []


def test_the_text_around_a_problem_is_read() -> None:
    dockerfile = read("# escape=x\nFROM x\nNAME y\nONBUILD\nRUN <<EOF\nEOF\nRUN [1]\nRUN a <<EOF\nb")
    assert [each.keyword for each in dockerfile.instructions] == ["FROM", "NAME", "ONBUILD", "RUN", "RUN", "RUN"]
    assert str(dockerfile.instructions[-1].heredocs[0].body) == "b"


@given(dockerfiles())
def test_every_character_points_to_itself(text: str) -> None:
    source = Source.decode("Dockerfile", text.encode())
    for instruction in parse(source).instructions:
        assert_spells(instruction.arguments)
        assert 0 <= instruction.span.start <= instruction.span.end <= len(source.text)
        for part in (*instruction.flags, *(heredoc.body for heredoc in instruction.heredocs)):
            assert_spells(part)
            assert instruction.span.encloses(part.span)


def assert_spells(text: SourceText) -> None:
    assert all(text.source.text[slice(*text.origin(at).span)] == character for at, character in enumerate(str(text)))


@given(dockerfiles())
def test_instructions_follow_one_another(text: str) -> None:
    spans = [instruction.span for instruction in read(text).instructions]
    assert spans == sorted(spans)
    assert all(first.end <= second.start for first, second in pairwise(spans))


@given(st.text() | st.text(st.sampled_from("RUN <E\n\\$'\"{}#`[]-\t\r")))
def test_nothing_is_raised(text: str) -> None:
    list(find_commands(read(text)))
    list(find_commands(read("ONBUILD RUN " + text)))
    list(find_commands(read("# escape=`\nENV " + text)))


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        "FROM x\n" + "RUN pip install a \\\n  b\n" * 10_000,
        "FROM x\nRUN a" + " \\\n  foo 'bar' $baz" * 50_000 + " <<EOF\na\nEOF",
        "FROM x\nRUN <<-EOF\n" + "\tfoo bar baz\n" * 80_000 + "EOF",
        "FROM x\n" + "ENV A=$A$A\n" * 5_000,
        "FROM x\nRUN a" + " ${x:-" * 100_000 + " <<EOF\n",
    ],
    ids=["instructions", "continued", "heredoc", "growing", "nested"],
)
def test_large_files_take_seconds_at_most(text: str) -> None:
    start = time.perf_counter()
    list(find_commands(read(text)))
    assert time.perf_counter() - start < 10


def test_the_span_of_a_problem() -> None:
    text, (span,) = unmark("FROM x\n⟦RUN a <<EOF⟧\nb")
    (problem,) = read(text).problems
    assert problem.span == span
    assert problem.span == Span(7, 18)
