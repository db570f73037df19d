"""The documents are correct: their commands, outputs, tables, examples and links."""

from __future__ import annotations

import ast
import json
import re
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from pre_commit.clientlib import load_config

from pinhook.__main__ import main
from pinhook.cli.main import ExitCode
from pinhook.config import find
from pinhook.ignore_comments.directive import parse_directives
from pinhook.rule_codes import LEVELS
from pinhook.rules import CODES
from pinhook.source import Source, SourceText
from tests.checks import check
from tests.hermetic import BIN, program
from tests.projects import ROOT, copy_project, run
from tests.readme import CONTRIBUTING, DOCS, DOCUMENTS, README, all_blocks, blocks, renewed

if TYPE_CHECKING:
    from collections.abc import Iterator


def codes(dockerfile: str, level: str = "default") -> list[str]:
    return [finding.code for finding in check(Source("Dockerfile", dockerfile), LEVELS[level]).findings]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_outputs_and_tables(document: Path) -> None:
    assert renewed(document.read_text("utf-8")) == document.read_text("utf-8"), "run: python -m tests.readme"


def test_the_readme_is_short() -> None:
    assert len(README.read_text("utf-8").split()) <= 1200


# how the blocks of each language are tested; what is in a block without one is a synopsis
TESTED = {
    "console": "test_outputs_and_tables, and the picture of a commit in test_hook.py",
    "diff": "test_the_examples_of_the_documents in fix/test_settings.py",
    "dockerfile": "test_the_ignore_comments",
    "elisp": "test_the_pattern_for_emacs",
    "json": "fix/test_renovate.py",
    "python": "test_the_example_of_the_api",
    "sh": "test_the_first_command_in_a_fresh_clone, test_ci_runs_the_test_command, test_the_completion",
    "toml": "test_the_configuration",
    "vim": "test_the_format_for_vim",
    "yaml": "test_configurations_of_pre_commit, test_the_workflow_for_github, test_the_scripts_for_ci",
    "text": "test_the_example_of_the_api",
    "": "a synopsis",
}


def test_every_block_is_tested() -> None:
    assert {block.language for block in all_blocks()} == set(TESTED)
    for body in blocks("console"):
        assert re.match(r"\$ \.venv/bin/pinhook |\$ git commit -m 'Add the image'\n", body)


LINK = re.compile(r"(?<!!)\[[^\]]*\]\((?P<target>[^)\s]+)\)")


def anchors(document: Path) -> set[str]:
    """The anchors of the headings of a document, as GitHub makes them."""
    text = re.sub(r"(?ms)^```.*?^```$", "", document.read_text("utf-8"))
    headings = re.findall(r"(?m)^#+ (.*)$", text)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("document", [*DOCUMENTS, CONTRIBUTING, ROOT / "CHANGELOG.md"], ids=name_of)
def test_links(document: Path) -> None:
    for link in LINK.finditer(document.read_text("utf-8")):
        path, _, anchor = link["target"].partition("#")
        if not path.startswith("https://"):
            target = (document.parent / path) if path else document
            assert target.exists(), link[0]
            assert not anchor or anchor in anchors(target), link[0]


def test_every_document_is_linked_from_the_readme() -> None:
    targets = {link["target"].partition("#")[0] for link in LINK.finditer(README.read_text("utf-8"))}
    assert {name_of(document) for document in DOCUMENTS} - targets == {"README.md"}


def names_in(module: ast.Module) -> set[str]:
    """The functions, classes, methods, constants and imported names of a module."""
    names: set[str] = set()
    for node in module.body:
        match node:
            case ast.FunctionDef(name=name):
                names.add(name)
            case ast.ClassDef(name=name, body=body):
                names |= {name, *(f"{name}.{each.name}" for each in body if isinstance(each, ast.FunctionDef))}
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                names.add(name)
            case ast.ImportFrom(names=imported):
                names |= {alias.asname or alias.name for alias in imported}
    return names


