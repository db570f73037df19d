"""The grammars of the scripts that other readers are asked about: every shell accepts them, or nearly."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.fuzzing.grammar import Rules

SYNTAX: Rules = {
    "literal": (
        "pip", "install", "flask==1.0", "-r", "é", "a#b", "{a,b}", "*.txt", "\\ ", "a\\\nb", "if", "done", "in", "x=1",
        "~/p", '\'single " $x\'', "$'ansi \\' \\n'", '"double"', '""', "''", '"a\\"b\\c"', '"two\nlines"', "[ab]", "!",
        "{}", "%", '"\\$x"', "x[1]", "@(a|b)", "+", "a=b", "-", "--x='y z'", "\\$", "\\'", '\\"', "$", "1", "{1..3}",
    ),
    "operand": ("d", "", "a b", "pip", "'q r'", '"a"', "$y", "*.txt", "a/b", "é", "\\ ", "-"),
    "plain": ("pip install flask", "x=1 y", ": 'a b'", "echo ⟨literal⟩ ⟨literal⟩", "pip install $x"),
    "variable": ("x", "PIP", "a1", "1", "@", "a[0]", "a[@]"),
    "expansion": (
        "$x", "${x}", "$1", "$@", '"$@"', "${#x}", "$$", "$?", "${a[@]}", "$((1 + 2))", "${!x}", "${x^^}", "${x:1:2}",
        "${⟨variable⟩⟨operator⟩⟨operand⟩}", '"${⟨variable⟩:-⟨default⟩}"', "$(⟨script⟩\n)", '"a $(⟨script⟩\n) b"',
        "${x:-$(⟨plain⟩\n)}", "`pip install x`", '"`pip install y`"', "`a\nb 'c d' # e\n`", "<(⟨script⟩\n)", '$"t $x"',
        "$(( $(⟨plain⟩) + 1 ))", '"${x:-"⟨plain⟩"}"', "$(<f)",
    ),
    "operator": (":-", "-", ":+", "#", "%%", "/", "//", ":=", "?", "##"),
    "default": ("d", "a b", "$y", '"q r"', "$(⟨plain⟩)"),
    "word": (
        "⟨literal⟩", "⟨literal⟩⟨literal⟩", "⟨expansion⟩", "⟨literal⟩⟨expansion⟩", "⟨expansion⟩⟨literal⟩⟨expansion⟩",
    ),
    "name": ("pip", "echo", "sudo pip", "python3 -m pip", "'pip'", "$PIP", "export x=1", "time pip", "! pip", "\\pip"),
    "assignment": (
        "x=⟨word⟩", "PIP=⟨word⟩", "a1+=⟨word⟩", "arr=(⟨word⟩ ⟨word⟩)", "arr[1]=⟨word⟩", "arr+=(⟨word⟩\n⟨word⟩)",
    ),
    "blank": (" ", " ", "  ", "\t", " \\\n "),
    "argument": ("⟨blank⟩⟨word⟩",),
    "redirection": (" >f", " 2> f", " >>⟨word⟩", " <⟨word⟩", " &>f", " 2>&1", " <<<⟨word⟩", " 3<>f", " >|f", " {fd}>f"),
    "simple": (
        "⟨plain⟩", "⟨name⟩⟨argument*⟩", "⟨name⟩⟨argument*⟩⟨redirection?⟩", "⟨assignment⟩ ⟨name⟩⟨argument*⟩",
        "⟨assignment⟩", "⟨name⟩⟨redirection⟩⟨argument+⟩", "declare -a ⟨assignment⟩", "local ⟨assignment⟩", "readonly x",
    ),
    "body": (
        "pip install x\n", 'it\'s "\n', "", "$x ${x:-d}\n", "\ttab\n", "$(⟨plain⟩\n)\n", "\\$x `a`\n", "a \\\nb\n",
    ),
    "document": (
        "cat <<EOF⟨tail⟩\n⟨body⟩EOF\n", "cat <<-E⟨tail⟩\n⟨body⟩\tE\n", 'cat <<\'Q\'⟨tail⟩\npip install x\nit\'s "\nQ\n',
        "cat << E\\X⟨tail⟩\n$x\nEX\n", "a <<A; b <<B\n⟨body⟩A\n⟨body⟩B\n", 'cat <<"E" &&\nE\n⟨plain⟩\n',
    ),
    "tail": ("", " | sh", " > f", " && ⟨plain⟩", "; ⟨plain⟩", " 2>&1 | tee f"),
    "line": ("\n", "; ", ";\n", ' # comment \' "\n', "\n\n  # pip install x\n"),
    "compound": (
        "( ⟨script⟩\n)", "{ ⟨script⟩\n}", "if ⟨script⟩\nthen ⟨script⟩\nfi", "while ⟨script⟩\ndo ⟨script⟩\ndone",
        "if ⟨script⟩\nthen ⟨script⟩\nelif ⟨script⟩\nthen ⟨script⟩\nelse ⟨script⟩\nfi",
        "until ⟨plain⟩; do ⟨script⟩\ndone < f", "for x in ⟨word⟩ b; do ⟨script⟩\ndone", "for x\ndo ⟨script⟩\ndone",
        "for ((i=0; i<3; i++)); do ⟨script⟩\ndone", "select x in ⟨word⟩; do ⟨script⟩\ndone",
        "case ⟨word⟩ in (a|b*) ⟨script⟩\n;; *) ⟨script⟩\n;& c) ;; esac", "case ⟨word⟩ in\n  x) ⟨script⟩\nesac 2> log",
        "((x + 1))", "[[ -n ⟨word⟩ && $x =~ ^(a|b)$ ]]", "f() { ⟨script⟩\n}", "function f { ⟨script⟩\n}",
        "f() ( ⟨script⟩\n)", "time { ⟨script⟩\n}", "! ( ⟨script⟩\n)", "coproc { ⟨script⟩\n}",
        "if ⟨plain⟩; then ⟨plain⟩; else { ⟨plain⟩;} fi", "(⟨plain⟩)>f", "[[ ! -f x || (a < b) ]]", "((x++)) || ⟨plain⟩",
    ),
    "separator": (" && ", " || ", " | ", " |& ", "\n", "; ", " & ", " &&\n", " |\n# c\n", "\n\n"),
    "command": ("⟨plain⟩", "⟨simple⟩", "⟨simple⟩", "⟨compound⟩"),
    "script": (
        "⟨plain⟩", "⟨command⟩", "⟨command⟩⟨separator⟩⟨command⟩", "⟨document⟩⟨command⟩",
        "⟨command⟩⟨line⟩⟨document⟩⟨plain⟩",
    ),
}  # fmt: skip
"""Whatever bash can read, for who reads bash."""

WORDS: Rules = {
    "piece": (
        "a", "'b c'", '"d  e"', "$x", '"$x"', "$y", '"$y"', "${e:-d e}", '"${u:-d e}"', "${x%k}", "\\ ", '"\\n\\$"',
        "''", "=", "{p,q}", "$1", '"$2"', "${u-'v w'}", "é", "#", "\\\n", "*", "[x]", "${y#a}", "${x:+'i j'}", "-",
        "${x#*a}", '"${y%% *}"', "${u:-$y}", '"${u:-$y}"', '${u:-"$y"}', "${e:+z}", "${e+z}", "\\\\", "'\\'", '"\'"',
        '\'"\'', "~", "${x##f*s}", "{", "}", ",", "${#x}", "$#", "$*", '"$*"', "${x:-'}'}", "\\{", "${w:=v}",
        '"\\a\\`"', "%", "${2}3", "$23",
    ),
    "word": ("⟨piece⟩", "⟨piece⟩⟨piece⟩", "⟨piece⟩⟨piece⟩⟨piece⟩", "⟨piece⟩⟨piece⟩⟨piece⟩⟨piece⟩"),
    "more": (" ⟨word⟩",),
    "script": ("printf '%s\\0' .⟨more⟩⟨more*⟩",),
}  # fmt: skip
"""Words that bash and dash expand alike.

