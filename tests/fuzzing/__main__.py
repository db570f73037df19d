"""Fuzz pinhook: ``python -m tests.fuzzing [FOLDER] [--executions N] [--seconds S] [--seed N] [--jobs N] [--save DIR]``.

Inputs come from a grammar, from the files of FOLDER, and from earlier inputs that took a new branch. Exits with 1 when
a law does not hold of one of them; each failure is printed with the shortest input that was found for it.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import tempfile
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from tests.fuzzing.loop import Plan, Result, fuzz

if TYPE_CHECKING:
    from collections.abc import Iterable


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzzing", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path, help="real files to mutate and to splice")
    parser.add_argument("--executions", type=int, default=1_000_000, help="of each job")
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--save", type=Path, metavar="DIR", help="where to write the inputs that fail")
    return parser.parse_args()


def plans(arguments: argparse.Namespace, folder: Path) -> Iterable[Plan]:
    paths = sorted(arguments.folder.rglob("*")) if arguments.folder else []
    real = [path.read_bytes() for path in paths if path.is_file()]
    for job in range(arguments.jobs):
        own = folder / str(job)
        own.mkdir()
        yield Plan(arguments.seed + job, arguments.executions, arguments.seconds, real, own)


def report(results: Iterable[Result]) -> None:
    laws: Counter[str] = Counter()
    for result in results:
        print(f"{result.executions} executions, {result.branches} ways of branches, {result.kept} inputs kept")
        print(f"the slowest took {result.slowest[0]:.2f} s: {result.slowest[1]!r}")
        laws += result.laws
    for law, count in laws.items():
        print(f"{count:9} {law}")


def save(result: Result, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for failure in result.failures:
        name = f"{failure.law}-{hashlib.sha256(failure.given.data).hexdigest()[:12]}.{failure.given.name}"
        (folder / name).write_bytes(failure.given.data)


def main() -> int:
    arguments = parsed()
    with tempfile.TemporaryDirectory() as folder:
        if arguments.jobs == 1:
            results = [fuzz(*plans(arguments, Path(folder)))]
        else:
            with ProcessPoolExecutor(arguments.jobs) as processes:
                results = list(processes.map(fuzz, plans(arguments, Path(folder))))
    report(results)
    for result in results:
        if arguments.save:
            save(result, arguments.save)
    failures = [failure for result in results for failure in result.failures]
    for failure in failures:
        print(f"{failure.law}: {failure.reason}\n  {failure.given}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
