"""``.gitignore`` files, compared with git."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pinhook.repository import discovery, git_index, gitignore, worktree
from tests.projects import ENVIRONMENT, new_repository, run

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

NAME = st.sampled_from(["a", "b", "ab", "Dockerfile", "a.b", "-", "a b", "é", "#a", "!a"])
PATH = st.lists(NAME, min_size=1, max_size=4).map("/".join)
SEGMENT = st.text("ab.*?-\\ ", min_size=1, max_size=4) | st.sampled_from(
    ["**", "*", "a", "b", "Dockerfile", "*file", "[ab]", "[!a]", "[^a]*", "[a-b]*", "[]a]", r"\#a", r"\!a", "é", "??"]
)
PATTERN = st.builds(
    lambda bang, start, segments, end: bang + start + "/".join(segments) + end,
    st.sampled_from(["", "", "!"]),
    st.sampled_from(["", "", "/", "**/"]),
    st.lists(SEGMENT, min_size=1, max_size=3),
    st.sampled_from(["", "", "/", "/**", " ", "\\ ", "\r", "//"]),
)
IGNORE_FILE = st.lists(PATTERN | st.sampled_from(["#a", "", "!", "/", " "]), max_size=5).map("\n".join)


def raise_error(error: OSError) -> None:
    raise error


def found(root: Path, folder: str = ".") -> list[str] | None:
    wanted = worktree.Wanted(lambda _: True, lambda _: False, raise_error)
    listed = worktree.files(str(root), str(root / folder), wanted)
    return None if listed is None else sorted(path.replace(os.sep, "/") for path in listed)


def listed_by_git(root: Path, folder: str = ".") -> list[str]:
    process = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root / folder,
        env=ENVIRONMENT,
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    return sorted(path for path in {*process.stdout.split("\0")} if path and not path.endswith("/"))


def fill(root: Path, tree: Mapping[str, str | bytes]) -> None:
    for name, content in tree.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return new_repository(tmp_path_factory.mktemp("repository")).resolve()


@given(
    paths=st.lists(PATH, max_size=6),
    ignores=st.dictionaries(PATH | st.just("."), IGNORE_FILE, max_size=3),
    root_rules=IGNORE_FILE,
    exclude=IGNORE_FILE,
)
@example(["a/Dockerfile"], {"a": "!Dockerfile"}, "a/", "")
@example(["a/b/Dockerfile", "a/ab/Dockerfile"], {"a": "/*/\n!b/"}, "", "")
@example(["a b", "a"], {}, "a \n", "a\\ ")
@example(["a/b", "b/a/b"], {}, "a**/b", "")
@example(["a/b/ab", "ab"], {}, "a/**/ab\nx/**", "*\n!*/")
def test_git_lists_the_same_files(
    repository: Path, paths: list[str], ignores: dict[str, str], root_rules: str, exclude: str
) -> None:
    for path in repository.iterdir():
        if path.name != ".git":
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    tree = {**dict.fromkeys(paths, ""), ".gitignore": root_rules}
    tree |= {f"{folder}/.gitignore": text for folder, text in ignores.items() if folder != "."}
    names = [*tree]
    kept = {path: text for path, text in tree.items() if not any(name.startswith(f"{path}/") for name in names)}
    fill(repository, kept)
    fill(repository, {".git/info/exclude": exclude})
    assert (found(repository) or []) == listed_by_git(repository)
    for folder in ("a", "b/a"):
        if (repository / folder).is_dir():
            assert (found(repository, folder) or []) == listed_by_git(repository, folder)


@pytest.mark.parametrize("version", ["2", "4"])
def test_tracked_files_are_found_though_ignored(version: str, tmp_path: Path) -> None:
    root = new_repository(tmp_path / "r").resolve()
    names = ["Dockerfile", "a/Dockerfile", "a/Dockerfile.dev", "b/c/Dockerfile", "é/Dockerfile", f"{'x' * 130}/y"]
    fill(root, {**dict.fromkeys(names, ""), ".gitignore": "*\n"})
    run("git", "config", "index.version", version, cwd=root)
    run("git", "add", "--force", *names, cwd=root)
    run("git", "update-index", "--skip-worktree", "a/Dockerfile", cwd=root)  # that is a third form of an entry
    fill(root, {"a/untracked": ""})
    assert sorted(git_index.tracked(str(root))) == sorted(names)
    assert found(root) == sorted(names) == listed_by_git(root)
    assert found(root, "a") == ["Dockerfile", "Dockerfile.dev"]
    assert list(discovery.search(str(root / "a"), raise_error)) == [
        str(root / "a" / "Dockerfile"),
        str(root / "a" / "Dockerfile.dev"),
    ]


@given(content=st.binary(max_size=200), version=st.integers(0, 5), count=st.sampled_from([0, 1, 3, 2**32 - 1]))
def test_any_index_is_read(repository: Path, content: bytes, version: int, count: int) -> None:
    for index in (content, b"DIRC" + version.to_bytes(4, "big") + count.to_bytes(4, "big") + content):
        fill(repository, {".git/index": index})
        assert all(isinstance(name, str) for name in git_index.tracked(str(repository)))
    (repository / ".git" / "index").unlink()


def test_an_index_leads_nowhere_else(tmp_path: Path) -> None:
    """Its paths go through no link, and it is not read through one."""
    root = new_repository(tmp_path / "r").resolve()
    fill(tmp_path, {"outside/Dockerfile": "", "r/link/Dockerfile": ""})
    run("git", "add", "--all", cwd=root)
    shutil.rmtree(root / "link")
    (root / "link").symlink_to(tmp_path / "outside")
    assert list(discovery.search(str(root), raise_error)) == []
    (root / ".git" / "index").rename(tmp_path / "index")
    (root / ".git" / "index").symlink_to(tmp_path / "index")
    assert list(git_index.tracked(str(root))) == []


def test_repositories_inside_and_links_are_not_entered(tmp_path: Path) -> None:
    root = new_repository(tmp_path / "r").resolve()
    fill(root, {"a/Dockerfile": "", "Dockerfile": "", "bare/HEAD": "ref: refs/heads/main\n", "bare/Dockerfile": ""})
    fill(new_repository(root / "sub"), {"Dockerfile": ""})
    (root / "link").symlink_to(root / "a")
    assert found(root) == ["Dockerfile", "a/Dockerfile", "bare/Dockerfile", "bare/HEAD"]
    assert found(root, "sub") == ["Dockerfile"]


def test_an_ignore_file_that_is_a_link_is_not_read(tmp_path: Path) -> None:
    root = new_repository(tmp_path / "r").resolve()
    fill(root, {"Dockerfile": "", "rules": "Dockerfile\n", "a/Dockerfile": ""})
    (root / ".gitignore").symlink_to("rules")
    (root / "a" / ".gitignore").mkdir()
    assert found(root) == [".gitignore", "Dockerfile", "a/Dockerfile", "rules"]


def test_git_itself_is_not_searched_as_a_working_tree(tmp_path: Path) -> None:
    root = new_repository(tmp_path / "r").resolve()
    fill(root, {".git/x/Dockerfile": ""})
    assert found(root, ".git/x") is None
    assert list(discovery.search(str(root / ".git"), raise_error)) == [str(root / ".git" / "x" / "Dockerfile")]


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="needs a file that cannot be read")
def test_an_ignore_file_that_cannot_be_read_is_reported(tmp_path: Path) -> None:
    root = new_repository(tmp_path / "r").resolve()
    fill(root, {"Dockerfile": "", ".gitignore": "x"})
    (root / ".gitignore").chmod(0)
    errors: list[OSError] = []
    assert list(discovery.search(str(root), errors.append)) == [str(root / "Dockerfile")]
    assert [error.filename for error in errors] == [str(root / ".gitignore")]


def test_trailing_blanks() -> None:
    rules = gitignore.parse(b"a  \nb\\ \nc\\\\ \r\nd\\  \n  \n\te\xc3\xa9")
    texts = ["".join(element.character for element in rule.glob.elements) for rule in reversed(rules)]
    assert texts == ["a", "b ", "c\\", "d ", "\te\xc3\xa9"]
