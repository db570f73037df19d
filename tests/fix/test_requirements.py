"""Fixed requirements files: the written versions; everything else is unchanged."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pinhook.__main__ import main
from pinhook.fix import Checks, LockedVersions, VerifiedFixes, VersionSources, fix
from pinhook.fix.editable import open_editable
from pinhook.fix.resolver import Resolver
from pinhook.source import Source
from tests.checks import requirements_document

if TYPE_CHECKING:
    from collections.abc import Callable

    ListFixer = Callable[[str], VerifiedFixes]

HASH = "--hash=sha256:" + "ab" * 32


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, clean_uv: None, index: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory, with the index of the tests."""
    del clean_uv
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("UV_DEFAULT_INDEX", index)
    return tmp_path


def fixed(content: str | bytes, *options: str, name: str = "requirements.txt") -> bytes:
    """What becomes of a requirements file."""
    path = Path(name)
    path.parent.mkdir(exist_ok=True, parents=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    main(["--fix", "--python-version=3.12", *options, name])
    return path.read_bytes()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("alpha\n", "alpha==2.0\n"),
        ("alpha", "alpha==2.0"),
        ("Alpha [x] >= 1, < 2  # why\n", "Alpha [x] == 1.1  # why\n"),
        ("alpha ; python_version > '3'\n", "alpha==2.0 ; python_version > '3'\n"),
        ("alpha>=1;os_name=='posix'\r\n\tbeta\r\n", "alpha==2.0;os_name=='posix'\r\n\tbeta==2.0\r\n"),
        ("alpha (>=1)\n", "alpha (==2.0)\n"),
        ("alpha~=1.0 --global-option='-x y'\n", "alpha==1.1 --global-option='-x y'\n"),
        ("alpha \\\n  >=1\n", "alpha \\\n  ==2.0\n"),
        ("al\\\npha\n", "al\\\npha==2.0\n"),
        ("alpha=1.0\nbeta == 1.0\n", "alpha==1.0\nbeta == 1.0\n"),
        ("-c no.txt\nalpha=1.0\n", "-c no.txt\nalpha==1.0\n"),
        ("--pre\nalpha\n", "--pre\nalpha==3.0rc1\n"),
        pytest.param("beta\ndelta\n", "beta==2.0\ndelta==1.0\n", id="they fit each other"),
        pytest.param("gamma==1.0\nbeta\n", "gamma==1.0\nbeta==1.0\n", id="one is pinned"),
        ("alpha\nnowhere\n", "alpha==2.0\nnowhere\n"),
        ("alpha  # pinhook: ignore[PIN001]\nbeta\n", "alpha  # pinhook: ignore[PIN001]\nbeta==2.0\n"),
        ("alpha ${MORE}\n\x0cbeta\n", "alpha ${MORE}\n\x0cbeta==2.0\n"),
    ],
)
def test_fixed(before: str, after: str) -> None:
    assert fixed(before).decode() == after
    assert fixed(after).decode() == after


