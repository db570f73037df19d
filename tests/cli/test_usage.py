"""The command with settings in a repository, as a user runs it."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from pinhook.__main__ import main
from pinhook.cli import main as cli_main
from pinhook.cli import streams, terminal
from pinhook.config.settings import SETTINGS
from pinhook.rules import RULES
from tests.projects import ROOT, new_repository, run

LOOSE = "FROM python\nRUN pip install flask\n"
STRICT = "FROM python\nRUN pip install x==$V\n"
NOT_ROOT = pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")


@pytest.fixture(autouse=True)
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty repository, as the working directory."""
    monkeypatch.chdir(tmp_path)
    return new_repository(tmp_path)


def write(files: dict[str, str]) -> None:
    for name, text in files.items():
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


class Said:
    """What the command has said in the meantime."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def codes(self, *arguments: str) -> list[tuple[str, str]]:
        """The path and the code of each finding of a run that goes well."""
        code = main(["--format=json", *arguments])
        out, err = self._capsys.readouterr()
        found = [(finding["path"], finding["code"]) for finding in json.loads(out)["findings"]]
        assert (code, err) == (1 if found else 0, "")
        return found

    def lines(self, *arguments: str, code: int = 0, errors: tuple[str, ...] = ()) -> list[str]:
        """The lines on stdout."""
        assert main(list(arguments)) == code
        out, err = self._capsys.readouterr()
        assert err.splitlines() == [f"pinhook: {error}" for error in errors]
        return out.splitlines()


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Said:
    return Said(capsys)


def test_a_configuration_that_grows(said: Said) -> None:
    write({"Dockerfile": LOOSE, "dev/Dockerfile": STRICT})
    assert said.codes(".") == [("Dockerfile", "PIN001")]
    write({"pyproject.toml": "[tool.pinhook]\nlevel = 'strict'\nallow = ['Flask']\n"})
    assert said.codes(".") == [("dev/Dockerfile", "PIN008")]
    assert said.codes(".", "--level", "default") == []
    assert said.codes(".", "--isolated") == [("Dockerfile", "PIN001")]
    assert said.codes(".", "--allow", "pip,x", "--allow=y") == [("Dockerfile", "PIN001"), ("dev/Dockerfile", "PIN008")]
    write({"pinhook.toml": "level = 'strict'\n[per-file-ignores]\n'dev/' = ['PIN008']\n"})
    assert said.codes(".") == [("Dockerfile", "PIN001")]
    write({"other.toml": "select = ['PIN008']\n"})
    assert said.codes(".", "--config", "other.toml") == [("dev/Dockerfile", "PIN008")]


def test_the_working_directory_decides_on_the_file(said: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    write(
        {
            "pinhook.toml": "ignore = ['PIN001']\n",
            "sub/pinhook.toml": "level = 'strict'\n",
            "sub/Dockerfile": LOOSE + STRICT,
        }
    )
    assert said.lines("--quiet", "sub", errors=(_note("sub/Dockerfile", "pinhook.toml", "sub/pinhook.toml"),)) == []
    monkeypatch.chdir("sub")
    assert said.codes(".") == [("Dockerfile", "PIN001"), ("Dockerfile", "PIN008")]


def _note(path: str, read: str, nearer: str) -> str:
    return (
        f"note: {path} is checked with {read}, not with the nearer {nearer}: "
        "the search begins in the working directory (--config names another file)"
    )


@pytest.mark.parametrize(
    ("files", "arguments", "notes"),
    [
        (["sub/.pinhook.toml"], ["sub/Dockerfile"], [("sub/Dockerfile", "no configuration file", "sub/.pinhook.toml")]),
        (
            ["pinhook.toml", "sub/deep/pinhook.toml", "sub/pinhook.toml"],
            ["sub/deep/Dockerfile", "sub/Dockerfile"],
            [("sub/Dockerfile", "pinhook.toml", "sub/pinhook.toml")],
        ),
        (
            ["sub/pyproject.toml"],
            ["sub/deep/Dockerfile"],
            [("sub/deep/Dockerfile", "no configuration file", "sub/pyproject.toml")],
        ),
        (["pinhook.toml", "sub/deep/pinhook.toml"], ["sub/Dockerfile", "Dockerfile"], []),
        (["sub/pinhook.toml"], ["--isolated", "sub/Dockerfile"], []),
        (["pinhook.toml", "sub/pinhook.toml"], ["--config=pinhook.toml", "sub/Dockerfile"], []),
        (["pinhook.toml"], ["sub/deep/Dockerfile", "Dockerfile"], []),
        (["sub/pinhook.toml"], ["sub/../Dockerfile"], []),
        (
            ["sub/pinhook.toml"],
            ["--diff", "--offline", "sub/Dockerfile"],
            [("sub/Dockerfile", "no configuration file", "sub/pinhook.toml")],
        ),
    ],
)
def test_a_nearer_configuration_is_noted(
    files: list[str], arguments: list[str], notes: list[tuple[str, str, str]], said: Said
) -> None:
    write(dict.fromkeys(("Dockerfile", "sub/Dockerfile", "sub/deep/Dockerfile"), "FROM python\n"))
    write({path: "[tool.pinhook]\n" if path.endswith("pyproject.toml") else "" for path in files})
    said.lines(*arguments, errors=tuple(_note(*note) for note in notes))


def test_a_pyproject_of_another_tool_is_no_nearer_configuration(said: Said) -> None:
    write({"sub/Dockerfile": "FROM a\n", "sub/pyproject.toml": "[tool.pin]\nx = 'pinhook'\n"})
    said.lines("sub/Dockerfile")
    Path("sub/pyproject.toml").write_bytes(b"[tool.pinhook]\n" + b"#" * (1 << 20))
    said.lines("sub/Dockerfile")


def test_an_old_name_of_a_setting(said: Said) -> None:
    write({"pinhook.toml": "\npython-version = '3.9'\n", "Dockerfile": "FROM a\n"})
    warning = "warning: pinhook.toml:2:1: python-version: is called default-python-version now"
    lines = said.lines("--show-settings", errors=(warning,))
    assert ["default-python-version", "=", '"3.9"', "#", "pinhook.toml"] in map(str.split, lines)
    write({"pyproject.toml": "[tool.pinhook]\npython-version = '3.9'\ndefault-python-version = '3.8'\n"})
    Path("pinhook.toml").unlink()
    message = (
        "pyproject.toml:2:1: tool.pinhook.python-version: is the old name of default-python-version, which is there too"
    )
    said.lines("Dockerfile", code=2, errors=(message,))
    write({"pyproject.toml": "[tool.pinhook]\npython-version = '4'\n"})
    message = 'pyproject.toml:2:18: tool.pinhook.python-version: "4" is not a version of Python; write 3.12 or 3.12.4'
    said.lines("Dockerfile", code=2, errors=(message,))


def test_a_configuration_that_is_broken_and_mended(said: Said) -> None:
    write({"Dockerfile": STRICT, "pyproject.toml": "[tool.pinhook]\nlevel = 'stirct'\nalow = []\n"})
    errors = (
        'pyproject.toml:2:9: tool.pinhook.level: "stirct" is not a level; did you mean strict?',
        "pyproject.toml:3:1: tool.pinhook.alow: unknown key; did you mean allow?",
    )
    assert said.lines(".", code=2, errors=errors) == []
    assert said.lines("--show-settings", "--exit-zero", code=2, errors=errors) == []
    assert said.lines("--isolated", "--quiet", ".") == []
    write({"pyproject.toml": "[tool.pinhook]\nlevel = 'strict'\nallow = []\n"})
    assert said.codes(".") == [("Dockerfile", "PIN008")]


def test_installers_on_request(said: Said) -> None:
    write({"Dockerfile": "RUN poetry add flask\n"})
    assert said.codes(".") == []
    assert said.codes(".", "--installers=poetry,pdm") == [("Dockerfile", "PIN001")]


def test_no_ignores(said: Said) -> None:
    write({"Dockerfile": "# pinhook: ignore[PIN001] for now\nRUN pip install flask\n"})
    assert said.codes(".") == []
    assert said.codes(".", "--no-ignores") == [("Dockerfile", "PIN001")]


def test_a_reason_is_required(said: Said) -> None:
    write({"Dockerfile": "# pinhook: ignore[PIN001]\nRUN pip install flask\n", "pinhook.toml": "require-reason = true"})
    assert ("Dockerfile", "PIN001") in said.codes(".")
    assert said.codes(".", "--no-require-reason") == []


def test_exclude(said: Said) -> None:
    write(
        {
            "Dockerfile": LOOSE,
            "old/Dockerfile": LOOSE,
            "a/old/Dockerfile": LOOSE,
            "pinhook.toml": "exclude = ['old/']\n",
        }
    )
    assert said.codes(".") == [("Dockerfile", "PIN001")]
    assert said.lines("old", errors=("warning: old: no Dockerfile found",)) == ["No Dockerfile found."]
    assert said.codes("old/Dockerfile") == [("old/Dockerfile", "PIN001")]
    assert said.codes("old/Dockerfile", "--force-exclude") == []
    assert said.lines(".", "--exclude", "Dockerfile", errors=("warning: .: no Dockerfile found",)) == [
        "No Dockerfile found."
    ]
    write({"pinhook.toml": "exclude = ['old/']\nforce-exclude = true\n"})
    assert said.codes("old/Dockerfile", "Dockerfile") == [("Dockerfile", "PIN001")]
    assert said.codes("old/Dockerfile", "--no-force-exclude") == [("old/Dockerfile", "PIN001")]
    assert said.lines("--stdin-filename=old/Dockerfile", "-") == ["No Dockerfile found."]


def test_submodules_and_worktrees(
    said: Said, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A submodule is a repository of its own: a search leaves it out, unless it begins there."""
    other = new_repository(tmp_path_factory.mktemp("other"))
    (other / "Dockerfile").write_text(LOOSE)
    run("git", "add", "--all", cwd=other)
    run("git", "commit", "--quiet", "--message=all", cwd=other)
    write({"Dockerfile": LOOSE, "pinhook.toml": "level = 'strict'\n"})
    run("git", "-c", "protocol.file.allow=always", "submodule", "add", other, "lib", cwd=Path())
    run("git", "add", "--all", cwd=Path())
    run("git", "commit", "--quiet", "--message=all", cwd=Path())
    worktree = tmp_path_factory.mktemp("worktrees") / "tree"
    run("git", "worktree", "add", worktree, cwd=Path())
    assert said.codes(".") == [("Dockerfile", "PIN001")]
    assert said.codes(".", "lib") == [("Dockerfile", "PIN001"), ("lib/Dockerfile", "PIN001")]
    assert said.codes("lib/Dockerfile") == [("lib/Dockerfile", "PIN001")]
    monkeypatch.chdir("lib")
    assert said.codes(".") == [("Dockerfile", "PIN001")]
    assert 'level = "default"' in said.lines("--show-settings")[0], "that of the outer repository does not count"
    monkeypatch.chdir(worktree)
    assert said.codes(".") == [("Dockerfile", "PIN001")]
    assert 'level = "strict"' in said.lines("--show-settings")[0]


