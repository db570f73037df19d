"""Versions of several commands are resolved at the same time; the result is the same."""

from __future__ import annotations

import errno
import os
import signal
import sys
from pathlib import Path
from select import select
from threading import Barrier, Lock, Thread, current_thread, main_thread
from typing import TYPE_CHECKING

import pytest

from pinhook.__main__ import main
from pinhook.cli import fixer
from pinhook.fix import bounded, uv
from pinhook.fix.index_options import IndexOptions
from pinhook.fix.resolver import MAX_WORKERS, Resolver
from pinhook.fix.uv import Resolution, ResolveRequest
from tests.fix.processes import fixing

if TYPE_CHECKING:
    from collections.abc import Callable

    from pinhook.fix.resolver import VersionRequests

DEFAULT = IndexOptions()
OTHER = IndexOptions(default="https://example.org/simple")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def request(name: str, index_options: IndexOptions = DEFAULT) -> ResolveRequest:
    return ResolveRequest((name,), "3.12", "x86_64-unknown-linux-gnu", index_options)


def requests(*names: str) -> VersionRequests:
    return {request(name): {name: name} for name in names}


def resolver_of(ask: Callable[[ResolveRequest], Resolution]) -> Resolver:
    return Resolver(ask, lambda _index, _name: None)


def test_two_commands_are_asked_for_at_once() -> None:
    meeting = Barrier(MAX_WORKERS)
    lock = Lock()
    together = most = 0

    def ask(asked: ResolveRequest) -> Resolution:
        nonlocal together, most
        with lock:
            together += 1
            most = max(most, together)
        meeting.wait(timeout=30)  # it fails unless another one is asked for meanwhile
        with lock:
            together -= 1
        return Resolution({asked.requirements[0]: "1.0"}, {})

    resolver = resolver_of(ask)
    counts: list[int] = []
    resolver.resolve_all(requests("a", "b", "c", "d"), counts.append)
    assert most == MAX_WORKERS
    assert counts == sorted(counts)
    assert counts[-1] == 4
    meeting.abort()  # from now on nothing is asked any more
    assert [resolver.resolve(*each).versions for each in requests("d", "a").items()] == [{"d": "1.0"}, {"a": "1.0"}]


def test_nothing_is_asked_twice() -> None:
    asked: list[str] = []

    def ask(each: ResolveRequest) -> Resolution:
        asked.append(each.requirements[0])
        return Resolution(dict.fromkeys(each.requirements, "1.0"), {})

    resolver = resolver_of(ask)
    resolver.resolve_all(requests("a", "b"), lambda _: None)
    resolver.resolve_all(requests("a", "b", "c"), lambda _: None)
    assert sorted(asked) == ["a", "b", "c"]


def test_an_index_that_cannot_be_reached_is_asked_no_more() -> None:
    asked: list[ResolveRequest] = []

    def ask(each: ResolveRequest) -> Resolution:
        asked.append(each)
        if each.index_options != OTHER:
            raise uv.UnreachableError("the package index cannot be reached")
        return Resolution(dict.fromkeys(each.requirements, "1.0"), {})

    resolver = resolver_of(ask)
    many = requests(*map(str, range(20)))
    resolver.resolve_all({**many, request("x", OTHER): {"x": "x"}}, lambda _: None)
    assert len(asked) <= MAX_WORKERS + 1
    assert resolver.resolve(request("x", OTHER), {"x": "x"}).versions == {"x": "1.0"}
    before = len(asked)
    for each in many.items():
        with pytest.raises(uv.UnreachableError):
            resolver.resolve(*each)
    assert len(asked) == before


def test_without_an_index_that_cannot_be_reached_the_default_index_is_asked() -> None:
    several = OTHER._replace(extra=("https://example.org/extra",), strategy="unsafe-best-match")
    asked: list[ResolveRequest] = []

    def ask(each: ResolveRequest) -> Resolution:
        asked.append(each)
        if each.index_options.extra:
            raise uv.UnreachableError("the package index cannot be reached")
        return Resolution(dict.fromkeys(each.requirements, "1.0"), {})

    resolver = resolver_of(ask)
    for name in ("a", "b"):
        found = resolver.resolve(request(name, several), {name: name})
        assert found.versions == {name: "1.0"}
        assert found.unasked == "only the default index was asked (the package index cannot be reached)"
    assert [each.index_options.extra for each in asked] == [several.extra, (), ()]
    first_only = several._replace(strategy="")
    with pytest.raises(uv.UnreachableError):
        resolver.resolve(request("c", first_only), {"c": "c"})


