"""A file is written completely or not at all."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from pinhook.__main__ import main
from pinhook.cli import replacing
from pinhook.repository import discovery, opening
from pinhook.source import SourceError
from tests.fix.faults import Faults
from tests.projects import ROOT

BEFORE = b"\xef\xbb\xbfFROM python:3.12\r\n# \xff\r\nRUN pip install \\\r\n\tflask=2.0 # \xc3\xa9"
AFTER = BEFORE.replace(b"=", b"==")


@pytest.fixture(autouse=True)
def dockerfile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "Dockerfile"
    path.write_bytes(BEFORE)
    return path


def fix(*arguments: str) -> int:
    return main(["--offline", "Dockerfile", *arguments])


def test_bytes_and_mode_stay(dockerfile: Path) -> None:
    dockerfile.chmod(0o751)
    assert fix("--fix") == 1
    assert dockerfile.read_bytes() == AFTER
    assert stat.S_IMODE(dockerfile.stat().st_mode) == 0o751
    assert fix("--fix") == 0
    assert [path.name for path in dockerfile.parent.iterdir()] == ["Dockerfile"]


def test_a_symbolic_link_is_followed(dockerfile: Path) -> None:
    dockerfile.rename("real")
    dockerfile.symlink_to("real")
    assert fix("--fix") == 1
    assert dockerfile.is_symlink()
    assert dockerfile.read_bytes() == AFTER


def test_a_read_only_file_is_reported(dockerfile: Path, capsys: pytest.CaptureFixture[str]) -> None:
    dockerfile.chmod(0o444)
    assert fix("--fix") == 2
    output, errors = capsys.readouterr()
    assert errors == "pinhook: Dockerfile: is read-only, so it was not changed\n"
    assert output.startswith("Dockerfile:4:2: PIN005 flask=2.0 has one = where == belongs")
    assert output.endswith("\nFound 1 finding in 1 file.\n")
    assert dockerfile.read_bytes() == BEFORE


def test_the_diff_is_one_for_git(dockerfile: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    dockerfile.write_bytes(BEFORE.replace(b"\xff", b"\x0c \xe2\x80\xa8 \r x"))
    assert fix("--diff") == 1
    assert b"==" not in dockerfile.read_bytes()
    printed, said = capfdbinary.readouterr()
    assert b"PIN005 would be flask==2.0" in said
    subprocess.run(["git", "apply", "-p1", "-"], input=printed, check=True, env={**os.environ, "GIT_DIR": "/nowhere"})
    assert b"flask==2.0" in dockerfile.read_bytes()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("Dockerfile", BEFORE),
        ("requirements.txt", b"# \xff\r\nflask=2.0"),
        ("requirements.txt", b"# coding: latin-1\n# \xe9\nflask=2.0\n"),
        ("requirements.txt", b"# coding: euc-jp\nflask=2.0  # \xb4\xc1\n"),
        ("caf\xe9 x/requirements.txt", b"\xef\xbb\xbfflask=2.0 # \xc3\xa9\n"),
    ],
    ids=["no UTF-8", "no UTF-8 either", "latin-1", "euc-jp", "BOM"],
)
def test_the_diff_is_in_the_encoding_of_the_file(
    name: str, content: bytes, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    assert main(["--offline", "--diff", name]) == 1
    patch = capfdbinary.readouterr().out
    assert path.read_bytes() == content
    subprocess.run(["git", "apply", "-p1", "-"], input=patch, check=True, env={**os.environ, "GIT_DIR": "/nowhere"})
    assert path.read_bytes() == content.replace(b"=2", b"==2")


def test_the_diff_of_a_wide_encoding_is_for_people(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    (tmp_path / "requirements.txt").write_bytes(b"\xff\xfe" + "# é\r\nflask=2.0".encode("utf-16-le"))
    assert main(["--offline", "--diff", "requirements.txt"]) == 1
    lines = capfdbinary.readouterr().out.decode().split("\n")
    assert lines[3:] == [" \ufeff# é\r", "-flask=2.0", *NO_END, "+flask==2.0", *NO_END, ""]


NO_END = ["\\ No newline at end of file"]


def test_stdin_has_a_diff_only(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--fix", "-"])
    assert "--fix cannot write to stdin" in capsys.readouterr().err


def raise_error(error: OSError) -> None:
    raise error


CALLS = [
    *("getcwd", "fstat", "access", "listdir", "getpid", "open", "open", "write"),
    *("chown", "chmod", "listxattr", "flush", "fileno", "fsync", "close", "replace"),
]
"""What writing a file asks of the operating system."""

HARMLESS = {"chown", "listdir"}
"""Calls that may fail: then the file gets the owner of the process, and old temporary files stay."""


def test_what_writing_a_file_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    faults = Faults(-1, lambda: None)
    with monkeypatch.context() as patch:
        faults.install(patch)
        assert fix("--fix") == 1
    assert faults.calls == CALLS


@pytest.mark.parametrize("at", range(len(CALLS)), ids=[f"{at}-{name}" for at, name in enumerate(CALLS)])
@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()], ids=["full", "Ctrl-C"])
def test_whatever_fails_the_file_is_as_it_was(
    at: int, error: BaseException, dockerfile: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail() -> None:
        raise error

    is_harmless = CALLS[at] in HARMLESS and isinstance(error, OSError)
    with monkeypatch.context() as patch:
        Faults(at, fail).install(patch)
        assert fix("--fix") == (130 if isinstance(error, KeyboardInterrupt) else 1 if is_harmless else 2)
    assert dockerfile.read_bytes() == (AFTER if is_harmless else BEFORE)
    assert [path.name for path in dockerfile.parent.iterdir()] == ["Dockerfile"]
    if isinstance(error, OSError) and not is_harmless:
        printed, said = capsys.readouterr()
        assert said == "pinhook: Dockerfile: No space left on device\n"
        assert "Dockerfile:4:2: PIN005" in printed
        assert "fixed" not in printed


@pytest.mark.parametrize("at", range(len(CALLS)), ids=[f"{at}-{name}" for at, name in enumerate(CALLS)])
def test_whoever_ends_it_the_file_is_whole(at: int, dockerfile: Path) -> None:
    """As SIGKILL or the loss of power does it; what may be left over then is the file beside."""
    program = (
        "import os; from pinhook.__main__ import main; from tests.fix.faults import Faults\n"
        "class Patch: setattr = staticmethod(lambda target, name, value, raising=True: setattr(target, name, value))\n"
        f"Faults({at}, lambda: os._exit(9)).install(Patch)\n"
        "main(['--fix', '--offline', 'Dockerfile'])"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    assert subprocess.run([sys.executable, "-c", program], check=False, env=environment).returncode == 9
    assert dockerfile.read_bytes() == BEFORE
    for path in dockerfile.parent.iterdir():
        assert path == dockerfile or path.suffix == ".tmp"
    assert list(discovery.search(".", raise_error)) == ["Dockerfile"], "what is left over is no Dockerfile"
    assert fix("--fix") == 1
    assert dockerfile.read_bytes() == AFTER
    assert [path.name for path in dockerfile.parent.iterdir()] == ["Dockerfile"], "and the next run removes it"


def test_a_file_that_has_changed_meanwhile_is_left_alone(dockerfile: Path) -> None:
    with pytest.raises(OSError, match="has changed in the meantime"):
        replacing.rewrite("Dockerfile", b"something else", AFTER)
    assert dockerfile.read_bytes() == BEFORE


def test_what_is_written_beside_a_private_file_is_private_from_the_start(
    dockerfile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dockerfile.chmod(0o600)
    modes: list[int] = []

    def look(path: str, _origin: str, _status: os.stat_result) -> None:
        modes.append(stat.S_IMODE(Path(path).stat().st_mode))

    monkeypatch.setattr(replacing, "_copy_metadata", look)
    assert fix("--fix") == 1
    assert modes == [0o600]


def test_the_file_of_a_run_that_has_not_ended_stays(dockerfile: Path) -> None:
    others = [f"Dockerfile.{os.getppid()}.tmp", "Dockerfile.x.tmp", "Dockerfile..tmp", "other.999999999.tmp"]
    for name in others:
        Path(name).touch()
    assert fix("--fix") == 1
    assert {path.name for path in dockerfile.parent.iterdir()} == {"Dockerfile", *others}


@pytest.mark.parametrize(
    ("link", "target"),
    [("Dockerfile", "../outside/Dockerfile"), ("sub", "../outside"), ("a/sub", "../../outside"), ("Dockerfile", "way")],
)
@pytest.mark.parametrize("has_git", [True, False])
def test_nothing_is_written_through_a_link_out_of_the_repository(
    link: str,
    target: str,
    has_git: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    repository, outside = tmp_path / "repository", tmp_path / "outside" / "Dockerfile"
    for folder in (repository / "a", outside.parent, *([repository / ".git"] if has_git else [])):
        folder.mkdir(parents=True)
    outside.write_bytes(BEFORE)
    (repository / "way").symlink_to(outside)
    (repository / link).symlink_to(target)
    monkeypatch.chdir(repository)
    path = link if link == "Dockerfile" else f"{link}/Dockerfile"
    assert main(["--fix", "--offline", path]) == 2
    message = f"pinhook: {path}: leads out of the repository, so it was not changed\n"
    assert capsys.readouterr().err == message
    assert main(["--exit-zero", "--output-file", path, path]) == 2
    assert capsys.readouterr().err == message.replace("changed", "written")
    assert outside.read_bytes() == BEFORE


def test_links_within_a_repository_and_outside_of_any(
    dockerfile: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Projects after a link can be fixed. A single file is not left through its own link."""
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "projects").symlink_to(tmp_path)
    (elsewhere / "Dockerfile").symlink_to(dockerfile)
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "Dockerfile").symlink_to(dockerfile)
    monkeypatch.chdir(tmp_path_factory.mktemp("here"))
    assert not replacing.leads_out(str(elsewhere / "projects" / "Dockerfile"), stays_in_folder=True)
    assert replacing.leads_out(str(elsewhere / "Dockerfile"), stays_in_folder=True)
    assert not replacing.leads_out(str(elsewhere / "Dockerfile"), stays_in_folder=False)
    (tmp_path / ".git").mkdir()
    assert not replacing.leads_out(str(tmp_path / "b" / "Dockerfile"), stays_in_folder=True)


