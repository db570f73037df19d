"""Options are parsed as the common option parsers do."""

from __future__ import annotations

import getopt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pinhook.argv import OptionError, OptionTable, ParsedOptions, parse_options
from pinhook.source import Source, SourceText
from tests.installers.words import words

NOTATION = """
    -r/--requirement= --requirements-from-script= --require-hashes -U/--upgrade --upgrade-strategy= -q/--quiet
    -t/--target= --color[=] -l/--lines[=] -m=! -x!
"""
PERMUTES = OptionTable.of(NOTATION)
STOPS = OptionTable.of(NOTATION, permutes=False)
CLAP = OptionTable.of(NOTATION, abbreviations=False, drops_equals=True)


def shown(parsed: ParsedOptions, line: str) -> str:
    """Options as ``--name`` or ``--name:value``, a bar, positional arguments, and problems after a question mark."""
    given_words = words(line)
    options = [o.name if o.value is None else f"{o.name}:{o.value}" for o in parsed.options]
    positionals = [str(given_words[at]) for at in parsed.positionals]
    problems = [f"?{problem.spelling}" for problem in parsed.problems]
    return " ".join([*options, "|", *positionals, *problems])


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("", "|"),
        ("a b", "| a b"),
        ("--requirement f a", "--requirement:f | a"),
        ("--requirement=f a", "--requirement:f | a"),
        ("--requirement= a", "--requirement: | a"),
        ("-r f a", "--requirement:f | a"),
        ("-rf a", "--requirement:f | a"),
        ("-r=f a", "--requirement:=f | a"),
        ("-Urf a", "--upgrade --requirement:f | a"),
        ("-qUr f a", "--quiet --upgrade --requirement:f | a"),
        ("-r -U a", "--requirement:-U | a"),
        ("-r -- a", "--requirement:-- | a"),
        ("a -U b", "--upgrade | a b"),
        ("a -- -U b", "| a -U b"),
        ("-", "| -"),
        ("--upgrade a", "--upgrade | a"),
        ("--quie a", "--quiet | a"),
        ("--targ d a", "--target:d | a"),
        pytest.param("--requirem f a", "--requirement:f | a", id="ambiguous, but not in what it takes"),
        pytest.param("--requi f a", "| f a ?--requi", id="ambiguous"),
        ("--unheard-of a", "| a ?--unheard-of"),
        ("-qZU a", "--quiet | a ?-Z"),
        ("--upgrade=1 a", "--upgrade:1 | a ?--upgrade"),
        ("a -r", "--requirement | a ?-r"),
        ("--color a", "--color | a"),
        ("--color=always a", "--color:always | a"),
        ("-l a", "--lines | a"),
        ("-l5 a", "--lines:5 | a"),
        ("-m pip install -U", "-m:pip | install -U"),
        ("-qmpip install -U", "--quiet -m:pip | install -U"),
        ("-x -U", "-x | -U"),
    ],
)
def test_permuting(line: str, expected: str) -> None:
    assert shown(parse_options(PERMUTES, words(line)), line) == expected


@pytest.mark.parametrize(
    ("line", "expected", "rest"),
    [
        ("-U a -q b", "--upgrade | a -q b", 1),
        ("-r f a -- b", "--requirement:f | a -- b", 2),
        ("-U -- a b", "--upgrade | a b", 2),
        ("-U", "--upgrade |", 1),
        ("-U $X -q", "--upgrade | $X -q", 1),
        ("-m pip -q", "-m:pip | -q", 2),
    ],
)
def test_stopping_at_the_first_positional_argument(line: str, expected: str, rest: int) -> None:
    parsed = parse_options(STOPS, words(line))
    assert shown(parsed, line) == expected
    assert parsed.rest == rest


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("-r=f a", "--requirement:f | a"),
        ("-qr=f a", "--quiet --requirement:f | a"),
        ("--requirem f a", "| f a ?--requirem"),
    ],
)
def test_the_parser_style_of_clap(line: str, expected: str) -> None:
    assert shown(parse_options(CLAP, words(line)), line) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("$X a", "| $X a"),
        ("--requirement=$X a", "--requirement:$X | a"),
        ("--requirement $X a", "--requirement:$X | a"),
        ("-r$X a", "--requirement:$X | a"),
        ("-Ur$X a", "--upgrade --requirement:$X | a"),
        ("-$X a", "| -$X a"),
        ("-U$X a", "| -U$X a"),
        ("--$X a", "| --$X a"),
        ("--req$X=f a", "| --req$X=f a"),
        pytest.param("'-$X' a", "| a ?-$", id="a dollar that the shell does not expand"),
    ],
)
def test_words_that_only_the_build_knows(line: str, expected: str) -> None:
    assert shown(parse_options(PERMUTES, words(line)), line) == expected


def test_values_have_the_places_at_which_they_are_written() -> None:
    line = "-Urone --requirement=two --requirement 'three' -r four"
    parsed = parse_options(PERMUTES, words(line))
    spans = [value.span for value in parsed.values("--requirement")]
    assert [line[start:end] for start, end in spans] == ["one", "two", "three", "four"]
    assert [(option.word, option.value_word) for option in parsed.options] == [(0, 0), (0, 0), (1, 1), (2, 3), (4, 5)]


def test_asking_for_options() -> None:
    parsed = parse_options(PERMUTES, words("-U --color -r f"))
    assert parsed.has("--quiet", "--upgrade")
    assert not parsed.has("--quiet")
    assert [str(value) for value in parsed.values("--color", "--requirement")] == ["f"]


LINES = st.from_regex(r"((-a|-b|-ab|-ba|-bx|--one|--on|--two|--tw|--two=x|--three=x|--|-|x|y) ){0,7}", fullmatch=True)


@given(LINES.map(str.split))
def test_agrees_with_getopt(line: list[str]) -> None:
    table = OptionTable.of("-a -b= --one --two= --three=")
    parsed = parse_options(table, [SourceText.of(Source("", word)) for word in line])
    try:
        options, arguments = getopt.gnu_getopt(line, "ab:", ["one", "two=", "three="])
    except getopt.GetoptError:
        assert parsed.problems
        return
    assert not [problem for problem in parsed.problems if problem.error is not OptionError.MISSING_VALUE]
    assert [(option.name, str(option.value or "")) for option in parsed.options] == options
    assert [line[at] for at in parsed.positionals] == arguments
