"""The tables that are kept are those that bashlex makes, and are used with no other bashlex."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import bashlex

from pinhook.shell import bashlex_door, bashlex_tables
from tests.generators import bashlex_tables as generator

PROGRAM = """
import sys
from pinhook.shell import bashlex_door, bashlex_tables
if sys.argv[1:] == ["other release"]:
    bashlex_tables.CHECKSUM += 1
tree = bashlex_door.load_parse()("a && (b | c)")
import bashlex, bashlex.yacc
print(tree, bashlex.parse("a"), bashlex.yacc.yacc.__name__)
"""


def test_the_tables_are_those_that_bashlex_computes() -> None:
    assert generator.TARGET.read_text("utf-8") == generator.module()


def test_the_checksum_is_that_of_the_installed_bashlex() -> None:
    assert bashlex_door.checksum(str(Path(bashlex.__file__).parent)) == bashlex_tables.CHECKSUM


def test_another_release_builds_its_own_tables_and_reads_the_same() -> None:
    mine, other = (
        subprocess.run([sys.executable, "-c", PROGRAM, *arguments], capture_output=True, text=True, check=True).stdout
        for arguments in ([], ["other release"])
    )
    assert mine == other
    assert mine.endswith(" yacc\n")
