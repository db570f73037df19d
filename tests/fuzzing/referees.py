"""Ask other readers: ``python -m tests.fuzzing.referees REFEREE [--folder DIR] [--inputs N] [--seed N] [--most N]``.

``buildkit`` reads Dockerfiles, ``shfmt`` (mvdan/sh) scripts. The others are bash, and dash where both read the
same: ``words`` compares the values of words, ``statements`` those of variables, ``runs`` which commands run,
``guards`` with which values after a test.
Exits with 1 when pinhook says something else of one of the inputs.
"""

from __future__ import annotations

import argparse
import itertools
import os
import re
import subprocess
import sys
import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, NamedTuple

from pinhook.dockerfile import parse
from pinhook.shell import Dialect, SimpleCommand, Unreadable, script_commands
from pinhook.shell.words import ShellError
from pinhook.source import Source, SourceError, SourceText
from tests.dockerfile.buildkit import newer_than_theirs, our_rows, their_rows
from tests.dockerfile.refusals import find_refusals
from tests.fuzzing import scripts
from tests.fuzzing.grammar import Grammar
from tests.fuzzing.loop import Maker
from tests.shell.calls import calls_of_pinhook, calls_of_shfmt

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from tests.fuzzing.grammar import Rules

_TOGETHER = 250
"""Scripts that one shell runs."""
_PREPARATION = "x=flask; y='a  b'; e=; set -- one 'two words'\n"
_RUN = '#!/bin/sh\nfor each; do printf \'%s\\1\' "$each"; done >> "$LOG"; printf \'\\0\' >> "$LOG"\n'
_QUICK = 'run() { for each; do printf \'%s\\1\' "$each"; done >> "$LOG"; printf \'\\0\' >> "$LOG"; }; export -f run\n'
_DRIVER = 'for script; do export LOG="$script.log"; (set --; . "$script") > "$script.out" 2>/dev/null < /dev/null; done'


class Verdict(NamedTuple):
    """What came of an input: ``agreed``, ``differs``, or why it says nothing; and what each has said."""

    outcome: str
    text: str = ""
    ours: object = None
    theirs: object = None


def buildkit(plan: Plan) -> Iterator[Verdict]:
    """BuildKit's parser, on Dockerfiles made as those of the fuzzer are."""
    real = [path.read_bytes() for path in sorted(plan.folder.rglob("*")) if path.is_file()] if plan.folder else []
    maker = Maker(Random(plan.seed), real)
    while True:
        given = maker.make()
        if given.name == "Dockerfile":
            yield _of_buildkit(given.data)


def _of_buildkit(data: bytes) -> Verdict:
    try:
        source = Source.decode("Dockerfile", data)
        text = data.decode()
    except (SourceError, UnicodeDecodeError):
        return Verdict("not UTF-8")
    if reasons := newer_than_theirs(source):
        return Verdict(reasons[0])
    theirs = their_rows(text)
    if theirs is None:
        dockerfile = parse(source)
        is_refused = dockerfile.problems or any(find_refusals(dockerfile))
        return Verdict("refused by both") if is_refused else Verdict("differs", text, "no problem", theirs)
    return _compared(text, our_rows(source), theirs)


def _compared(text: str, ours: object, theirs: object) -> Verdict:
    return Verdict("agreed") if ours == theirs else Verdict("differs", text, ours, theirs)


def shfmt(plan: Plan) -> Iterator[Verdict]:
    """mvdan/sh, on scripts for bash."""
    with ThreadPoolExecutor(2) as pool:
        for batch in _batches(scripts.SYNTAX, plan):
            yield from map(_of_shfmt, batch, pool.map(calls_of_shfmt, batch))


def _of_shfmt(script: str, theirs: object) -> Verdict:
    if theirs is None:
        return Verdict("rejected by mvdan/sh")
    if re.search(r"\$\w+#", script):
        return Verdict("mvdan/sh may end a word like $x#b at the hash sign, and bash does not")
    try:
        return _compared(script, calls_of_pinhook(script), theirs)
    except ShellError as error:
        return Verdict("differs", script, error.reason, theirs)


