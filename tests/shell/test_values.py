"""The values of words: pinhook gives the values that real bash and dash print."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pinhook.shell import Dialect, SimpleCommand, script_commands
from pinhook.source import Source, SourceText

if TYPE_CHECKING:
    from collections.abc import Iterable

PREPARATION = "x=flask; y='a  b'; e=; set -- one 'two words'; "
BASH_PREPARATION = PREPARATION + "a=(flask 'django web' numpy==1.0); a+=(scipy); "


@pytest.fixture(autouse=True)
def empty_folder(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no pattern matches a file name."""
    monkeypatch.chdir(tmp_path_factory.mktemp("empty"))


def printed_by(shell: str, script: str) -> list[str]:
    """The arguments that the last ``printf '%s\\0'`` got."""
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
    run = subprocess.run([shell, "-c", script], capture_output=True, check=False, env=environment)
    return run.stdout.decode().split("\0")[:-1]


def said_by_pinhook(script: str, dialect: Dialect) -> list[list[str] | None]:
    """The possible arguments of each ``printf``; ``None`` where some of them are unknown."""
    outcomes = script_commands(SourceText.of(Source("script", script)), dialect, {})
    commands = [each for each in outcomes if isinstance(each, SimpleCommand) and str(each.arguments[0]) == "printf"]
    return [known(command) for command in commands]


def known(command: SimpleCommand) -> list[str] | None:
    words = command.arguments[2:]
    return [str(word) for word in words] if all(word.text.is_known for word in words) else None


@pytest.mark.parametrize("shell", ["bash", "dash"])
@pytest.mark.parametrize(
    "words",
    [
        "plain 'single' \"double\" \\e\\s\\c",
        "'it'\\''s' \"a'b\" 'a\"b' \"\"'' \"\"",
        '"a\\b" "a\\"b" "a\\$x" "a\\\\b" "C:\\temp"',
        '"two\nlines" con\\\ntinued "quo\\\nted"',
        "$x ${x} \"$x\" '$x' \\$x $x$x pre$x-post",
        'flask==$x "flask==$x" flask=="1.0"',
        '$y "$y" pre$y-post "pre$y"',
        '$e "$e" a$e "$e"b $e$e',
        '${x:-d} ${e:-d} ${e-d} ${unset:-d} ${unset-d} ${unset:-a b} "${unset:-a b}"',
        '${x:+w} ${e:+v} ${e+w} ${x+a b} "${x+a b}"',
        "${unset:='q r'} ",
        '"${unset:=q r}" ${q:=?} ${x#$q} ${x#"$q"}',
        '"${unset:-a"b c"d\\"e\\\\}"',
        '"a$" "$\'b\'" a$',
        "a\\",
        "${x#f} ${x##*a} ${x%k} ${x%%a*} ${x#z} ${x%'s'k}",
        '${x#?} ${x##?} ${x%?} ${x%%?} "${x#*}" "${x##*}" "${x%%*}" "${x#flask}" "${x%flask}" ${x%[k]} ${x%z}',
        "${x#'?'} ${x%%\\*} ${x%%\"*\"} ${x#[!a]} ${x%[i-l]} ${x#\\f}",
        '"${y# }" "${y#* }" "${y##* }" "${y% *}" "${y%% *}"',
        'a \\\n b a\\\nb "a\\\nb" $x\\\n $x',
        '"${unset:-"a b"}" "${unset:-\'a b\'}" ${unset:-\'a b\'} ${unset:-"$y"}',
        '$1 ${1} "${2}" $2 "$2" "$@" $@ "pre$@post" $* "$*" "a $* b"',
        '"${@:-d}" ${@-d} x"${@:-d}"y "${*:-d}" ${*-d} "${@?}"',
        '$y"b" "$y"$y ${y}b "${y% *}"${y% *}b',
        "a#b 'a #b' a\\#b",
        "*.whl 'x'*.whl [ab] a?b",
        "x=1 'y=2' if then",
    ],
)
def test_words(shell: str, words: str) -> None:
    script = PREPARATION + "printf '%s\\0' " + words
    dialect = Dialect.BASH if shell == "bash" else Dialect.SH
    assert said_by_pinhook(script, dialect) == [printed_by(shell, script)]


