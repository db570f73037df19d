"""pip's command lines: which words are targets and which are files."""

from __future__ import annotations

import pytest

from pinhook.installers import parse_install
from pinhook.requirements import Direct, Local, Malformed, Named, Unknown
from pinhook.source import Source, SourceText
from tests.installers.show import shown
from tests.installers.words import command
from tests.marks import unmark

TARGETS = [
    "pip install ⟦flask⟧",
    "pip install ⟦flask⟧ ⟦django==1.9⟧",
    "pip download ⟦flask⟧",
    "pip wheel ⟦flask⟧",
    "pip lock ⟦flask⟧",
    "pip install",
    "pip install '⟦flask>=1⟧' \"⟦django⟧\"",
    "pip install ⟦git+https://example.org/x@v1⟧ ⟦./here⟧ ⟦x.whl⟧",
    # options before and after
    "pip --no-cache-dir install ⟦flask⟧",
    "pip -q --isolated --python /venv/bin/python install ⟦flask⟧",
    "pip --log f --proxy=p --retries 3 install ⟦flask⟧",
    "pip install --no-cache-dir -U ⟦flask⟧ --quiet",
    "pip install ⟦flask⟧ -i https://example.org/simple ⟦django⟧",
    "pip install -t d --timeout 9 --platform any --log=f ⟦flask⟧",
    "pip install --no-binary x ⟦flask⟧",
    "pip install -qqqU ⟦flask⟧",
    "pip install -IU ⟦flask⟧",
    "pip install -Ui https://example.org ⟦flask⟧",
    "pip install -td ⟦flask⟧",
    "pip install --no-deps -- ⟦-x⟧ ⟦flask⟧",
    "pip install ⟦flask⟧ ⟦-⟧",
    "pip install --index https://example.org ⟦flask⟧",
    "pip install --pre ⟦flask⟧",
    "pip install --egg --install-option x --global-option=y ⟦flask⟧",
    "pip install --only-deps ⟦flask⟧",
    # editable
    "pip install -e ⟦.⟧ ⟦flask⟧",
    "pip install -e⟦.⟧ --editable=⟦git+https://example.org/x⟧",
    "pip install ⟦flask⟧ -qe ⟦x⟧ ⟦django⟧",
    # words that only the build knows
    "pip install ⟦$FLAGS⟧ ⟦flask⟧",
    "pip install ⟦-$FLAGS⟧ ⟦flask⟧",
    "pip install -i $URL ⟦flask⟧",
    "pip install -i$URL ⟦flask⟧",
    "pip install --index-url=$URL ⟦flask⟧",
    'pip install "⟦flask==$V⟧"',
    "pip $OPTIONS install ⟦flask⟧",
    "pip --log f $OPTIONS -q install ⟦flask⟧",
    "pip ⟦$COMMAND⟧ flask",
    "pip ⟦$COMMAND⟧",
]


@pytest.mark.parametrize("marked", TARGETS)
def test_targets(marked: str) -> None:
    line, _ = unmark(marked)
    assert shown(parse_install(command(line))) == marked


@pytest.mark.parametrize(
    "marked",
    [
        "pip install -r f | -r f",
        "pip install -rf | -r f",
        "pip install -r=f | -r =f",
        "pip install --requirement=f -r g ⟦flask⟧ | -r f -r g",
        "pip install -Urf ⟦flask⟧ | -r f",
        "pip install -Ur f ⟦flask⟧ | -r f",
        "pip install --requirem f ⟦flask⟧ | -r f",
        "pip install -r $FILES ⟦flask⟧ | -r $FILES",
        "pip install -r -U ⟦flask⟧ | -r -U",
        "pip install -r -- ⟦flask⟧ | -r --",
        "pip install ⟦flask⟧ -c f -cg --cons h | -c f -c g -c h",
        "pip install ⟦flask⟧ --build-constraint f",
        "pip install --group dev --group x/pyproject.toml:test | --group dev --group x/pyproject.toml:test",
        "pip install --requirements-from-script s.py ⟦flask⟧ | --script s.py",
        "pip install --require-hashes -r f | -r f hashes",
        "pip install --no-index -f wheels ⟦flask⟧ | local",
        "pip install --no-index --find-links=wheels ⟦flask⟧ | local",
        "pip install --no-index ⟦flask⟧",
        "pip install --find-links wheels ⟦flask⟧",
    ],
)
def test_files(marked: str) -> None:
    line = unmark(marked)[0].split(" | ")[0]
    assert shown(parse_install(command(line))) == marked