def words(plan: Plan) -> Iterator[Verdict]:
    """What the words of a command come to: the one thing that pinhook says, or it does not know."""
    for shell, script, printed, _ in _executed(scripts.WORDS, plan, ("bash", "dash"), _PREPARATION):
        said = _said(_PREPARATION + script, shell, "printf", skip=2)
        yield Verdict("not known") if None in said else _compared(script, said, [printed])


def statements(plan: Plan) -> Iterator[Verdict]:
    """What variables may hold: one of the values that pinhook says."""
    for shell, script, printed, _ in _executed(scripts.STATEMENTS, plan, ("bash", "dash"), _PREPARATION):
        said = _said(_PREPARATION + script, shell, "printf", skip=2)
        if None in said:
            yield Verdict("not known")
        else:
            yield Verdict("agreed") if printed in said or not printed else Verdict("differs", script, said, printed)


def runs(plan: Plan) -> Iterator[Verdict]:
    """Every command that bash runs is among those that pinhook sees."""
    for shell, script, _, ran in _executed(scripts.RUNS, plan, ("bash",), ""):
        said = _said(script, shell, "run", skip=1)
        missed = [] if None in said else [each for each in ran if each not in said]
        yield Verdict("differs", script, said, missed) if missed else Verdict("agreed" if ran else "nothing ran")


def guards(plan: Plan) -> Iterator[Verdict]:
    """Every command that runs is among ours, and none of ours has values that the test in front of it excludes."""
    preparation = "V=; W=latest\n"
    of_bash = _executed(scripts.BASH_GUARDS, plan, ("bash",), preparation)
    for both in zip(of_bash, _executed(scripts.GUARDS, plan, ("dash",), preparation), strict=True):
        for shell, script, _, ran in both:
            said = list(_possible(preparation + script, shell, "run"))
            if () in said:
                yield Verdict("not known")
                continue
            missed = [each for each in ran if not any(map(_covers, said, itertools.repeat(each)))]
            wrong = [each for each in said if not _is_admitted(shell, *each)]
            yield Verdict("differs", script, said, missed or wrong) if missed or wrong else Verdict("agreed")


def _covers(ours: tuple[str | None, ...], theirs: list[str]) -> bool:
    return len(ours) == len(theirs) and all(a is None or a == b for a, b in zip(ours, theirs, strict=True))


@cache
def _is_admitted(shell: str, test: str | None, first: str | None, second: str | None) -> bool:
    """Whether the values of V and W pass the test; ``None`` is a value that is not known.

    What a test of both says of the values of one together with those of the other is not kept, nor what a function
    says of several values that it gets.
    """
    is_exact = test is not None and "given" not in test and len({"V", "W"} & set(test)) == 1
    if not is_exact or first is None or second is None:
        return True
    script = f'given() {{ [ "$1" ]; }}; has_v() {{ [ -n "$V" ]; }}; V=$1; W=$2; {test}'
    return not subprocess.run(
        [shell, "-c", script, shell, first, second], check=False, stderr=subprocess.DEVNULL
    ).returncode


REFEREES: dict[str, Callable[[Plan], Iterator[Verdict]]] = {
    each.__name__: each for each in (buildkit, shfmt, words, statements, runs, guards)
}


class Plan(NamedTuple):
    """With which seed inputs are made, and from which real files, if any."""

    seed: int
    folder: Path | None


def _batches(rules: Rules, plan: Plan) -> Iterator[list[str]]:
    random = Random(plan.seed)
    grammar = Grammar(rules)
    while True:
        yield [grammar.make("script", random) for _ in range(_TOGETHER)]


def _executed(
    rules: Rules, plan: Plan, shells: Sequence[str], preparation: str
) -> Iterator[tuple[str, str, list[str], list[list[str]]]]:
    """Shell and script, and what it has printed and which ``run`` commands it has run."""
    for batch, shell in zip(_batches(rules, plan), itertools.cycle(shells), strict=False):
        with tempfile.TemporaryDirectory() as folder:
            yield from _execute(shell, batch, preparation, Path(folder))