@pytest.mark.parametrize(
    "words",
    [
        r"$'a\nb' $'it\'s' $'\x41\u00e9\101\t\e' $'\q' x$'y'z",
        '$"double $x"',
        '"${a[@]}" ${a[@]} x"${a[@]}"y',
        '"${a[*]}" ${a[*]}',
        "${a[0]} ${a}",
        "pkg-{a,b} {a,b{c,d}} {1..3} {c..a} {a} {} {a,} x{a,'b c'}y {$x,b}",
        '"{a,b}" \\{a,b} {a\\,b}',
        "${x/a/o} ${y//' '/} ${x/z/y} ${x:1:2} ${x:2} ${x: -2}",
        '"${y/ /-}" "${y//a/}" "${y/a/x/y}" "${y//  /-}" "${x/flask/}" ${x/f/f} ${x//f/g/h} ${x/s} ${x//s}',
        '"${y/\\a/}" "${x/\\s/x}" ${x/s/\\&} "${x/s/"&"}" ${x/s\\/k/q} ${x/s"/k"} ${x/s/\\/} "${y/\\\\/}" ${x#}',
        "${x/'*'/b} ${x/l'a's/f} ${x/f/'a/b'} ${x/'f'/b/c}",
        '${x: -2:1} "${x:2:0}" "${x: -9}" "${x:9}" ${x:0:-1} ${x: 1 : 2 } ${x: -5}',
        '${x:01:003} ${x: -03} "${x:1:-4}" "${x: -9:9}"',
        r"$'\cA' $'\U1F600' $'a\?' $'' $'\x4a\x4F\u00Ff\U0001f600' $'\a\b\e\E\f\r\t\v'",
        "$'a\\\nb' ${x#$'f'} \"${x#$'?'}\"",
        "{3..1} {a..} {-1..1} {10..7} {a..a} {5..5} {e..a} {01..3} {-1..01} {-01..1} {00..0} {8..010}",
        "{1..9..3} {9..1..3} {1..9..-3} {1..3..0} {a..i..4} {-5..010..5} {1..300..150} {1..3..} {1..2..3..4}",
        '"$x"{a,b} ${x}{a,b} $x{=,.} $1{0,a} $x{é,=}',
        "}{a,b} a}b{c,d} {A..C} {C..A} {99..101} {101..99} {0..10}",
        "{1'..'3} {'1'..3} {1.'.'3} '{'a,b} {a','b} {a,b'}'",
    ],
)
def test_words_of_bash_alone(words: str) -> None:
    script = BASH_PREPARATION + "printf '%s\\0' " + words
    assert said_by_pinhook(script, Dialect.BASH) == [printed_by("bash", script)]


@pytest.mark.parametrize(
    "word",
    [
        '"${a[*]:0}"', "${!e}", "x{$x,b}c", "$x{a,b}", "$x{_,.}", "~/p", "~x{1,2}", "${x:1+1}", "${x/$e/y}",
        "${x#$u}", "${#x}",
        "${x@Q}", "${}", "$[1 + 1]", "${y/ */}", "${y/?/}", "${y/[a]/}", "${y/#a/b}", "${y/}", "${x^}",
        "${u+a}", "${a[1]}", "${#a[@]}", "${x#[^a]}", "${x%[[:alpha:]]}", "${x#['a']}", "${x/s/&}", "${x/s/a&}",
        "${x/%k/b}", "${x:1:-9}",
    ],
)  # fmt: skip
def test_words_of_bash_that_are_left_unknown(word: str) -> None:
    assert said_by_pinhook(BASH_PREPARATION + "printf _ " + word, Dialect.BASH) == [None]


def test_dash_reads_ansi_quotes_and_braces_literally() -> None:
    script = "x=c; printf '%s\\0' $'a' {a,b} $x{a,b} $[1]"
    assert said_by_pinhook(script, Dialect.SH) == [printed_by("dash", script)] == [["$a", "{a,b}", "c{a,b}", "$[1]"]]


@pytest.mark.parametrize("shell", ["bash", "dash"])
@pytest.mark.parametrize("words", ['"$@"', "$@", '"$*"', '"a$@"', '""$@', '"$@""$@"', '"$@ "', '$e"$@"', '"${@-}"'])
def test_parameters_of_which_there_are_none(shell: str, words: str) -> None:
    script = f"e=; set --; printf '%s\\0' . {words} ."
    dialect = Dialect.BASH if shell == "bash" else Dialect.SH
    assert said_by_pinhook(script, dialect) == [printed_by(shell, script)]