def test_what_contributing_names_exists() -> None:
    """A path in backquotes is a file or a directory; a name after it is one of that module."""
    text = CONTRIBUTING.read_text("utf-8")
    paths = re.findall(r"`((?:pinhook|tests|\.ci)/[\w/.]*)`", text)
    assert len(paths) > 30
    assert [path for path in paths if not (ROOT / path).exists()] == []
    pairs = re.findall(r"`(pinhook/[\w/]+\.py)`,\s+`([\w.]+)`", text)
    assert len(pairs) > 20
    missing = [
        (path, name) for path, name in pairs if name not in names_in(ast.parse((ROOT / path).read_text("utf-8")))
    ]
    assert missing == []
    known = {
        name.rpartition(".")[2]
        for path in (ROOT / "pinhook").rglob("*.py")
        for name in names_in(ast.parse(path.read_text("utf-8")))
    }
    assert set(re.findall(r"`([A-Z]\w*[a-z]\w*)`", text)) <= known


def test_exit_codes() -> None:
    table = (DOCS / "output.md").read_text("utf-8").partition("| exit code |")[2].partition("\n\n")[0]
    assert re.findall(r"^\| (\d) ", table, re.MULTILINE) == [str(int(code)) for code in ExitCode]


@pytest.mark.slow
def test_the_first_command_in_a_fresh_clone(tmp_path: Path, network: dict[str, str]) -> None:
    """On a fresh machine, as far as there is one: a clone, and nothing but the interpreter."""
    copy_project(tmp_path / "pinhook")
    path = f"{Path(sys.executable).resolve().parent}:/usr/bin:/bin"
    environment = {**network, "PATH": path}
    process = run(
        "sh", "-c", blocks("sh", "README.md")[0], cwd=tmp_path / "pinhook", environment=environment, check=False
    )
    assert process.returncode == 1
    [expected] = [
        block
        for block in blocks("console", "README.md")
        if block.startswith("$ .venv/bin/pinhook tests/examples/unpinned")
    ]
    assert process.stdout.endswith(expected.partition("\n")[2])  # pip may have had something to say before


def test_ci_runs_the_test_command() -> None:
    [command] = re.findall(r"(?ms)^<!-- tests -->\n```sh\n(.*?)\n```$", README.read_text("utf-8"))
    assert command.endswith(".venv/bin/pytest --numprocesses 2")
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    assert "<!-- tests -->" in script
    assert command not in script, "there is one copy of it"


def test_no_text_says_to_install_the_other_project() -> None:
    """The name ``pinhook`` on the package index belongs to somebody else."""
    documents = [
        *ROOT.glob("*.md"),
        *DOCS.iterdir(),
        *ROOT.glob("*.toml"),
        *ROOT.glob(".*.yaml"),
        *(ROOT / "pinhook").rglob("*.py"),
    ]
    for document in documents:
        wrong = re.search(r"\b(install|add|uvx|run)\s(-\S+\s)*pinhook\b(?!-pre-commit)", document.read_text("utf-8"))
        assert wrong is None, f"{document}: {wrong}"