def _execute(
    shell: str, batch: list[str], preparation: str, folder: Path
) -> Iterator[tuple[str, str, list[str], list[list[str]]]]:
    program = folder / "bin" / "run"
    empty = folder / "empty"  # where no pattern matches a file name
    program.parent.mkdir()
    empty.mkdir()
    program.write_text(_RUN)
    program.chmod(0o755)
    paths = [folder / str(number) for number in range(len(batch))]
    for path, script in zip(paths, batch, strict=True):
        path.write_text(f"{preparation}{script}\n", "utf-8")
    environment = {
        "PATH": f"{program.parent}:{os.environ['PATH']}",
        "LC_ALL": "C.UTF-8",
        "HOME": "/h",
        "FUNCNEST": "20",
    }
    driver = (_QUICK if shell == "bash" else "") + _DRIVER  # a function takes a fraction of the time of a program
    subprocess.run([shell, "-c", driver, shell, *paths], cwd=empty, env=environment, check=False, timeout=300)
    for path, script in zip(paths, batch, strict=True):
        printed = path.with_suffix(".out").read_text("utf-8", "replace").split("\0")[:-1]
        log = path.with_suffix(".log")
        ran = log.read_text("utf-8", "replace").split("\0")[:-1] if log.exists() else []
        yield shell, script, printed, [each.split("\1")[:-1] for each in ran]


def _possible(script: str, shell: str, name: str) -> Iterator[tuple[str | None, ...]]:
    """The possible arguments of each command of that name; ``None`` is one that is not known.

    None at all where not everything is followed.
    """
    dialect = Dialect.BASH if shell == "bash" else Dialect.SH
    for outcome in script_commands(SourceText.of(Source("script", script)), dialect, {}):
        if isinstance(outcome, Unreadable):
            yield ()
        elif isinstance(outcome, SimpleCommand) and str(outcome.arguments[0]) == name:
            yield tuple(str(each) if each.text.is_known else None for each in outcome.arguments[1:])


def _said(script: str, shell: str, name: str, skip: int) -> list[list[str] | None]:
    """The possible arguments of each command of that name; ``None`` where some are unknown or the text is not read."""
    dialect = Dialect.BASH if shell == "bash" else Dialect.SH
    said: list[list[str] | None] = []
    for outcome in script_commands(SourceText.of(Source("script", script)), dialect, {}):
        if isinstance(outcome, Unreadable):
            said.append(None)
        elif isinstance(outcome, SimpleCommand):
            head, *arguments = outcome.arguments
            if not head.text.is_known:
                said.append(None)
            elif str(head) == name:
                is_known = all(each.text.is_known for each in arguments)
                said.append([str(each) for each in arguments[skip - 1 :]] if is_known else None)
    return said


def report(verdicts: Iterable[Verdict], most: int) -> int:
    outcomes: Counter[str] = Counter()
    for verdict in verdicts:
        outcomes[verdict.outcome] += 1
        if verdict.outcome == "differs" and outcomes["differs"] <= most:
            print(f"{verdict.text!r}\n  ours   {verdict.ours!r}\n  theirs {verdict.theirs!r}", flush=True)
    for outcome, count in outcomes.most_common():
        print(f"{count:9} {outcome}")
    return 1 if outcomes["differs"] else 0


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzzing.referees")
    parser.add_argument("referee", choices=REFEREES)
    parser.add_argument("--folder", type=Path, help="real Dockerfiles to mutate and to splice")
    parser.add_argument("--inputs", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--most", type=int, default=20, help="how many disagreements to print")
    arguments = parser.parse_args()
    verdicts = REFEREES[arguments.referee](Plan(arguments.seed, arguments.folder))
    return report(itertools.islice(verdicts, arguments.inputs), arguments.most)


if __name__ == "__main__":
    sys.exit(main())
