"""The Python of a command after a script of the repository."""

from __future__ import annotations

from pathlib import Path

import pytest

from pinhook.__main__ import main

UBUNTU = "FROM ubuntu:22.04\nCOPY s.sh /\n"
PYTHON = "FROM python:3.12.1\nCOPY s.sh /\n"
SHELL = "#!/bin/sh\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("script", "text", "conclusion"),
    [
        (
            "apt-get install -y python3-pip\n",
            UBUNTU + "RUN /s.sh\nRUN pip3 install a",
            "Python 3.10.12 of ubuntu:22.04",
        ),
        ("apt-get install -y python3-pip\n", UBUNTU + "RUN sh -e /s.sh && pip3 install a", "Python 3.10.12 of"),
        ("echo\n", PYTHON + "RUN /s.sh\nRUN pip install a", "Python 3.12.1 of python:3.12.1"),
        ("set -e\necho\nmkdir /x\n", PYTHON + "RUN chmod +x /s.sh && /s.sh && pip install a", "Python 3.12.1 of"),
        ("ln -sf python3.9 /usr/local/bin/python3\n", PYTHON + "RUN /s.sh && python3 -m pip install a", "Python 3.9"),
        (
            'ln -sf "$1" /usr/local/bin/python3\n',
            PYTHON + "RUN /s.sh python3.9 && python3 -m pip install a",
            "Python 3.9",
        ),
        ("curl https://example.org/x | bash\n", PYTHON + "RUN /s.sh\nRUN pip install a", "not known: bash runs a"),
        ("./other.sh\n", PYTHON + "RUN /s.sh\nRUN pip install a", "not known: ./other.sh runs a script"),
        ("echo 'a\n", PYTHON + "RUN /s.sh\nRUN pip install a", "not known: /s.sh runs a script that is not"),
        (
            "if [ x ]; then ln -sf python3.9 /usr/local/bin/python3; fi\n",
            PYTHON + "RUN /s.sh && python3 -m pip install a",
            "not known: whether line 2 runs depends on a condition",
        ),
        ("echo\n", PYTHON + "RUN /t.sh\nRUN pip install a", "not known: /t.sh runs a script that is not read"),
        (
            "ln -sf python3.9 /usr/local/bin/python3\n",
            PYTHON + "CMD /s.sh\nRUN python3 -m pip install a",
            "Python 3.12.1",
        ),
        ("pip install b\n", PYTHON + "RUN /s.sh\nRUN pip install a", "Python 3.12.1 of python:3.12.1"),
    ],
)
def test_conclusion(script: str, text: str, conclusion: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("s.sh").write_text(SHELL + script)
    Path("Dockerfile").write_text(text)
    assert main(["--show-python", "Dockerfile"]) == 0
    lines = [line for line in capsys.readouterr().out.splitlines() if line.startswith(("  Python", "  not known"))]
    assert len(lines) == 1, "what a script installs is not fixed"
    assert lines[0].strip().startswith(conclusion)
