"""Inputs beyond a limit: they are refused, cut or skipped, with a message, in a limited time."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pinhook.__main__ import main
from pinhook.config.config import combine
from pinhook.rules import RULES
from pinhook.source import Source
from tests.checks import check, check_requirements_file
from tests.projects import ROOT

REFUSED = "is larger than {} kB; the setting max-file-size allows more"
ALL = [rule.code for rule in RULES]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("size", "options", "limit"),
    [
        (1024, ["--max-file-size=1k"], None),
        (1025, ["--max-file-size=1k"], 1),
        (4 << 20, [], None),
        ((4 << 20) + 1, [], 4096),
        ((4 << 20) + 1, ["--max-file-size=5M"], None),
        (50_000_000, [], 4096),
    ],
)
def test_the_size_of_a_file(
    size: int, options: list[str], limit: int | None, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("Dockerfile").write_text("#" * (size - 1) + "\n")
    assert main([*options, "Dockerfile"]) == (2 if limit else 0)
    assert capsys.readouterr().err == (f"pinhook: Dockerfile: {REFUSED.format(limit)}\n" if limit else "")


@pytest.mark.parametrize(
    "instruction",
    [
        "RUN pip install a{1..§} {1..3..§} {a..c..§}",
        "RUN x=abc; pip install ${x:§} ${x:1:§} ${x: -§} ${x#§} ${x/§/§}",
        "RUN set -- a b; shift §; pip install $1 ${§} ${#§}",
        "RUN §>f pip install a §<<E §>&§\n§\nE",
        "RUN x=$'\\U§ \\x§ \\§'; pip install $x; printf '%§d' | xargs -n § pip install",
        "RUN for i in $(seq 1 §); do timeout § nice -n § pip install a$i; done; ulimit -n §",
        "RUN pip install a==§ b==§.* 'c>=§!§,<§' d@§ 'e; python_version < \"§\"' f==§.post§ git+https://h/r@§",
        "RUN uvx a@§; uv pip install -p § b==§; pipx install c==§; easy_install d==§; poetry add e@^§",
        "RUN <<§\npip install a\n§",
        "FROM python:§ AS §\nCOPY --from=§ § §\nRUN pip install -r § # pinhook: ignore[PIN§: §]",
        "HEALTHCHECK --interval=§s --retries=§ CMD pip install a",
    ],
)
def test_a_number_of_thousands_of_digits(instruction: str) -> None:
    text = f'FROM x\nSHELL ["bash", "-c"]\n{instruction}\n'.replace("§", "9" * 5000)
    assert check(Source("Dockerfile", text), ALL).installations, "it is read to its end, and nothing is raised"


@pytest.mark.parametrize(
    ("instruction", "expected"),
    [
        ("RUN pip install §", ["PIN006"]),
        ("RUN pip install '§ b'", ["PIN006"]),
        ("RUN pip install -e §", ["PIN006"]),
        ("RUN pip install §$V", ["PIN006"]),
        ("RUN pip install §>1", ["PIN004"]),
        ("RUN uv run --with=§ x", ["PIN006"]),
        ("RUN uvx §", ["PIN006"]),
        ("RUN pipx install §", ["PIN006"]),
        ('RUN ["pip", "install", "§"]', ["PIN006"]),
        ("ENV A=§\nRUN pip install $A", ["PIN006"]),
        ("RUN pip install $(cat §)", []),
        ("RUN pip install a==1 --target §", []),
        ("RUN pip install -r §", []),
        (f"RUN pip install 'a==1{' ' * 5000}'", []),
    ],
)
def test_a_word_that_is_too_long_to_be_read(instruction: str, expected: list[str]) -> None:
    report = check(Source("Dockerfile", instruction.replace("§", "a" * 5000)))
    assert [finding.code for finding in report.findings] == expected
    assert [finding.code for finding in check_requirements_file(Source("r.txt", "a" * 5000)).findings] == ["PIN006"]


@pytest.mark.parametrize("name", ["requirements.txt", "<stdin>"])
def test_the_size_of_other_files(name: str) -> None:
    text = "#" * 2000
    Path("requirements.txt").write_text(text)
    process = subprocess.run(
        [sys.executable, "-m", "pinhook", "--max-file-size=1k", "-" if name == "<stdin>" else name],
        capture_output=True,
        check=False,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        input=text,
    )
    assert (process.returncode, process.stderr) == (2, f"pinhook: {name}: {REFUSED.format(1)}\n")


@pytest.mark.parametrize(
    ("text", "size"), [("1k", 1 << 10), ("500k", 500 << 10), ("4M", 4 << 20), ("999999G", 999999 << 30)]
)
def test_sizes(text: str, size: int) -> None:
    assert combine(None, {"max-file-size": text}).max_size == size


@pytest.mark.parametrize("text", ["0k", "4", "4MB", "4m", "-1M", "1.5M", "1000000k", ""])
def test_what_is_no_size(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main([f"--max-file-size={text}", "x"])
    assert f'"{text}" is not a size; write 500k or 16M' in capsys.readouterr().err


# a line of a Dockerfile that is longer than 64 kB is refused by BuildKit
SHAPES = {
    "comments": "# " + "x" * 98 + "\n",
    "instructions": "RUN make\n",
    "variables": "ENV A=b\n",
    "installations": "RUN pip install flask==3.0.0\n",
    "findings": "RUN pip install flask\n",
    "comments for us": "# pinhook: ignore[PIN001]\nRUN pip install flask\n",
    "continued lines": "RUN pip install \\\n" + "  flask==3.0.0 \\\n" * 3000 + "  flask\n",
    "here-documents": "RUN <<EOF\n" + "pip install flask==3.0.0\n" * 3000 + "EOF\n",
    "stages": "FROM a AS b\n",
}


@pytest.mark.slow
@pytest.mark.parametrize("shape", SHAPES)
def test_a_megabyte_is_checked_in_bounded_time(shape: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = SHAPES[shape]
    Path("Dockerfile").write_text(text * ((1 << 20) // len(text)))
    start = time.process_time()
    assert main(["--format=concise", "Dockerfile"]) in {0, 1}
    assert time.process_time() - start < 60
    assert not capsys.readouterr().err


@pytest.mark.parametrize(
    "word",
    [
        "--" + "f" * 60_000,
        "f" * 4000,
        "f" * 60_000,
        "'" + "f " * 30_000 + "'",
        "f==" + "1" * 60_000,
        "$A" * 20_000,
        "{a,b}" * 12_000,
    ],
)
@pytest.mark.parametrize("form", ["text", "concise", "github"])
def test_the_length_of_a_line_of_the_report(word: str, form: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("Dockerfile").write_text(f"FROM x\nRUN pip install flask {word} flask\n")
    assert main([f"--format={form}", "--level=hashes", "Dockerfile"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) < 700
    assert any("flask is not pinned" in line for line in lines)


@pytest.mark.parametrize(
    ("script", "message"),
    [
        pytest.param("pip install {1..100000}", "{1..100000} is not a requirement", id="braces"),
        pytest.param("pip install " + "{a,b}" * 20, "{a,b}{a,b}", id="braces within braces"),
        pytest.param(
            "for i in " + " ".join(f"p{each}" for each in range(5000)) + "; do pip install $i; done",
            "only the build knows what $i installs",
            id="values",
        ),
        pytest.param(
            "A=pip; " + "A=$A$A; " * 60 + "pip install $A",
            "only the build knows what $A installs",
            id="a value that doubles",
        ),
        pytest.param(
            " ".join(f"if x; then A{each}=a; else A{each}=b; fi;" for each in range(16))
            + "pip install "
            + "".join(f"$A{each}" for each in range(16)),
            " is not pinned",
            id="values in combination",
        ),
    ],
)
def test_the_number_of_values(script: str, message: str) -> None:
    """With too many values, some are checked, or they are reported as unknown. It takes little time."""
    start = time.process_time()
    report = check(Source("Dockerfile", f"FROM x\nRUN {script}\nRUN pip install flask\n"), ALL)
    assert time.process_time() - start < 5
    assert any(message in finding.message for finding in report.findings)
    assert any("flask is not pinned" in finding.message for finding in report.findings)