def test_files_that_git_ignores(said: Said) -> None:
    write(
        {
            "Dockerfile": LOOSE,
            "build/Dockerfile": LOOSE,
            "b/a/Dockerfile": LOOSE,
            "b/Dockerfile": LOOSE,
            "b/dockerfile.py": "",
        }
    )
    write({".gitignore": "build/\n*.tmp\n", "venv/Dockerfile": LOOSE})
    run("git", "add", "Dockerfile", cwd=Path())
    assert said.lines("--show-files", ".") == ["Dockerfile", "b/Dockerfile", "b/a/Dockerfile", "venv/Dockerfile"]
    assert said.lines("--show-files", "b", "Dockerfile") == ["Dockerfile", "b/Dockerfile", "b/a/Dockerfile"]
    assert said.lines("--show-files", "build") == ["build/Dockerfile"], "it was asked for"
    Path("Dockerfile").unlink()
    assert said.lines("--show-files", ".", "--exclude=b/a,venv") == ["b/Dockerfile"]


def test_a_search_needs_no_git(said: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    write({"Dockerfile": LOOSE, "build/Dockerfile": LOOSE, "venv/Dockerfile": LOOSE, ".gitignore": "build/\n"})
    monkeypatch.setenv("PATH", "")
    assert said.lines("--show-files", ".") == ["Dockerfile", "venv/Dockerfile"]
    assert said.lines("--show-files", ".", "--exclude=venv") == ["Dockerfile"]
    Path(".git", "HEAD").unlink()  # to git that is no repository
    assert said.lines("--show-files", ".") == ["Dockerfile", "build/Dockerfile"]


def test_a_directory_in_which_everything_is_ignored(said: Said) -> None:
    """It is searched, because the user named it."""
    write({"build/.gitignore": "*\n", "build/Dockerfile": LOOSE, "build/a/Dockerfile": LOOSE, "Dockerfile": LOOSE})
    assert said.lines("--show-files", ".") == ["Dockerfile"]
    assert said.lines("--show-files", "build") == ["build/Dockerfile", "build/a/Dockerfile"]
    assert said.lines("--show-files", "build/a") == ["build/a/Dockerfile"]


def test_a_large_ignore_file(said: Said) -> None:
    write({"sub/Dockerfile": LOOSE, "sub/.gitignore": "a\n" * 200_000})
    message = "sub/.gitignore: is larger than 256 kB, so it is not read"
    assert said.lines("--show-files", "sub", code=2, errors=(message,)) == ["sub/Dockerfile"]


def test_a_hook_of_another_repository(said: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    write({"Dockerfile": LOOSE})
    monkeypatch.setenv("GIT_DIR", str(ROOT / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", "nowhere")
    assert said.lines("--show-files", ".") == ["Dockerfile"]


@NOT_ROOT
def test_a_directory_that_git_cannot_search(said: Said) -> None:
    write({"Dockerfile": LOOSE})
    Path("closed").mkdir(mode=0)
    assert said.lines("--show-files", ".", code=2, errors=("closed: Permission denied",)) == ["Dockerfile"]


def test_batches(said: Said) -> None:
    """pre-commit splits a long list of files into several runs; each of them finds what one run would."""
    names = [f"{number}.Dockerfile" for number in range(6)]
    for name in names:
        Path(name).write_text(LOOSE)
    write({"pinhook.toml": "[per-file-ignores]\n'3.*' = ['PIN']\n"})
    parts = [said.codes(*names[start : start + 2]) for start in (0, 2, 4)]
    assert [found for part in parts for found in part] == said.codes(*names)


def test_show_settings(said: Said) -> None:
    write({"pinhook.toml": 'level = \'strict\'\nallow = ["pip"]\n[per-file-ignores]\n"a\\u202e\\"\\\\" = [\'PIN\']\n'})
    lines = said.lines("--show-settings", "--select=PIN00", "--ignore", "", "--force-exclude")
    assert [line.split("#")[0].strip() for line in lines[:-1]] == [
        'level = "strict"',
        'select = ["PIN00"]',
        "extend-select = []",
        "ignore = []",
        r'per-file-ignores = { "a\U0000202e\"\\" = ["PIN"] }',
        'allow = ["pip"]',
        "installers = []",
        "require-reason = false",
        "exclude = []",
        "",
        "per-file-contexts = {}",
        "requirements = {}",
        "force-exclude = true",
        'max-file-size = "4M"',
        "",
        'fix-as = "plain"',
        "",
        "image-pythons = {}",
        "images = {}",
        "unsafe-fixes = false",
        "",
        'format = "text"',
    ]
    assert lines[-1] == "# rules: " + ", ".join(rule.code for rule in RULES if rule.code < "PIN010")
    origins = [line.rpartition("# ")[2] for line in lines[:-1]]
    assert origins == [
        *("pinhook.toml", "--select", "default", "--ignore", "pinhook.toml", "pinhook.toml"),
        *("default",) * 6,
        "--force-exclude",
        *("default",) * 9,
    ]


def test_shown_settings_are_a_configuration_file(said: Said) -> None:
    write(
        {"pinhook.toml": "level = 'strict'\nexclude = ['a\"b', 'c\\\\d']\n[per-file-ignores]\n\"é\\u0007\" = ['PIN']\n"}
    )
    shown = said.lines("--show-settings")
    write({"pinhook.toml": "\n".join(shown)})
    again = said.lines("--show-settings")
    assert [line.split("  #")[0] for line in again] == [line.split("  #")[0] for line in shown]


def test_no_rules_at_all(said: Said) -> None:
    write({"Dockerfile": LOOSE, "pinhook.toml": "ignore = ['PIN']"})
    assert said.lines("--show-settings")[-1] == "# rules: none"
    assert said.codes(".") == []


def test_every_setting_has_its_option(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    text = capsys.readouterr().out
    assert {setting.structure for setting in SETTINGS if f"--{setting.name}" not in text} == {"table", "map"}
    assert {setting.structure for setting in SETTINGS if f"--{setting.name}" in text} == {"flag", "word", "words"}


def test_rules(said: Said) -> None:
    lines = said.lines("--rules")
    assert [line.split()[:3] for line in lines] == [[rule.code, rule.name, rule.level.name.lower()] for rule in RULES]
    assert all(line.endswith(rule.summary) for line, rule in zip(lines, RULES, strict=True))


@pytest.mark.parametrize("word", ["PIN002", "pin002", "inexact"])
def test_explain(word: str, said: Said) -> None:
    lines = said.lines("--explain", word)
    assert lines[0] == "# PIN002 inexact"
    assert "## Why it matters" in lines
    assert lines[-1] == "The rule is on unless it is ignored."
    assert said.lines("--explain", "PIN009")[-1] == "The rule is on with `--level strict`."
    painted = said.lines("--explain", word, "--color=always")
    assert painted[0] == "\x1b[1mPIN002 inexact\x1b[0m"
    assert [line.replace("\x1b[1m", "").replace("\x1b[0m", "") for line in painted] == [
        line.removeprefix("#").removeprefix("#").removeprefix(" ") if line.startswith("#") else line for line in lines
    ]


@pytest.mark.parametrize(
    ("word", "message"),
    [
        ("PIN02", "PIN02 is not a rule; did you mean PIN012?"),
        ("unpined", "unpined is not a rule; did you mean unpinned?"),
        ("DL3013", "DL3013 is not a rule; pinhook --rules lists them"),
    ],
)
def test_explain_what_there_is_not(word: str, message: str, said: Said) -> None:
    assert said.lines("--explain", word, code=2, errors=(message,)) == []


def test_words_need_no_sound_configuration(said: Said) -> None:
    write({"pinhook.toml": "x"})
    assert said.lines("--rules")
    assert said.lines("--explain", "PIN001")


def test_output_file(said: Said) -> None:
    write({"Dockerfile": LOOSE, "report": "of yesterday"})
    Path("link").symlink_to("report")
    assert said.lines(".", "--format=concise", "--output-file=link", code=1) == []
    assert Path("report").read_text() == "Dockerfile:2:17: PIN001 flask is not pinned; write flask==<version>\n"
    assert Path("link").is_symlink()
    assert sorted(path.name for path in Path().iterdir()) == [".git", "Dockerfile", "link", "report"]
    assert said.lines(".", "--output-file=new", "--color=always", code=1) == []
    assert "\x1b[" in Path("new").read_text()


def test_output_file_without_colors(said: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    write({"Dockerfile": LOOSE})
    assert said.lines(".", "--output-file=report", code=1) == []
    assert "\x1b" not in Path("report").read_text()


@pytest.mark.parametrize(
    ("path", "message"),
    [("missing/report", "missing/report: No such file or directory"), (".git", ".git: Is a directory")],
)
def test_output_file_that_cannot_be_written(path: str, message: str, said: Said) -> None:
    write({"Dockerfile": LOOSE})
    assert said.lines(".", "--output-file", path, code=2, errors=(message,)) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a full disk")
def test_output_file_on_a_device(said: Said) -> None:
    write({"Dockerfile": LOOSE})
    before = Path("/dev/full").stat().st_rdev
    errors = ("/dev/full: No space left on device",)
    assert said.lines(".", "--output-file=/dev/full", code=2, errors=errors) == []
    assert Path("/dev/full").stat().st_rdev == before


def test_an_output_file_that_is_interrupted(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        streams.write_file("report", "text")
    assert [path.name for path in Path().iterdir()] == [".git"]


def test_width(monkeypatch: pytest.MonkeyPatch) -> None:
    assert terminal.width(sys.stdout) == 0
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setattr(sys.stdout, "fileno", lambda: 1, raising=False)
    monkeypatch.setattr(os, "get_terminal_size", lambda _: os.terminal_size((77, 20)))
    assert terminal.width(sys.stdout) == 77

    def fail(_: int) -> None:
        raise OSError

    monkeypatch.setattr(os, "get_terminal_size", fail)
    assert terminal.width(sys.stdout) == 0


def test_exit_codes_are_ordered() -> None:
    assert list(cli_main.ExitCode) == sorted(cli_main.ExitCode)
