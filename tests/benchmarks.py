"""How long pinhook takes, in ratios: compared_with a Python that does nothing, and compared_with hadolint.

    python -m tests.benchmarks [FOLDER] [--commits] [--megabytes] [--rounds N] [--output FILE]

FOLDER holds Dockerfiles that both programs read in one process each. ``--commits`` also times ``git commit`` with each
of the programs as a hook, and ``--megabytes`` a megabyte of each kind of Dockerfile, in seconds; both take minutes. The
commands of a row run in turn, so that other load on the machine affects all of them. A ratio is that of the medians;
that of the shortest times is in brackets. Needs Unix, to measure memory. Builds an environment that contains only
pinhook, like that of a hook.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tests.growth_inputs import DOCKERFILES, HEAD
from tests.projects import ENVIRONMENT, ROOT, copy_project, new_repository, run

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

BIN = Path(sys.executable).parent
COUNT = 5000
MEGABYTE = 1_000_000
PLAIN = f'{HEAD}RUN apt-get update && apt-get install -y curl\nCOPY . /app\nCMD ["app"]\n'
INSTALLING = f'{HEAD}RUN apt-get update && pip install flask requests==2.32.0\nCOPY . /app\nCMD ["app"]\n'
CONFIGURATION = "repos:\n- repo: {repo}\n  rev: {rev}\n  hooks:\n  - id: pinhook\n"
HADOLINT = (
    "repos:\n- repo: local\n  hooks:\n  - id: hadolint\n    name: hadolint\n    language: system\n"
    "    entry: {program}\n    files: Dockerfile\n"
)


class Command(NamedTuple):
    """A command to measure. ``prepare`` is a command that runs before each measurement and is not measured.

    ``times`` is how often it runs in a turn: the speed of a machine changes, and a short run averages less of that.
    """

    words: Sequence[str | Path]
    folder: Path
    prepare: Sequence[str | Path] = ()
    environment: dict[str, str] | None = None
    times: int = 1


class Cost(NamedTuple):
    """What the runs of a command took.

    ``seconds`` are those of the clock, ``processor`` those of all processors together. ``memory`` is the peak of one of
    its processes in bytes.
    """

    seconds: list[float]
    processor: list[float]
    memory: int


class Row(NamedTuple):
    """A line of the table."""

    what: str
    compared_with: str
    ratio: str
    wanted: str


def measure(commands: Sequence[Command], rounds: int) -> list[Cost]:
    """Run commands by turns, after a first time that does not count."""
    costs = [Cost([], [], 0) for _ in commands]
    for count in range(rounds + 1):
        for index, command in enumerate(commands):
            for _ in range(command.times if count else 1):
                cost = measured(command)
                if count:
                    before = costs[index]
                    costs[index] = Cost(
                        before.seconds + cost.seconds,
                        before.processor + cost.processor,
                        max(before.memory, cost.memory),
                    )
    return costs


def measured(command: Command) -> Cost:
    environment = {**ENVIRONMENT, **(command.environment or {})}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # without its cache Python compiles everything at each start
    if command.prepare:
        subprocess.run(command.prepare, cwd=command.folder, env=environment, check=False, capture_output=True)
    start = time.perf_counter()
    process = subprocess.Popen(
        command.words, cwd=command.folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode in {0, 1}, command.words
    processor = usage.ru_utime + usage.ru_stime
    return Cost([seconds], [processor], usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024))


def ratio(ours: list[float], theirs: list[float], digits: int = 1) -> str:
    """The time of the first divided by that of the second: of the medians, and in brackets of the minima."""
    by_median = statistics.median(ours) / statistics.median(theirs)
    return f"{by_median:.{digits}f} ({min(ours) / min(theirs):.{digits}f})"


def install(folder: Path) -> Path:
    """A new environment with pinhook in it and nothing else; the folder of its programs."""
    run(BIN / "uv", "venv", "--quiet", "--python", sys.executable, folder, cwd=ROOT)
    python = folder / "bin" / "python"
    run(BIN / "uv", "pip", "install", "--quiet", "--compile-bytecode", "--python", python, ROOT, cwd=ROOT)
    return python.parent


def starts(programs: Path, folder: Path, rounds: int) -> Iterator[Row]:
    """One small file."""
    bare = Command([programs / "python", "-c", "pass"], folder)
    for name, text, wanted in [("without", PLAIN, "3"), ("with", INSTALLING, "5")]:
        path = folder / f"Dockerfile.{name}"
        path.write_text(text, encoding="utf-8")
        ours, python, theirs = measure(
            [Command([programs / "pinhook", path], folder), bare, Command([BIN / "hadolint", path], folder)], rounds
        )
        what = f"one Dockerfile {name} a `pip install`"
        yield Row(what, "`python -c pass`", ratio(ours.seconds, python.seconds), f"at most {wanted}")
        yield Row(what, "hadolint", ratio(ours.seconds, theirs.seconds), "")


def files(programs: Path, folder: Path, rounds: int) -> Iterator[Row]:
    """All files of a folder in one process."""
    paths = sorted(path for path in folder.resolve().rglob("*") if path.is_file() and path.name != "README.md")
    ours, theirs = measure(
        [
            Command([programs / "pinhook", *paths], folder, times=5),
            Command([BIN / "hadolint", *paths], folder),
        ],
        rounds,
    )
    what = f"{len(paths)} Dockerfiles in one process"
    yield Row(what, "hadolint, on all processors", ratio(ours.seconds, theirs.seconds, digits=3), "")
    yield Row(f"{what}, processor time", "hadolint", ratio(ours.processor, theirs.processor, digits=3), "at most 0.045")
    memory = ours.memory / theirs.memory
    yield Row(f"peak memory for {len(paths)} Dockerfiles", "hadolint", f"{memory:.2f}", "at most 0.5")


def growth(programs: Path, folder: Path, rounds: int) -> Iterator[Row]:
    """Twice as much of something."""
    empty = folder / "Dockerfile.empty"
    empty.write_text(HEAD, encoding="utf-8")
    sources = {name: [make(COUNT), make(2 * COUNT)] for name, make in DOCKERFILES.items()}
    for number, (name, texts) in enumerate(sources.items()):
        paths = [folder / f"Dockerfile.{number}.{index}" for index in range(2)]
        for path, text in zip(paths, texts, strict=True):
            path.write_text(text, encoding="utf-8")
        nothing, once, twice = (
            min(cost.seconds)
            for cost in measure([Command([programs / "pinhook", path], folder) for path in (empty, *paths)], rounds)
        )
        grown = f"{(twice - nothing) / (once - nothing):.1f}" if once > 2 * nothing else "too fast to measure"
        yield Row(f"{2 * COUNT} {name}", f"{COUNT}", grown, "at most 2.2")


def megabytes(programs: Path, folder: Path) -> Iterator[Row]:
    """What a megabyte of something costs, once, with everything that is asked at the level *hashes*."""
    for number, (name, make) in enumerate(DOCKERFILES.items()):
        path = folder / f"Dockerfile.{number}.large"
        path.write_text(make(COUNT * MEGABYTE // len(make(COUNT))), encoding="utf-8")
        cost = measured(Command([programs / "pinhook", "--level=hashes", path], folder))
        megabytes = path.stat().st_size / MEGABYTE
        spent = f"{cost.seconds[0] / megabytes:.1f} s, {cost.memory / MEGABYTE:.0f} MB"
        yield Row(f"a megabyte of {name}", "", spent, "a few seconds")


def commits(folder: Path, rounds: int) -> Iterator[Row]:
    """The commit of a Dockerfile without flaws."""
    project = folder / "project"
    ours = CONFIGURATION.format(repo=project, rev=copy_project(project))
    theirs = HADOLINT.format(program=BIN / "hadolint")
    names = {"pre-commit": ours, "prek": ours, "pre-commit with hadolint": theirs}
    commands = []
    for name, configuration in names.items():
        repository = new_repository(folder / name.replace(" ", "-"))
        (repository / ".pre-commit-config.yaml").write_text(configuration, encoding="utf-8")
        (repository / "Dockerfile").write_text(PLAIN, encoding="utf-8")
        environment = {
            "PATH": os.pathsep.join([str(BIN), os.environ["PATH"]]),
            "PRE_COMMIT_HOME": str(folder / "homes" / name),
            "PREK_HOME": str(folder / "homes" / name),
        }
        run(BIN / name.split(" ")[0], "install", cwd=repository, environment=environment)
        run("git", "add", "--all", cwd=repository)
        undo = ("git", "update-ref", "-d", "refs/heads/main")  # so that everything is new to each commit
        commands.append(Command(["git", "commit", "--quiet", "--message=all"], repository, undo, environment))
    by_pre_commit, by_prek, with_hadolint = measure(commands, rounds)
    for name, cost in {"pre-commit": by_pre_commit, "prek": by_prek}.items():
        yield Row(
            f"`git commit` with {name}",
            "hadolint by pre-commit",
            ratio(cost.seconds, with_hadolint.seconds),
            "at most 1.3",
        )


def table(rows: Sequence[Row]) -> str:
    """The rows as Markdown."""
    head = Row("pinhook", "compared with", "ratio", "wanted")
    lines = [head, Row(*["---"] * len(head)), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", metavar="FOLDER", type=Path, nargs="?", help="Dockerfiles to compare hadolint on")
    parser.add_argument("--commits", action="store_true", help="time git commit, too")
    parser.add_argument("--megabytes", action="store_true", help="time a megabyte of each kind of Dockerfile, too")
    parser.add_argument("--rounds", type=int, default=21, help="how often each start is timed; longer runs less often")
    parser.add_argument("--output", type=Path, metavar="FILE", help="write the table to a file, too")
    options = parser.parse_args(argv)
    few = max(3, options.rounds // 5)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        programs = install(folder / "environment")
        rows = list(starts(programs, folder, options.rounds))
        if options.folder:
            rows += files(programs, options.folder, few)
        rows += growth(programs, folder, few)
        if options.megabytes:
            rows += megabytes(programs, folder)
        if options.commits:
            rows += commits(folder, options.rounds)
    print(table(rows), end="")
    if options.output:
        options.output.write_text(table(rows), encoding="utf-8")


if __name__ == "__main__":
    main()
