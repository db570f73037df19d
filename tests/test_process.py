"""The process: whatever it is started in, the exit code is right, all is checked, and nobody sees a traceback."""

from __future__ import annotations

import itertools
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.projects import ROOT

if TYPE_CHECKING:
    from collections.abc import Sequence

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs a POSIX shell")

FINDING = "Dockerfile:2:17: PIN001 flask is not pinned; write flask==<version>\n"
MISSPELT = "RUN pip install flask=3.0.0\n"
MISSING = "pinhook: missing: No such file or directory\n"
FULL = "pinhook: stdout: No space left on device\n"
GONE = "pinhook: the working directory: No such file or directory\n"
TOO_LARGE = os.strerror(27)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory: with a finding, with one that can be fixed, and with ``pinhook`` in its folder ``bin``."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "Dockerfile").write_text("FROM python\nRUN pip install flask\n")
    (tmp_path / "Misspelt").write_text(MISSPELT)
    program = tmp_path / "bin" / "pinhook"
    program.parent.mkdir()
    program.write_text(f"#!{sys.executable}\nfrom pinhook.__main__ import command\ncommand()\n")
    program.chmod(0o755)
    return tmp_path


def shell(line: str, environment: dict[str, str] | None = None) -> tuple[int, str, str]:
    """The exit code of a line of shell, and what it says on stdout and stderr; reports are ``concise``."""
    process = subprocess.run(
        ["sh", "-c", line],
        capture_output=True,
        check=False,
        encoding="utf-8",
        env={
            **os.environ,
            "PATH": f"{Path('bin').resolve()}:{os.environ['PATH']}",
            "PYTHON": sys.executable,
            "PYTHONPATH": str(ROOT),
            "PYTHONUNBUFFERED": "",  # which would hide what happens to what is still to be written
            **(environment or {}),
        },
        timeout=60,
    )
    return process.returncode, process.stdout, process.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a full disk")
@pytest.mark.parametrize(
    ("line", "code", "out", "err"),
    [
        ("pinhook --format=concise missing Dockerfile", 2, FINDING, MISSING),
        ("pinhook --format=concise missing Dockerfile >&-", 2, "", MISSING),
        ("pinhook --format=concise missing Dockerfile 2>&-", 2, FINDING, ""),
        ("pinhook --format=concise missing Dockerfile <&- >&- 2>&-", 2, "", ""),
        ("pinhook --format=concise missing Dockerfile >/dev/full", 2, "", MISSING + FULL),
        ("pinhook --format=concise missing Dockerfile 2>/dev/full", 2, FINDING, ""),
        ("pinhook --format=concise missing Dockerfile >/dev/full 2>/dev/full", 2, "", ""),
        ("pinhook Dockerfile --output-file=/dev/full", 2, "", FULL.replace("stdout", "/dev/full")),
        ("pinhook --diff --offline --quiet Misspelt >/dev/full", 2, "",
         FULL + "pinhook: Misspelt: the difference could not be written\n"
         "Misspelt:1:17: PIN005 would be flask==3.0.0\n"),
        ("pinhook --help >/dev/full", 2, "", FULL),
        ("pinhook --version >/dev/full", 2, "", FULL),
        ("pinhook --rules >/dev/full", 2, "", FULL),
        ("pinhook --version >&-", 0, "", ""),
        ("pinhook --wrong 2>&-", 2, "", ""),
        ("pinhook --wrong 2>/dev/full", 2, "", ""),
        ("pinhook --format=concise - <&-", 2, "", "pinhook: <stdin>: is closed\n"),
        ("pinhook --format=concise - <Dockerfile", 1, FINDING.replace("Dockerfile", "<stdin>"), ""),
        (r"printf 'RUN pip install fl\377ask' | pinhook -q --format=concise -", 1,
         "<stdin>:1:17: PIN005 fl\\xffask is not a requirement\n", ""),
        ("ulimit -f 0; pinhook --output-file=report Dockerfile", 2, "", f"pinhook: report: {TOO_LARGE}\n"),
        ("ulimit -f 0; pinhook --fix --offline --format=concise Misspelt", 2,
         "Misspelt:1:17: PIN005 flask=3.0.0 has one = where == belongs; write flask==3.0.0\n",
         f"pinhook: Misspelt: {TOO_LARGE}\n"),
    ],
)  # fmt: skip
def test_streams_that_are_closed_and_disks_that_are_full(line: str, code: int, out: str, err: str) -> None:
    before = {path.name: path.read_bytes() for path in Path().iterdir() if path.is_file()}
    assert shell(line) == (code, out, err)
    assert {path.name: path.read_bytes() for path in Path().iterdir() if path.is_file()} == before


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_reader_that_goes_away(form: str, folder: Path) -> None:
    (folder / "Dockerfile").write_text("RUN pip install flask\n" * 5000)
    code, out, err = shell(f"{{ pinhook --format={form} Dockerfile; echo $? >&2; }} | head -1")
    assert (code, len(out.splitlines()), err) == (0, 1, "1\n")


