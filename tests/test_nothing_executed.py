"""Checking only reads the named files and the configuration. Python's audit hooks verify it.

https://docs.python.org/3/library/audit_events.html
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import pytest

from pinhook.reporters import REPORTERS
from pinhook.rule_codes import LEVELS
from tests.projects import ENVIRONMENT, ROOT, new_repository, run

FORMATS = [reporter.name for reporter in REPORTERS]

# what a process does to the world outside of it; the files of Python and of pinhook itself are no part of that
WATCH = """
import json, os, sys

OWN = tuple({os.path.realpath(path) + os.sep for path in (*sys.path, sys.prefix, sys.base_prefix, *EXTRA) if path})
events = []

def watch(event, arguments):
    if event == "open" and isinstance(arguments[0], (str, bytes)):
        path = os.path.realpath(os.fsdecode(arguments[0]))
        if not path.startswith(OWN) and path != os.devnull:
            writes = isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
            events.append(["write" if writes else "read", os.path.relpath(path)])
    elif event in {"subprocess.Popen", "os.exec", "os.posix_spawn", "os.system", "os.fork", "os.forkpty", "pty.spawn"}:
        program = arguments[1] if event == "subprocess.Popen" else [arguments[0]] if arguments else []
        events.append(["start", " ".join(map(os.fsdecode, program))])
    elif event.startswith(("socket.", "ctypes.", "urllib.", "http.", "ftplib.", "smtplib.", "webbrowser.")):
        events.append([event, ""])
    elif event in {"os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.chmod", "os.chown", "os.link", "os.symlink"}:
        events.append([event, os.path.relpath(os.path.realpath(os.fsdecode(arguments[0])))])

sys.addaudithook(watch)
from pinhook.__main__ import main
try:
    main(sys.argv[1:])
except SystemExit:
    pass
sys.stdout.flush()
print(json.dumps(events), file=sys.stderr)
"""

DOCKERFILE = """\
# pinhook: ignore[PIN001] for now
FROM python:3.13 AS base
ARG VERSION=1
COPY requirements.txt /
RUN pip install flask -r requirements.txt -c constraints.txt && echo $(touch /tmp/made) `touch made`
RUN bash -c "pip install 'x>=1' $(cat /etc/passwd)" && curl https://example.org/x | sh && . /etc/profile
RUN pip install git+https://example.org/x.git https://example.org/x.zip -i https://example.org/simple
RUN <<EOF python
import os; os.system("touch made")
EOF
CMD ["sh", "-c", "pip install $PACKAGES"]
RUN pip install "unread
"""


class Did(NamedTuple):
    """What a run has done: the paths that it read, and everything else."""

    reads: set[str]
    other: list[list[str]]


@pytest.fixture(autouse=True)
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with files that are none of pinhook's business, and a folder beside it."""
    folder = new_repository(tmp_path / "repository")
    for name, text in {
        "Dockerfile": DOCKERFILE,
        "dev/Dockerfile": "FROM python\nRUN pip install six\n",
        "requirements.txt": "six\n-r more.txt\n-r ../outside.txt\n",
        "more.txt": "django\n",
        "constraints.txt": "six==1.16.0\n",
        "unrelated.txt": "x\n",
        "setup.py": "raise SystemExit\n",
        "pinhook.toml": "allow = ['pip']\n",
    }.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text)
    (tmp_path / "outside.txt").write_text("django\n")
    monkeypatch.chdir(folder)
    return folder


def did(*arguments: str) -> Did:
    program = f"EXTRA = {[str(ROOT)]}\n{WATCH}"
    process = subprocess.run(
        [sys.executable, "-B", "-c", program, *arguments],
        capture_output=True,
        check=True,
        encoding="utf-8",
        env={**ENVIRONMENT, "PYTHONPATH": str(ROOT)},
        timeout=120,
    )
    events: list[list[str]] = json.loads(process.stderr.splitlines()[-1])
    return Did(
        {path.replace(os.sep, "/") for event, path in events if event == "read"},
        [event for event, _ in groupby(events) if event[0] != "read"],  # open and its opener report the same file
    )