@pytest.mark.parametrize(
    "line",
    [
        "pip",
        "pip flask",
        "pip uninstall -y flask",
        "pip show flask",
        "pip freeze",
        "pip list",
        "pip config set global.x install",
        "pip cache purge",
        "pip check",
        "pip help install",
        "pip INSTALL flask",
        "pip ins flask",
        "pip --version install flask",
        "pip -h install flask",
        "pip install --help flask",
        "pip install flask -h",
        "pip install --dry-run flask",
        "pip-compile x.in",
        "pipenv install flask",
        "pipdeptree install flask",
        "python -c pip install flask",
        "python x.py -m pip install flask",
        "python -m venv -m pip install",
        "python -m",
        "python",
        "apt-get install python3-pip",
        "echo pip install flask",
        "$X install flask",
        "$(pip freeze) install flask",
    ],
)
def test_commands_that_install_nothing(line: str) -> None:
    assert parse_install(command(line)) is None


@pytest.mark.parametrize(
    "program",
    [
        "pip",
        "pip3",
        "pip3.12",
        "pip-3.6",
        "pip.exe",
        "PIP.EXE",
        "pip3.11.exe",
        "/usr/local/bin/pip3",
        "./venv/bin/pip",
        "venv\\Scripts\\pip.exe",
        "C:\\Python312\\Scripts\\pip",
        "python -m pip",
        "python3.12 -m pip",
        "/opt/venv/bin/python -m pip",
        "C:\\Python312\\python.exe -m pip",
        "pypy3 -m pip",
        "py -3 -m pip",
        "py -3.12 -m pip",
        "python -mpip",
        "python -Impip",
        "python -sSE -m pip",
        "python -W ignore -X dev -Qold -m pip",
        "python -Wignore -u -m pip",
        "python -m pip.__main__",
        "python /usr/bin/pip",
        "$PIP",
        "${PIP}",
        "${PIP3}",
        "$PIP_BIN",
        "$VENV_PIP",
        "$VENV/bin/pip",
        "${VENV}/bin/pip3.12",
        "pip$VERSION",
        "pip${PYTHON_VERSION}",
        "pip3.${MINOR}",
        "$VENV/bin/python -m pip",
        "$PYTHON -m pip",
        '"$PYTHON" -m pip',
        "${PYTHON_EXECUTABLE:-python} -m pip",
        "python${VERSION} -m pip",
        "$ANYTHING -m pip",
        "python $FLAGS -m pip",
        "$(which pip)",
        "$(command -v pip3)",
        "`which pip`",
        "$(which python3) -m pip",
        "$(which pip3 || which pip)",
        '"$(ls /usr/bin/pip3 2>/dev/null)"',
    ],
)
def test_spellings_of_pip(program: str) -> None:
    marked = f"{program} install ⟦flask⟧"
    assert shown(parse_install(command(unmark(marked)[0]))) == marked


