"""The loop: make an input, check the laws, keep the input if it took a new branch."""

from __future__ import annotations

import sys
import time
from collections import Counter
from random import Random
from typing import TYPE_CHECKING, NamedTuple

from tests.fuzzing.branches import branches
from tests.fuzzing.grammar import Grammar
from tests.fuzzing.laws import Input, Law, broken, laws
from tests.fuzzing.minimising import minimise
from tests.fuzzing.mutation import LONGEST, choose, disguise, mutate, splice
from tests.fuzzing.tables import DOCKERFILES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_DOCKERFILE, _LIST = "Dockerfile", "requirements.txt"
_START = b"FROM python:3.12\nRUN pip install flask\n"
_MAX_KEPT = 5000
_EXECUTIONS_BETWEEN_REPORTS = 10_000


class Failure(NamedTuple):
    """A law that does not hold, the shortest input found, and what is wrong with it."""

    law: str
    given: Input
    reason: str


class Plan(NamedTuple):
    """How long to go on, with what, and where to put files."""

    seed: int
    executions: int
    seconds: float
    real: Sequence[bytes]
    folder: Path


class Result(NamedTuple):
    """The result. ``branches`` is the number of taken branches, as far as they were monitored."""

    executions: int
    laws: Counter[str]
    branches: int
    kept: int
    slowest: tuple[float, bytes]
    failures: tuple[Failure, ...]


class Maker:
    """Makes inputs: from the grammar, and from those that were worth keeping or are real."""

    def __init__(self, random: Random, real: Sequence[bytes]) -> None:
        self.random, self.real = random, real
        self.grammar = Grammar(DOCKERFILES)
        self.kept: list[bytes] = [_START]
        self.lists: list[bytes] = [b"flask\n"]

    def make(self) -> Input:
        if self.random.randrange(12) == 0:
            return Input(_LIST, self.data("requirements_file", self.lists))
        return Input(_DOCKERFILE, disguise(self.data("dockerfile", self.kept), self.random))

    def data(self, rule: str, kept: Sequence[bytes]) -> bytes:
        random = self.random
        others = self.real if self.real and rule == "dockerfile" else kept
        match random.randrange(10):
            case 0 | 1 | 2 | 3:
                return self.grammar.make(rule, random).encode("utf-8", "surrogateescape")[:LONGEST]
            case 4 | 5 | 6:
                return mutate(choose(kept, random), random)
            case 7 | 8:
                return mutate(random.choice(others), random)
            case _:
                return splice(choose(kept, random), random.choice(others), random)

    def keep(self, given: Input) -> None:
        kept = self.lists if given.name == _LIST else self.kept
        kept.append(given.data)
        del kept[:-_MAX_KEPT]


def fuzz(plan: Plan) -> Result:
    """Execute until the number or the time is reached."""
    random = Random(plan.seed)
    maker = Maker(random, plan.real)
    every_law = laws(plan.folder)
    seen = branches()
    counts: Counter[str] = Counter()
    failures: dict[str, Failure] = {}
    slowest = (0.0, b"")
    end = time.monotonic() + plan.seconds
    executions = 0
    seen.start()
    while executions < plan.executions and time.monotonic() < end:
        executions += 1
        if executions % _EXECUTIONS_BETWEEN_REPORTS == 0:
            print(f"{executions} executions, {len(seen.taken)} ways of branches", file=sys.stderr, flush=True)
        given = maker.make()
        started = time.process_time()
        for law in every_law:
            if random.randrange(law.every) == 0:
                counts[_name(law)] += 1
                if reason := broken(law, given):
                    _tell(law, given, reason, failures)
        slowest = max(slowest, (time.process_time() - started, given.data))
        if seen.news():
            maker.keep(given)
    seen.stop()
    kept = len(maker.kept) + len(maker.lists)
    return Result(executions, counts, len(seen.taken), kept, slowest, tuple(failures.values()))


def _name(law: Law) -> str:
    return law.holds.__qualname__.partition(".")[0]


def _tell(law: Law, given: Input, reason: str, failures: dict[str, Failure]) -> None:
    """Minimise a failure and print it, unless one of its kind is known."""
    kind = _kind(reason)
    if kind in failures:
        return
    failures[kind] = Failure(_name(law), given, reason)
    print(f"{reason}\n  {given}", flush=True)
    if kind == "slow":  # it would take as long for every trial
        return
    data = minimise(given.data, lambda data: _kind(broken(law, Input(given.name, data))) == _kind(reason))
    least = Input(given.name, data)
    failures[kind] = Failure(_name(law), least, broken(law, least))
    print(f"  in short: {failures[kind].reason}\n  {least}", flush=True)


def _kind(reason: str) -> str:
    return reason.partition(":")[0]