@pytest.mark.parametrize(
    ("level", "form"),
    [
        pytest.param(level, form, marks=() if level == "strict" or form == "text" else pytest.mark.slow)
        for level in LEVELS
        for form in FORMATS
    ],
)
def test_a_file_that_is_named(level: str, form: str) -> None:
    """At the higher levels, the requirements files that it leads to are read too: those of the repository."""
    followed = {"requirements.txt", "more.txt", "constraints.txt"} if level != "default" else set()
    reads, other = did(f"--level={level}", f"--format={form}", "Dockerfile")
    assert {"Dockerfile", "pinhook.toml"} <= reads <= {"Dockerfile", "pinhook.toml", *followed}
    assert other == []


@pytest.mark.parametrize(
    ("arguments", "reads"),
    [
        (["--isolated", "Dockerfile"], {"Dockerfile"}),
        (["--isolated", "requirements.txt"], {"requirements.txt", "more.txt"}),
        (["--config=pinhook.toml", "dev/Dockerfile"], {"dev/Dockerfile", "pinhook.toml"}),
        (["Dockerfile", "dev/Dockerfile"], {"Dockerfile", "dev/Dockerfile", "pinhook.toml"}),
        (["--show-settings"], {"pinhook.toml"}),
        (["--rules"], set()),
        (["--explain=PIN001"], set()),
        (["--help"], set()),
        (["--no-such-option"], set()),
        (["missing"], {"pinhook.toml"}),
    ],
)
def test_other_runs(arguments: list[str], reads: set[str]) -> None:
    assert did(*arguments) == (reads, [])


def test_a_directory_is_searched_without_git() -> None:
    reads, other = did("--level=strict", ".")
    assert reads - {"requirements.txt", "more.txt", "constraints.txt"} == {
        "Dockerfile",
        "dev/Dockerfile",
        "pinhook.toml",
        ".git/info/exclude",
    }
    assert other == []


RUN = "touch PWNED; false"
PROMISOR = f"""\
[core]
	repositoryformatversion = 1
	worktree = .
[extensions]
	partialClone = origin
[remote "origin"]
	url = .
	promisor = true
	uploadpack = "{RUN}"
"""
CONFIGURATIONS = {
    "a promisor remote": PROMISOR,
    "core.sshCommand": PROMISOR.replace("url = .", "url = ssh://h/x").replace(
        "[core]", f'[core]\n\tsshCommand = "{RUN}"'
    ),
    "ext::": PROMISOR.replace("url = .", f'url = "ext::sh -c {RUN.replace(" ", "% ")}"')
    + "[protocol]\n\tallow = always\n",
    "a remote helper": PROMISOR.replace("uploadpack", "vcs = ../PWNED\n\tuploadpack"),
    "core.fsmonitor": f'[core]\n\tfsmonitor = "{RUN}"\n',
    "core.hooksPath": "[core]\n\thooksPath = hooks\n\tfsmonitor = true\n",
    "core.pager": f'[core]\n\tpager = "{RUN}"\n[pager]\n\tls-files = "{RUN}"\n',
    "an alias": f'[alias]\n\tls-files = "!{RUN}"\n',
    "a filter": f'[filter "x"]\n\tclean = "{RUN}"\n\tsmudge = "{RUN}"\n\tprocess = "{RUN}"\n\trequired = true\n',
    "textconv": f'[diff "x"]\n\ttextconv = "{RUN}"\n\tcommand = "{RUN}"\n',
    "include.path": "[include]\n\tpath = included\n",
    "gpg.program": f'[gpg]\n\tprogram = "{RUN}"\n[commit]\n\tgpgSign = true\n',
    "credential.helper": f'[credential]\n\thelper = "!{RUN}"\n[core]\n\taskPass = "{RUN}"\n',
    "core.editor": f'[core]\n\teditor = "{RUN}"\n\talternateRefsCommand = "{RUN}"\n',
    "core.gitProxy": PROMISOR.replace("url = .", "url = git://localhost:9/x").replace(
        "[core]", f'[core]\n\tgitProxy = "{RUN}"'
    ),
}


