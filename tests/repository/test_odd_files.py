"""Unusual files: the right exit code, a message, and every other file is still checked."""

from __future__ import annotations

import json
import os
import socket
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from pinhook.__main__ import main
from pinhook.reporters import REPORTERS
from pinhook.repository import discovery
from pinhook.source import SourceError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import TypeAlias

    Concise: TypeAlias = Callable[..., tuple[int, list[str], list[str]]]

POSIX = pytest.mark.skipif(os.name != "posix", reason="needs POSIX files")
LOOSE = b"FROM python\nRUN pip install flask\n"
FLASK = "2:17: PIN001 flask is not pinned; write flask==<version>"
NO_UTF_8 = "is UTF-16 or UTF-32; write it in UTF-8"
ONE_LINE = "it has carriage returns and no line feeds, and so is one line to Docker"
BINARY = "is a binary file (it holds a NUL byte)"
IRREGULAR = "is not a regular file; - reads stdin"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory, with a file that is checked whatever else there is."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "last").write_bytes(LOOSE)
    return tmp_path


@pytest.fixture
def concise(capsys: pytest.CaptureFixture[str]) -> Concise:
    """The exit code of a run, the findings and the messages."""

    def run(*arguments: str) -> tuple[int, list[str], list[str]]:
        code = main(["--format=concise", *arguments])
        out, err = capsys.readouterr()
        return code, out.splitlines(), err.splitlines()

    return run


@pytest.mark.parametrize(
    ("content", "findings"),
    [
        pytest.param(b"", [], id="empty"),
        pytest.param(b"\n", [], id="a blank line"),
        pytest.param(b"FROM python", [], id="no newline at the end"),
        pytest.param(LOOSE.strip(), [FLASK], id="no newline at the end, and a finding"),
        pytest.param(b"\xef\xbb\xbf" + LOOSE, [FLASK], id="BOM"),
        pytest.param(LOOSE.replace(b"\n", b"\r\n"), [FLASK], id="CRLF"),
        pytest.param(b"RUN pip install \\\r\n  flask\r\n", [FLASK.replace("2:17", "2:3")], id="CRLF, continued"),
        pytest.param(LOOSE.replace(b"\n", b"\r"), [f"1:1: PIN006 this cannot be read: {ONE_LINE}"], id="lone CR"),
        pytest.param(
            b"RUN pip install fl\xffask\n", [r"1:17: PIN005 fl\xffask is not a requirement"], id="not UTF-8: a name"
        ),
        pytest.param(b"# \xff\xfe\xe9\n" + LOOSE, [FLASK.replace("2:", "3:")], id="not UTF-8: a comment"),
        pytest.param(b"# " + b"x" * 60_000 + b"\n" + LOOSE, [FLASK.replace("2:", "3:")], id="a long line"),
    ],
)
def test_content(content: bytes, findings: list[str], concise: Concise) -> None:
    Path("odd").write_bytes(content)
    code, found, errors = concise("odd", "last")
    assert (code, found, errors) == (1, [f"last:{FLASK}", *(f"odd:{each}" for each in findings)], [])


MAKERS: dict[str, tuple[Callable[[Path], object], str]] = {
    "NUL bytes": (lambda path: path.write_bytes(b"FROM a\0b"), BINARY),
    "a program": (lambda path: path.write_bytes(b"\x7fELF\2\1\1\0\0\xff"), BINARY),
    "UTF-16": (lambda path: path.write_text("FROM a", "utf-16"), NO_UTF_8),
    "UTF-16 without BOM": (lambda path: path.write_text("FROM a", "utf-16-le"), BINARY),
    "UTF-32": (lambda path: path.write_text("FROM a", "utf-32"), NO_UTF_8),
    "50 MB": (lambda path: truncate(path, 50_000_000), "is larger than 4096 kB; the setting max-file-size allows more"),
    "nothing": (lambda _: None, "No such file or directory"),
    "a broken link": (lambda path: path.symlink_to("nowhere"), "No such file or directory"),
    "a circular link": (lambda path: path.symlink_to("odd"), "Too many levels of symbolic links"),
    "a named pipe": (os.mkfifo, IRREGULAR),
    "a socket": (lambda path: socket.socket(socket.AF_UNIX).bind(path.name), IRREGULAR),
    "an endless device": (lambda path: path.symlink_to("/dev/zero"), IRREGULAR),
    "an empty device": (lambda path: path.symlink_to("/dev/null"), IRREGULAR),
}


@POSIX
def test_a_file_that_is_named_as_a_directory_and_rightly_then(concise: Concise) -> None:
    assert concise("last/", "last") == (2, [f"last:{FLASK}"], ["pinhook: last/: Not a directory"])


def truncate(path: Path, size: int) -> None:
    path.touch()
    os.truncate(path, size)


@POSIX
@pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")
@pytest.mark.parametrize("kind", MAKERS)
def test_what_cannot_be_checked(kind: str, concise: Concise) -> None:
    make, message = MAKERS[kind]
    make(Path("odd"))
    assert concise("odd", "last") == (2, [f"last:{FLASK}"], [f"pinhook: odd: {message}"])
    assert concise("--diff", "--offline", "odd")[::2] == (2, [f"pinhook: odd: {message}"])


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="needs Linux")
def test_a_file_that_does_not_tell_its_size() -> None:
    """As one that has grown since its size was asked for."""
    with Path("/proc/self/status").open() as file:
        content = file.read()
    assert discovery.read_file("/proc/self/status", 1 << 20).text.partition("\n")[0] == content.partition("\n")[0]
    with pytest.raises(SourceError, match="is larger than 0 kB; the setting max-file-size allows more"):
        discovery.read_file("/proc/self/status", 20)


