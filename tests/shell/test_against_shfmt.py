"""pinhook finds the same simple commands as mvdan/sh, word for word."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, event, given
from hypothesis import strategies as st

from pinhook import dockerfile
from pinhook.dockerfile import ShellForm
from pinhook.shell import outline, parser
from pinhook.shell.outline import draw_outline
from pinhook.shell.words import Dialect, ShellError
from pinhook.source import Source, SourceText
from tests.shell.calls import calls_of_pinhook, calls_of_shfmt, calls_recovered
from tests.shell.generators import SCRIPTS

if TYPE_CHECKING:
    from pathlib import Path

    from pinhook.shell.syntax import Node
    from pinhook.shell.tokens import Token
    from tests.shell.calls import Call


def readable(script: str, calls: list[Call]) -> list[list[str]]:
    return [[script[start:end] for start, end in call] for call in calls]


@given(SCRIPTS)
def test_generated_scripts(script: str) -> None:
    expected = calls_of_shfmt(script)
    event("accepted by mvdan/sh" if expected is not None else "rejected by mvdan/sh")
    assume(expected is not None)
    assert readable(script, calls_of_pinhook(script)) == readable(script, expected or [])


@given(SCRIPTS)
def test_recovery_from_the_tokens_loses_no_command(script: str) -> None:
    assume(calls_of_shfmt(script) is not None)
    assert set(calls_of_pinhook(script)) <= set(calls_recovered(script))


@given(SCRIPTS)
def test_bashlex_reads_everything_behind_masks(script: str) -> None:
    assume(calls_of_shfmt(script) is not None)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parser, "recover", no_recovery)
        calls_of_pinhook(script)


WORDS = st.sampled_from(
    [
        "a",
        "b=c",
        "d >e",
        "!",
        "{",
        "}",
        "(",
        ")",
        "if",
        "then",
        "else",
        "fi",
        "while",
        "do",
        "done",
        "for f in g",
        "h () {",
    ]
)
OPERATORS = st.sampled_from(["&&", "&&", ";", ";", "||", "|", "&", "\n", "&& i && j && k &&", "; l ; m ; n ;"])


@given(st.lists(st.one_of(WORDS, OPERATORS, OPERATORS), min_size=3, max_size=16).map(" ".join))
def test_commands_with_a_mask_in_common_have_the_tree_of_commands_with_their_own(script: str) -> None:
    text = SourceText.of(Source("script", script))
    tree = tree_of(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(outline, "_JOINING", frozenset())
        assert tree_of(text) == tree


def tree_of(script: SourceText) -> Node | str:
    try:
        return parser.parse(script, Dialect.BASH)[0]
    except ShellError as error:
        return error.reason


@pytest.mark.parametrize("script", ["while a &\ndo b; done", "while a;\ndo b; done", "until a\n\n\ndo b\ndone"])
def test_bashlex_reads_loops_over_several_lines(script: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parser, "recover", no_recovery)
        assert len(calls_of_pinhook(script)) == 2


def no_recovery(tokens: list[Token]) -> Node:
    raise AssertionError(f"bashlex could not read {draw_outline(tokens).text!r}")


@pytest.mark.parametrize(
    "script",
    [
        "if a; then b; elif c; then d; elif e; then f; else g; fi",
        "a $(b\nc)",
        "echo ${x:-$(pip install y)}",
        'echo "${x:-"$(pip install y)"}"',
        "case $x in a) pip install a;; (b|c) pip install b;; *) pip install c; esac",
        "[[ -n $x ]] && pip install a || [[ $x =~ ^(a|b)$ ]]",
        "(( x++ )); pip install $((1 + $(pip install y)))",
        "a=(x $(pip install y)); pip install z",
        "time pip install a; time -p pip install b; ! pip install c",
        "coproc pip install a",
        "for ((i=0; i<3; i++)); do pip install a; done",
        "cat <<'EOF' > f; pip install a\npip install b\nEOF\npip install c",
        "cat <<EOF\n$(pip install a)\n`pip install b`\nEOF",
        "echo $(a || b; c & d)",
        "echo `echo a; pip install a`",
        "f() { pip install a; }; function g { f; }; function h() ( g )",
        "ls !(a|b) @(c) *(d)",
        "pip install a # pip install b\npip install c",
        "x=$(case $y in a) pip install z;; esac) pip install q",
        "declare -a a=(b c); readonly d=$(pip install e)",
        "exec 3<>f; pip install a &>> log; pip install b >| c",
        "if ! [[ -f x ]]; then (pip install a)fi; { pip install b;}",
        "if a; then if b; then c; fi fi; if a; then { b; } fi; if a; then case b in b) c;; esac fi",
        "while read -r p; do pip install $p; done < <(pip freeze)",
        "pip install \\\n  a \\\n  b",
        "$'a\\'b' $\"c\" \"$'d'\"",
        "a; b &\nc & d",
        "a;\n\nif b; then c; fi\n\n\nd",
        "echo $(( $(echo $'a \\' b') + 1 )) $(($'\\'' + (2)))",
        "a | f() ( b )",
        "for x # c\n\n# d\nin a\ndo b; done",
        "echo $(( (1) + ')' )); ((x = $(a))); echo $[ $(b) + 1 ]",
        "[[ -n <(cat <<'Q'\nit's\nQ\npip install a) && a < b ]]",
        "echo ${a[@]} ${#a[@]} ${!b} ${c//x/y} ${d:1:2} ${e^^}",
        "a && b && c && d && e || f && g && h && i && j | k && l && m && n",
        "a; b; c; d; e && f; g; h & i; j; k; l; ! m; n; o; p",
        "if a; b; c; d; then e; f; g; h; fi; (i; j; k; l); { m && n && o && p; } > q && r && s && t",
    ],
)
def test_constructs_that_bashlex_loses_or_rejects(script: str) -> None:
    assert readable(script, calls_of_pinhook(script)) == readable(script, calls_of_shfmt(script) or [])


def test_corpus(corpus: list[Path]) -> None:
    scripts = sorted({script for path in corpus for script in shell_texts(path)})
    assert scripts
    with ThreadPoolExecutor() as pool:
        expected = list(pool.map(calls_of_shfmt, scripts))
    read = [(script, calls) for script, calls in zip(scripts, expected, strict=True) if calls is not None]
    disagreements = [script for script, calls in read if not agrees(script, calls)]
    assert not disagreements
    assert len(read) > 0.9 * len(scripts)


def shell_texts(path: Path) -> list[str]:
    source = Source.decode(str(path), path.read_bytes())
    forms = (command.form for command in dockerfile.find_commands(dockerfile.parse(source)))
    return [str(form.text) for form in forms if isinstance(form, ShellForm) and form.shell.kind in {"sh", "bash"}]


def agrees(script: str, expected: list[Call]) -> bool:
    try:
        return calls_of_pinhook(script) == expected
    except ShellError:
        return False