``${w:=v}`` has a variable of its own: pinhook makes the assignments in the words of a command before it expands them.
"""

STATEMENTS: Rules = {
    **WORDS,
    "piece": tuple(piece for piece in WORDS["piece"] if piece not in {"~", "${x:-'}'}"}),
    "value": ("a", "$x", '"$x $y"', '"${y#a}"', "'p  q'", "$1", "", "${x%?}", '"$@"', "${#y}"),
    "test": ("[ 0 = 0 ]", '[ -n "$q" ]', "[ 1 = 2 ]", '[ "$x" = a ]', "[ $# = 0 ]"),
    "statement": (
        "x=⟨value⟩", "y=⟨value⟩", "⟨test⟩ && ⟨statement⟩", "⟨test⟩ || ⟨statement⟩",
        "if ⟨test⟩; then ⟨list⟩; else ⟨list⟩; fi", "if ⟨test⟩; then ⟨list⟩; fi", "for x in b; do ⟨list⟩; done",
        "( ⟨list⟩)", "{ ⟨list⟩; }", "f ⟨value⟩", "g", "x=l | true", "case ⟨value⟩ in a|m) ⟨list⟩;; *) ⟨list⟩;; esac",
        "set -- ⟨value⟩ o", "[ $# = 0 ] || shift", "unset y", "eval 'x=⟨word⟩'", "x=⟨value⟩ true",
        "while false; do ⟨list⟩; done", "export x", "! ⟨test⟩", "unset x", "⟨test⟩; ⟨statement⟩", "y=a; x=$y",
        "⟨statement⟩ &",
    ),
    "list": ("⟨statement⟩", "⟨statement⟩; ⟨statement⟩", "⟨statement⟩"),
    "script": ('g() { :; }; f() { y=$1; }; ⟨list⟩; ⟨list⟩; ⟨list⟩; wait; printf \'%s\\0\' $x - "$y"',),
}  # fmt: skip
"""What may become of two variables.