@POSIX
@pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")
@pytest.mark.parametrize("form", [reporter.name for reporter in REPORTERS])
def test_every_format_reports_all_of_them(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    names: list[str] = []
    for make, _ in MAKERS.values():
        make(Path("odd"))
        names.append(f"odd{len(names)}")
        if os.path.lexists("odd"):
            Path("odd").rename(names[-1])
    assert main([f"--format={form}", *names, "last"]) == 2
    out, err = capsys.readouterr()
    assert len(err.splitlines()) == len(MAKERS)
    assert "flask is not pinned" in out
    if form in {"json", "sarif", "gitlab"}:
        json.loads(out)
    if form == "junit":
        assert len(ET.fromstring(out)) == len(MAKERS) + 1


@POSIX
@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (b"a b", "a b"),
        (b" ", " "),
        (b"a\nb", r"a\nb"),
        (b"a\xffb", r"a\xffb"),
        (b"a\x1b[31mb", r"a\x1b[31mb"),
        ("a\u202eb".encode(), r"a\u202eb"),
        ("漢".encode(), "漢"),
        (b"./-dash", "./-dash"),
        (b"::error::x", r"\x3a:error::x"),
        (b"##[error]x", r"\x23#[error]x"),
        (b"$(id)", "$(id)"),
        (b"%s%n", "%s%n"),
        (b"x" * 255, "x" * 255),
    ],
)
def test_names(name: bytes, shown: str, concise: Concise) -> None:
    Path(os.fsdecode(name)).write_bytes(LOOSE)
    path = os.fsdecode(name)
    both = [f"{shown}:{FLASK}", f"last:{FLASK}"]
    assert concise(path, "last") == (1, both if discovery.order(path) < discovery.order("last") else both[::-1], [])


def test_a_name_with_a_leading_dash(concise: Concise) -> None:
    Path("-dash").write_bytes(LOOSE)
    assert concise("last", "--", "-dash") == (1, [f"-dash:{FLASK}", f"last:{FLASK}"], [])


@POSIX
@pytest.mark.parametrize(
    "name", ["-dash", "-q", "--exit-zero", "--allow=flask", "--output-file=last", "--config=x/Dockerfile"]
)
def test_a_name_that_would_be_an_option(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A commit must not set options of the hook by the names of its files."""
    Path(name).parent.mkdir(exist_ok=True)
    Path(name).write_bytes(LOOSE)
    with pytest.raises(SystemExit) as stop:
        main(["last", name])
    assert stop.value.code == 2
    assert f"{name} looks like an option and is a file; write ./{name} for the file" in capsys.readouterr().err
    assert Path("last").read_bytes() == LOOSE
    assert main(["--quiet" if name == "-q" else "-q", f"./{name}"]) == 1


@pytest.mark.parametrize("name", ["", "last/last", "missing/last", "x" * 300])
def test_names_of_nothing(name: str, concise: Concise) -> None:
    code, found, errors = concise(name, "last")
    assert (code, found, len(errors)) == (2, [f"last:{FLASK}"], 1)
    assert "internal error" not in errors[0]


@POSIX
def test_the_same_file_by_other_names(folder: Path, concise: Concise) -> None:
    Path("link").symlink_to("last")
    Path("here").symlink_to(".")
    names = ["last", "last", "./last", ".//last", str(folder / "last"), "link", "here/last", "here/here/link"]
    assert concise(*names) == (1, [f"last:{FLASK}"], [])


def test_files_that_vanish(monkeypatch: pytest.MonkeyPatch, concise: Concise) -> None:
    """One that a search has found, and then is gone, and one that git lists and that is not there any more."""
    Path("here").mkdir()
    Path("here", "Dockerfile").write_bytes(LOOSE)
    real = discovery.search

    def search(*arguments: object) -> Iterator[str]:
        yield from real(*arguments)  # type: ignore[arg-type]  # whatever it is given
        yield str(Path("here", "gone", "Dockerfile"))

    monkeypatch.setattr(discovery, "search", search)
    code, found, errors = concise("here")
    assert (code, errors) == (2, [f"pinhook: {Path('here', 'gone', 'Dockerfile')}: No such file or directory"])
    assert found == [f"{Path('here', 'Dockerfile')}:{FLASK}"]


@contextmanager
def as_nobody() -> Iterator[None]:
    """In a folder that is read-only, and without the rights of root, who may do everything."""
    is_root = not os.geteuid()
    Path().chmod(0o555)
    if is_root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if is_root:
            os.seteuid(0)
        Path().chmod(0o755)


@POSIX
def test_no_permission(concise: Concise) -> None:
    Path("closed").write_bytes(LOOSE)
    Path("closed").chmod(0)
    Path("shut").mkdir(mode=0)
    assert concise("last") == (1, [f"last:{FLASK}"], [])  # nobody might not be allowed to import what this does
    with as_nobody():
        code, found, errors = concise("closed", "shut", "last")
    assert (code, found) == (2, [f"last:{FLASK}"])
    assert errors == ["pinhook: closed: Permission denied", "pinhook: shut: Permission denied"]


@POSIX
@pytest.mark.parametrize(
    ("arguments", "path"), [(["--fix", "--offline", "odd"], "odd"), (["--output-file=report", "odd"], "report")]
)
def test_a_folder_that_is_read_only(arguments: list[str], path: str, concise: Concise) -> None:
    Path("odd").write_text("RUN pip install flask=3.0.0\n")
    assert concise("--fix", "--diff", "--offline", "odd")[0] == 1
    before = {each.name: each.read_bytes() for each in Path().iterdir()}
    with as_nobody():
        code, _, errors = concise(*arguments)
    assert (code, errors) == (2, [f"pinhook: {path}: Permission denied"])
    assert {each.name: each.read_bytes() for each in Path().iterdir()} == before