@pytest.mark.parametrize(
    ("line", "environment", "expected"),
    [
        ("pip install", {"PIP_REQUIREMENT": "f g"}, "-r f -r g"),
        ("pip install", {"PIP_CONSTRAINT": " f "}, "-c f"),
        ("pip install -c g", {"PIP_CONSTRAINT": "f"}, "-c g -c f"),
        ("pip install", {"PIP_CONSTRAINT": ""}, ""),
        ("pip install", {"PIP_GROUP": "dev"}, "--group dev"),
        ("pip install", {"PIP_REQUIREMENTS_FROM_SCRIPT": "s.py"}, "--script s.py"),
        ("pip install", {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": "w"}, "local"),
        ("pip install -f w", {"PIP_NO_INDEX": "true"}, "local"),
        ("pip install -f w", {"PIP_NO_INDEX": "0"}, ""),
        ("pip install --no-index", {"PIP_FIND_LINKS": "w"}, "local"),
        ("pip install", {"PIP_REQUIRE_HASHES": "yes"}, "hashes"),
        ("pip install --isolated", {"PIP_CONSTRAINT": "f", "PIP_REQUIREMENT": "g", "PIP_REQUIRE_HASHES": "1"}, ""),
        ("pip --isolated install", {"PIP_CONSTRAINT": "f", "PIP_EDITABLE": "."}, ""),
        ("pip install", {"UV_CONSTRAINT": "f"}, ""),
    ],
)
def test_environment(line: str, environment: dict[str, str], expected: str) -> None:
    assert shown(parse_install(command(line, environment))) == f"{line} | {expected}".strip("| ")


def test_a_variable_of_the_environment_that_only_the_build_knows() -> None:
    source = Source("", "$A $B")
    values = {"PIP_CONSTRAINT": (SourceText.of(source).as_unknown(),)}
    installation = parse_install(command("pip install flask")._replace(environment=values))
    assert installation
    assert [str(file) for file in installation.constraints_files] == ["$A $B"]


def test_editable_targets_of_the_environment() -> None:
    installation = parse_install(command("pip install", {"PIP_EDITABLE": "git+https://example.org/x ./y"}))
    assert installation
    assert [(str(target.text), target.editable) for target in installation.targets] == [
        ("git+https://example.org/x", True),
        ("./y", True),
    ]


@pytest.mark.parametrize(
    "marked",
    [
        "pip install ⟦--req⟧ f flask",
        "pip install ⟦--requ⟧ f flask",
        "pip install ⟦--upg⟧ f flask",
        "pip ⟦--re⟧ install flask",
        "pip install ⟦--only⟧ f flask",
        "pip install ⟦--e⟧ f flask",
        pytest.param("pip install ⟦--unheard-of⟧ f flask", id="f may be its value"),
    ],
)
def test_problems(marked: str) -> None:
    line, [span] = unmark(marked)
    installation = parse_install(command(line))
    assert installation
    [problem] = installation.problems
    assert (problem.place.span, [str(target.text) for target in installation.targets]) == (span, ["flask"])


@pytest.mark.parametrize(
    "line",
    [
        "pip install --no-c flask",
        "pip --unheard-of install flask",
        "pip install --unheard-of=x flask",
        "pip install --unheard-of -U flask",
        "pip install flask --unheard-of",
        "pip install flask -r",
        "pip install --upgrade=1 flask",
    ],
)
def test_options_whose_words_are_certain_are_no_problem(line: str) -> None:
    installation = parse_install(command(line))
    assert installation
    assert (installation.problems, [str(target.text) for target in installation.targets]) == ((), ["flask"])


@pytest.mark.parametrize(
    "marked",
    [
        "pip install flask⟦>=1.0⟧",
        "pip install flask⟦>=1.0,⟧⟦<2⟧",
        "pip install flask⟦<2⟧",
        "pip install flask⟦>1⟧",
        "pip install flask⟦<2,⟧⟦>=1⟧ django",
        "pip install django flask⟦>=$V⟧",
        "pip install 'flask[async]'⟦>=1⟧ -U",
        "pip install flask ⟦>=1.0⟧",
        "pip install flask ⟦<=1.0,⟧⟦>0.9⟧",
        pytest.param("pip install flask ⟦>=⟧ 1.0 django", id="the 1.0 is no target"),
        "pip install flask⟦>=1.0⟧ >log",
        "pip install flask >log",
        "pip install flask>log",
        "pip install flask>/dev/null",
        "pip install flask > 1.txt",
        "pip install flask>1.txt",
        "pip install flask 2>&1",
        "pip install flask 2>1",
        "pip install flask >1",
        "pip install -r f>=1",
        "pip install -e .>log",
    ],
)
def test_swallowed_specifiers(marked: str) -> None:
    line, spans = unmark(marked)
    installation = parse_install(command(line))
    assert installation
    swallowed = [redirection.written.span for target in installation.targets for redirection in target.swallowed]
    assert swallowed == spans
    assert [str(target.text) for target in installation.targets if not target.text.is_known] == []
    assert "1.0" not in [str(target.text) for target in installation.targets]


def test_kinds_of_targets() -> None:
    line = "pip install flask git+https://example.org/x . $X -$X flask=1 -e git+https://example.org/y -e ."
    installation = parse_install(command(line))
    assert installation
    kinds = [type(target.requirement) for target in installation.targets]
    assert kinds == [Named, Direct, Local, Unknown, Unknown, Malformed, Direct, Local]
