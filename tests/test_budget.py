"""The budget for expansions: the cost of a value, and the finding when it is exceeded."""

from __future__ import annotations

import pytest

from pinhook import budget
from pinhook.budget import MIN_UNITS, Budget, BudgetExceeded
from pinhook.shell import parser
from pinhook.shell.builtins import WORKING_DIRECTORY, change_directory
from pinhook.shell.command import Argument
from pinhook.shell.scope import Scope
from pinhook.source import Source, SourceText, Span
from tests.checks import check

SOURCE = Source("Dockerfile", "abcdef" * 100)
PIECES = SourceText.join([SourceText.of(SOURCE, Span(at, at + 1)) for at in range(0, 20, 2)])
MESSAGE = "this cannot be read: its evaluation exceeds a limit of pinhook"


def text(length: int) -> SourceText:
    return SourceText.of(SOURCE, Span(0, length))


@pytest.mark.parametrize(
    ("value", "written", "splits", "units"),
    [
        (text(2), 2, False, 0),
        (text(2), 0, False, 1),
        (text(63), 2, False, 0),
        (text(64), 2, False, 1),
        (text(600), 2, True, 9),
        (SourceText.of(Source("", " a b  c")), 2, True, 8),
        (PIECES, 2, False, 9),
        (PIECES, 20, False, 0),
        (PIECES[5:], 0, False, 5),
        (PIECES[:0], 0, False, 1),
    ],
)
def test_what_a_value_costs(value: SourceText, written: int, splits: bool, units: int) -> None:
    own = Budget()
    assert own.charge_for(value, written, splits=splits)
    assert own.remaining == MIN_UNITS - units


def test_a_larger_file_has_a_larger_budget() -> None:
    assert Budget(4000).remaining == MIN_UNITS + 1000


def test_an_exceeded_budget_stays_exceeded() -> None:
    own = Budget()
    own.charge_or_raise(MIN_UNITS - 1)
    assert not own.charge(2)
    assert not own.charge(1)
    assert not own.charge_for(text(1), 2)
    assert own.charge(0)
    with pytest.raises(BudgetExceeded):
        own.charge_or_raise(1)
    assert own.refusals == 4


@pytest.mark.parametrize(
    "instructions",
    [
        "ENV A='a b'c'd e'\nRUN pip install $A",
        "RUN A='a b'c'd e' && pip install $A",
        "RUN a=(a b c d) && pip install ${a[@]}",
        "RUN f() { pip install $@; }; f a b c d e f; f a b c d e f",
        "RUN for i in a b c d e f; do pip install $i; done",
        "RUN A=abc'd'e'f' && A+=g && pip install $A",
        'RUN set -- a b c d e f && pip install "$@"',
        "".join(f"ENV v{number}=1\n" for number in range(200)) + "RUN pip install $v1",
        "".join(f"ENV v{number}=1\n" for number in range(200)) + "RUN (pip install a)",
        'SHELL ["bash", "-c"]\nRUN pip install {1..9}',
    ],
)
def test_where_there_is_none_that_is_said_and_the_rest_is_checked(
    instructions: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(budget, "MIN_UNITS", 0)
    monkeypatch.setattr(budget, "CHARACTERS_PER_UNIT", 1000)
    messages = [each.message for each in check(Source("Dockerfile", f"FROM x\n{instructions}\n")).findings]
    assert MESSAGE in messages or "this cannot be read: it has more variables than can be followed" in messages
    messages = [each.message for each in check(Source("Dockerfile", "FROM x\nRUN pip install flask\n")).findings]
    assert messages == ["flask is not pinned; write flask==<version>"]


def test_a_folder_for_whose_name_there_is_none_is_not_known() -> None:
    words = tuple(Argument(each, each) for each in map(SourceText.of, [Source("", "cd"), Source("", "x")]))
    for left, is_known in [(MIN_UNITS, True), (0, False)]:
        scope = Scope.of_environment({WORKING_DIRECTORY: (PIECES,)}, Budget())
        scope.budget.remaining = left
        change_directory(words, scope)
        (folder,) = scope.values(WORKING_DIRECTORY)
        assert folder is not None
        assert folder.is_known == is_known


def test_a_long_value_on_many_lines_is_followed() -> None:
    names = [f"p{number}" for number in range(3000)]
    value = " \\\n  ".join(f"'{name}'" for name in names)
    report = check(Source("Dockerfile", f'FROM x\nARG A="{value}"\nARG B=$A\nRUN pip install $B\n'))
    assert report.targets == 3000


def _outlines(text: str, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The lengths of the outlines that bashlex gets to parse for a file."""
    lengths: list[int] = []
    parsed = parser._bashlex_trees

    def measured(outline: str) -> object:
        lengths.append(len(outline))
        return parsed(outline)

    monkeypatch.setattr(parser, "_bashlex_trees", measured)
    monkeypatch.setattr(parser, "_cached_trees", measured)
    findings = check(Source("Dockerfile", text)).findings
    assert [each.code for each in findings] == ["PIN001"] * text.count("flask")
    return lengths


@pytest.mark.parametrize(
    "script",
    [
        ":&" * 400 + "pip install flask",
        "case $x in a) " + ":&" * 400 + "pip install flask;; esac",
        "if x; then a; elif y; then " + ":&" * 400 + "pip install flask; fi",
        "echo $(" + ":&" * 400 + "pip install flask)",
        "for ((;;)); do " + ":&" * 400 + "pip install flask; done",
    ],
)
def test_outlines_have_a_budget_of_the_whole_file(script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond it the commands are found without bashlex."""
    monkeypatch.setattr(budget, "MIN_OUTLINE_CHARACTERS", 3000)
    text = 'FROM python\nSHELL ["bash", "-c"]\n' + f"RUN {script}\n" * 40
    lengths = _outlines(text, monkeypatch)
    assert 3000 <= sum(lengths) <= 3000 + len(text) // 4
    assert len(lengths) < 2 * 40


def test_the_outlines_of_ordinary_scripts_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many there are, as each is shorter than a quarter of its script."""
    monkeypatch.setattr(budget, "MIN_OUTLINE_CHARACTERS", 0)
    script = "apt-get update && apt-get install -y curl && pip install --no-cache-dir flask && rm -rf /var/lib/apt"
    assert len(_outlines(f"FROM python\nRUN {script}\n" * 100, monkeypatch)) == 100