@pytest.mark.parametrize("words", ['"${a[@]}"', "${a[@]}", '"${a[*]}"', '"a${a[@]}"', '"${a[@]}""$@"'])
def test_arrays_of_nothing(words: str) -> None:
    script = f"set --; a=(); printf '%s\\0' . {words} ."
    assert said_by_pinhook(script, Dialect.BASH) == [printed_by("bash", script)]


def test_dash_reads_a_dollar_sign_and_a_string_in_arithmetic() -> None:
    script = "x=$((1 $(: $'\\' ')') )); printf '%s\\0' a"
    assert said_by_pinhook(script, Dialect.SH) == [printed_by("dash", script)] == [["a"]]
    assert said_by_pinhook("x=$((printf _ $(: $'\\' ')') )); printf _ a", Dialect.SH) == [["a"]]


def test_dash_reads_two_parentheses_as_two_subshells() -> None:
    script = "((printf '%s\\0' a))"
    assert said_by_pinhook(script, Dialect.SH) == [printed_by("dash", script)] == [["a"]]


@pytest.mark.parametrize(
    ("script", "possible"),
    [
        ("if c; then x=a; else x=b; fi; printf _ $x", [["a"], ["b"]]),
        ("if c; then x=a; else x=(b c); fi; printf _ $x", [["a"], ["b"]]),
        ("if c; then x=a; elif d; then x=b; fi; printf _ $x", [["a"], ["b"], None]),
        ("x=z; if c; then x=a; fi; printf _ $x", [["a"], ["z"]]),
        ("case $q in 1) x=a;; *) x=b;; esac; printf _ $x", [["a"], ["b"]]),
        ("x=$(l); printf _ ${x:-d}", [None, ["d"]]),
        ("printf _ ${x:-d}", [["d"]]),
        ("for x in a 'b c' d==1; do printf _ $x; done", [["a"], ["b", "c"], ["d==1"]]),
        ('for x in a b; do l="$l $x"; done; printf _ $l', [None, None]),
        ('l=; for x in a b; do l="$l $x"; done; printf _ $l', [["a"], ["b"]]),
        ("x=a; (x=b); printf _ $x", [["a"]]),
        ("x=a; x=b | true; printf _ $x", [["a"]]),
        ("x=a; true || x=b; printf _ $x", [["a"], ["b"]]),
        ("x=a && printf _ $x", [["a"]]),
        ('x=a; [ -n "$q" ] && x=b; printf _ $x', [["b"], ["a"]]),
        ("x=a; [ c ] && x=b && printf _ $x", [["b"]]),
        ("x=a; [ c ] && x=b && [ d ] && x=e; printf _ $x", [["e"], ["a"], ["b"]]),
        ("x=a; [[ c ]] && x=b; printf _ $x", [["b"], ["a"]]),
        ("x=a; { [ c ] && x=b; x=d; printf _ $x; e; printf _ $x; }", [["d"], ["d"]]),
        ("x=a; >f && x=b; printf _ $x", [["b"]]),
        ("x=a; x=b printf _ $x", [["a"]]),
        ('f() { printf _ $1 "$@"; }; f p q', [["p", "p", "q"]]),
        ("f() { x=b; }; x=a; f; printf _ $x", [["b"]]),
        ("f() { x=$1; }; if c; then y=a; else y=b; fi; f $y; printf _ $x", [["a"], ["b"]]),
        ("f() { printf _ $1; }", [None]),
        ("set -- a; f() { :; }; f b; printf _ $1", [["a"]]),
        ('f() { printf _ "${@:-d}"; }; f a', [["a"]]),
        ("f() { printf _ a; }; if c; then f() { printf _ b; }; fi; f", [["b"], ["a"]]),
        ("f() { :; }; case x in x) f() { printf _ a; };; y) f() { printf _ b; };; esac; f", [["a"], ["b"]]),
        ("f() { printf _ a$1; }; if c; then f() { printf _ b$1; }; fi; f x", [["bx"], ["ax"]]),
        ("f() { x=a; }; if c; then f() { x=b; }; fi; f; printf _ $x", [["b"], ["a"]]),
        ("for x in a b; do sh <<E\nprintf _ $x\nE\ndone", [["a"], ["b"]]),
        ('for x in a b; do bash <<< "printf _ $x"; done', [["a"], ["b"]]),
        ("for x in a b; do echo printf _ $x | sh; done", [["a"], ["b"]]),
        ("for x in a b; do echo $x | xargs printf _; done", [["a"], ["b"]]),
        ("set -- a b; shift; printf _ $1", [["b"]]),
        ('set -- a "b c"; x="$@"; y=$*; z=x$@; printf _ "$x" "$y" "$z"', [["a b c", "a b c", "xa b c"]]),
        ('a=(b c); x=${a[*]}; printf _ "$x"', [["b c"]]),
        ('f() { printf _ "${@:-d}"; }; f; f ""; f "" ""; f a b', [["d"], ["d"], ["", ""], ["a", "b"]]),
        ('f() { printf _ "${@:-d}"; }', [["d"]]),
        ('a=(b "c d"); printf _ "${a[@]:-e}" "${a[*]-e}"', [["b", "c d", "b c d"]]),
        ("printf _ ${#-d}", [None]),
        ("printf _ ${0:-d}", [None]),
        ("printf _ ${?:-d}", [None]),
        ("set -- a; set -ex; printf _ $1", [["a"]]),
        ("set a b; printf _ $2", [["b"]]),
        ("eval a=(b c); printf _ $a", [None]),
        ("a=(b c); a[1]=d; printf _ ${a[1]}", [None]),
        ("x=$(cat list); printf _ ${x:+a}", [None]),
        ("x=' a'; printf _ b$x", [["b", "a"]]),
        ("x='a '; printf _ ${x}b", [["a", "b"]]),
        ("cd a; printf _ b", [["b"]]),
        ("for ((x = $(printf _ a); ; )); do printf _ b; done", [["a"], ["b"]]),
        ("for x in a b; { printf _ $x; }", [["a"], ["b"]]),
        ("f() { for x; { printf _ $x; }; }; f a b", [["a"], ["b"]]),
        ("select x in a b; { printf _ $x; } > f", [["a"], ["b"]]),
        ("x=a; unset x; printf _ $x", [None]),
        ("x=a; if c; then unset x; else unset x; fi; printf _ $x", [None]),
        ("x=a; read -r x; printf _ $x", [None]),
        ("x=a; getopts ab x; printf _ $x", [None]),
        ("eval 'x=a'; printf _ $x", [["a"]]),
        ("x=a; x+=b; printf _ $x", [["ab"]]),
        ("while c; do x=a; done; printf _ $x", [None, ["a"]]),
        ("printf _ $(cat list) `cat list`", [None]),
        ("x=$(cat list); printf _ $x", [None]),
        ("export x=a; bash -c 'printf _ $x'", [["a"]]),
        ("x=a; bash -c 'printf _ $x'", [None]),
        ("bash -c 'printf _ $1' name a", [["a"]]),
        ("declare -x x=a; bash -c 'printf _ $x'", [["a"]]),
        ("declare -r x=a; bash -c 'printf _ $x'", [None]),
        ("x=a; x=b & printf _ $x; :", [["a"]]),
        (": ${u=v} ${w:=x}; printf _ $u $w", [["v", "x"]]),
        ("xy=a; printf _ $x\\\ny", [["a"]]),
        ("echo `printf _ 'a\\b'`", [["a\\b"]]),
        ("[[ x == '$(printf _ b)' ]]; printf _ a", [["a"]]),
        ("((1 + (2))) && printf _ a", [["a"]]),
        ("(( ')' \\) \")\" )); printf _ a", [["a"]]),
        ("((printf _ b)); printf _ a", [["a"]]),
        ("case x in a) printf _ a;& b) printf _ b;; esac", [["a"], ["b"]]),
        ("case x in esac\t; printf _ a", [["a"]]),
        ("case x in a) printf _ a;;& b) printf _ b;; esac", [["a"], ["b"]]),
        ("time -p& time -p printf _ a", [["a"]]),
        ("cat <<E\n\tE\nprintf _ b\nE\nprintf _ a", [["a"]]),
        ("printf _ a; sh <<E\nE", [["a"]]),
        ("x=b; sh <<'E'\nx=a; printf _ $x\nE", [["a"]]),
        ("sh <<-E\n\tprintf _ a\n\tE", [["a"]]),
        ("'x=a'; printf _ $x", [None]),
        ("printf _ a <>f >|g &>h &>>i <&3 {fd}>j {A}>k {_1}>l b", [["a", "b"]]),
        ("time\t-p\tprintf _ a", [["a"]]),
        ("time -p(printf _ a); time -p|printf _ b; time -p>f; time -px printf _ c", [["a"], ["b"]]),
        ("[[ x ]]&&printf _ a|[[ x ]]|printf _ b; ([[ x ]])&&printf _ c", [["a"], ["b"], ["c"]]),
        ("[[ x ]]>f;printf _ a; [[ x ]]<f;printf _ b; [[ x ]]&printf _ c", [["a"], ["b"], ["c"]]),
        ("[[ x ]]\t&&printf _ a; [[ x ]]\nprintf _ b", [["a"], ["b"]]),
        ("[[ a<b&&(c>d||e) ]]; printf _ a", [["a"]]),
        ("case x in\ta) printf _ a;;esac;printf _ b", [["a"], ["b"]]),
        ("case x in\na) printf _ a;;esac&printf _ b", [["a"], ["b"]]),
        ("case x in(a) printf _ a;;esac|printf _ b", [["a"], ["b"]]),
        ("(case x in a) printf _ a;;esac);printf _ b", [["a"], ["b"]]),
        ("case x in a) printf _ a;;esac>f;printf _ b", [["a"], ["b"]]),
        ("case x in a) printf _ a;;esac<f;printf _ b", [["a"], ["b"]]),
        ("case x in a) printf _ a\nesac\nprintf _ b", [["a"], ["b"]]),
        ("a=(b); if c; then a=(d); fi; printf _ ${a[@]}", [None]),
        ("a=(b); if c; then d; fi; printf _ ${a[@]}", [["b"]]),
        ("a=(b c); printf _ $a", [["b"]]),
        ("A=(b c) _a=(d); printf _ ${A[@]} ${_a[@]}", [["b", "c", "d"]]),
        ("a=(); printf _ $a", [None]),
        ("a=(b); a=(c); printf _ ${a[@]}", [["c"]]),
        ("export x=a; x=(b); bash -c 'printf _ $x'", [None]),
        ("y=a x=y; printf _ ${!x}", [["a"]]),
        ("x=flask; if c; then p=f; else p=fl; fi; printf _ ${x#$p}", [None]),
        ("x='a\tb'; printf _ $x", [["a", "b"]]),
        ("trap 'printf _ {a,b}' EXIT", [["a", "b"]]),
        ("sh <<E >f\nprintf _ a\nE", [["a"]]),
        ("sh 0<<E\nx=a\nprintf _ \\$x\nE", [["a"]]),
        ("sh <<-'E'\n\tx=a\n\tprintf _ $x\n\tE\nprintf _ $x", [["a"], None]),
        ("x=b; sh <<'E'F\nx=a\nprintf _ $x\nEF\nprintf _ $x", [["a"], ["b"]]),
        ("x=b; sh <<$'\\x45'\nx=a\nprintf _ $x\nE\nprintf _ $x", [["a"], ["b"]]),
        ('x=b; sh <<""\nx=a\nprintf _ $x\n\nprintf _ $x', [["a"], ["b"]]),
        ("x=a; sh <<$y\nprintf _ $x\n$y\nprintf _ b", [["a"], ["b"]]),
        ("cat <<'E'\n$(printf _ b)\nE\nprintf _ a", [["a"]]),
        ("b'c'&printf _ a|'d'|printf _ b", [["a"], ["b"]]),
        ("case x in a) sh;; esac <<E\nprintf _ a\nE", [["a"]]),
        ("if b; then case x in a) sh;; esac <<E\nprintf _ a\nE\nfi", [["a"]]),
        ("set -- a b; while c; do printf _ $1; shift; done", [["a"], ["b"]]),
        ("while c; do set -- a; done; printf _ b", [["b"]]),
        ("for x in if; do printf _ $x; done", [["if"]]),
        ("f() { for x do printf _ $x in; done; }; f a", [["a", "in"]]),
        ("f() { for x\ndo printf _ $x; done; }; f a b", [["a"], ["b"]]),
        ("for ((;;)) do printf _ a; done", [["a"]]),
        ("if c; then x=a; [[ d ]] else x=b; fi; printf _ $x", [["a"], ["b"]]),
        ("if c; then x=a; ((1)) >f else x=b; fi; printf _ $x", [["a"], ["b"]]),
        ("if c; then case d in d) x=a;; esac else x=b; fi; printf _ $x", [None, ["a"], ["b"]]),
        ("x=b; while [[ c ]] do x=a; done; printf _ $x", [["b"], ["a"]]),
        ("x=b; while [[ c ]]\ndo x=a; done; printf _ $x", [["b"], ["a"]]),
        ("x=b; for ((;;))\ndo x=a; done; printf _ $x", [["a"]]),
        ("x=b; for ((;;)); do x=a; done; printf _ $x", [["a"]]),
        ("if [[ c ]] then x=a; else x=b; fi; printf _ $x", [["a"], ["b"]]),
        ('(( \'\' "" "a\\")" \')\' )); printf _ a', [["a"]]),
        ("if !(c); then x=a; else x=b; fi; printf _ $x", [["a"], ["b"]]),
        ("if c; then d; elif e; then if g; then x=a; fi; x=b; fi; printf _ $x", [None, ["b"]]),
        ("a; \\\n if c; then x=a; else x=b; fi; printf _ $x", [["a"], ["b"]]),
        ("b # printf _ c\nprintf _ a\nprintf _ b", [["a"], ["b"]]),
        ("`c`;((1)); printf _ a; `c`;[[ x ]]; printf _ b", [["a"], ["b"]]),
        ("(($(printf _ a)));$(printf _ b);[[ x ]];$(printf _ c)", [["a"], ["b"], ["c"]]),
        ("case x in a) printf _ a\nesac; case y in b)printf _ b;; esac", [["a"], ["b"]]),
        ('[[ (" ]] ") && a == "it\'s $(printf _ a)" ]]; printf _ b', [["a"], ["b"]]),
        ('echo "`printf _ \\"a\\"`"', [["a"]]),
        ('echo `printf _ \\"a\\"`', [['"a"']]),
        ("a=(b); a=c; printf _ ${a[@]}", [None]),
        ("a=(b); unset a; printf _ ${a[@]}", [None]),
        ("a=(b); a[1]=c; printf _ ${a[@]}", [None]),
        ("a=(b); mapfile -t a < f; printf _ ${a[@]}", [None]),
        ("a=(b); readarray a < f; printf _ ${a[@]}", [None]),
        ("x[0]=a; printf _ $x", [None]),
        ("_x=a; printf _ $_x", [["a"]]),
        ('"x=a"; printf _ $x', [None]),
        ("x+=b; printf _ $x", [None]),
        ("if c; then x=a; fi; x+=b; printf _ $x", [["ab"], None]),
        ("export x=a; unset x; x=b; bash -c 'printf _ $x'", [None]),
        ("if c; then export x=a; else export x=b; fi; bash -c 'printf _ $x'", [["a"], ["b"]]),
        ("if c; then export x=a; fi; bash -c 'printf _ $x'", [["a"]]),
        ("typeset -x x=a; bash -c 'printf _ $x'", [["a"]]),
        ("f() { local x=a; printf _ $x; }; f", [["a"]]),
        ("readonly x=a; printf _ $x", [["a"]]),
        ("env x=a bash -c 'printf _ $x'; bash -c 'printf _ $x'", [["a"], None]),
        ("set -- a; if c; then d; fi; printf _ $1", [["a"]]),
        ("set -- a; if c; then set -- b; fi; printf _ $1", [None]),
        ("set -- a; f() { printf _ $1; }", [None]),
        ("set -- a; set -e; set +x; set; printf _ $1", [["a"]]),
        ("set -- a b c; shift 2; printf _ $1", [["c"]]),
        ("set -- a b; shift $n; printf _ $1", [None]),
        ("shift; printf _ $1", [None]),
        ("set -- a b; while c; do printf _ $1; done", [["a"]]),
        ("for x; do printf _ $x; done", [None]),
        ("for x in; do printf _ a; done", [["a"]]),
        ('x=a; test -n "$q" && x=b; printf _ $x', [["b"], ["a"]]),
        ("x=a; (c) && x=b; printf _ $x", [["b"]]),
        ("x=a; c && x=b; printf _ $x", [["b"]]),
        ("f() { [ c ] && x=b; }; x=a; f; printf _ $x", [["b"], ["a"]]),
        ("x=b & printf _ $x", [None]),
        ("x=a; x=b &\nprintf _ $x", [["a"]]),
        ("x=a; x=b && c & printf _ $x", [["a"]]),
        ("x=a; { x=b; c & x=d & }; printf _ $x", [["b"]]),
        ("x=a; while c; do x=b || x=c & done; printf _ $x", [["a"]]),
        ("x=a; x=b && printf _ $x & printf _ $x", [["b"], ["a"]]),
        ("x=a; { x=b &\n c; }\nprintf _ $x", [["a"]]),
        ("(b)\necho a |\nxargs printf _", [["a"]]),
        ("(b)\necho a |&\nxargs printf _", [["a"]]),
        ("x=a; (b)\n[ c ] &&\nx=b; printf _ $x", [["b"], ["a"]]),
        ("x=a; (b); c ||\nx=b; printf _ $x", [["a"], ["b"]]),
        ("f()\n{ printf _ $1; }\nf a", [["a"]]),
        ("function f\n{ printf _ $1; }\nf a", [["a"]]),
        ("select x in a b; do printf _ $x; done", [["a"], ["b"]]),
        ("if time -p c; then x=a; else x=b; fi; printf _ $x", [["a"], ["b"]]),
        ("if coproc c; then x=a; else x=b; fi; printf _ $x", [["a"], ["b"]]),
        ("if ! c; then x=a; else x=b; fi; printf _ $x", [["a"], ["b"]]),
        ("if c |& d; then x=a; else x=b; fi; printf _ $x", [["a"], ["b"]]),
        ("if c\n\nthen x=a\n\nelse x=b\n\nfi; printf _ $x", [["a"], ["b"]]),
        ("for x in a b\n\ndo printf _ $x\ndone", [["a"], ["b"]]),
        ("x=$(\n); printf _ a", [["a"]]),
        ("if b; then printf _ a >f c; fi", [["a", "c"]]),
        ("if b; then echo a | xargs printf _; fi", [["a"]]),
        ("if b; then [ c ] && x=a\nprintf _ $x; fi", [["a"], None]),
        ("{ sh; } <<E\nprintf _ a\nE", [["a"]]),
        ("for ((i = $(printf _ a); i < 3; i++)); do printf _ b; done", [["a"], ["b"]]),
        ("for ((;;)); do x=a; done; printf _ $x", [["a"]]),
        ("set -- a b; for x; do printf _ $x; done", [["a"], ["b"]]),
        ("for in in a b; do printf _ $in; done", [["a"], ["b"]]),
        ("if b; then case $q in a) x=a;; b) x=b;; esac; printf _ $x; fi", [None, ["a"], ["b"]]),
        ("if [[ a && $(printf _ a) ]]; then x=a; else x=b; fi; printf _ $x", [["a"], ["a"], ["b"]]),
        ("sh | echo 'printf _ b'; printf _ a", [["a"]]),
        ("x=a; : ${x:=b} ${x=c}; printf _ $x", [["a"]]),
        ('x=; : ${x=b} ${e:=c}; printf _ "$x" $e', [["", "c"]]),
        ("x=a; printf _ ${x?} ${x:?}; printf _ ${u?}", [["a", "a"], None]),
        ("x='a b'; printf _ ${u:-$x} \"${u:-$x}\"", [["a", "b", "a b"]]),
    ],
)
def test_possible_values(script: str, possible: list[list[str] | None]) -> None:
    assert said_by_pinhook(script, Dialect.BASH) == possible


