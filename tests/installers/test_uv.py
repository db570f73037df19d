"""uv's command lines."""

from __future__ import annotations

import pytest

from pinhook.installers import parse_install
from pinhook.installers.file_installation import as_installation
from pinhook.requirements import Direct, Exactness, Local, Malformed, Named, Ref, Unknown
from pinhook.requirements.file import parse_file
from pinhook.source import Source
from tests.installers.show import shown
from tests.installers.words import command
from tests.marks import unmark


@pytest.mark.parametrize(
    "marked",
    [
        # uv pip
        "uv pip install ⟦flask⟧",
        "/opt/tools/bin/uv pip install ⟦flask⟧",
        "python -m uv pip install ⟦flask⟧",
        "$UV pip install ⟦flask⟧",
        "uv --no-cache -q pip --offline install ⟦flask⟧",
        "uv --cache-dir d --color=never pip install ⟦flask⟧",
        "uv $OPTIONS pip install ⟦flask⟧",
        "uv pip install --system --no-cache -n ⟦flask⟧ -U ⟦django⟧",
        "uv pip install -p 3.12 -P x --index-url https://example.org ⟦flask⟧",
        "uv pip install -r f -r=g -rh ⟦flask⟧ | -r f -r g -r h",
        "uv pip install --requirement f --requirements g ⟦flask⟧ | -r f -r g",
        "uv pip install -r - | -r -",
        "uv pip install ⟦flask⟧ -c f --constraint g --constraints h | -c f -c g -c h",
        "uv pip install ⟦flask⟧ -b f --override g --overrides=h | -c g -c h",
        "uv pip install -e ⟦.⟧ --editable=⟦git+https://example.org/x⟧",
        "uv pip install --group dev | --group dev",
        "uv pip install --no-binary x --only-binary=y ⟦flask⟧",
        "uv pip install --trusted-host h --no-cache-dir ⟦flask⟧",
        "uv pip install --no-index -f wheels ⟦flask⟧ | local",
        "uv pip install --require-hashes -r f | -r f hashes",
        "uv pip install ⟦$PACKAGES⟧",
        "uv pip install ⟦flask⟧>=1",
        "uv pip sync f g | -r f -r g",
        "uv pip sync --system f | -r f",
        # projects
        "uv add ⟦flask⟧ '⟦django>=4⟧'",
        "uv add --dev --group test ⟦pytest⟧",
        "uv add -r f -c g | -r f -c g",
        "uv add --script x.py ⟦flask⟧ --no-binary --extra x",
        "uv add --editable ⟦./x⟧",
        "uv sync --frozen --group dev",
        # tools
        "uv tool install ⟦ruff⟧",
        "uv tool install ⟦ruff@0.6.0⟧ --with '⟦a⟧,⟦b<2,>1⟧' --with-executables-from ⟦c⟧",
        "uv tool install --from ⟦httpie@3.2⟧ http",
        "uv tool install -e ⟦.⟧",
        "uv --quiet tool -n install ⟦ruff⟧",
        "uvx ⟦ruff⟧ check --with x .",
        "uvx -p 3.12 --with ⟦a⟧ ⟦ruff@0.6.0⟧ check",
        "uvx --from ⟦httpie⟧ http get x",
        "uvx ⟦$TOOL⟧ x",
        "uvx --with-requirements f ⟦ruff⟧ | -r f",
        "uv tool run ⟦ruff⟧ check",
        # uv run
        "uv run --with ⟦a⟧ --with=⟦b⟧,⟦c[x,y]⟧ pytest --with d",
        "uv run --with-editable ⟦./x⟧ --with-requirements f,g pytest | -r f -r g",
        "uv run -w ⟦a⟧ pip install b",
        "uv run --no-project --with-requirements f -- pytest | -r f",
    ],
)
def test_targets_and_files(marked: str) -> None:
    line = unmark(marked)[0].split(" | ")[0]
    assert shown(parse_install(command(line))) == marked