Left out, as pinhook takes them for what they mostly are: ``false && …``, of which the second runs; a loop over words
that come to nothing, whose body runs; what a loop puts together in its rounds; the default in ``${x:-default}`` where x
has what only the build knows; a function that is defined anew; ``eval`` of what only the build knows; ``((x=1))``.
"""

RUNS: Rules = {
    **STATEMENTS,
    "number": tuple("0123456789"),
    "argument": (
        "a", "b", "⟨number⟩", "⟨number⟩", "$x", '"$y"', "'⟨number⟩ c'", "{⟨number⟩,d}", "${u:-⟨number⟩}", "\\⟨number⟩",
    ),
    "run": ("run ⟨number⟩⟨number⟩", "run ⟨number⟩ ⟨argument⟩", "run ⟨argument⟩ ⟨argument⟩"),
    "wrapped": (
        "env ⟨program⟩", "nice -n 1 ⟨program⟩", "timeout -k 5 9 ⟨program⟩", "command ⟨run⟩", "eval '⟨run⟩'",
        'eval "⟨run⟩"', "bash -c '⟨bare⟩'", "sh -ec '⟨bare⟩; ⟨bare⟩'", 'bash -c "⟨bare⟩"',
        "echo ⟨number⟩ e | xargs ⟨bare⟩", "env X=1 -u Y ⟨program⟩", "xargs -n1 -I{} ⟨bare⟩ {} <<< ⟨number⟩",
        'sh -c \'⟨bare⟩ $1 "$@"\' n ⟨argument⟩', "exec ⟨program⟩", "nohup ⟨program⟩",
        "find . -maxdepth 0 -exec ⟨bare⟩ {} \\;", "bash <<E\n⟨bare⟩\n⟨bare⟩ $x\nE\n:", "sh <<'E'\n⟨bare⟩\nE\n:",
        "bash <<< '⟨bare⟩'", "echo '⟨bare⟩' | sh", "printf '⟨bare⟩\\n' | bash", "env -S '⟨bare⟩'", "time ⟨run⟩",
        "! ⟨run⟩", "setsid -w ⟨program⟩", "trap '⟨run⟩' EXIT", "stdbuf -o0 ⟨program⟩",
        'env -i PATH="$PATH" LOG="$LOG" ⟨program⟩', "\\run ⟨number⟩", "'run' ⟨number⟩", "P=run; $P ⟨number⟩",
        "${P:-run} ⟨number⟩", 'r"u"n ⟨number⟩', "x=⟨number⟩ ⟨program⟩", "{ru,n}n ⟨number⟩", "r$'u'n ⟨number⟩",
    ),
    "bare": ("run ⟨number⟩", "run ⟨number⟩ ⟨number⟩"),
    "program": ("run ⟨number⟩", "run ⟨number⟩ ⟨argument⟩"),
    "statement": (
        "⟨run⟩", "⟨run⟩", "⟨wrapped⟩", "⟨wrapped⟩", "x=⟨value⟩", "y=⟨number⟩", "⟨test⟩ && ⟨statement⟩",
        "⟨test⟩ || ⟨statement⟩", "if ⟨list⟩; then ⟨list⟩; else ⟨list⟩; fi",
        "if ⟨test⟩; then ⟨list⟩; elif ⟨list⟩; then ⟨list⟩; fi", "( ⟨list⟩)", "{ ⟨list⟩; }",
        "for x in ⟨argument⟩ ⟨argument⟩; do ⟨list⟩; done", "while false; do ⟨list⟩; done", "f ⟨argument⟩",
        'f() { ⟨run⟩; run "$1"; ⟨wrapped⟩; }', "case ⟨argument⟩ in a|[0-4]) ⟨list⟩;; *) ⟨list⟩;; esac",
        "echo $(⟨list⟩) `⟨run⟩`", "x=$(⟨run⟩)", "⟨run⟩ > /dev/null 2>&1", "⟨run⟩ | cat", "cat <(⟨run⟩)",
        "[[ -n $(⟨run⟩) ]]", "(( 1 + $(⟨run⟩; echo 1) ))", "cat <<E\n$(⟨run⟩)\nE\n:", "until true; do ⟨run⟩; done",
        "set -- ⟨argument⟩ ⟨argument⟩", 'run "$@"', "shift", "export y=⟨number⟩", "⟨run⟩ & wait",
        "a=(⟨argument⟩ ⟨argument⟩)", 'run "${a[@]}"', "for ((i=0; i<1; i++)); do ⟨run⟩; done", "f() (⟨run⟩)",
        "function h { ⟨run⟩; }", "h", 'x="$(⟨run⟩)" true', "echo ${x:-$(⟨run⟩)}", "a[$(⟨run⟩; echo 0)]=1",
        "time { ⟨list⟩; }", "select z in a; do ⟨run⟩; done < /dev/null", "return",
    ),
    "script": ("f() { :; }; h() { :; }; ⟨list⟩\n⟨list⟩\n⟨list⟩",),
}  # fmt: skip
"""Scripts of ``run`` commands, of which some run; no function calls itself."""

TESTS = (
    '[ -n "$V" ]', '[ -z "$V" ]', 'test -n "$V"', 'test -z "$V"', "[ $V ]", "[ -n $V ]", "[ -z $V ]", '[ "$V" = "" ]',
    '[ "$V" != 1 ]', '[ "$W" = "$V" ]', '[ "x$V" = x ]', '[ ! "$V" ]', '[ ! -n "$V" ]', '[ "$W" != latest ]',
    '[ -n "$V" -a "$W" = latest ]', '[ -z "$V" -o "$W" = 1 ]', '[ "$W" -gt 0 ]', '[ \\( "$V" = 1 \\) -o -n "$W" ]',
    '[ "${V:-d}" = d ]', '[ "${V:+s}" ]', "! [ -n \"$V\" ]", "{ [ -n \"$V\" ] && [ \"$W\" = 1 ]; }",
    '{ [ -n "$V" ] || [ "$W" = latest ]; }', "[ -e /dev/null ]", '{ [ -n "$V" ]; [ "$W" = 1 ]; }',
    'echo "$V" | grep -q 1',
    '[ ! -z "$V" -a ! "$W" = 2 ]', "[ $V = 1 ]", 'given "$V"', "has_v", "! has_v",
)  # fmt: skip
"""Conditions on V and W for any shell."""

BASH_TESTS = (
    "[[ -n $V ]]", "[[ -z $V ]]", '[[ "$V" == "" ]]', "[[ $V && $W = l* ]]", "[[ ! $V || $W != [0-9] ]]",
    "[[ ( -n $V ) || $W == 'l*' ]]", "[[ $V -gt 0 ]]", "[[ $W =~ ^l ]]", "! [[ -z $V ]]", '[[ $V == "$W" ]]',
    "[[ $V ]]",
    "[[ $W == ?atest && ! -z $V ]]", "[[ $V < 2 ]]", '[ "$V" == 1 ]',
)  # fmt: skip
"""Conditions of bash."""


def _guards(tests: tuple[str, ...]) -> tuple[str, ...]:
    """Statements in which ``run 'test' …`` runs only where the test succeeds."""
    found: list[str] = []
    for test in tests:
        holds = f'run \'{test}\' "$V" "$W"'
        fails = f'run \'! {{ {test}; }}\' "$V" "$W"'
        found += (
            f"if {test}; then {holds}; ⟨list⟩; else {fails}; ⟨list⟩; fi",
            f"{test} && {holds}",
            f"{test} || {fails}",
            f"{test} && {{ {holds}; ⟨list⟩; }} || {{ ⟨list⟩; }}",
            f"({test} || exit 1; {holds}; ⟨list⟩)",
            f"h() {{ {test} || return 1; {holds}; ⟨list⟩; }}; h",
            f"for i in 1; do {test} || continue; {holds}; done",
            f"for i in 1; do {test} && break; {fails}; ⟨list⟩; done",
            f"while {test}; do {holds}; ⟨list⟩; break; done",
            f"until {test}; do {fails}; ⟨list⟩; V=1; W=latest; break; done",
            f"if ⟨test⟩; then ⟨list⟩; elif {test}; then {holds}; fi",
        )
    return tuple(found)


def _ending(tests: tuple[str, ...]) -> tuple[str, ...]:
    """Statements in which a test that fails ends a subshell; no list with ``&&`` or ``||`` may hold them."""
    return tuple(
        f'(set -e; true && {test}; run \'{test}\' "$V" "$W"; ⟨list⟩)' for test in tests if not test.startswith("!")
    )


GUARDS: Rules = {
    "test": TESTS,
    "value": ("1", "latest", "", "$W", '"$V"', "2", "$(echo 1)"),
    "statement": (
        'run any "$V" "$W"', *_guards(TESTS),
        "V=⟨value⟩", "W=⟨value⟩", "⟨test⟩ && V=⟨value⟩", "⟨test⟩ || W=⟨value⟩",
        'case "$V" in "") run \'[ -z "$V" ]\' "$V" "$W"; ⟨list⟩;; 1) ⟨list⟩;; *) run \'[ -n "$V" ]\' "$V" "$W";; esac',
        'case $W in l*) run \'case $W in l*) ;; *) false;; esac\' "$V" "$W";; [0-9]) ⟨list⟩;; esac',
        '(: "${V:?}"; run \'[ -n "$V" ]\' "$V" "$W"; ⟨list⟩)', 'for V in 1; do ⟨list⟩; done', "(⟨list⟩)",
        "if ⟨test⟩; then return; fi", "f() { ⟨list⟩; }; f", "set -e", "set +e", "if ⟨test⟩; then V=⟨value⟩; fi",
    ),
    "list": ('run any "$V" "$W"', ":", "⟨statement⟩", "⟨statement⟩; ⟨statement⟩"),
    "script": ("⟨functions⟩; ⟨list⟩; ⟨ending⟩; ⟨list⟩\n⟨list⟩",),
    "functions": ('given() { [ "$1" ]; }; has_v() { [ -n "$V" ] && return; return 1; }',),
    "ending": _ending(TESTS),
}  # fmt: skip
"""Tests of two variables, and what depends on them."""

BASH_GUARDS: Rules = {
    **GUARDS, "test": (*TESTS, *BASH_TESTS), "statement": (*GUARDS["statement"], *_guards(BASH_TESTS)),
    "ending": _ending((*TESTS, *BASH_TESTS)),
}  # fmt: skip