WORDS = st.lists(
    st.sampled_from([
        "a", "'b c'", '"d  e"', "$x", '"$x"', "$y", '"$y"', "${e:-d e}", '"${u:-d e}"', "${x%k}", "\\ ",
        '"\\n\\$"', "''", "=", "{p,q}", "$1", '"$@"', "${u-'v w'}", "é", "#", "\\\n", "*", "[x]",
        "${y#a}", "${x:+'i j'}", "-",
    ]),
    min_size=1,
    max_size=5,
).map("".join)  # fmt: skip


@given(st.lists(WORDS, min_size=1, max_size=4).map(" ".join), st.sampled_from(["bash", "dash"]))
def test_generated_words(words: str, shell: str) -> None:
    assume(shell == "bash" or "$@" not in words)  # dash makes an empty field between "$@" and two blanks of a value
    script = PREPARATION + "printf '%s\\0' . " + words
    (said,) = said_by_pinhook(script, Dialect.BASH if shell == "bash" else Dialect.SH)
    assert said is None or said == printed_by(shell, script)  # $xa is a variable that nobody has set


STATEMENTS = st.lists(
    st.sampled_from([
        "x=a", "y=b", 'x="$x $y"', "[ -n \"$q\" ] && x=c", "false || y=d", "if true; then x=e; else x=f; fi",
        "if [ 1 = 2 ]; then y=g; fi", "for x in h i; do y=$x; done", "(x=j)", "f() { x=$1; }", "f k", "x=l | true",
        "case m in m) y=m;; *) y=n;; esac", "set -- o p", "[ $# = 0 ] || shift", "x=$1", "unset y", "eval 'x=q'",
        "x=r true", "x=", ": ${x:=v}", "while false; do x=s; done", "{ y=t; }", "export x", "y=${x:-u}",
        'x="${y#a}"', "f \"$y\"",
    ]),
    max_size=8,
)  # fmt: skip