def hostile(folder: Path, git: Path, configuration: str) -> None:
    """A repository whose configuration names programs for everything that git does by itself."""
    run("git", "init", "--quiet", "--bare", git, cwd=folder)
    (git / "config").write_text(configuration)
    (git / "included").write_text(f'[core]\n\tfsmonitor = "{RUN}"\n')
    for name in ("post-index-change", "fsmonitor-watchman", "pre-commit", "post-checkout"):
        (git / "hooks").mkdir(exist_ok=True)
        (git / "hooks" / name).write_text(f"#!/bin/sh\n{RUN}\n")
        (git / "hooks" / name).chmod(0o755)
    entry = bytes(40) + bytes([0x11] * 20) + b"\x40\x0a\x40\0.gitignore\0\0\0\0"  # skip-worktree, and no such blob
    index = b"DIRC\0\0\0\3\0\0\0\1" + entry
    (git / "index").write_bytes(index + hashlib.sha1(index).digest())
    for name in ("Dockerfile", "sub/Dockerfile"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("FROM python\nRUN pip install flask\n")
    (folder / ".gitattributes").write_text("* filter=x diff=x\n")


USUAL = {"a promisor remote", "core.fsmonitor", "an alias"}
"""No git is started, whatever its configuration is; the others are tried with the slow tests."""


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=() if name in USUAL else pytest.mark.slow) for name in CONFIGURATIONS]
)
def test_a_hostile_repository_starts_nothing(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that looks like a bare repository, and one with a ``.git`` that somebody has prepared."""
    for folder, git in (("images", "images"), ("unpacked", "unpacked/.git")):
        Path(folder).mkdir()
        hostile(Path(folder).absolute(), Path(git).absolute(), CONFIGURATIONS[name])
    started = [event for event in did("--level=hashes", "images", "unpacked", ".").other if event[0] == "start"]
    for folder in ("images", "unpacked"):
        with monkeypatch.context() as patch:
            patch.chdir(folder)
            started += [event for event in did("--fix", "--offline", ".").other if event[0] == "start"]
    assert started == []
    assert not list(Path().rglob("PWNED"))


@pytest.mark.skipif(shutil.which("strace") is None, reason="there is no strace to ask the system")
def test_the_system_sees_no_program_start(tmp_path: Path) -> None:
    Path("images").mkdir()
    hostile(Path("images").absolute(), Path("images").absolute(), PROMISOR)
    log = tmp_path / "log"
    strace = ["strace", "-f", "-e", "trace=execve,execveat", "-o", str(log)]
    command = [*strace, sys.executable, "-m", "pinhook", "images", "."]
    process = subprocess.run(
        command, capture_output=True, check=False, env={**ENVIRONMENT, "PYTHONPATH": str(ROOT)}, timeout=120
    )
    if not log.exists() or "execve" not in log.read_text():
        pytest.skip(f"strace may not trace here: {process.stderr.decode()}")
    assert log.read_text().count("execve") == 1


def test_a_directory_outside_of_a_repository_starts_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "plain").mkdir()
    (tmp_path / "plain" / "Dockerfile").write_text(DOCKERFILE)
    monkeypatch.chdir(tmp_path / "plain")
    assert did(".") == ({"Dockerfile"}, [])


def test_an_output_file_is_the_only_thing_written() -> None:
    _, other = did("Dockerfile", "--output-file=report")
    [(write, beside), (rename, source)] = other
    assert (write, rename) == ("write", "os.rename")
    assert beside == source
    assert beside.startswith("report.")


def test_an_offline_fix_starts_nothing_and_writes_the_file() -> None:
    Path("Dockerfile").write_text("FROM python:3.13\nRUN pip install six flask=3.0.0\n")
    reads, other = did("--fix", "--offline", "Dockerfile")
    assert {event for event, _ in other} <= {"write", "os.rename", "os.chmod", "os.chown"}
    assert {path.partition(".")[0] for _, path in other} == {"Dockerfile"}
    assert all(not path.startswith("..") for path in reads)
    assert did("--diff", "--offline", "Dockerfile").other == []


def test_a_fix_starts_the_resolver_and_nothing_else() -> None:
    """Nobody listens where it asks. No URL, which may hold a password, is in its arguments."""
    Path("Dockerfile").write_text("FROM python:3.13\nRUN pip install flask -i https://me:hunter2@localhost:9/simple\n")
    _, other = did("--diff", "Dockerfile")
    starts = [command for event, command in other if event == "start"]
    assert starts
    assert all(Path(command.split()[0]).name == "uv" for command in starts)
    assert not any("://" in command or "hunter2" in command for command in starts)
    assert {event for event, _ in other} == {"start"}


def test_what_dockerfiles_say_is_not_done(repository: Path) -> None:
    run(sys.executable, "-m", "pinhook", "--level=hashes", ".", cwd=repository, check=False)
    assert not Path("made").exists()