@pytest.mark.parametrize(
    "encode",
    [
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: b"\xff\xfe" + text.encode("utf-16-le"),
        lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
        lambda text: b"# coding: latin-1\n" + text.encode("latin-1"),
        lambda text: text.encode("latin-1"),
    ],
    ids=["BOM", "UTF-16-LE", "UTF-16-BE", "declared", "not declared"],
)
def test_the_encoding_stays(encode: Callable[[str], bytes]) -> None:
    assert fixed(encode("# \xe9\r\nalpha  # \xfc\r\n")) == encode("# \xe9\r\nalpha==2.0  # \xfc\r\n")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (f"alpha {HASH}\nbeta\n", "the file has hashes of other versions; compile it again"),
        ("--require-hashes\nalpha\n", "the file has hashes"),
        ("alpha>9\n", "no version fits"),
        ("--extra-index-url ${URL}\nalpha\n", "only the build knows the value of --extra-index-url"),
        ("-f wheels\nalpha\n", "--find-links names a folder, which is not known here, and it may have newer versions"),
        ("-r gone.txt\nalpha\n", "it includes gone.txt, which is not in the repository"),
        ("-r ${FILE}\nalpha\n", "it includes ${FILE}, which is a name that only the build knows"),
        ("-r wide.txt\nalpha\n", "it includes wide.txt, which declares"),
        ("-e .\nalpha\n", "what . needs is not known here, and the versions must be compatible with it"),
        ("git+https://example.org/r@1\nalpha\n", "what git+https://example.org/r@1 needs is not known here"),
        ("-r ../x.txt\nalpha\n", "it includes ../x.txt, which is not in the repository"),
        ("alpha>=1,<1.1,==1.1\n", "its versions contradict each other"),
        ("alpha; python_version < '3'\n", "its marker is false for Python 3.12"),
        ("alpha; python_version < '${V}'\n", "only the build knows a part of it"),
    ],
)
def test_refused(text: str, reason: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("wide.txt").write_bytes(b"# coding: nothing\n")
    assert fixed(text).decode() == text
    assert f"(not fixed: {reason}" in capsys.readouterr().out


def test_the_python_is_not_said(capsys: pytest.CaptureFixture[str]) -> None:
    Path("requirements.txt").write_text("alpha\n")
    assert main(["--fix", "requirements.txt"]) == 1
    reason = (
        "a requirements file does not say which Python it is for; give --python-version, or set default-python-version"
    )
    assert f"(not fixed: {reason})" in capsys.readouterr().out
    Path("pinhook.toml").write_text("default-python-version = '3.9'")
    assert main(["--fix", "requirements.txt"]) == 1
    assert Path("requirements.txt").read_text() == "alpha==1.1\n"
    assert "fixed: alpha==1.1 (the package index, for Python 3.9)" in capsys.readouterr().out


def test_what_is_included_is_installed_too(index: str) -> None:
    Path("base").mkdir()
    Path("base/all.txt").write_text(f"-r more.txt\n-r ../requirements.txt\n--index-url {index}\n")
    Path("base/more.txt").write_text("gamma==1.0\n-r all.txt\n")
    text = "-r base/all.txt\nbeta\n"
    assert fixed(text).decode() == text, "file: names a folder"
    Path("base/all.txt").write_text("-r more.txt\n")
    assert fixed(text).decode() == text.replace("beta", "beta==1.0")


def test_other_files_of_the_repository(folder: Path) -> None:
    (folder / ".git").mkdir()
    Path("requirements-dev.txt").write_text("alpha==1.0\n")
    assert fixed("alpha\nbeta>=1\n", "--offline") == b"alpha==1.0\nbeta>=1\n"
    assert fixed("alpha>1\n", "--offline") == b"alpha>1\n"
    both = "alpha==1.0; python_version<'3'\nalpha>=1; python_version>='3'\n"
    Path("requirements-dev.txt").unlink()
    assert fixed(both, "--offline").decode() == both, "a file is no source of its own versions"
    Path("requirements.txt").unlink()
    assert fixed("alpha\n", "--offline", name="deep/requirements/dev.txt") == b"alpha\n"
    Path("requirements").mkdir()
    Path("requirements/base.txt").write_text("alpha==1.1\n")
    assert fixed("alpha\n", "--offline", name="deep/requirements/dev.txt") == b"alpha==1.1\n"


def test_a_followed_file_is_not_edited(capsys: pytest.CaptureFixture[str]) -> None:
    Path("requirements.txt").write_text("alpha\n")
    dockerfile = "FROM python:3.12\nCOPY requirements.txt .\nRUN pip install -r requirements.txt beta\n"
    Path("Dockerfile").write_text(dockerfile)
    assert main(["--fix", "--level=strict", "Dockerfile"]) == 1
    assert Path("requirements.txt").read_text() == "alpha\n"
    assert Path("Dockerfile").read_text() == dockerfile.replace("beta", "beta==2.0")
    said = capsys.readouterr().out
    assert "requirements.txt:1:1: PIN007" in said
    assert "(not fixed: other commands may use the file too; name the file itself to fix it)" in said
    assert main(["--fix", "--level=strict", "--python-version=3.12", "Dockerfile", "requirements.txt"]) == 1
    assert Path("requirements.txt").read_text() == "alpha==2.0\n"
    assert main(["--level=strict", "Dockerfile", "requirements.txt"]) == 0


@pytest.mark.parametrize("order", [("Dockerfile", "requirements.txt"), ("requirements.txt", "Dockerfile")])
def test_what_was_fixed_in_the_same_run_is_no_finding_of_the_dockerfile(
    order: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    for way in ("--diff", "--fix"):
        Path("requirements.txt").write_text("alpha\nnowhere\n")
        Path("Dockerfile").write_text("FROM python:3.12\nCOPY . .\nRUN pip install -r requirements.txt\n")
        assert main([way, "--level=strict", "--python-version=3.12", *order]) == 1
        said = "".join(capsys.readouterr())
        assert said.count("requirements.txt:1:1: PIN001") == 1
        assert said.count("requirements.txt:2:1: PIN001 nowhere is not pinned") == 1
        assert "PIN007" not in said


def test_without_a_repository() -> None:
    document = requirements_document("-r x.txt\nalpha\n")
    sources = VersionSources(LockedVersions([], []), Resolver(), python="3.12")
    [refusal] = fix(document, sources).unfixable
    clause = "it includes x.txt, which cannot be read here, and the versions must be compatible with it"
    assert refusal.reason == f"{clause}; --unsafe-fixes writes alpha==2.0"


@pytest.mark.parametrize(
    ("before", "after", "expected", "reason"),
    [
        ("a\n", "a==1\n", {(0, 0): "a==1"}, None),
        ("a # b\n", "a==1 # b\n", {(0, 0): "a==1"}, None),
        ("a\n", "a==1\n", {}, "a would change too"),
        ("a\nb\n", "a==1\nb==1\n", {(0, 1): "b==1"}, "a would change too"),
        ("a # b\n", "a # c\n", {}, "the file would have other lines"),
        ("a --hash=b\n", "a --hash=c\n", {}, "the file would have other lines"),
        ("a\n", "a\nb\n", {}, "the file would have other lines"),
        ("a\n-r b\n", "a\n-c b\n", {}, "the file would have other lines"),
        ("a\n\n", "a\n# b\n", {}, "the file would have other lines"),
    ],
)
def test_what_counts_as_the_same(
    before: str, after: str, expected: dict[tuple[int, int], str], reason: str | None
) -> None:
    editable = open_editable(requirements_document(before), Checks())
    found = editable.differences(editable.edited(Source("requirements.txt", after)), expected)
    assert (found[0].reason if found else None) == reason
