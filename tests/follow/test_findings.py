"""The findings in followed files: their messages, their places, and how they are suppressed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft202012Validator

from pinhook.cli import main
from pinhook.repository import checkout
from pinhook.repository.checkout import open_repository
from pinhook.source import Source
from tests.checks import check
from tests.follow.repositories import LOOSE, checked, found, reasons, repository_of
from tests.projects import ROOT

if TYPE_CHECKING:
    from pathlib import Path

COPY = "FROM python:3.12\nWORKDIR /app\nCOPY . .\n"


@pytest.mark.parametrize(
    ("command", "files", "expected"),
    [
        (
            "pip install -r r.txt",
            {"r.txt": "flask==1\nsix>=2\ngit+https://example.org/x\n."},
            ["r.txt:2", "r.txt:3"],
        ),
        ("pip install -r r.txt", {"r.txt": "flask==1 \\\n  --hash=sha256:ab\n"}, []),
        ("pip install -r r.txt flask==1", {"r.txt": LOOSE}, []),
        ("pip install -r r.txt -r s.txt", {"r.txt": LOOSE, "s.txt": "flask==1"}, []),
        ("pip install --no-index --find-links w -r r.txt", {"r.txt": LOOSE}, []),
        ("pip install -r r.txt", {"r.txt": "--no-index\n--find-links w\nflask\n"}, []),
        ("pip install -r r.txt -c c.txt", {"r.txt": LOOSE, "c.txt": "flask==1\n"}, []),
        ("pip install -r r.txt -c c.txt", {"r.txt": "flask\nsix\n", "c.txt": "flask==1\n"}, ["r.txt:2"]),
        ("pip install -r r.txt -c c.txt", {"r.txt": LOOSE, "c.txt": "flask>1\n"}, ["r.txt:1", "c.txt:1"]),
        ("pip install -r r.txt -c missing.txt", {"r.txt": LOOSE}, []),
        ("pip install -r r.txt -c https://example.org/c.txt", {"r.txt": LOOSE}, []),
        ("pip install -r r.txt", {"r.txt": "-c c.txt\nflask\nsix\n", "c.txt": "flask==1\n"}, ["r.txt:3"]),
        ("pip install -r r.txt", {"r.txt": "-c missing.txt\nflask\n"}, []),
        ("pip install flask -c c.txt", {"c.txt": "flask==1\n"}, []),
        ("pip install flask six==1 -c c.txt", {"c.txt": "django==1\n"}, ["Dockerfile:4"]),
        ("pip install flask -c c.txt", {"c.txt": ""}, ["Dockerfile:4"]),
        ("pip install flask -c c.txt", {"c.txt": "./x\n${X}\nflask==1\n"}, []),
        ("pip install flask -c c.txt", {"c.txt": "flask @ https://example.org/x.zip\n"}, []),
        ("pip install flask -c c.txt", {"c.txt": "-r d.txt\n", "d.txt": "Flask==1\n"}, []),
        ("pip install flask -c c.txt -c missing.txt", {"c.txt": ""}, []),
        ("pip install flask -c c.txt -r r.txt", {"c.txt": "", "r.txt": "flask==1\n"}, []),
        ("PIP_CONSTRAINT=c.txt pip install flask", {"c.txt": ""}, ["Dockerfile:4"]),
        ("pip install . git+https://example.org/x $X -c c.txt", {"c.txt": ""}, []),
        ("uv sync", {"pyproject.toml": ""}, ["Dockerfile:4"]),
        ("uv sync", {"pyproject.toml": "", "uv.lock": ""}, []),
        ("uv sync", {"pyproject.toml": "", "x/uv.lock": ""}, ["Dockerfile:4"]),
        ("uv sync", {"pyproject.toml": "", "uv.lock": "", ".dockerignore": "*.lock"}, ["Dockerfile:4"]),
        ("uv sync -U", {"pyproject.toml": "", "uv.lock": ""}, ["Dockerfile:4"]),
        ("uv sync --upgrade", {"pyproject.toml": "", "uv.lock": ""}, ["Dockerfile:4"]),
        ("uv sync -P six", {"pyproject.toml": "", "uv.lock": ""}, ["Dockerfile:4"]),
        ("uv sync -Psix --no-dev", {"pyproject.toml": "", "uv.lock": ""}, ["Dockerfile:4"]),
        ("uv sync --upgrade-package=six", {"pyproject.toml": "", "uv.lock": ""}, ["Dockerfile:4"]),
        ("uv sync --upgrade-group dev", {"pyproject.toml": "", "uv.lock": ""}, ["Dockerfile:4"]),
        ("uv sync --upgrade --dry-run", {"pyproject.toml": "", "uv.lock": ""}, []),
        ("rm -f uv.lock && uv lock && uv sync", {"pyproject.toml": "", "uv.lock": ""}, ["Dockerfile:4"]),
        ("rm -f uv.lock && uv lock && uv sync --frozen", {"pyproject.toml": "", "uv.lock": ""}, ["Dockerfile:4"]),
        ("rm -f *.lock; uv sync", {"pyproject.toml": "", "uv.lock": ""}, ["Dockerfile:4"]),
        ("rm -f ./uv.lock && uv sync", {"pyproject.toml": "", "uv.lock": ""}, ["Dockerfile:4"]),
        ("rm -f x/uv.lock && uv sync", {"pyproject.toml": "", "uv.lock": ""}, []),
        ("uv lock && uv sync", {"pyproject.toml": "", "uv.lock": ""}, []),
        ("uv lock && uv sync --frozen", {"pyproject.toml": ""}, ["Dockerfile:4"]),
        ("uv lock --upgrade && uv sync --locked", {"pyproject.toml": "", "uv.lock": ""}, ["Dockerfile:4"]),
        ("uv lock -P six && uv sync", {"pyproject.toml": "", "uv.lock": ""}, ["Dockerfile:4"]),
        ("uv --quiet lock --upgrade-package six && uv sync", {"pyproject.toml": "", "uv.lock": ""}, ["Dockerfile:4"]),
        ("uv lock --upgrade --dry-run && uv sync", {"pyproject.toml": "", "uv.lock": ""}, []),
        ("uv lock --check && uv sync", {"pyproject.toml": "", "uv.lock": ""}, []),
        ("uv lock --upgrade --project x && uv sync", {"pyproject.toml": "", "uv.lock": ""}, []),
        ("mv uv.lock old && uv sync", {"pyproject.toml": "", "uv.lock": ""}, []),
        ("cd x && uv sync", {"x/pyproject.toml": "", "uv.lock": ""}, []),
        ("cd x && uv sync", {"x/pyproject.toml": "", "y/uv.lock": ""}, ["Dockerfile:4"]),
        ("uv sync --locked", {"pyproject.toml": ""}, []),
        ("uv sync --no-dev --frozen", {"pyproject.toml": ""}, []),
        ("UV_FROZEN=1 uv sync", {"pyproject.toml": ""}, []),
        ("uv sync", {}, []),
        ("git clone https://example.org/x /x && cd /x && uv sync", {"pyproject.toml": ""}, []),
    ],
)
def test_places_of_findings(command: str, files: dict[str, str], expected: list[str]) -> None:
    assert found({"Dockerfile": f"{COPY}RUN {command}\n", **files}) == expected


def test_a_finding_says_what_is_installed_where() -> None:
    report = checked({"Dockerfile": f"{COPY}RUN pip install -r r.txt\n", "r.txt": "flask[async] # why\n"})
    [finding] = report.included[0].findings
    assert finding.message == "flask[async] is not pinned; write flask[async]==<version>"
    assert (finding.code, finding.name, finding.target) == ("PIN007", "loose-requirements-file", "flask[async]")
    assert [(each.place.source.path, each.message) for each in finding.related] == [("Dockerfile", "installed here")]
    report = checked({"Dockerfile": f"{COPY}RUN uv pip install flask[async] -c c.txt\n", "c.txt": "six==1\n"})
    [finding] = report.findings
    assert finding.message == "flask[async] is not in the constraints file; add flask[async]==<version> to it"
    [related] = finding.related
    assert (related.place.source.path, related.place.span, related.message) == ("c.txt", (0, 0), "the constraints file")
    report = checked({"Dockerfile": f"{COPY}RUN uv pip install -r r.txt\n", "r.txt": "flask\n"})
    assert [finding.installer for finding in report.included[0].findings] == ["uv pip"]


def test_a_finding_says_that_a_lock_file_is_missing() -> None:
    [finding] = checked({"Dockerfile": f"{COPY}RUN uv sync\n", "pyproject.toml": ""}).findings
    assert (finding.target, finding.written, finding.project, finding.related) == ("", "", "", ())
    assert finding.message == (
        "uv sync chooses new versions: the repository has no uv.lock; commit one and write --locked"
    )


@pytest.mark.parametrize(
    ("instructions", "reason"),
    [
        ("COPY pyproject.toml .\nRUN uv sync", "the image has no uv.lock beside the project; copy that of"),
        ("COPY . .\nRUN rm uv.lock\nRUN uv sync", "uv.lock is removed by the build; copy that of"),
        ("COPY . .\nRUN uv lock -U\nRUN uv sync", "uv.lock is made by the build; copy that of"),
        ("COPY . .\nRUN uv sync -U", "it has an option to upgrade; upgrade in"),
        ("COPY pyproject.toml uv.lock ./\nRUN uv sync", ""),
        ("COPY pyproject.toml uv.lock* ./\nRUN uv sync", ""),
        ("COPY pyproject.toml .\nRUN --mount=source=uv.lock,target=uv.lock uv sync", ""),
        ("COPY . /src\nRUN cp /src/* . && uv sync", ""),
        ("COPY . .\nRUN rm uv.lock\nCOPY uv.lock .\nRUN uv sync", ""),
        ("COPY pyproject.toml .\nRUN curl -o uv.lock https://example.org/uv.lock && uv sync", ""),
        ("COPY pyproject.toml .\nRUN git clone https://example.org/x . && uv sync", ""),
        ("COPY pyproject.toml .\nRUN uv sync --frozen", ""),
        ("COPY pyproject.toml .\nRUN uv sync --project x", ""),
    ],
)
def test_a_finding_says_what_is_wrong_with_the_lock_file(instructions: str, reason: str) -> None:
    files = {"Dockerfile": f"FROM python\nWORKDIR /app\n{instructions}\n", "pyproject.toml": "", "uv.lock": ""}
    messages = [finding.message for finding in checked(files).findings]
    expected = f"uv sync chooses new versions: {reason} the repository and write --locked"
    assert messages == ([expected] if reason else [])


@pytest.mark.parametrize(
    ("above", "line", "expected"),
    [
        ("", "flask # pinhook: ignore[PIN007] so", []),
        ("", "flask # pinhook: ignore[PIN001] so", []),
        ("", "flask # pinhook: ignore[PIN002] so", ["r.txt:1"]),
        ("# pinhook: ignore[PIN007] so\n", "flask", []),
        ("# pinhook: ignore[PIN007: flask] so\n", "flask", []),
        ("# pinhook: ignore[PIN007: django] so\n", "flask", ["r.txt:1"]),
        ("# pinhook: ignore[PIN001] so\n", "flask", ["r.txt:1"]),
    ],
)
def test_comments_in_either_file(above: str, line: str, expected: list[str]) -> None:
    assert found({"Dockerfile": f"{COPY}{above}RUN pip install -r r.txt\n", "r.txt": line}) == expected


def test_allowed_names() -> None:
    files = {"Dockerfile": f"{COPY}RUN pip install -r r.txt\n", "r.txt": "Flask\nsix\n"}
    report = check(
        Source("Dockerfile", files["Dockerfile"]),
        ["PIN007"],
        allowed=["flask"],
        repository=lambda: repository_of(files),
    )
    assert [finding.target for finding in report.included[0].findings] == ["six"]


def test_hashes() -> None:
    files = {"Dockerfile": f"{COPY}RUN pip install -r r.txt\n", "r.txt": "a==1\nb==1 --hash=sha256:ab\nc\n"}
    report = checked(files, codes=("PIN007", "PIN011"))
    assert [(each.code, each.target) for each in report.included[0].findings] == [("PIN011", "a==1"), ("PIN007", "c")]
    for options in ("--require-hashes", "--no-index --find-links wheels"):
        files["Dockerfile"] = f"{COPY}RUN pip install {options} -r r.txt\n"
        report = checked(files, codes=("PIN007", "PIN011"))
        assert "PIN011" not in [each.code for listed in report.included for each in listed.findings]


def test_a_file_exempts_no_target_of_the_command() -> None:
    files = {"Dockerfile": f"{COPY}RUN pip install flask -r r.txt\n", "r.txt": "flask==1\n"}
    assert [each.target for each in checked(files, codes=("PIN001", "PIN007")).findings] == ["flask"]


def test_nothing_is_opened_unless_the_rule_is_on() -> None:
    def opened() -> None:
        raise AssertionError

    source = Source("Dockerfile", f"{COPY}RUN pip install -r r.txt && uv sync\n")
    assert check(source, repository=opened).findings == ()  # type: ignore[arg-type]
    with pytest.raises(AssertionError):
        check(source, ["PIN007"], repository=opened)  # type: ignore[arg-type]
    without = Source("Dockerfile", f"{COPY}RUN pip install flask==1\n")
    assert check(without, ["PIN007"], repository=opened).findings == ()  # type: ignore[arg-type]


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    assert main.run([*arguments, "--isolated", "--format", "concise"]) in {0, 1}
    captured = capsys.readouterr()
    assert not captured.err
    return [line.partition(" is ")[0] for line in captured.out.splitlines()]


def test_a_file_of_several_dockerfiles_is_reported_once(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("Dockerfile", "dev.Dockerfile", "other.Dockerfile"):
        (repository / name).write_text(f"{COPY}RUN pip install -r requirements.txt\n")
    (repository / "requirements.txt").write_text("flask\nsix\n")
    silenced = f"{COPY}# pinhook: ignore[PIN007] so\nRUN pip install -r requirements.txt\n"
    (repository / "other.Dockerfile").write_text(silenced)
    expected = ["requirements.txt:1:1: PIN007 flask", "requirements.txt:2:1: PIN007 six"]
    assert run(capsys, ".", "--level", "strict") == expected
    assert run(capsys, "other.Dockerfile", "--level", "strict") == []
    own = [line.replace("PIN007", "PIN001") for line in expected]
    assert run(capsys, ".", "requirements.txt", "--level", "strict") == own
    assert run(capsys, ".") == []
    assert run(capsys, str(repository / "Dockerfile"), "--level", "strict")[0].startswith(str(repository))
    assert main.run([".", "--level", "strict", "--isolated", "--format", "json"]) == 1
    assert capsys.readouterr().out.count('"installed here"') == 4


def test_per_file_ignores(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (repository / "Dockerfile").write_text(f"{COPY}RUN pip install -r requirements.txt\n")
    (repository / "requirements.txt").write_text("flask\n")
    (repository / "pinhook.toml").write_text("level = 'strict'\nper-file-ignores = {'requirements.txt' = ['PIN007']}\n")
    assert main.run(["Dockerfile"]) == 0
    assert "No findings" in capsys.readouterr().out


def test_a_file_of_several_dockerfiles_has_the_findings_of_each(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (repository / "requirements.txt").write_text("flask\nsix\n")
    (repository / "Dockerfile").write_text(f"{COPY}RUN pip install -r requirements.txt six==1\n")
    (repository / "dev.Dockerfile").write_text(f"{COPY}RUN pip install -r requirements.txt flask==1\n")
    expected = ["requirements.txt:1:1: PIN007 flask", "requirements.txt:2:1: PIN007 six"]
    assert run(capsys, "Dockerfile", "dev.Dockerfile", "--level", "strict") == expected


def test_a_file_larger_than_the_setting_says_is_not_read(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (repository / "requirements.txt").write_text("flask\n" + "#" * 2000)
    (repository / "Dockerfile").write_text(f"{COPY}RUN pip install -r requirements.txt\n")
    options = ("Dockerfile", "--level", "strict", "--max-file-size")
    assert run(capsys, *options, "2k") == ["requirements.txt:1:1: PIN007 flask"]
    assert run(capsys, *options, "1k") == []
    main.run([*options, "1k", "--format=json"])
    [followed] = json.loads(capsys.readouterr().out)["followed"]
    assert followed["reason"] == "cannot be read, or is larger than the setting max-file-size allows"


@pytest.mark.usefixtures("repository")
def test_what_is_no_path_is_no_file() -> None:
    repository = open_repository("Dockerfile")
    assert not repository.is_file("a\0b")
    assert repository.read("a\0b") is None
    assert not repository.is_folder(".git")
    assert repository.is_folder("")


def test_a_repository_of_many_files(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkout, "MAX_FILES", 3)
    for name in ("a", "b", "c"):
        (repository / name).mkdir()
        (repository / name / "1").touch()
        (repository / name / "2").touch()
    assert len(open_repository("Dockerfile").files()) == 4  # the folder that went beyond is read to its end


@pytest.mark.parametrize("target", ["../secret.txt", "link/../../secret.txt", ".git/secret.txt", "loop.txt", "folder"])
def test_nothing_outside_of_the_repository_is_read(
    target: str, repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (repository / ".git" / "secret.txt").write_text("flask\n")
    (repository / "folder").mkdir()
    (repository / "loop.txt").symlink_to("loop.txt")
    (repository / "link").symlink_to("folder")
    (repository / "requirements.txt").symlink_to(target)
    text = f"{COPY}RUN pip install -r requirements.txt -r ../secret.txt -r {target}\n"
    (repository / "Dockerfile").write_text(text)
    assert run(capsys, "Dockerfile", "--level", "strict") == []


def test_a_linked_file_inside_is_read(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (repository / "requirements.txt").symlink_to("real.txt")
    (repository / "real.txt").write_text("flask\n")
    (repository / "Dockerfile").write_text(f"{COPY}RUN pip install -r requirements.txt\n")
    assert run(capsys, "Dockerfile", "--level", "strict") == ["requirements.txt:1:1: PIN007 flask"]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("# ä\r\nflask\r\n".encode("utf-16"), ["requirements.txt:2:1: PIN007 flask"]),
        ("# coding: latin-1\n# ä\nflask\n".encode("latin-1"), ["requirements.txt:3:1: PIN007 flask"]),
        (b"# coding: none\nflask\n", []),
        (b"flask\0", []),
        (b"# " + b"x" * 17_000_000 + b"\nflask\n", []),
    ],
    ids=["UTF-16", "PEP 263", "unknown encoding", "binary", "huge"],
)
def test_odd_files(content: bytes, expected: list[str], repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (repository / "requirements.txt").write_bytes(content)
    (repository / "Dockerfile").write_text(f"{COPY}RUN pip install -r requirements.txt\n")
    assert run(capsys, "Dockerfile", "--level", "strict") == expected


def test_outside_of_a_repository_it_is_the_working_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "requirements.txt").write_text("flask\n")
    (tmp_path / "a" / "b" / "Dockerfile").write_text(f"{COPY}RUN pip install -r requirements.txt\n")
    monkeypatch.chdir(tmp_path / "a")
    assert run(capsys, "b/Dockerfile", "--level", "strict") == ["requirements.txt:1:1: PIN007 flask"]
    monkeypatch.chdir("b")
    assert run(capsys, "Dockerfile", "--level", "strict") == []
    (tmp_path / "c").mkdir()
    monkeypatch.chdir(tmp_path / "c")
    assert run(capsys, "../a/b/Dockerfile", "--level", "strict") == []


def test_files_that_are_looked_into_are_shown(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (repository / "requirements.txt").write_text("-r more.txt\nflask==1\n")
    (repository / "more.txt").write_text("six==1\n")
    text = (
        f"{COPY}RUN pip install -r requirements.txt -r https://example.org/r.txt\nRUN pip install -r $FILE -c c.txt\n"
    )
    (repository / "Dockerfile").write_text(text)
    (repository / "dev.Dockerfile").write_text(text)
    assert main.run(["Dockerfile", "dev.Dockerfile", "--show-files", "--level", "strict", "--isolated"]) == 0
    captured = capsys.readouterr()
    assert captured.out.splitlines() == ["Dockerfile", "requirements.txt", "more.txt", "dev.Dockerfile"]
    assert captured.err.splitlines()[:3] == [
        "pinhook: Dockerfile:4: https://example.org/r.txt comes from outside of the repository, so it is not read",
        "pinhook: Dockerfile:5: $FILE is a name that only the build knows, so it is not read",
        "pinhook: Dockerfile:5: c.txt is not put into the image by the Dockerfile, so it is not read",
    ]
    assert main.run(["Dockerfile", "--level", "strict", "--isolated", "--ignore", "PIN009"]) == 0
    summary = capsys.readouterr().out
    assert "; 2 requirements files were read; 3 requirements files were not read (--show-f" in summary
    assert main.run(["Dockerfile", "--show-files", "--isolated"]) == 0
    assert capsys.readouterr().out == "Dockerfile\n"


def test_files_that_were_not_followed_are_reported() -> None:
    files = {"Dockerfile": f"{COPY}RUN pip install -r r.txt -r $X -c https://example.org/c.txt\n", "r.txt": ""}
    expected = ["r.txt", "is a name that only the build knows", "comes from outside of the repository"]
    assert reasons(files) == expected


def test_the_json_report_says_what_became_of_each_name(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (repository / "requirements.txt").write_text("-c c.txt\nflask==1\n")
    (repository / "Dockerfile").write_text(
        f"{COPY}RUN pip install -r requirements.txt -r https://u:secret@example.org/r.txt -r pylock.toml -r $X\n"
        "RUN pip freeze > f.txt && pip install -r f.txt\nRUN echo six==1 > g.txt && pip install -r g.txt\n"
    )
    assert main.run(["Dockerfile", "--level", "strict", "--isolated", "--format", "json", "--ignore", "PIN009"]) == 0
    document = json.loads(capsys.readouterr().out)
    schema = json.loads((ROOT / "pinhook" / "schemas" / "report.json").read_text("utf-8"))
    Draft202012Validator(schema).validate(document)
    keys = ("path", "line", "column", "name", "is_constraint", "state", "image_path", "file")
    assert [tuple(each.get(key) for key in keys) for each in document["followed"]] == [
        ("Dockerfile", 4, 20, "requirements.txt", False, "file", "/app/requirements.txt", "requirements.txt"),
        ("Dockerfile", 4, 40, "https://***@example.org/r.txt", False, "outside", None, None),
        ("Dockerfile", 4, 78, "pylock.toml", False, "lock", None, None),
        ("Dockerfile", 4, 93, "$X", False, "unknown", None, None),
        ("requirements.txt", 1, 4, "c.txt", True, "unknown", "/app/c.txt", None),
        ("Dockerfile", 5, 42, "f.txt", False, "generated", "/app/f.txt", None),
        ("Dockerfile", 6, 43, "g.txt", False, "file", "/app/g.txt", "Dockerfile"),
    ]
    assert document["followed"][3]["reason"] == "is a name that only the build knows"
    assert main.run(["Dockerfile", "--level", "strict", "--isolated", "--show-files"]) == 0
    assert "secret" not in capsys.readouterr().err
    assert main.run(["Dockerfile", "--level", "strict", "--isolated", "--ignore", "PIN009"]) == 0
    assert "1 requirements file was read; 4 requirements files were not" in capsys.readouterr().out
