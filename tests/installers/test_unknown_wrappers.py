"""Install commands after an unknown word, and words that only look like one."""

from __future__ import annotations

import pytest

from pinhook.installers import parse_install, parse_wrapped_install
from tests.installers.show import shown
from tests.installers.words import command
from tests.marks import unmark


@pytest.mark.parametrize(
    "marked",
    [
        "xvfb-run -a pip install ⟦flask⟧",
        "retry 3 pip install ⟦flask⟧ -r f | -r f",
        "/opt/bin/with-proxy python3 -m pip install ⟦flask⟧",
        "scl-run $COLLECTION $PYTHON -m pip install ⟦flask⟧",
        "$WRAPPER pip install ⟦flask⟧",
        "retry -- uv pip install ⟦flask⟧",
        "retry uvx ⟦ruff⟧ check",
        "retry pipx install ⟦poetry⟧",
    ],
)
def test_what_follows_is_read(marked: str) -> None:
    line = unmark(marked)[0].split(" | ")[0]
    assert parse_install(command(line)) is None
    assert shown(parse_wrapped_install(command(line))) == marked


@pytest.mark.parametrize(
    "line",
    [
        "echo pip install flask",
        "/bin/echo pip install flask",
        "printf x pip install flask",
        "grep -q pip install flask",
        "which pip install",
        "apt-get install python3-pip pip install flask",
        "git commit -m pip install flask",
        "[ -x pip install flask ]",
        "conda install pip install flask",
        "retry pip uninstall flask",
        "retry pip $COMMAND",
        "retry pip",
        "retry flask",
        "retry",
        "pip uninstall pip install flask",
        "python3 setup.py pip install flask",
    ],
)
def test_what_follows_is_only_words(line: str) -> None:
    assert parse_wrapped_install(command(line)) is None
