"""The client for uv: its input, and the handling of its failures."""

from __future__ import annotations

import base64
import json
import os
import signal
import sys
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from select import select
from typing import TYPE_CHECKING, Any

import pytest

from pinhook.__main__ import main
from pinhook.fix import LockedVersions, VersionSources, bounded, fix, uv, without_builds
from pinhook.fix.index_options import IndexOptions
from pinhook.fix.resolver import Resolver
from pinhook.reporters import REPORTERS
from tests.checks import document_of
from tests.fix.processes import fixing

if TYPE_CHECKING:
    from collections.abc import Iterator

TEXT = "FROM python:3.12\nRUN pip install alpha beta\nRUN pip install gamma\n"
PRIVATE = IndexOptions(
    default="https://user:secret@example.org/simple",
    extra=("https://token@example.org/more",),
    links=("https://example.org/a", "https://example.org/b"),
    hosts=("example.org", "b.example.org"),
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, clean_uv: None, monkeypatch: pytest.MonkeyPatch) -> Path:
    del clean_uv
    monkeypatch.chdir(tmp_path)
    (tmp_path / "Dockerfile").write_text(TEXT)
    return tmp_path


def stand_in(folder: Path, program: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a program in Python in the place of uv."""
    path = folder / "uv"
    path.write_text(f"#!{sys.executable}\nimport os, sys, time\n{program}\n")
    path.chmod(0o755)
    monkeypatch.setattr(uv, "find_uv", lambda: str(path))


def test_no_url_is_on_the_command_line() -> None:
    request = uv.ResolveRequest(("alpha",), "3.12", "x86_64-unknown-linux-gnu", PRIVATE)
    assert not any("example.org" in argument for argument in uv.arguments(request))
    variables = uv.environment(PRIVATE, {"UV_INDEX_URL": "https://example.org/own", "HOME": "/"})
    assert variables["UV_DEFAULT_INDEX"] == PRIVATE.default
    assert variables["UV_INDEX"] == PRIVATE.extra[0]
    assert variables["UV_FIND_LINKS"] == "https://example.org/a,https://example.org/b"
    assert variables["UV_INSECURE_HOST"] == "example.org b.example.org"
    assert variables["HOME"] == "/"
    assert "UV_INDEX_URL" not in variables


SECRETS = [
    "pip install -i https://me:hunter2@example.org/simple alpha",
    "pip install --extra-index-url https://hunter2@example.org/simple -f https://example.org/?token=hunter2 alpha",
    "PIP_INDEX_URL=https://me:hunter2@example.org/simple pip install alpha",
    "uv pip install --default-index https://me:hunter2@example.org/simple alpha",
    "uv pip install --index private=https://me:hunter2@example.org/simple alpha",
]


@pytest.mark.parametrize("command", SECRETS)
@pytest.mark.parametrize("output_format", [reporter.name for reporter in REPORTERS])
def test_secrets_are_neither_on_the_command_line_nor_in_a_report(
    command: str, output_format: str, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A uv that prints all its input as an error."""
    said = "' '.join([*sys.argv[1:], sys.stdin.read(), *(v for k, v in os.environ.items() if k.startswith('UV_'))])"
    program = f"open('asked', 'w').write(repr(sys.argv))\nprint('error:', {said}, file=sys.stderr)"
    for code in (1, 2):
        stand_in(folder, f"{program}\nsys.exit({code})", monkeypatch)
        Path("Dockerfile").write_text(f"FROM python:3.12\nRUN {command}\n")
        assert main(["--fix", f"--format={output_format}", "Dockerfile"]) == code
        printed, said = capsys.readouterr()
        assert "hunter2" not in Path("asked").read_text()
        assert "hunter2" not in printed + said
        assert "***" in printed, "uv has printed it"


def test_neither_variables_nor_paths_nor_urls_are_asked_for(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    stand_in(folder, "open('asked', 'w').write(sys.stdin.read())\nprint('alpha==1.0')", monkeypatch)
    targets = (
        "alpha b==$V $C './d' e@/f 'g @ https://example.org/g' git+https://example.org/h 'i; os_name==\"$J\"' .[k]"
    )
    Path("Dockerfile").write_text(
        f"FROM python:3.12\nRUN pip install --no-deps {targets} -e l '--index-url=https://example.org'"
    )
    assert main(["--fix", "Dockerfile"]) == 1
    assert Path("asked").read_text() == "alpha"
    capsys.readouterr()


@pytest.mark.skipif(os.name != "posix", reason="needs POSIX signals")
def test_ctrl_c_for_pinhook_alone_ends_uv_too(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "FROM python:3.12\nRUN pip install alpha\n"
    (folder / "Dockerfile").write_text(text)
    os.mkfifo("alive")
    alive = os.open("alive", os.O_RDONLY | os.O_NONBLOCK)
    stand_in(
        folder, "alive = open('alive', 'w'); print('yes', end='', file=alive, flush=True); time.sleep(60)", monkeypatch
    )
    with fixing(folder) as process:
        select([alive], [], [], 30)
        assert os.read(alive, 9) == b"yes"
        process.send_signal(signal.SIGINT)
        assert process.communicate(timeout=30)[0] == b""
    assert process.returncode == -signal.SIGINT
    select([alive], [], [], 30)
    assert os.read(alive, 9) == b"", "uv has closed it"
    os.close(alive)
    assert (folder / "Dockerfile").read_text() == text


@pytest.mark.parametrize(
    ("program", "code", "said"),
    [
        ("sys.exit('error: Failed to fetch: https://a:b@example.org/x')", 1, "the package index cannot be reached: "),
        ("print('error: what is --quiet?', file=sys.stderr); sys.exit(2)", 2, "uv failed: error: what is --quiet?"),
        (
            "print('error: Couldn\\'t parse requirement\\n  cause: bad', file=sys.stderr); sys.exit(2)",
            1,
            "uv cannot read the requirement: bad",
        ),
        ("os.kill(os.getpid(), 9)", 2, "uv failed: exit code -9"),
        ("time.sleep(60)", 1, "the package index did not answer in time"),
        ("print('nonsense')", 1, "the package index has no version"),
    ],
)
def test_failures(
    program: str,
    code: int,
    said: str,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    if "sleep" in program:
        monkeypatch.setattr(uv, "TIMEOUT", 0.5)
    stand_in(folder, program, monkeypatch)
    assert main(["--fix", "Dockerfile"]) == code
    assert (folder / "Dockerfile").read_text() == TEXT
    output, errors = capsys.readouterr()
    assert output.count(f"(not fixed: {said}") == 2, "once for each command"
    assert output.count("beta is not pinned; write beta==<version> (not fixed for the same reason)") == 1
    assert "a:b@" not in output
    assert bool(errors) == (code == 2)


def test_a_command_that_uv_fails_on_costs_only_itself(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = "asked = sys.stdin.read()\nif 'beta' in asked: sys.exit(3)\nprint('gamma==1.0')"
    stand_in(folder, program, monkeypatch)
    (folder / "other.Dockerfile").write_text("FROM python:3.12\nRUN pip install gamma\n")
    assert main(["--fix", "Dockerfile", "other.Dockerfile"]) == 2
    assert (folder / "Dockerfile").read_text() == TEXT.replace("gamma", "gamma==1.0")
    assert (folder / "other.Dockerfile").read_text().endswith("gamma==1.0\n")


def test_a_value_that_uv_does_not_take_costs_only_its_command(online_index: str) -> None:
    del online_index
    bad = "RUN pip install --uploaded-prior-to=P7DX alpha\n"
    Path("Dockerfile").write_text(f"FROM python:3.12\n{bad}RUN pip install gamma\n")
    assert main(["--fix", "Dockerfile"]) == 1
    assert Path("Dockerfile").read_text() == f"FROM python:3.12\n{bad}RUN pip install gamma==2.0\n"


@pytest.fixture
def online_index(index: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("UV_DEFAULT_INDEX", index)
    return index


@pytest.mark.parametrize("variable", ["FORCE_COLOR", "CLICOLOR_FORCE"])
def test_colors_do_not_turn_the_guard_off(variable: str, online_index: str, monkeypatch: pytest.MonkeyPatch) -> None:
    del online_index
    monkeypatch.setenv(variable, "1")
    Path("Dockerfile").write_text("FROM python:3.12\nRUN pip install capped\n")
    assert main(["--fix", "Dockerfile"]) == 1
    assert Path("Dockerfile").read_text().endswith("capped==1.0\n")


def test_no_variable_of_the_user_changes_the_answer(
    folder: Path, online_index: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    del online_index
    (folder / "c.txt").write_text("alpha<2\n")
    for name, value in {
        "UV_CONSTRAINT": "c.txt",
        "UV_OVERRIDE": "c.txt",
        "UV_RESOLUTION": "lowest",
        "UV_PRERELEASE": "allow",
        "UV_EXCLUDE_NEWER": "2001-01-01",
        "UV_INDEX_STRATEGY": "unsafe-first-match",
        "UV_NO_BINARY": "1",
        "UV_NO_BUILD": "1",
        "UV_PYTHON": "3.99",
        "UV_PYTHON_PLATFORM": "windows",
        "UV_TORCH_BACKEND": "cpu",
        "UV_CONFIG_FILE": "no.toml",
        "UV_FORK_STRATEGY": "fewest",
        "UV_NO_SOURCES": "1",
        "UV_CUSTOM_COMPILE_COMMAND": "x",
    }.items():
        monkeypatch.setenv(name, value)
    Path("Dockerfile").write_text(TEXT.replace("gamma", "built"))
    assert main(["--fix", "Dockerfile"]) == 1
    assert (
        Path("Dockerfile").read_text()
        == "FROM python:3.12\nRUN pip install alpha==2.0 beta==2.0\nRUN pip install built==1.0\n"
    )


def test_an_index_of_the_command_is_the_only_one() -> None:
    inherited = {"UV_INDEX": "https://example.org/a", "UV_FIND_LINKS": "https://example.org/b", "UV_CACHE_DIR": "/c"}
    variables = uv.environment(IndexOptions(default="https://example.org/own"), {**inherited, "UV_DEFAULT_INDEX": "x"})
    assert {name: value for name, value in variables.items() if "INDEX" in name or "LINKS" in name} == {
        "UV_DEFAULT_INDEX": "https://example.org/own"
    }
    assert variables["UV_CACHE_DIR"] == "/c"


@pytest.mark.parametrize("code", [0, 1, 2])
def test_of_what_uv_says_a_bounded_part_is_kept(
    code: int, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(uv, "MAX_OUTPUT", 1 << 20)
    stream = "stdout" if code == 0 else "stderr"
    program = f"for _ in range(32): sys.{stream}.write('alpha==1.0 ' * 100_000)\nsys.exit({code})"
    stand_in(folder, program, monkeypatch)
    kept: list[int] = []
    run = bounded.run

    def spy(*arguments: Any) -> bounded.Ended:
        ended = run(*arguments)
        kept.append(len(ended.output) + len(ended.errors))
        return ended

    monkeypatch.setattr(bounded, "run", spy)
    assert main(["--fix", "Dockerfile"]) == (2 if code == 2 else 1)
    assert max(kept) == 1 << 20
    assert max(map(len, capsys.readouterr().out.splitlines())) < 2000


def test_what_a_thread_raises_is_raised() -> None:
    with pytest.raises(ZeroDivisionError):
        bounded.in_time(lambda: 1 // 0, 9.0)
    assert bounded.in_time(lambda: 1, 9.0) == 1


def test_the_index_goes_away_in_the_middle(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While uv is asked whether the newest versions can be had with all that they need."""
    program = (
        "asked = sys.stdin.read()\n"
        "if 'alpha==2.0' in asked: sys.exit('error: Failed to fetch: https://example.org/x')\n"
        "print('alpha==2.0' if '--no-deps' in sys.argv else 'alpha==1.0')"
    )
    stand_in(folder, program, monkeypatch)
    with pytest.raises(uv.UnreachableError):
        without_builds.resolve(uv.ResolveRequest(("alpha",), "3.12", "x86_64-unknown-linux-gnu", IndexOptions()))


def test_nothing_more_is_asked_when_the_index_cannot_be_reached() -> None:
    asked = []

    def ask(request: uv.ResolveRequest) -> uv.Resolution:
        asked.append(request)
        raise uv.UnreachableError("the package index cannot be reached")

    fixed = fix(document_of(TEXT), VersionSources(LockedVersions([], []), Resolver(ask)))
    assert [refusal.reason for refusal in fixed.unfixable] == ["the package index cannot be reached"] * 3
    assert len(asked) == 1


def test_an_index_that_cannot_be_reached_does_not_fail_the_others() -> None:
    def ask(request: uv.ResolveRequest) -> uv.Resolution:
        if request.index_options.default:
            raise uv.UnreachableError("it cannot be reached")
        return uv.Resolution({"alpha": "1.0", "beta": "1.0", "gamma": "1.0"}, {})

    text = f"FROM python:3.12\nRUN pip install -i https://example.org delta\n{TEXT}"
    fixed = fix(document_of(text), VersionSources(LockedVersions([], []), Resolver(ask)))
    assert [refusal.reason for refusal in fixed.unfixable] == ["it cannot be reached"]
    assert len(fixed.applied) == 3


def test_no_network(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("UV_DEFAULT_INDEX", "http://127.0.0.1:9/simple")
    monkeypatch.setenv("UV_HTTP_RETRIES", "0")
    assert main(["--fix", "Dockerfile"]) == 1
    assert Path("Dockerfile").read_text() == TEXT
    assert "the package index cannot be reached" in capsys.readouterr().out


def test_without_uv(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(uv, "find_uv", lambda: None)
    assert main(["--fix", "Dockerfile"]) == 1
    assert "uv is not installed; install pinhook-pre-commit[fix])" in capsys.readouterr().out
    with pytest.raises(uv.BrokenError, match="install"):
        without_builds.resolve(uv.ResolveRequest(("alpha",), "3.12", "x86_64-unknown-linux-gnu", IndexOptions()))


def test_uv_cannot_be_run(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(uv, "find_uv", lambda: str(folder))
    assert main(["--fix", "Dockerfile"]) == 2
    output, errors = capsys.readouterr()
    assert "(not fixed: uv cannot be run: " in output
    assert errors == "pinhook: Dockerfile: uv cannot be run: Permission denied\n"


def test_where_uv_is(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise FileNotFoundError

    assert uv.find_uv()
    monkeypatch.setattr("uv.find_uv_bin", fail)
    assert uv.find_uv() is None


def test_uv_from_the_path(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.setitem(sys.modules, "uv", None)
    monkeypatch.setenv("PATH", str(folder))
    assert uv.find_uv() is None
    (folder / "uv").write_text("")
    (folder / "uv").chmod(0o755)
    assert uv.find_uv() == str(folder / "uv")


@contextmanager
def serving(handler: type[BaseHTTPRequestHandler]) -> Iterator[int]:
    """A server of this machine; its port."""
    with HTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


@pytest.fixture
def private(index: str) -> Iterator[str]:
    """The address of a server that wants a password, and has the releases of the index."""
    root = Path(index.removeprefix("file://")).parent

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = root / self.path.strip("/")
            path = path / "index.html" if path.is_dir() else path
            is_known = self.headers.get("Authorization") == "Basic " + base64.b64encode(b"me:secret").decode()
            content = path.read_bytes() if is_known and path.is_file() else b""
            self.send_response(401 if not is_known else 200 if content else 404)
            self.send_header("Content-Type", "text/html" if path.suffix == ".html" else "application/zip")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(content)

        do_HEAD = do_GET  # noqa: N815  as the base class calls it

        def log_message(self, *_: object) -> None:
            pass

    with serving(Handler) as port:
        yield f"127.0.0.1:{port}/simple"


def test_a_private_index(private: str, capsys: pytest.CaptureFixture[str]) -> None:
    for user, version in (("me:secret@", "==2.0"), ("me:wrong@", "")):
        text = f"FROM python:3.12.4\nRUN pip install -i http://{user}{private} alpha\n"
        Path("Dockerfile").write_text(text)
        assert main(["--fix", "Dockerfile"]) == 1
        assert Path("Dockerfile").read_text() == text.replace("alpha", f"alpha{version}")
    said = capsys.readouterr().out
    assert "for Python 3.12.4 of python:3.12.4, which cannot be checked with this index)" in said
    assert "me:" not in said


RELEASES = {"1.0": "2021-01-01T00:00:00Z", "1.1": "2023-01-01T00:00:00Z", "2.0": "2025-01-01T00:00:00Z"}


@pytest.fixture
def dated(index: str) -> Iterator[str]:
    """The URL of a server that gives the upload time of each file of the index."""
    files = Path(index.removeprefix("file://")).parent / "files"
    names = {version: f"alpha-{version}-py3-none-any.whl" for version in RELEASES}
    listed = [
        {"filename": names[version], "url": f"/files/{names[version]}", "hashes": {}, "upload-time": time}
        for version, time in RELEASES.items()
    ]
    page = json.dumps({"meta": {"api-version": "1.1"}, "name": "alpha", "files": listed}).encode()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            is_file = self.path.startswith("/files/")
            content = (files / self.path.rpartition("/")[2]).read_bytes() if is_file else page
            self.send_response(200 if is_file or self.path == "/simple/alpha/" else 404)
            self.send_header("Content-Type", "application/zip" if is_file else "application/vnd.pypi.simple.v1+json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content if self.command == "GET" else b"")

        do_HEAD = do_GET  # noqa: N815  as the base class calls it

        def log_message(self, *_: object) -> None:
            pass

    with serving(Handler) as port:
        yield f"http://127.0.0.1:{port}/simple"


@pytest.mark.parametrize(
    ("options", "word"),
    [
        ([], "alpha==2.0"),
        (["--exclude-newer=2024-01-01"], "alpha==1.1"),
        (["--exclude-newer=2022-06-30T12:00:00Z"], "alpha==1.0"),
        (["--exclude-newer=2020-01-01"], "alpha"),
    ],
)
def test_what_was_released_later_is_left_out(options: list[str], word: str, dated: str) -> None:
    text = f"FROM python:3.12\nRUN pip install -i {dated} alpha\n"
    Path("Dockerfile").write_text(text)
    assert main(["--fix", "Dockerfile", *options]) == 1
    assert Path("Dockerfile").read_text() == text.replace(" alpha", f" {word}")


def test_the_command_says_itself_what_is_too_new(dated: str) -> None:
    text = f"FROM python:3.12\nRUN pip install -i {dated} --uploaded-prior-to 2024-01-01 alpha\n"
    Path("Dockerfile").write_text(text)
    assert main(["--fix", "Dockerfile", "--exclude-newer=2026-01-01"]) == 1
    assert Path("Dockerfile").read_text() == text.replace(" alpha", " alpha==1.1")


@pytest.mark.skipif(os.name != "posix", reason="needs programs that are scripts")
def test_uv_is_not_looked_for_in_the_working_directory(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "uv", None)  # the extra fix is not installed
    for place in (folder, folder / "bin"):
        place.mkdir(exist_ok=True)
        (place / "uv").touch(mode=0o755)
    (folder / "empty").mkdir()
    for path, found in {
        "": None,
        ".": None,
        f"{folder / 'empty'}:": None,
        f"bin:{folder / 'empty'}": None,
        f".:{folder / 'bin'}": str(folder / "bin" / "uv"),
    }.items():
        monkeypatch.setenv("PATH", path)
        assert uv.find_uv() == found