@pytest.mark.parametrize(
    "options",
    ["-O", "-OO", "-X dev -W error", "-X utf8=0", "-B", "-bb", "-q", "-u"] + ["-P"] * (sys.version_info >= (3, 11)),
)
def test_options_of_python(options: str) -> None:
    arguments = "-m pinhook --level=strict --format=concise missing Dockerfile"
    assert shell(f'"$PYTHON" {options} {arguments}') == (2, FINDING, MISSING)


@pytest.mark.parametrize("arguments", ["--explain=PIN004", "--rules", "--format=sarif Dockerfile"])
def test_without_docstrings_there_are_no_manual_pages(arguments: str) -> None:
    code, _, err = shell(f'"$PYTHON" -OO -m pinhook {arguments}')
    assert (code, err) == (shell(f"pinhook {arguments}")[0], "")


@pytest.mark.parametrize(
    "variables",
    [
        "PYTHONWARNINGS=error",
        "PYTHONDONTWRITEBYTECODE=1",
        "-u HOME",
        "HOME=/nowhere",
        "LANG=C LC_ALL=C PYTHONUTF8=0 PYTHONCOERCECLOCALE=0",
        "LC_ALL=xx_YY.nonsense",
        "PYTHONIOENCODING=ascii PYTHONUTF8=0",
        "TERM=unheard-of COLUMNS=0 LINES=-1",
        "COLUMNS=x",
        "NO_COLOR=1 FORCE_COLOR=",
        "TZ=nonsense",
    ],
)
def test_variables(variables: str) -> None:
    assert shell(f"env {variables} pinhook --format=concise missing Dockerfile") == (2, FINDING, MISSING)


@pytest.mark.parametrize("program", ["pinhook Dockerfile", "pinhook --isolated Dockerfile", "pinhook .", "pinhook -"])
def test_a_working_directory_that_is_gone(program: str) -> None:
    code, out, err = shell(f"mkdir gone; cd gone; rmdir ../gone; {program} </dev/null")
    assert (code, out, err) == (2, "", GONE)


@pytest.mark.parametrize("arguments", ["--rules", "--explain=PIN001", "--help"])
def test_what_needs_no_working_directory(arguments: str) -> None:
    assert shell(f"mkdir gone; cd gone; rmdir ../gone; pinhook {arguments}")[0] == 0


def test_another_working_directory() -> None:
    assert shell("cd bin; pinhook --format=concise ../Dockerfile") == (1, f"../{FINDING}", "")
    assert shell('cd /; pinhook --format=concise "$OLDPWD/Dockerfile"') == (1, f"{Path.cwd()}/{FINDING}", "")


def test_20_000_arguments() -> None:
    code, out, err = shell("seq 20000 | xargs pinhook --format=concise Dockerfile")
    assert (code, out) == (123, FINDING), "xargs says 123"
    assert len(err.splitlines()) == 20_000


INTERRUPT = """
import os, signal, sys

signal.signal(signal.SIGHUP, signal.SIG_DFL)  # nohup ignores it

interrupts = ["pinhook.cli.main", os.environ["EVENT"], int(os.environ["NUMBER"])]

def interrupt(event, arguments):
    if event == "import" and arguments[0] == interrupts[0]:
        interrupts[0] = ""
    if not interrupts[0] and event.startswith(interrupts[1]):
        interrupts[2] -= 1
        if interrupts[2] == 0:
            os.killpg(0, int(os.environ["SIGNAL"]))

sys.addaudithook(interrupt)
"""


