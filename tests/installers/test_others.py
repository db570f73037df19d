"""The other tools."""

from __future__ import annotations

import pytest

from pinhook.installers import INSTALLERS, parse_install
from pinhook.requirements import Direct, Exactness, Malformed, Named, Ref
from tests.installers.show import shown
from tests.installers.words import command
from tests.marks import unmark


@pytest.mark.parametrize(
    "marked",
    [
        "easy_install ⟦flask⟧ ⟦django==1.9⟧",
        "easy_install-3.6 -U ⟦pip⟧",
        "/usr/bin/easy_install --index-url https://example.org -d d ⟦flask⟧",
        "python -m easy_install ⟦flask⟧",
        "easy_install ⟦$PACKAGE⟧",
        "easy_install --prefix d ⟦flask⟧",
        "pip-sync",
        "pip-sync f g --pip-args x | -r f -r g",
        "python -m piptools sync f | -r f",
    ],
)
def test_targets_and_files(marked: str) -> None:
    line = unmark(marked)[0].split(" | ")[0]
    assert shown(parse_install(command(line))) == marked


@pytest.mark.parametrize(
    "line",
    [
        "easy_install --help",
        "easy_install --version",
        "easy_install --dry-run x",
        "python -m piptools compile x.in",
        "pip-sync --help",
        "pip-sync --version",
        "pip-sync -n f",
    ],
)
def test_commands_that_name_nothing_to_install(line: str) -> None:
    assert parse_install(command(line)) is None


ON_REQUEST = {installer.name for installer in INSTALLERS if installer.is_optional}


@pytest.mark.parametrize(
    "marked",
    [
        "poetry add ⟦flask⟧ ⟦django@1.9⟧",
        "poetry -n -C d add -G test --extras x ⟦pytest⟧",
        "poetry self add ⟦plugin⟧",
        "python -m poetry add ⟦flask⟧",
        "poetry add -e ⟦./x⟧",
        "pdm add -dG test ⟦pytest⟧ -e ⟦./x⟧",
        "poetry --unheard-of add ⟦flask⟧",
        "poetry add --group test -P d ⟦flask⟧",
        "pdm self add ⟦plugin⟧",
        "pdm --unheard-of -c f add -g -p d ⟦flask⟧ -e=⟦./x⟧",
        "pipenv install",
        "pipenv install --deploy --system",
        "pipenv --unheard-of install -r=f ⟦flask⟧ | -r f",
        "pipenv -q install ⟦flask⟧ -r f --python 3.12 | -r f",
        "pipenv install -e ⟦.⟧ --index x ⟦flask⟧",
    ],
)
def test_tools_on_request(marked: str) -> None:
    line = unmark(marked)[0].split(" | ")[0]
    assert parse_install(command(line)) is None
    assert shown(parse_install(command(line), ON_REQUEST)) == marked


@pytest.mark.parametrize(
    "line",
    [
        "poetry",
        "poetry install",
        "poetry self update",
        "poetry add --dry-run flask",
        "poetry add --version",
        "poetry run pip install flask",
        "pdm",
        "pdm sync",
        "pdm self update",
        "pdm add --help",
        "pdm add --version",
        "pdm add --dry-run flask",
        "pipenv",
        "pipenv sync",
        "pipenv run pip install flask",
        "pipenv install --help",
        "pipenv install --version",
    ],
)
def test_tools_on_request_that_name_nothing_to_install(line: str) -> None:
    assert parse_install(command(line), ON_REQUEST) is None


@pytest.mark.parametrize(
    ("target", "exactness"),
    [
        ("flask", Exactness.ANY),
        ("flask@1.0", Exactness.EXACT),
        ("flask@==1.0", Exactness.EXACT),
        ("flask==1.0", Exactness.EXACT),
        ("flask=1.0", Exactness.EXACT),
        ("flask:1.0rc1", Exactness.EXACT),
        ("flask@1", Exactness.EXACT),
        ("flask@10.20.30b", Exactness.EXACT),
        ("flask@1.0.post1", Exactness.EXACT),
        ("flask@1.0+local.1", Exactness.EXACT),
        ("flask@1.0-beta", Exactness.EXACT),
        ("'flask 1.0'", Exactness.EXACT),
        ("flask[async]@1.0", Exactness.EXACT),
        ("flask@$VERSION", Exactness.EXACT),
        ("flask@^1", Exactness.INEXACT),
        ("flask@~1.0", Exactness.INEXACT),
        ("flask@latest", Exactness.INEXACT),
        ("flask==1.*", Exactness.INEXACT),
        ("flask^1.0", Exactness.INEXACT),
        ("flask~1.0", Exactness.INEXACT),
        ("flask~=1.0", Exactness.INEXACT),
        ("flask[async]^1", Exactness.INEXACT),
        ("'flask ^1.0'", Exactness.INEXACT),
        ("flask^$VERSION", Exactness.INEXACT),
        ("'flask>=1'", Exactness.INEXACT),
    ],
)
def test_versions_as_poetry_reads_them(target: str, exactness: Exactness) -> None:
    installation = parse_install(command(f"poetry add {target}"), ON_REQUEST)
    assert installation
    [found] = installation.targets
    assert isinstance(found.requirement, Named)
    assert (str(found.requirement.name), found.requirement.exactness) == ("flask", exactness)


@pytest.mark.parametrize(
    ("target", "ref"),
    [
        ("git+https://h/r", Ref.MISSING),
        ("git+https://h/r.git#v1", Ref.MUTABLE),
        ("git+https://h/r@v1", Ref.MUTABLE),
        ("git+https://h/r#egg=x", Ref.MISSING),
        ("git+https://h/r#subdirectory=x", Ref.MISSING),
        ("git+https://h/r#v1&subdirectory=x", Ref.MUTABLE),
        ("git+https://h/r#0123456789abcdef0123456789abcdef01234567", Ref.COMMIT),
        ("git+https://h/r#$REF", Ref.UNKNOWN),
        ("git+ssh://git@h/r#v1", Ref.MUTABLE),
        ("git@h:x/y.git", Ref.MISSING),
        ("git@h:x/y.git#v1", Ref.MUTABLE),
        ("git@h:x/y.git@v1", Ref.MUTABLE),
        ("git@h:x/y.git#0123456789abcdef0123456789abcdef01234567", Ref.COMMIT),
        ("git@h:x/y.git#$REF", Ref.UNKNOWN),
    ],
)
def test_refs_as_poetry_reads_them(target: str, ref: Ref) -> None:
    installation = parse_install(command(f"poetry add {target}"), ON_REQUEST)
    assert installation
    [found] = installation.targets
    assert isinstance(found.requirement, Direct)
    assert (found.requirement.vcs, found.requirement.ref) == ("git", ref)


@pytest.mark.parametrize("line", ["pdm add flask@1.0", "pipenv install flask@1.0"])
def test_an_at_sign_is_no_pin_elsewhere(line: str) -> None:
    installation = parse_install(command(line), ON_REQUEST)
    assert installation
    assert [type(target.requirement) for target in installation.targets] == [Malformed]