@pytest.mark.parametrize("example", blocks("toml"))
def test_the_configuration(example: str, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(example)
    file = find(str(tmp_path))
    assert file
    assert list(file.values) == re.findall(r"(?m)^(?:\[tool\.pinhook\.)?([a-z-]+)(?:\]$| = )", example)


def test_the_settings_that_are_shown_as_text(tmp_path: Path) -> None:
    """Settings inside a line of a document can be used as they are."""
    lines = {
        found
        for document in DOCUMENTS
        for found in re.findall(r"`([a-z-]+ = (?:\".*?\"|\[.*?\]|\{.*?\}))`", document.read_text("utf-8"))
    }
    assert len(lines) > 3
    for line in lines:
        (tmp_path / "pinhook.toml").write_text(f"{line}\n")
        assert find(str(tmp_path)), line


def test_the_ignore_comments() -> None:
    [example] = blocks("dockerfile")
    report = check(Source("Dockerfile", example), LEVELS["strict"])
    assert not report.findings, "and so none of the comments is PIN010"
    assert len(report.suppressed) == 6
    assert not check(Source("Dockerfile", example), LEVELS["strict"], require_reason=True).findings


def test_the_table_of_ignore_comments() -> None:
    comments = re.findall(r"(?m)^\| `(# pinhook: .*?)` \|", (DOCS / "ignore-comments.md").read_text("utf-8"))
    assert comments
    for comment in comments:
        [directive] = parse_directives(SourceText.of(Source("Dockerfile", comment)), CODES)
        assert directive.selectors
        assert not directive.problems


def verdicts(tool: str) -> list[tuple[str, bool, list[str]]]:
    """The rows of the table on a tool: an instruction, whether the tool reports it, and our codes."""
    table = (DOCS / "moving-over.md").read_text("utf-8").partition(f"<!-- {tool} -->\n\n")[2].partition("\n\n")[0]
    rows = re.findall(r"(?m)^\| `(RUN .*?)` \| (\w* ?)\| (\w* ?)\| ", table)
    assert len(rows) == len(table.splitlines()) - 2
    return [(instruction, bool(theirs.strip()), ours.split()) for instruction, theirs, ours in rows]


@pytest.mark.parametrize(("instruction", "is_reported", "ours"), verdicts("hadolint"))
def test_what_is_reported_differently_by_hadolint(
    instruction: str, is_reported: bool, ours: list[str], tmp_path: Path
) -> None:
    dockerfile = f"FROM python:3.13\n{instruction}\n"
    assert codes(dockerfile) == ours
    (tmp_path / "Dockerfile").write_text(dockerfile)
    process = run(program("hadolint"), "--no-color", "Dockerfile", cwd=tmp_path, check=False)
    assert ("DL3013" in process.stdout) == is_reported


@pytest.mark.parametrize(("instruction", "is_reported", "ours"), verdicts("scorecard"))
def test_what_is_reported_differently_by_scorecard(instruction: str, is_reported: bool, ours: list[str]) -> None:
    """https://github.com/ossf/scorecard/blob/main/checks/raw/shell_download_validate.go"""
    assert codes(f"FROM python:3.13\n{instruction}\n", "hashes") == ours
    words = instruction.split()[1:]
    pinned = "--require-hashes" in words or any(word.endswith(".whl") for word in words)
    assert is_reported == (words[0] == "pip" and not pinned)


@pytest.mark.parametrize(
    ("instructions", "expected"),
    [
        ("RUN pip install django", ["PIN001"]),
        ("RUN python3 -m pip install django && pip install otherpackage", ["PIN001", "PIN001"]),
        ("RUN pip install django==1.9", []),
        ("RUN pip install --no-cache-dir -r requirements.txt", []),
        ("RUN pip install --no-cache-dir shepherd/src -r requirements.txt ", []),
        ("RUN pip install --upgrade pip==22.1.2 && pip install --no-cache-dir -r requirements.txt", []),
    ],
)
@pytest.mark.parametrize("command", ["pip install", "python3 -m pip install"])
def test_the_examples_of_datadog(instructions: str, expected: list[str], command: str) -> None:
    """https://docs.datadoghq.com/security/code_security/static_analysis/static_analysis_rules/docker-best-practices/pip-pin-versions"""
    instructions = re.sub(r"(?<!-m )pip install", command, instructions)
    assert codes(f"FROM busybox\n{instructions}\n") == expected


def ci_examples() -> tuple[dict[str, Any], dict[str, Any]]:
    """The examples for GitHub and GitLab."""
    examples = [yaml.safe_load(block) for block in blocks("yaml", "ci.md")]
    [github] = [example for example in examples if "jobs" in example]
    [gitlab] = [example for example in examples if "pinhook" in example]
    return github, gitlab


def scripts() -> Iterator[list[str]]:
    """The commands that the examples for GitHub and GitLab run."""
    github, gitlab = ci_examples()
    steps: list[dict[str, Any]] = github["jobs"]["pinhook"]["steps"]
    yield [step["run"] for step in steps if "run" in step]
    yield gitlab["pinhook"]["script"]


def test_the_workflow_for_github(tmp_path: Path) -> None:
    [workflow] = [block for block in blocks("yaml", "ci.md") if "\njobs:" in block]
    path = tmp_path / ".github" / "workflows" / "pinhook.yml"
    path.parent.mkdir(parents=True)
    path.write_text(workflow.replace("PINHOOK", "https://example.org/pinhook").replace("REVISION", "0" * 40))
    run(program("zizmor"), "--offline", "--no-config", "--persona=auditor", "--quiet", path, cwd=tmp_path)


def test_every_recommended_version_is_exact() -> None:
    """Actions are given by a commit id, images by three numbers, packages by ``==``, this repository by REVISION."""
    text = "".join(document.read_text("utf-8") for document in DOCUMENTS)
    assert all(re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", action) for action in re.findall(r"uses: (\S+)", text))
    assert all(re.search(r":\d+\.\d+\.\d+", image) for image in re.findall(r"(?m)^ *image: (\S+)", text))
    assert all("==" in each for each in re.findall(r"additional_dependencies: \[(.*?)\]", text))
    assert text.count("git+PINHOOK") == text.count("git+PINHOOK@REVISION")
    assert text.count("repo: PINHOOK") == text.count("rev: REVISION")


def test_configurations_of_pre_commit(tmp_path: Path) -> None:
    manifest = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    known = {hook["id"] for hook in manifest}
    examples = [block for block in blocks("yaml") if "repos:" in block]
    assert len(examples) == 3
    for example in examples:
        path = tmp_path / ".pre-commit-config.yaml"
        path.write_text(example)
        config = load_config(str(path))
        used = {hook["id"] for repo in config["repos"] for hook in repo["hooks"]}
        assert used <= known
        assert set(config.get("ci", {}).get("skip", ())) <= used
    text = "".join(document.read_text("utf-8") for document in DOCUMENTS)
    assert set(re.findall(r"`- id: ([\w-]+)`|[Tt]he hook `([\w-]+)`", text)) <= {(hook, "") for hook in known} | {
        ("", hook) for hook in known
    }


def test_the_example_of_the_api(capsys: pytest.CaptureFixture[str]) -> None:
    [example] = blocks("python")
    exec(compile(example, "api.md", "exec"), {})
    assert [capsys.readouterr().out] == blocks("text")


def test_the_completion(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    [command] = blocks("sh", "output.md")
    assert main(command.partition(" >")[0].split()[1:]) == 0
    (tmp_path / "completion").write_text(capsys.readouterr().out)
    run("bash", "-n", "completion", cwd=tmp_path)


def concise(capsys: pytest.CaptureFixture[str], *options: str) -> list[str]:
    """What editors read, and what they must find in it."""
    assert main(["--format", "concise", "--quiet", *options, str(ROOT / "tests/examples/unpinned/Dockerfile")]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 4
    return lines


def assert_finds(pattern: str, lines: list[str]) -> None:
    """The pattern finds file, line, column and message in every line of a report."""
    found = [re.fullmatch(pattern, line) for line in lines]
    places = [(match["line"], match["column"]) for match in found if match]
    assert places == [("5", "5"), ("6", "6"), ("10", "28"), ("11", "26")]
    assert all(match and match["file"].endswith("unpinned/Dockerfile") for match in found)
    assert all(match and re.search(r"(names|pinned|admits|sees)", match["message"]) for match in found)


def test_the_format_for_vim(capsys: pytest.CaptureFixture[str]) -> None:
    [script] = blocks("vim")
    options, template = re.findall(r"(?m)^setlocal (?:makeprg=pinhook|errorformat=)(.*)$", script)
    assert re.split(r"\\? ", options.replace("\\ ", " ").strip()) == ["--format", "concise", "--quiet", "%:S"]
    items = {"%f": "(?P<file>.+?)", "%l": r"(?P<line>\d+)", "%c": r"(?P<column>\d+)", "%m": "(?P<message>.+)"}
    assert_finds(re.sub("%.", lambda item: items[item[0]], template.replace("\\ ", " ")), concise(capsys))


def test_the_pattern_for_emacs(capsys: pytest.CaptureFixture[str]) -> None:
    """The pattern is one of rx, of which these are all the forms that it uses."""
    [script] = blocks("elisp")
    [options] = re.findall(r':command \("pinhook" (.*?) source-original "-"\)', script)
    assert options == '"--format" "concise" "--quiet" "--stdin-filename"'
    [pattern] = re.findall(r"(?s)\(\(warning (.*)\)\)\n  :modes", script)
    forms = {
        "line-start": "^",
        "line-end": "$",
        "(file-name)": "(?P<file>.+?)",
        "line": r"(?P<line>\d+)",
        "column": r"(?P<column>\d+)",
        '(id "PIN" (one-or-more digit))': r"PIN\d+",
        "(message)": "(?P<message>.+)",
        '":"': ":",
        '": "': ": ",
        '" "': " ",
    }
    form = "|".join(map(re.escape, sorted(forms, key=len, reverse=True)))
    assert re.fullmatch(rf"(?:(?:{form})(?: |$))+", pattern)
    assert_finds(re.sub(rf"({form})(?: |$)", lambda found: forms[found[1]], pattern), concise(capsys))


def test_the_problem_matcher_for_vs_code(capsys: pytest.CaptureFixture[str]) -> None:
    [task] = json.loads((DOCS / "vscode-tasks.json").read_text("utf-8"))["tasks"]
    assert task["args"] == ["--format", "concise", "--quiet", "."]
    pattern = task["problemMatcher"]["pattern"]
    lines = concise(capsys)
    groups = {pattern[name]: name for name in ("file", "line", "column", "code", "message")}
    numbered = iter(range(1, 9))
    named = re.sub(r"\((?!\?)", lambda _: f"(?P<{groups[next(numbered)]}>", pattern["regexp"])
    assert_finds(named, lines)
    assert [re.fullmatch(named, line)["code"] for line in lines] == ["PIN001", "PIN002", "PIN004", "PIN003"]  # type: ignore[index]


@pytest.mark.slow
@pytest.mark.parametrize("script", list(scripts()), ids=["GitHub", "GitLab"])
def test_the_scripts_for_ci(script: list[str], tmp_path: Path, network: dict[str, str]) -> None:
    """In a fresh environment, on a repository with a finding."""
    revision = copy_project(tmp_path / "pinhook")
    repository = tmp_path / "repository"
    repository.mkdir()
    (repository / "Dockerfile").write_text("FROM python\nRUN pip install flask\n")
    run(sys.executable, "-m", "venv", "venv", cwd=tmp_path)
    shutil.copy(program("pipx"), tmp_path / "venv" / "bin")
    text = "set -e\n" + "\n".join(script).replace("PINHOOK", (tmp_path / "pinhook").as_uri()).replace(
        "REVISION", revision
    )
    path = f"{tmp_path / 'venv' / 'bin'}:/usr/bin:/bin"
    environment = {**network, "PATH": path, "HOME": str(tmp_path)}
    process = run("sh", "-c", text, cwd=repository, environment=environment, check=False)
    assert process.returncode == 1, process.stdout
    report = repository / "gl-code-quality-report.json"
    assert "flask is not pinned" in (report.read_text() if report.exists() else process.stdout)


@pytest.mark.slow
def test_plain_installation(tmp_path: Path, network: dict[str, str]) -> None:
    revision = copy_project(tmp_path / "pinhook")
    commands = re.findall(r"`((?:pipx|uv tool) install \"git\+PINHOOK@REVISION\")`", README.read_text("utf-8"))
    assert len(commands) == 2
    for command in commands:
        text = command.replace("PINHOOK", (tmp_path / "pinhook").as_uri()).replace("REVISION", revision)
        home = tmp_path / command.partition(" ")[0]
        home.mkdir()
        environment = {**network, "PATH": f"{BIN}:/usr/bin:/bin", "HOME": str(home)}
        run("sh", "-c", text, cwd=tmp_path, environment=environment)
        (home / "empty").mkdir()
        process = run(home / ".local" / "bin" / "pinhook", ".", cwd=home / "empty")
        assert process.stdout == "No Dockerfile found.\npinhook: warning: .: no Dockerfile found\n"
