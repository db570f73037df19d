"""Every installer is in the tuple."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from pathlib import Path

from pinhook import installers
from pinhook.installers.installer import Installer


def test_every_installer_of_a_module_is_named() -> None:
    names = [path.stem for path in Path(installers.__file__).parent.glob("[!_]*.py")]
    modules = [import_module(f"pinhook.installers.{name}") for name in names]
    found = [value for module in modules for value in vars(module).values() if isinstance(value, Installer)]
    assert sorted(installer.name for installer in found) == sorted(one.name for one in installers.INSTALLERS)


def test_a_program_has_one_reader() -> None:
    programs = [program for installer in installers.INSTALLERS for program in installer.programs]
    assert sorted(programs) == sorted(set(programs))


def test_a_table_is_not_read_before_a_command_needs_it() -> None:
    program = (
        "import sys; import pinhook.installers; "
        "print([name for name in sys.modules if name.startswith('pinhook.argv') and name.endswith('_options')])"
    )
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