@pytest.mark.parametrize(
    "line",
    [
        "uv",
        "uv --version",
        "uv pip",
        "uv pip --help install flask",
        "uv pip install --help flask",
        "uv pip install --dry-run flask",
        "uv pip uninstall flask",
        "uv pip compile x.in",
        "uv pip list",
        "uv tool list",
        "uv tool upgrade ruff",
        "uv python install 3.12",
        "uv self update",
        "uv venv --seed",
        "uv lock",
        "uv build",
        "uv run pytest",
        "uv run pip install flask",
        "uvx",
        "uvx --help",
    ],
)
def test_commands_that_name_nothing_to_install(line: str) -> None:
    assert parse_install(command(line)) is None


def test_a_long_option_may_not_be_abbreviated() -> None:
    installation = parse_install(command("uv pip install --requ f flask"))
    assert installation
    assert [problem.reason.split(",")[0] for problem in installation.problems] == [
        "--requ is not a known option of uv pip install"
    ]


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"UV_CONSTRAINT": "f g"}, "-c f -c g"),
        ({"UV_CONSTRAINT": ""}, ""),
        ({"UV_OVERRIDE": "f g"}, "-c f -c g"),
        ({"UV_NO_INDEX": "1", "UV_FIND_LINKS": "w"}, ""),
        ({"UV_REQUIRE_HASHES": "1"}, "hashes"),
        ({"PIP_CONSTRAINT": "f", "PIP_REQUIREMENT": "g", "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": "w"}, ""),
    ],
)
def test_environment(environment: dict[str, str], expected: str) -> None:
    line = "uv pip install"
    assert shown(parse_install(command(line, environment))) == f"{line} | {expected}".strip("| ")


@pytest.mark.parametrize(
    ("line", "exactness"),
    [
        ("uvx ruff@0.6.0", Exactness.EXACT),
        ("uvx ruff@latest", Exactness.INEXACT),
        ("uvx ruff", Exactness.ANY),
        ("uv tool install ruff@0.6.0", Exactness.EXACT),
        ("uv tool install --from ruff==0.6.0 ruff", Exactness.EXACT),
    ],
)
def test_versions_of_tools(line: str, exactness: Exactness) -> None:
    installation = parse_install(command(line))
    assert installation
    [target] = installation.targets
    assert isinstance(target.requirement, Named)
    assert target.requirement.exactness is exactness


def test_a_ref_of_uv_add_is_none_of_a_name() -> None:
    installation = parse_install(command("uv add flask --tag v1"))
    assert installation
    assert [type(target.requirement) for target in installation.targets] == [Named]


@pytest.mark.parametrize(
    ("options", "ref"),
    [
        ("", Ref.MISSING),
        ("--tag v1", Ref.MUTABLE),
        ("--branch main", Ref.MUTABLE),
        ("--rev 0123456789abcdef0123456789abcdef01234567", Ref.COMMIT),
    ],
)
def test_a_ref_may_be_an_option_of_uv_add(options: str, ref: Ref) -> None:
    installation = parse_install(command(f"uv add git+https://example.org/x {options}"))
    assert installation
    [target] = installation.targets
    assert isinstance(target.requirement, Direct)
    assert target.requirement.ref is ref


def test_a_swallowed_specifier_belongs_to_the_last_of_a_list() -> None:
    installation = parse_install(command("uv run --with a,b>=1 x"))
    assert installation
    assert [len(target.swallowed) for target in installation.targets] == [0, 1]


def test_kinds_of_targets() -> None:
    installation = parse_install(command("uv run --with flask,./x,$Y --with-editable . x"))
    assert installation
    assert [type(target.requirement) for target in installation.targets] == [Named, Local, Unknown, Local]


def test_requirements_files_are_read_as_uv_reads_them() -> None:
    text = "flask==1.0\nhttps://h/o/r.git\nhg+https://h/r@v1\n-e git+https://h/r@v1\n-e .\n"
    file = parse_file(Source("r.txt", text))
    by_pip, by_uv = (
        [type(target.requirement) for target in as_installation(file, by_uv=by_uv).targets] for by_uv in (False, True)
    )
    assert by_pip == [Named, Malformed, Direct, Direct, Local]
    assert by_uv == [Named, Direct, Malformed, Malformed, Local]