@pytest.mark.parametrize("error", [uv.BrokenError("uv failed"), ValueError("a mistake of ours")])
def test_what_goes_wrong_goes_wrong_where_the_versions_are_needed(error: Exception) -> None:
    def ask(_: ResolveRequest) -> Resolution:
        raise error

    resolver = resolver_of(ask)
    resolver.resolve_all(requests("a", "b"), lambda _: None)
    assert resolver.failure is None
    for each in requests("a", "b").items():
        with pytest.raises(type(error)):
            resolver.resolve(*each)
    assert resolver.failure is (error if isinstance(error, uv.BrokenError) else None)


def test_an_exception_while_waiting_ends_the_programs() -> None:
    command = [sys.executable, "-c", "import time; time.sleep(60)"]
    threads: list[Thread] = []
    refused: list[OSError] = []

    def ask(_: ResolveRequest) -> Resolution:
        threads.append(current_thread())
        bounded.run(command, b"", os.environ, 60.0, 1)
        try:
            bounded.run(command, b"", os.environ, 60.0, 1)
        except OSError as error:
            refused.append(error)
        raise uv.BrokenError("killed")

    def interrupt(_: int) -> None:
        while len(bounded.PROGRAMS._running) < MAX_WORKERS:
            pass
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        resolver_of(ask).resolve_all(requests("a", "b", "c"), interrupt)
    for thread in threads:
        thread.join(30)
    bounded.PROGRAMS.allow()
    assert [error.errno for error in refused] == [errno.ECANCELED] * MAX_WORKERS


TEXTS = {
    "Dockerfile": "FROM python:3.12\nRUN pip install alpha beta\nRUN pip install gamma 'alpha>=1,<1'\n",
    "a/Dockerfile": "FROM python:3.12\nRUN pip install missing alpha\nRUN pip install -i https://example.org/s x\n",
    "b/Dockerfile": "FROM python:3.13\nRUN pip install beta=1.0\nRUN pip install alpha beta\n",
    "broken/Dockerfile": "FROM python:3.12\nRUN pip install broken\nRUN pip install 'a\n",
    **{f"c{number}/Dockerfile": f"FROM python:3.{number}\nRUN pip install alpha\n" for number in range(9, 14)},
}


def answer(asked: ResolveRequest) -> Resolution:
    if asked.index_options.default:
        raise uv.UnreachableError("the package index cannot be reached")
    if "broken" in asked.requirements:
        raise uv.BrokenError("uv failed")
    if missing := {"missing", "alpha>=1,<1"}.intersection(asked.requirements):
        raise uv.NoVersionsError(f"no version fits: {missing.pop()}")
    return Resolution(dict.fromkeys((each.partition("=")[0] for each in asked.requirements), asked.python), {})


@pytest.mark.parametrize("options", [["--fix"], ["--diff"], ["--fix", "--format=json"]])
def test_the_output_is_the_same(
    options: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    outcomes = []
    threads: set[bool] = set()

    def ask(asked: ResolveRequest) -> Resolution:
        threads.add(current_thread() is main_thread())
        return answer(asked)

    monkeypatch.setattr(fixer, "_unavailable", lambda *_, **__: "")
    monkeypatch.setattr(fixer, "Resolver", lambda: resolver_of(ask))
    for is_ahead in (True, False):
        if not is_ahead:
            monkeypatch.setattr(fixer.Fixer, "prefetch", lambda *_: None)
        for name, text in TEXTS.items():
            Path(name).parent.mkdir(exist_ok=True)
            Path(name).write_text(text)
        code = main([*options, "--isolated", *TEXTS])
        outcomes.append((code, *capsys.readouterr(), [Path(name).read_text() for name in TEXTS]))
        assert threads == {not is_ahead}
        threads.clear()
    assert outcomes[0] == outcomes[1]
    assert outcomes[0][0] == 2


@pytest.mark.skipif(os.name != "posix", reason="needs POSIX signals")
def test_ctrl_c_ends_all_that_is_asked(folder: Path) -> None:
    os.mkfifo("alive")
    alive = os.open("alive", os.O_RDONLY | os.O_NONBLOCK)
    (folder / "uv").write_text(
        f"#!{sys.executable}\nimport time\n"
        "alive = open('alive', 'w'); print('x', end='', file=alive, flush=True); time.sleep(60)\n"
    )
    (folder / "uv").chmod(0o755)
    (folder / "Dockerfile").write_text("FROM python:3.12\n" + "".join(f"RUN pip install {name}\n" for name in "abcd"))
    with fixing(folder) as process:
        said = b""
        while len(said) < MAX_WORKERS:
            select([alive], [], [], 30)
            said += os.read(alive, 9)
        process.send_signal(signal.SIGINT)
        assert process.communicate(timeout=30)[0] == b""
    assert process.returncode == -signal.SIGINT
    select([alive], [], [], 30)
    assert os.read(alive, 9) == b"", "all have closed it, and no other one was started"
    os.close(alive)