@given(STATEMENTS, st.sampled_from(["bash", "dash"]))
def test_what_the_shell_prints_is_among_what_is_possible(statements: Iterable[str], shell: str) -> None:
    script = "f() { :; }; " + "; ".join([*statements, "printf '%s\\0' $x - $y"])
    said = said_by_pinhook(script, Dialect.BASH if shell == "bash" else Dialect.SH)
    assert None in said or printed_by(shell, script) in said


@pytest.mark.parametrize(
    "script",
    [
        "echo `echo \\`printf _ a\\``",
        "if ! [[ -f x ]]; then (printf _ a)fi",
        "cat <<EOF\n$(printf _ a)\nEOF",
        "echo $(( 1 + $(printf _ a) ))",
        "echo ${x:-${y:-$(printf _ a)}}",
        '[ -n "$(printf _ a)" ] || true',
        "x[$(printf _ a)]=1; :",
        "cat <(printf _ a) > >(tee log)",
        "case $(printf _ a) in *) ;; esac",
        "for i in $(printf _ a); do :; done",
        "! { time printf _ a; }",
        "ls @('b)'|\"c)\"|\\)) && printf _ a",
        "!(printf _ a)",
        "echo $(($(printf _ a)))",
        "echo $[$(printf _ a)]",
        "for (($(printf _ a);;)); do :; done",
        "for ((;;$(printf _ a))); do :; done",
        "[[ $(printf _ a) ]]",
        "ls @($(printf _ a))",
        '[[ x == a"$(printf _ a)" ]]',
        '[[ x == a\\"$(printf _ a) ]]',
        "[[ x == a`printf _ a` ]]",
        '[[ x <"$(printf _ a)" ]]',
        "[[ x -ef <(printf _ a) ]]",
        "[[ x -ef >(printf _ a) ]]",
        'echo "${x:-a`printf _ a`}"',
        ": >$(printf _ a)",
        "{ b; } >$(printf _ a)",
        "x=($(printf _ a)); :",
        "case x in $(printf _ a)) ;; esac",
    ],
)
def test_commands_in_every_place(script: str) -> None:
    assert ["a"] in [
        [str(word) for word in each.arguments[2:]]
        for each in script_commands(SourceText.of(Source("script", script)), Dialect.BASH, {})
        if isinstance(each, SimpleCommand) and str(each.arguments[0]) == "printf"
    ]