@pytest.mark.skipif(not hasattr(os, "setxattr"), reason="needs extended attributes")
def test_extended_attributes_are_kept_or_the_file_is_not_fixed(
    dockerfile: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        os.setxattr(dockerfile, "user.note", b"x")
    except OSError:
        pytest.skip("this file system has no extended attributes")

    def fail(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    with monkeypatch.context() as patch:
        patch.setattr(os, "setxattr", fail)
        assert fix("--fix") == 2
    message = "pinhook: Dockerfile: has the attribute user.note, which cannot be kept, so it was not changed\n"
    assert capsys.readouterr().err == message
    assert dockerfile.read_bytes() == BEFORE
    assert fix("--fix") == 1
    assert os.getxattr(dockerfile, "user.note") == b"x"


def test_a_hard_link_is_not_fixed(dockerfile: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The other name would keep the old content."""
    os.link(dockerfile, "other")
    assert fix("--fix") == 2
    assert capsys.readouterr().err == "pinhook: Dockerfile: has more than one hard link, so it was not changed\n"
    assert dockerfile.read_bytes() == BEFORE
    Path("other").unlink()
    assert fix("--fix") == 1


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_file_that_becomes_a_pipe_keeps_nobody_waiting(dockerfile: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dockerfile.unlink()
    os.mkfifo(dockerfile)
    with pytest.raises(OSError, match="is not a regular file"):
        replacing.rewrite("Dockerfile", BEFORE, AFTER)
    regular = Path(__file__).stat()
    with monkeypatch.context() as patch:  # it becomes one after it was asked about
        patch.setattr(os, "stat", lambda _: regular)
        with pytest.raises(SourceError, match="is not a regular file"):
            discovery.read_file("Dockerfile", 100)
        with pytest.raises(OSError, match="is not a regular file"):
            opening.open_regular("Dockerfile")


def test_windows_is_not_asked_about_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "name", "nt")
    assert replacing._is_gone(os.getpid() + 1)
    assert not replacing._is_gone(os.getpid())
