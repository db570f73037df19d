"""The stored tables equal those that bashlex makes, and are used only with that release of bashlex."""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

import bashlex
import pytest

from pinhook.shell import bashlex_loader, bashlex_tables
from tests.generators import bashlex_tables as generator

FOLDER = Path(bashlex.__file__).parent
SCRIPTS = [
    "a && (b | c)",
    "if a; then b; else c; fi > d",
    "for x in a; do { b & }; done",
    "f() { while a; do b; done; }",
]


def test_the_tables_are_those_that_bashlex_computes() -> None:
    assert generator.TARGET.read_text("utf-8") == generator.module()


def test_the_checksum_is_that_of_the_installed_bashlex() -> None:
    assert bashlex_loader.checksum(str(FOLDER)) == bashlex_tables.CHECKSUM


@pytest.fixture
def fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """No module of bashlex is imported yet."""
    for name in [name for name in sys.modules if name.partition(".")[0] == "bashlex"]:
        monkeypatch.delitem(sys.modules, name)


def read() -> tuple[list[str], bool]:
    """What a bashlex that is imported now makes of the scripts, and whether it does so with our tables."""
    parse = bashlex_loader.load_parse()
    assert parse is not bashlex.parse
    assert bashlex_loader.load_parse() is parse
    trees = [tree.dump() for script in SCRIPTS for tree in parse(script)]
    actions = sys.modules["bashlex.parser"].yaccparser.action
    return trees, actions[0] is bashlex_tables.ROWS[bashlex_tables.ACTION[0]]


EXPECTED = [tree.dump() for script in SCRIPTS for tree in bashlex.parse(script)]


@pytest.mark.usefixtures("fresh")
def test_nothing_is_computed_for_the_release_of_the_tables() -> None:
    assert read() == (EXPECTED, True)
    assert sys.modules["bashlex.yacc"].yacc.__name__ == "yacc"


@pytest.mark.usefixtures("fresh")
def test_inspect_is_imported_when_it_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "inspect", raising=False)
    bashlex_loader.load_parse()
    assert "inspect" not in sys.modules
    inspect = sys.modules["bashlex.yacc"].inspect
    assert inspect.getsourcefile(bashlex_loader) == bashlex_loader.__file__
    assert sys.modules["inspect"].getsourcefile is inspect.getsourcefile


@pytest.mark.usefixtures("fresh")
def test_another_release_builds_its_own_tables_and_reads_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bashlex_tables, "CHECKSUM", bashlex_tables.CHECKSUM + 1)
    assert read() == (EXPECTED, False)


@pytest.mark.usefixtures("fresh")
def test_bashlex_in_an_archive_builds_its_own_tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with zipfile.ZipFile(tmp_path / "bashlex.zip", "w") as archive:
        for module in FOLDER.glob("*.py"):
            archive.write(module, f"bashlex/{module.name}")
    monkeypatch.syspath_prepend(str(tmp_path / "bashlex.zip"))
    assert read() == (EXPECTED, False)
    assert str(sys.modules["bashlex"].__file__).startswith(str(tmp_path))


@pytest.mark.usefixtures("fresh")
def test_without_bashlex(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [])
    monkeypatch.setattr(sys, "path_importer_cache", {})
    with pytest.raises(ModuleNotFoundError, match="No module named 'bashlex'"):
        bashlex_loader.load_parse()