@pytest.mark.parametrize(
    ("names", "possible"),
    [
        ("ab", ["xx", "xy", "yx", "yy"]),
        ("abcdef", [format(number, "06b").translate({48: "x", 49: "y"}) for number in range(64)]),
        ("abcdefg", ["xxxxxxx", "yxxxxxx", "xyxxxxx", "xxyxxxx", "xxxyxxx", "xxxxyxx", "xxxxxyx", "xxxxxxy"]),
    ],
)
def test_of_many_values_each_is_possible_but_not_each_together(names: str, possible: list[str]) -> None:
    branches = "".join(f"if c; then {name}=x; else {name}=y; fi; " for name in names)
    word = "".join("${" + name + "}" for name in names)
    assert said_by_pinhook(f"{branches}printf _ {word}", Dialect.SH) == [[each] for each in possible]


def test_values_are_bounded() -> None:
    doubling = "a=x; " + "a=$a$a; " * 60 + "printf _ $a"
    assert said_by_pinhook(doubling, Dialect.SH) == [None]
    branching = "".join(f"if c{i}; then a{i}=x; else a{i}=y; fi; " for i in range(40))
    many = said_by_pinhook(branching + "printf _ " + " ".join(f"$a{i}" for i in range(40)), Dialect.SH)
    assert len(many) == 41
    calls = "".join(f"f{i}() {{ f{i + 1}; f{i + 1}; }}; " for i in range(30)) + "f0"
    assert len(script_commands(SourceText.of(Source("script", calls)), Dialect.SH, {})) < 200_000