@pytest.mark.parametrize(
    ("arguments", "event", "numbers"),
    [
        ("", "import", range(1, 30, 3)),
        ("", "open", range(1, 42, 5)),
        ("--output-file=report", "open", (40, 41, 42)),
        ("--output-file=report", "os.rename", (1, 1, 1)),
        ("--fix --offline", "import", range(1, 60, 5)),
        ("--fix --offline", "open", range(1, 50, 5)),
        ("--fix --offline", "os.rename", (1, 1, 1)),
    ],
)
def test_ctrl_c(arguments: str, event: str, numbers: Sequence[int], folder: Path) -> None:
    """Whenever it comes, the process is ended by the signal and says nothing, and each file is as before or whole.

    So it is with the other signals by which a process is asked to end.
    """
    for number in range(40):
        (folder / f"Dockerfile.{number}").write_bytes((folder / "Dockerfile").read_bytes())
    (folder / "bin" / "sitecustomize.py").write_text(INTERRUPT)
    names = {path.name for path in folder.iterdir()}
    for number, ending in zip(numbers, itertools.cycle([signal.SIGINT, signal.SIGTERM, signal.SIGHUP]), strict=False):
        (folder / "Misspelt").write_text(MISSPELT)
        variables = {"EVENT": event, "NUMBER": str(number), "SIGNAL": str(int(ending))}
        process = subprocess.run(
            [sys.executable, "-m", "pinhook", "--format=json", *arguments.split(), "Misspelt", "."],
            capture_output=True,
            check=False,
            env={**os.environ, "PYTHONPATH": f"{folder / 'bin'}:{ROOT}", **variables},
            start_new_session=True,
            timeout=60,
        )
        assert (process.returncode, process.stdout, process.stderr) == (-ending, b"", b""), number
        assert {path.name for path in folder.iterdir()} - names <= {"report"}
        assert (folder / "Misspelt").read_text() in {MISSPELT, MISSPELT.replace("=", "==")}
    assert (folder / "report").exists() == (event == "os.rename" and "report" in arguments)
    if (folder / "report").exists():
        assert json.loads((folder / "report").read_text())["findings"]


@pytest.mark.parametrize("options", [[], ["-B"]])
@pytest.mark.parametrize("module", ["-m pinhook", "-mpinhook"])
def test_the_module_imports_nothing_from_the_working_directory(module: str, options: list[str], tmp_path: Path) -> None:
    for name in ("argparse", "bashlex", "difflib", "json", "packaging", "shlex", "tomllib", "unicodedata", "uv"):
        (tmp_path / f"{name}.py").write_text("import pathlib; pathlib.Path('PWNED').touch()")
    (tmp_path / "pinhook.toml").write_text("level = 'strict'\n")
    (tmp_path / "requirements.txt").write_text("flask\n")
    arguments = ["--fix", "--format=json", "Dockerfile", "Misspelt", "requirements.txt"]
    process = subprocess.run(
        [sys.executable, *options, *module.split(), *arguments],
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), "UV_OFFLINE": "1"},
    )
    assert process.returncode in {1, 2}, process.stderr
    assert b"internal error" not in process.stderr
    assert not (tmp_path / "PWNED").exists()


@pytest.mark.parametrize("flag", ["-P", "-I"])
def test_the_search_path_stays_where_the_working_directory_is_not_on_it(flag: str) -> None:
    if flag == "-P" and sys.version_info < (3, 11):
        pytest.skip("Python 3.10 has no -P")
    program = "sys.argv, sys.orig_argv = ['-m'], ['python', 'pinhook']; before = sys.path[:]"
    program += "; import pinhook; print(sys.path == before)"
    command = [sys.executable, flag, "-c", f"import sys; sys.path.append({str(ROOT)!r}); {program}"]
    assert subprocess.run(command, capture_output=True, check=True).stdout == b"True\n"


def test_another_module_keeps_its_search_path(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "__init__.py").write_text("import pinhook")
    (tmp_path / "other" / "__main__.py").write_text("import beside")
    (tmp_path / "beside.py").write_text("print('ran')")
    command = [sys.executable, "-m", "other", "pinhook"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    assert subprocess.run(command, capture_output=True, check=True, env=environment).stdout == b"ran\n"
