"""Versions from a package index: those that pip would install into the image."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pinhook.fix import Checks, LockedVersions, VersionSources, fix, uv
from pinhook.fix.resolver import Resolver
from pinhook.fix.simple_api import File
from pinhook.fix.uv import MAX_REQUESTS, NoVersionsError, Resolution, ResolveRequest
from tests.checks import check, document_of

if TYPE_CHECKING:
    from tests.fix.conftest import Fixer

PY39, PY312 = "FROM python:3.9-slim\n", "FROM python:3.12-slim\n"


@pytest.mark.parametrize(
    ("command", "fixed"),
    [
        ("pip install alpha", "pip install alpha==2.0"),
        ("pip install 'alpha'", "pip install 'alpha==2.0'"),
        ('pip install "Alpha"', 'pip install "Alpha==2.0"'),
        ("pip install 'alpha>=1,<2'", "pip install 'alpha==1.1'"),
        ("pip install 'alpha >= 1, <2'", "pip install 'alpha == 1.1'"),
        ("pip install alpha~=1.0", "pip install alpha==1.1"),
        ("pip install alpha==1.*", "pip install alpha==1.1"),
        ("pip install alpha<2", "pip install alpha==1.1"),
        ("pip install alpha>=1.0,<2 beta", "pip install alpha==1.1 beta==2.0"),
        ("pip install alpha\\<2", "pip install alpha\\==1.1"),
        pytest.param("pip install beta delta", "pip install beta==2.0 delta==1.0", id="they fit each other"),
        pytest.param("pip install beta==1.0 gamma", "pip install beta==1.0 gamma==1.0", id="one is pinned"),
        pytest.param("pip install epsilon", "pip install epsilon==0.1a2", id="nothing but pre-releases"),
        pytest.param("pip install --pre alpha", "pip install --pre alpha==3.0rc1", id="pre-releases"),
        pytest.param("pip install 'alpha>=3.0rc0'", "pip install 'alpha==3.0rc1'", id="a pre-release is named"),
        pytest.param("pip install capped", "pip install capped==1.0", id="an upper bound of Python"),
        pytest.param("pip install epoch", "pip install epoch==1!2.0", id="an epoch"),
        pytest.param("pip install built", "pip install built==1.0", id="only a source archive"),
        pytest.param("pip install heavy", "pip install heavy==2.0", id="what it needs has to be built"),
        pytest.param("pip install --no-deps heavy beta", "pip install --no-deps heavy==2.0 beta==2.0", id="--no-deps"),
        pytest.param("pip install --no-deps beta delta", "pip install --no-deps beta==2.0 delta==2.0", id="unchecked"),
        pytest.param("pip install --no-binary mixed mixed", "pip install --no-binary mixed mixed==1.0", id="a source"),
        pytest.param(
            "pip install --no-binary=mixed mixed gamma",
            "pip install --no-binary=mixed mixed==1.0 gamma==1.0",
            id="what a source needs",
        ),
        pytest.param(
            "pip install --no-binary mixed top", "pip install --no-binary mixed top==1.0", id="of a dependency"
        ),
        pytest.param(
            "pip install --only-binary=:all: heavy beta",
            "pip install --only-binary=:all: heavy==1.0 beta==2.0",
            id="wheels",
        ),
        pytest.param(
            "pip install --only-binary heavy heavy", "pip install --only-binary heavy heavy==2.0", id="its own"
        ),
        pytest.param("pip install pip", "pip install pip", id="pip itself"),
        ("pip install extra-pkg[x] alpha", "pip install extra-pkg[x]==1.0 alpha==1.1"),
        ("pip install 'extra_pkg [x]'", "pip install 'extra_pkg [x]==1.0'"),
        ("pip install 'alpha; python_version > \"3.9\"'", "pip install 'alpha==2.0; python_version > \"3.9\"'"),
        ("pip install 'alpha>=1 ; python_version > \"3.9\"'", "pip install 'alpha==2.0 ; python_version > \"3.9\"'"),
        ("pip install alpha $MORE beta==$V", "pip install alpha==2.0 $MORE beta==$V"),
        ("for p in alpha beta; do pip install $p; done", "for p in alpha==2.0 beta==2.0; do pip install $p; done"),
        ("P='alpha beta' && pip install $P", "P='alpha==2.0 beta==2.0' && pip install $P"),
        ("bash -c 'pip install alpha \"beta>1\"'", "bash -c 'pip install alpha==2.0 \"beta==2.0\"'"),
        ("uvx alpha@latest", "uvx alpha@2.0"),
        ("uvx alpha", "uvx alpha==2.0"),
        ("uv run --with alpha,beta x", "uv run --with alpha==2.0,beta==2.0 x"),
        ("uv pip install --prerelease=allow alpha", "uv pip install --prerelease=allow alpha==3.0rc1"),
        ("python3.9 -m pip install alpha", "python3.9 -m pip install alpha==1.1"),
        ("pipx install alpha", "pipx install alpha==2.0"),
        ("pip install nowhere alpha", "pip install nowhere alpha==2.0"),
        ("pip install 'alpha>9' beta gone delta", "pip install 'alpha>9' beta==2.0 gone delta==1.0"),
        (
            "pip install nowhere none alpha nothing no nix beta",
            "pip install nowhere none alpha==2.0 nothing no nix beta==2.0",
        ),
        ("pip install torch==1.0+cu1 alpha", "pip install torch==1.0+cu1 alpha==2.0"),
        ("pip install al\\\npha \\\n  # why\n  beta # x", "pip install al\\\npha==2.0 \\\n  # why\n  beta==2.0 # x"),
    ],
)
def test_fixed(online: Fixer, command: str, fixed: str) -> None:
    assert online(f"{PY312}RUN {command}\n").after.text == f"{PY312}RUN {fixed}\n"
    assert online(f"{PY312}RUN {fixed}\n").after.text == f"{PY312}RUN {fixed}\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"{PY39}RUN pip install alpha", f"{PY39}RUN pip install alpha==1.1"),
        (
            "ARG V=3.9\nFROM python:${V}\nRUN pip install alpha",
            "ARG V=3.9\nFROM python:${V}\nRUN pip install alpha==1.1",
        ),
        (
            "FROM python:3.9 AS a\nFROM a\nRUN pip install alpha",
            "FROM python:3.9 AS a\nFROM a\nRUN pip install alpha==1.1",
        ),
        (f"{PY312}RUN pip install muslonly", f"{PY312}RUN pip install muslonly==0.9"),
        ("FROM python:3.12-alpine\nRUN pip install muslonly", "FROM python:3.12-alpine\nRUN pip install muslonly==1.0"),
        (f"{PY312}ARG P=alpha\nRUN pip install $P", f"{PY312}ARG P=alpha==2.0\nRUN pip install $P"),
        (
            f"{PY312}ENV P='alpha beta>1'\nRUN pip install $P",
            f"{PY312}ENV P='alpha==2.0 beta==2.0'\nRUN pip install $P",
        ),
        (f'{PY312}RUN ["pip", "install", "alpha"]', f'{PY312}RUN ["pip", "install", "alpha==2.0"]'),
        (f"{PY312}RUN <<EOF\npip install alpha\nEOF\n", f"{PY312}RUN <<EOF\npip install alpha==2.0\nEOF\n"),
        (f"{PY312}\r\nRUN pip install \\\r\n\talpha\r\n", f"{PY312}\r\nRUN pip install \\\r\n\talpha==2.0\r\n"),
        (f"{PY312}ARG S='>=1,<2'\nRUN pip install alpha$S", f"{PY312}ARG S='==1.1'\nRUN pip install alpha$S"),
        (f"{PY312}ONBUILD RUN pip install alpha", f"{PY312}ONBUILD RUN pip install alpha==2.0"),
    ],
)
def test_files(online: Fixer, before: str, after: str) -> None:
    assert online(before).after.text == after
    assert online(after).after.text == after


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("FROM tools\nRUN pip install alpha", "the Python of tools is not known; give --python-version"),
        ("FROM python:3\nRUN pip install alpha", "python:3 was 3.14 on 2026-08-21; --unsafe-fixes writes alpha==2.0"),
        (f"{PY312}RUN pip install 'alpha>=2.1'", "only the pre-release 3.0rc1 fits"),
        (f"{PY312}RUN pip install 'alpha>9'", "no version fits: "),
        (f"{PY312}RUN pip install nowhere", "no version fits: nowhere was not found"),
        (f"{PY312}RUN pip install gone", "no version fits"),
        (f"{PY312}RUN pip install old", "its version 1.0 needs Python <3"),
        (f"{PY312}RUN pip install 'beta>1' 'delta>1'", "no version fits: "),
        (f"{PY312}RUN pip install 'alpha; python_version < \"3\"'", "its marker is false for Python 3.12"),
        (f"{PY312}RUN pip install -i $URL alpha", "only the build knows the value of --index-url"),
        (
            f"{PY312}RUN pip install -f /wheels alpha",
            "--find-links names a folder, which is not known here, and it may have newer versions; --unsafe-fixes",
        ),
        (f"{PY312}RUN pip install --no-index alpha", "no index is used (--no-index)"),
        (f"{PY312}RUN pip install alpha -r x.txt", "x.txt is not put into the image by the Dockerfile, and the"),
        (
            f"{PY312}RUN pip install alpha ./x",
            "what ./x needs is not known here, and the versions must be compatible with it",
        ),
        (
            f"{PY312}RUN pip install alpha -e .",
            "what . needs is not known here, and the versions must be compatible with it",
        ),
        (f"{PY312}RUN pip install alpha a-1-py3-none-any.whl", "what a-1-py3-none-any.whl needs is not known here"),
        (
            f"{PY312}RUN pip install alpha git+https://example.org/r@1",
            "what git+https://example.org/r@1 needs is only known when it is fetched",
        ),
        (f"{PY312}RUN pip install alpha 'b @ https://example.org/b.zip'", "needs is only known when it is fetched"),
        (
            f"{PY312}RUN pip install built alpha",
            "what built needs is only known after a build, and the versions must be compatible with it; --unsafe-fixes",
        ),
        (f"{PY312}RUN pip install heavy built beta", "what built and 1 more need is only known after a build"),
        (f"{PY312}RUN pip install --only-binary=:all: built", "no version fits"),
        (f"{PY312}RUN pip install --platform any --no-deps alpha", "--platform influences versions"),
        ("FROM --platform=linux/arm/v7 python:3.12\nRUN pip install alpha", "uv has no platform for linux/arm/v7"),
        ("FROM s390x/python:3.12\nRUN pip install alpha", "uv has no platform for linux/s390x"),
        (f"{PY312}RUN pip install 'alpha==1,==2'", "its versions contradict each other"),
        (f"{PY312}RUN P=alpha; mkdir $P; pip install $P", "mkdir alpha would change too, and only the word may change"),
        (f"{PY312}ARG P=alpha\nCOPY $P /\nRUN pip install $P", "COPY would change too, and only the word may change"),
        (f"{PY312}ARG S='>=1'\nRUN pip install alpha$S capped$S", "would change too, and only the word may change"),
        (
            f"{PY312}ARG P=alpha\nRUN pip install $P && python3.9 -m pip install $P",
            "the word is used more than once, and not all uses can have the same version",
        ),
        (f'{PY312}RUN ["pip", "install", "alph\\u0061"]', "its characters are not contiguous in the file"),
        (f"{PY312}RUN pip install alpha >= 1.0", "its version is a word of its own"),
        (f"{PY312}RUN pip install 'alpha'>1", "its characters are not contiguous in the file"),
        (f"{PY312}RUN pip install alpha'>='1", "its characters are not contiguous in the file"),
    ],
)
def test_refused(online: Fixer, text: str, reason: str) -> None:
    fixed = online(text)
    assert fixed.after.text == text
    assert reason in fixed.unfixable[0].reason


@pytest.mark.parametrize(
    ("command", "fixed"),
    [
        ("pip install alpha built", "pip install alpha==2.0 built==1.0"),
        ("pip install heavy beta delta", "pip install heavy==2.0 beta==2.0 delta==1.0"),
        ("pip install heavy beta 'gamma<2'", "pip install heavy==2.0 beta==1.0 'gamma==1.0'"),
        ("pip install heavy built", "pip install heavy==2.0 built==1.0"),
        ("pip install heavy nowhere", "pip install heavy==2.0 nowhere"),
        ("pip install heavy 'beta>1' 'gamma<2'", "pip install heavy 'beta>1' 'gamma<2'"),
        ("pip install alpha 'legacy<2'", "pip install alpha==2.0 'legacy==1.0'"),
        ("pip install client 'legacy<2'", "pip install client 'legacy<2'"),
    ],
)
def test_what_has_to_be_built_is_not_checked_against_the_others(online: Fixer, command: str, fixed: str) -> None:
    assert online(f"{PY312}RUN {command}\n", unsafe=True).after.text == f"{PY312}RUN {fixed}\n"
    assert online(f"{PY312}RUN {fixed}\n", unsafe=True).after.text == f"{PY312}RUN {fixed}\n"


@pytest.mark.parametrize("limit", ["MAX_REQUESTS", "MAX_SECONDS"])
def test_beyond_a_limit_all_others_count_as_unbuilt(limit: str, online: Fixer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uv, limit, 1 if limit == "MAX_REQUESTS" else -1.0)
    text = f"{PY312}RUN pip install built beta alpha\n"
    assert "what alpha and 2 more need is only known after a build" in online(text).unfixable[0].reason
    assert online(text, unsafe=True).after.text == f"{PY312}RUN pip install built==1.0 beta==2.0 alpha==2.0\n"


def test_what_the_checks_do_not_let_pass(online: Fixer) -> None:
    """A finding that stays, and one that is new."""
    del online
    document = document_of(f"{PY312}RUN pip install alpha")
    before = check(document.source)
    misspelt = before.findings[0]._replace(code="PIN005")
    for findings, reason in (
        (before.findings, "the finding would still be there"),
        ([misspelt], "there would be another finding"),
    ):
        after = before._replace(findings=tuple(findings))
        checks = Checks(lambda each, after=after: before if each is document else after)  # type: ignore[misc]
        [refusal] = fix(document, VersionSources(LockedVersions([], []), Resolver()), checks).unfixable
        assert refusal.reason == reason


def test_a_version_that_pip_never_takes() -> None:
    """An index whose every version wants another Python."""
    asked = []

    def ask(request: ResolveRequest) -> Resolution:
        asked.append(request)
        return Resolution({"alpha": f"{len(asked)}.0"}, {"alpha": "https://example.org/simple"})

    files = [File(f"{number}.0", "<3", is_yanked=False) for number in range(1, 20)]
    sources = VersionSources(LockedVersions([], []), Resolver(ask, lambda _index, _name: files))
    [refusal] = fix(document_of(f"{PY312}RUN pip install alpha"), sources).unfixable
    assert refusal.reason == "its version 8.0 needs Python <3"
    assert asked[-1].requirements == ("alpha", *(f"alpha!={number}.0" for number in range(1, 8)))


@pytest.mark.parametrize(
    "words",
    [
        "pip install beta",
        "pip3 install beta",
        "uv pip install beta",
        "uv sync",
        "pipx install beta",
        "poetry add beta",
        "python3 -m pip install beta",
        "RUN pip install beta",
        "apt-get install -y git",
        "cd /srv",
        "sudo pip install beta",
    ],
)
def test_no_word_of_a_second_command_is_written(online: Fixer, words: str) -> None:
    fixed = online(f"{PY312}RUN pip install alpha {words}")
    assert fixed.after.text == f"{PY312}RUN pip install alpha==2.0 {words}"


@pytest.mark.parametrize(
    ("targets", "word"),
    [
        ("alpha pip_install", ""),
        ("alpha install", "install"),
        ("alpha Install beta", "Install"),
        ("alpha uv pip", "uv"),
        ("pip uv poetry pipx alpha", ""),
        ("poetry pip", ""),
        ("pip wheel setuptools", ""),
        ("uv wheel", ""),
        ("alpha pip install==1.0", ""),
    ],
)
def test_no_word_of_another_command_is_written(online: Fixer, targets: str, word: str) -> None:
    fixed = online(f"{PY312}RUN pip install {targets}")
    reasons = {refusal.reason for refusal in fixed.unfixable}
    if word:
        assert not fixed.applied
        assert f"{word} starts another command; write && before it" in reasons
    else:
        assert not any("another command" in reason for reason in reasons)


def test_words_without_a_version_are_found_by_halving() -> None:
    """Two of a hundred words: about thirty questions. For a hundred such words, the number is limited."""
    for bad, most in (({"p7", "p60"}, 2 * 2 * 7 + 3), ({f"p{number}" for number in range(100)}, MAX_REQUESTS + 2)):
        asked: list[ResolveRequest] = []

        def ask(request: ResolveRequest, asked: list[ResolveRequest] = asked, bad: set[str] = bad) -> Resolution:
            asked.append(request)
            if missing := sorted(bad & set(request.requirements)):
                raise NoVersionsError(f"no version fits: {missing[0]}")
            return Resolution(dict.fromkeys(request.requirements, "1.0"), {})

        words = " ".join(f"p{number}" for number in range(100))
        fixed = fix(
            document_of(f"{PY312}RUN pip install {words}"),
            VersionSources(LockedVersions([], []), Resolver(ask)),
        )
        assert len(fixed.applied) + len(fixed.unfixable) == 100
        assert len(asked) <= most
        assert len(fixed.unfixable) == len(bad)
