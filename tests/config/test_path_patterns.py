"""Path patterns: a table, and a comparison with git."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pinhook.config.path_patterns import matches
from tests.projects import ENVIRONMENT, new_repository

if TYPE_CHECKING:
    from pathlib import Path

SEGMENT = st.text("ab.*?-", min_size=1, max_size=4) | st.sampled_from(
    ["**", "*", "a", "[ab]", "[!a]", "[a-b]x", "[]a]", "[!]a]*", r"\*"]
)
PATTERN = st.builds(
    lambda start, segments, end: start + "/".join(segments) + end,
    st.sampled_from(["", "/"]),
    st.lists(SEGMENT, min_size=1, max_size=3),
    st.sampled_from(["", "/"]),
)
PATHS = st.lists(st.text("ab.-", min_size=1, max_size=3), min_size=1, max_size=4).map("/".join)


@pytest.mark.parametrize(
    ("pattern", "named", "not_named"),
    [
        ("Dockerfile", ["Dockerfile", "a/b/Dockerfile"], ["Dockerfile.dev", "dev.Dockerfile"]),
        ("tests", ["tests/Dockerfile", "a/tests/b/Dockerfile"], ["tests2/Dockerfile", "mytests/Dockerfile"]),
        ("tests/", ["tests/Dockerfile", "a/tests/Dockerfile"], ["tests", "a/tests"]),
        ("/tests", ["tests", "tests/x"], ["a/tests"]),
        ("a/b", ["a/b", "a/b/c"], ["x/a/b", "a/bc"]),
        ("*.dev", ["x.dev", "a/.dev", "a.dev/x"], ["xdev", "x.dev2"]),
        ("a/*", ["a/b", "a/b/c"], ["a", "b/a/c"]),
        ("a/*/c", ["a/b/c"], ["a/c", "a/b/b/c"]),
        ("**/a", ["a", "x/a", "x/y/a/z"], ["xa", "x/ba"]),
        ("a/**", ["a/b", "a/b/c"], ["a", "x/a/b"]),
        ("a/**/b", ["a/b", "a/x/b", "a/x/y/b"], ["a/xb"]),
        ("a?c", ["abc", "x/axc"], ["ac", "a/c"]),
        ("[ab]x", ["ax", "y/bx"], ["cx"]),
        ("[!ab]x", ["cx"], ["ax", "/x"]),
        (r"\*", ["*"], ["a"]),
        ("a+(b)", ["a+(b)"], ["aab"]),
        ("a[", ["a["], ["a"]),
        ("/", [], ["a", "a/b"]),
    ],
)
def test_patterns(
    pattern: str, named: list[str], not_named: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    paths = [*named, *not_named]
    assert [path for path in paths if matches(path, ["no", pattern], str(tmp_path))] == named


def test_symbolic_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "Dockerfile").touch()
    (tmp_path / "way").symlink_to("real")
    (tmp_path / "real" / "link").symlink_to("Dockerfile")
    monkeypatch.chdir(tmp_path / "real")
    assert matches(str(tmp_path / "way" / "Dockerfile"), ["real/Dockerfile"], str(tmp_path / "way" / ".."))
    assert matches("link", ["link"], str(tmp_path))
    assert not matches("link", ["Dockerfile"], str(tmp_path))


def test_another_drive(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: str) -> str:
        raise ValueError("path is on mount 'D:', start on mount 'C:'")

    monkeypatch.setattr(os.path, "relpath", fail)
    assert matches("/x/Dockerfile", ["Dockerfile"], "/y")
    assert not matches("/x/Dockerfile", ["x/Dockerfile"], "/y")


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return new_repository(tmp_path_factory.mktemp("repository"))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pattern=PATTERN, paths=st.lists(PATHS, min_size=1, max_size=6))
@example("a/**", ["a/b"])
@example("a**b", ["aab", "a/b"])
@example("**a", ["a", "ba", "b/a"])
@example("***/a", ["b/a", "b/b/a"])
@example("[]a]", ["]", "a", "b"])
@example("[!]a]", ["]", "a", "b"])
@example("a/[!b]c", ["a/ac", "a/bc"])
def test_git_reads_them_the_same_way(repository: Path, pattern: str, paths: list[str]) -> None:
    named = {path for path in paths if not set(path.split("/")) & {".", "..", ".git"}}
    if not named or pattern.startswith("!"):
        return
    (repository / ".gitignore").write_text(pattern + "\n")
    process = subprocess.run(
        ["git", "check-ignore", "--no-index", "-z", "--stdin"],
        input="\0".join(named),
        cwd=repository,
        env=ENVIRONMENT,
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    ignored = set(process.stdout.split("\0")) - {""}
    assert {path for path in named if matches(str(repository / path), [pattern], str(repository))} == ignored
