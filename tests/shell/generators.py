"""Scripts made from the grammar of the Bash manual, for hypothesis."""

from __future__ import annotations

from hypothesis import strategies as st

BLANK = st.sampled_from([" ", " ", "  ", "\t", " \\\n "])
LINE = st.sampled_from(["\n", "\n", "; ", ";\n", " # comment ' \"\n", "\n\n  # pip install x\n"])
NAMES = st.sampled_from(["x", "PIP", "a1"])
LITERALS = st.sampled_from([
    "pip", "install", "flask==1.0", "-r", "é", "a#b", "{a,b}", "*.txt", "\\ ", "a\\\nb", "if", "done", "in", "x=1",
    "~/p", "'single \" $x'", "$'ansi \\' \\n'", '"double"', '""', "''", '"a\\"b\\c"', '"two\nlines"', "[ab]", "!", "{}",
    "%",
])  # fmt: skip


def words(scripts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Words, with commands inside."""
    operands = st.one_of(LITERALS.filter(lambda word: "}" not in word and "\n" not in word), st.just(""))
    expansions = st.one_of(
        st.sampled_from(["$x", "${x}", "$1", "$@", '"$@"', "${#x}", "$$", "$?", "${a[@]}", "$((1 + 2))", "$"]),
        st.builds("${{{}{}{}}}".format, NAMES, st.sampled_from([":-", "-", ":+", "#", "%%", "/"]), operands),
        st.builds('"${{{}:-{}}}"'.format, NAMES, st.sampled_from(["d", "a b", "$y", '"q r"'])),
        scripts.map(lambda script: f"$({script}\n)"),
        scripts.map(lambda script: f'"a $({script}\n) b"'),
        # without a hash sign, at which mvdan/sh ends a word like $x#b there, and bash does not
        scripts.filter(lambda script: "#" not in script).map(lambda script: f"${{x:-$({script}\n)}}"),
        # not nested: inside other quotes mvdan/sh takes the inner closing backslash for a character of the last word
        st.sampled_from(["`pip install x`", '"`pip install y`"', "`a\nb 'c d' # e\n`"]),
        scripts.map(lambda script: f"<({script}\n)"),
    )
    return st.lists(st.one_of(LITERALS, LITERALS, expansions), min_size=1, max_size=3).map("".join)


@st.composite
def simple_commands(draw: st.DrawFn, scripts: st.SearchStrategy[str]) -> str:
    word = words(scripts)
    pieces = draw(st.lists(st.builds("{}={}".format, NAMES, word), max_size=1))
    if draw(st.integers(0, 9)) == 0:
        pieces.append(f"arr=({draw(word)} {draw(word)})")
    pieces.append(draw(st.sampled_from(["pip", "echo", "sudo pip", "python3 -m pip", "'pip'", "$PIP", "export x=1"])))
    pieces += draw(st.lists(word, max_size=3))
    pieces += draw(st.lists(st.builds("{}{}".format, st.sampled_from([">", "2> ", ">>", "<", "&>"]), word), max_size=1))
    return draw(BLANK).join(pieces) + draw(st.sampled_from(["", "", " 2>&1"]))


@st.composite
def here_documents(draw: st.DrawFn, scripts: st.SearchStrategy[str]) -> str:
    delimiter, end = draw(st.sampled_from([("<<EOF", "EOF"), ("<<-E", "\tE"), ("<<'Q'", "Q"), ("<< E\\X", "EX")]))
    body = draw(st.sampled_from(["pip install x\n", "it's \"\n", "", "$x ${x:-d}\n", "\ttab\n"]))
    inner = draw(scripts)
    if delimiter in {"<<EOF", "<<-E"} and "<<" not in inner:  # bash ends the outer one at the inner delimiter
        body += draw(st.sampled_from(["", f"$({inner}\n)\n"]))
    return f"cat {delimiter}{draw(st.sampled_from(['', ' | sh', ' > f']))}\n{body}{end}"


@st.composite
def compound_commands(draw: st.DrawFn, scripts: st.SearchStrategy[str]) -> str:
    inner, other, third = (draw(scripts) for _ in range(3))
    word = draw(words(scripts))
    return draw(
        st.sampled_from(
            [
                f"if {inner}\nthen {other}\nfi",
                f"if {inner}\nthen {other}\nelif {third}\nthen {inner}\nelif {other}\nthen {third}\nelse {inner}\nfi",
                f"while {inner}\ndo {other}\ndone",
                f"until {inner}\ndo {other}\ndone < file",
                f"for x in {word} b; do {inner}\ndone",
                f"for x\ndo {inner}\ndone",
                f"for ((i=0; i<3; i++)); do {inner}\ndone",
                f"select x in {word}; do {inner}\ndone",
                f"case {word} in (a|b*) {inner}\n;; *) {other}\n;& c) ;; esac",
                f"case {word} in\n  x) {inner}\nesac 2> log",
                f"{{ {inner}\n}}",
                f"( {inner}\n)",
                f"(({inner.count('p')} + 1))",
                f"[[ -n {word} && $x =~ ^(a|b)$ ]]",
                f"f() {{ {inner}\n}}",
                f"function g {{ {inner}\n}}",
                f"f() ( {inner}\n)",
                f"time {{ {inner}\n}}",
                f"! ( {inner}\n)",
                f"coproc {{ {inner}\n}}",
            ]
        )
    )


def _scripts(scripts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    command = st.one_of(
        simple_commands(scripts), simple_commands(scripts), compound_commands(scripts), here_documents(scripts)
    )
    joined = st.builds(
        _join, command, st.sampled_from([" && ", " || ", " | ", " |& ", "\n", "; ", " & ", " &&\n"]), command
    )
    return st.one_of(command, joined)


def _join(first: str, operator: str, second: str) -> str:
    """A here-document ends its line, so that only a new line can follow it."""
    return first + ("\n" if "<<" in first else operator) + second


SCRIPTS = st.recursive(st.sampled_from(["pip install flask", "x=1 y", ": 'a b'"]), _scripts, max_leaves=6)
"""Scripts that bash accepts, nearly all of them."""
