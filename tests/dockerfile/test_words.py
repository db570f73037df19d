"""Words, pairs, exec forms and expansions."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pinhook.dockerfile.exec_form import NotStringsError, parse_exec_form
from pinhook.dockerfile.expansion import MAX_VALUE_LENGTH, expand
from pinhook.dockerfile.words import split_words
from pinhook.source import Source, SourceText


def text_of(text: str) -> SourceText:
    return SourceText.of(Source("Dockerfile", text))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a  b", ["a", "b"]),
        ("a='b c' d=\"e f\"", ["a='b c'", 'd="e f"']),
        ("a\\ b c", ["a\\ b", "c"]),
        ("'a\\' b", ["'a\\'", "b"]),
        ('"a\\" b" c', ['"a\\" b"', "c"]),
        ('"it\'s" b', ['"it\'s"', "b"]),
        ("\\a b", ["\\a", "b"]),
        ("a` b", ["a`", "b"]),
        ("a\\", ["a"]),
        ("a \\", ["a"]),
        ('"a\\', ['"a']),
        ("'a\\", ["'a\\"]),
        ("", []),
    ],
)
def test_split_words(text: str, words: list[str]) -> None:
    assert list(map(str, split_words(text_of(text), "\\"))) == words


def test_words_by_the_other_escape_character() -> None:
    assert list(map(str, split_words(text_of("a` b c\\ d"), "`"))) == ["a` b", "c\\", "d"]


@pytest.mark.parametrize(
    ("text", "strings"),
    [
        ('["a", "b c"]', ["a", "b c"]),
        (' [ "a" ] ', ["a"]),
        ("[]", []),
        (r'["\u0041\n\"\\\/", "\ud83d\ude00", "\ud83d", "\ud83dx"]', ['A\n"\\/', "😀", "\ufffd", "\ufffdx"]),
        (r'["\b\f\r\t\u00E9"]', ["\b\f\r\t\u00e9"]),
        (r'["\ud800\udc00\udbff\udfff", "\ud7ff\ue000"]', ["\U00010000\U0010ffff", "\ud7ff\ue000"]),
        (r'["\udc00\udc00", "\udfff", "\ud800\ue000"]', ["\ufffd\ufffd", "\ufffd", "\ufffd\ue000"]),
        ("['a']", None),
        ('["a"', None),
        ('["a",]', None),
        ('["a" "b"]', None),
        ('["a"] b', None),
        ('["\t"]', None),
        ('["\\x"]', None),
        ("[NaN]", None),
        ("a", None),
        ("", None),
        pytest.param("[" * 100_000, None, id="deep"),
    ],
)
def test_exec_form(text: str, strings: list[str] | None) -> None:
    read = parse_exec_form(text_of(text))
    assert (read if read is None else list(map(str, read))) == strings


@pytest.mark.parametrize("text", ["[1]", '["a", null]', '[["a"]]', '[{"a": 1}]'])
def test_an_array_of_something_else(text: str) -> None:
    with pytest.raises(NotStringsError):
        parse_exec_form(text_of(text))


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=8), max_size=4), st.booleans())
def test_exec_forms_are_unquoted_as_json_is(strings: list[str], ascii_only: bool) -> None:
    read = parse_exec_form(text_of(json.dumps(strings, ensure_ascii=ascii_only)))
    assert read is not None
    assert list(map(str, read)) == strings


def test_an_unquoted_string_points_at_its_escapes() -> None:
    text = text_of(r'["pip\u0020x"]')
    (string,) = parse_exec_form(text) or ()
    assert [string.origin(at).span for at in range(5)] == [(2, 3), (3, 4), (4, 5), (5, 11), (11, 12)]


VALUES = {"V": "1.2.3", "E": "", "P": "a/b/c.tar.gz", "V_1": "x"}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a", "a"),
        ("'a $V' \"b\" c\\ d", "a $V b c d"),
        ('"$V \\$V \\" \\a"', '1.2.3 $V " \\a'),
        ("$V${V}x$", "1.2.31.2.3x$"),
        ("$V_1-${V_1}$V/", "x-x1.2.3/"),
        ("$.a$/b", "$.a$/b"),
        ("'a'$V'b'", "a1.2.3b"),
        ('"$V"', "1.2.3"),
        ('"a\\$b"', "a$b"),
        ('"\\"$V"', '"1.2.3'),
        ("${E:-d}/${E-d}", "d/"),
        ("${E:+w}/${E+w}", "/w"),
        ("${U--d}${E++}", "-d+"),
        ("${U:-d}" * 60, "d" * 60),
        ("${V#2}/${V%2}", "1.2.3/1.2.3"),
        ("${V/*.*/x}", "x"),
        ("${V:-d}${E:-d}${E-d}${U:-d}${U-d}", "1.2.3ddd"),
        ("${U:-$V}${U:-'a b'}${U:-\"}\"}", "1.2.3a b}"),
        ("${V:+w}${E:+w}${E+w}", "ww"),
        ("${V:?w}", "1.2.3"),
        ("${V#1.}${V#*.}${V##*.}", "2.32.33"),
        ("${V%.3}${V%.*}${V%%.*}", "1.21.21"),
        ("${P##*/}${P%%.*}${V#x}${V%x}", "c.tar.gza/b/c1.2.31.2.3"),
        ("${V/./-}${V//./-}${V/?/x}${V/*/x}", "1-2.31-2-3x.2.3x"),
        ("a\\", "a"),
        ("'' x", " x"),
        ("a<<b", "a<<b"),
        ("$V<<", "1.2.3<<"),
    ],
)
def test_expand(text: str, value: str) -> None:
    variables = {name: text_of(written) for name, written in VALUES.items()}
    expanded = expand(text_of(text), variables, "\\")
    assert (str(expanded), expanded.is_known) == (value, True)


@pytest.mark.parametrize(
    ("text", "value", "unknown"),
    [
        ("a$U-b", "a$U-b", ["$U"]),
        ("'a'${U}\"$V\"", "a${U}1.2.3", ["${U}"]),
        ("${U:+w}", "${U:+w}", ["${U:+w}"]),
        ("${U#x}$1", "${U#x}$1", ["${U#x}$1"]),
        ("$1x$23x", "$1x$23x", ["$1", "$23"]),
        ("$@x$!y", "$@x$!y", ["$@", "$!"]),
        ("${:-x}", "${:-x}", ["${:-x}"]),
        ("${V#1'.'}", "${V#1'.'}", ["${V#1'.'}"]),
        ("${K+x}", "x", []),
        ("${V#'1'}", "${V#'1'}", ["${V#'1'}"]),
        ("${V/*.*.*/x}", "${V/*.*.*/x}", ["${V/*.*.*/x}"]),
        ("${K:-x}${K:+x}${K#x}", "b$U${K:+x}${K#x}", ["$U", "${K:+x}${K#x}"]),
        ("'a", "'a", ["'a"]),
        ("${V:1:2}", "${V:1:2}", ["${V:1:2}"]),
        ("${V^^}", "${V^^}", ["${V^^}"]),
        ("${}", "${}", ["${}"]),
        ("${V", "${V", ["${V"]),
        ("${V/a", "${V/a", ["${V/a"]),
        ('"a', '"a', ['"a']),
        ('"a"b"', '"a"b"', ['"a"b"']),
        ("'a'b'", "'a'b'", ["'a'b'"]),
    ],
)
def test_what_only_the_build_knows_stays_as_written(text: str, value: str, unknown: list[str]) -> None:
    variables = {name: text_of(written) for name, written in VALUES.items()}
    variables["K"] = SourceText.join([(known := text_of("b$U"))[:1], known[1:].as_unknown()])
    expanded = expand(text_of(text), variables, "\\")
    assert str(expanded) == value
    assert [value[start:end] for start, end in expanded.unknown] == unknown


def test_the_escape_character_is_the_files() -> None:
    assert str(expand(text_of("a\\b`c"), {}, "`")) == "a\\bc"
    assert str(expand(text_of('"a`$b"'), {}, "`")) == "a$b"


def test_a_value_does_not_grow_without_end() -> None:
    value = text_of("x" * 1000)
    for _ in range(60):
        value = expand(text_of("$A$A"), {"A": value}, "\\")
        assert len(value) <= MAX_VALUE_LENGTH
    deep = "${a:-" * 1000 + "}" * 1000
    assert not expand(text_of(deep), {}, "\\").is_known
