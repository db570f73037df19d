"""Shell completion: run in a real bash; for the other shells, every option is in the script."""

from __future__ import annotations

import os
import pty
import re
import shlex
import subprocess
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from pinhook.__main__ import main
from pinhook.cli.completion import script
from pinhook.cli.parser import make_parser

if TYPE_CHECKING:
    from pathlib import Path

OPTIONS = [option for action in make_parser()._actions for option in action.option_strings]
BASH = script("bash", make_parser())


def proposed(line: str, folder: Path) -> list[str]:
    """What bash proposes for the last word of a line, which it has cut at its blanks and equals signs."""
    words = re.findall(r"=|[^ =]+", line) + [""] * line.endswith(" ")
    call = f"COMP_WORDS=({' '.join(map(shlex.quote, words))}); COMP_CWORD={len(words) - 1}"
    command = f'{BASH}\n{call}\ncompopt() {{ echo "compopt $*"; }}\n_pinhook; printf "%s\\n" "${{COMPREPLY[@]}}"'
    run = subprocess.run(["bash", "-c", command], capture_output=True, check=True, cwd=folder, encoding="utf-8")
    assert not run.stderr
    return run.stdout.split("\n")[:-1]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("pinhook --lev", ["--level"]),
        ("pinhook Dockerfile --show-", ["--show-files", "--show-python", "--show-settings"]),
        ("pinhook --level ", ["default", "strict", "hashes"]),
        ("pinhook --level s", ["strict"]),
        ("pinhook --level=", ["default", "strict", "hashes"]),
        ("pinhook --level=s", ["strict"]),
        ("pinhook --color a", ["auto", "always"]),
        ("pinhook --format j", ["json", "junit"]),
        ("pinhook --completion ", ["bash", "zsh", "fish"]),
        ("pinhook --explain PIN01", ["PIN010", "PIN011"]),
        ("pinhook --select PIN01", ["PIN010", "PIN011"]),
        ("pinhook --select PIN001,PIN01", ["PIN001,PIN010", "PIN001,PIN011"]),
        ("pinhook --fix-from=index,uv", ["index,uv.lock"]),
        ("pinhook --level x,s", [""]),
        ("pinhook --allow ", ["compopt +o default", ""]),
        ("pinhook --context ", ["compopt -o dirnames +o default", ""]),
        ("pinhook --config ", [""]),
        ("pinhook --quiet Dock", [""]),
        ("pinhook ", [""]),
        ("pinhook --nothing", [""]),
    ],
)
def test_bash(line: str, expected: list[str], tmp_path: Path) -> None:
    found = [each for each in proposed(line, tmp_path) if not re.fullmatch("PIN01[2-9]", each[-6:])]  # newer rules
    assert found == expected


def test_bash_at_a_terminal(tmp_path: Path) -> None:
    """Tabs are typed, and a function in the place of the command prints its arguments."""
    (tmp_path / "Dockerfile").touch()
    (tmp_path / "completion").write_text(BASH)
    main_end, shell_end = pty.openpty()
    typed = (
        ". ./completion; pinhook() { printf '<%s>' \"$@\"; echo .; }\npinhook --lev\tst\t --color=alw\tDock\t\nexit\n"
    )
    process = subprocess.Popen(
        ["bash", "--norc", "--noprofile", "-i"],
        cwd=tmp_path,
        stdin=shell_end,
        stdout=shell_end,
        stderr=shell_end,
        start_new_session=True,
    )
    os.write(main_end, typed.encode())
    os.close(shell_end)
    printed = b""
    with suppress(OSError):  # which is how Linux says that the shell has ended
        while piece := os.read(main_end, 4096):
            printed += piece
    assert process.wait(timeout=30) == 0
    os.close(main_end)
    assert b"<--level><strict><--color=always><Dockerfile>." in printed


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_every_option_is_there(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--completion", shell]) == 0
    text = capsys.readouterr().out
    for option in OPTIONS:
        word = (
            option
            if shell != "fish"
            else re.sub("^--?", lambda dashes: "-l " if len(dashes[0]) == 2 else "-s ", option)
        )
        assert re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text), word


def test_an_unknown_shell(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--completion", "tcsh"])
    assert "argument --completion: invalid choice: 'tcsh'" in capsys.readouterr().err
