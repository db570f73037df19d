"""Scripts that are fixed: those that a Dockerfile writes, and those that are named themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from pinhook.__main__ import main

VERSIONS = "flask==3.0.0\nsix==1.16.0\nlxml==5.0.0\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory with some versions."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "requirements.txt").write_text(VERSIONS)
    return tmp_path


def fixed(name: str, text: str, *options: str) -> str:
    """What becomes of a file."""
    path = Path(name)
    path.write_bytes(text.encode())
    main(["--fix", "--offline", "--isolated", *options, name])
    return path.read_bytes().decode()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "COPY <<EOF /a\npip install flask six==1\nEOF\nRUN sh /a",
            "COPY <<EOF /a\npip install flask==3.0.0 six==1\nEOF\nRUN sh /a",
        ),
        (
            "RUN cat > a <<'EOF'\npip install \"$1\" six>1\nEOF\nRUN sh a flask",
            "RUN cat > a <<'EOF'\npip install \"$1\" six==1.16.0\nEOF\nRUN sh a flask==3.0.0",
        ),
        ("RUN echo pip install 'flask' > a; . ./a", "RUN echo pip install 'flask==3.0.0' > a; . ./a"),
        ("RUN echo 'pip install \"flask\"' > a; sh a", "RUN echo 'pip install \"flask==3.0.0\"' > a; sh a"),
        ("RUN printf 'pip install six\\n' > a; sh a", "RUN printf 'pip install six==1.16.0\\n' > a; sh a"),
        ("RUN printf 'pip install si\\170\\n' > a; sh a", "RUN printf 'pip install si\\170\\n' > a; sh a"),
        ("RUN echo pip install six > a; sh a; sh a", "RUN echo pip install six==1.16.0 > a; sh a; sh a"),
        (
            "ENV P=six\nRUN echo 'pip install $P' > a; sh a",
            "ENV P=six==1.16.0\nRUN echo 'pip install $P' > a; sh a",
        ),
        ("RUN echo pip install six > a", "RUN echo pip install six > a"),
    ],
)
def test_scripts_that_a_dockerfile_writes(before: str, after: str) -> None:
    head = "FROM python:3.12\n"
    assert fixed("Dockerfile", f"{head}{before}\n") == f"{head}{after}\n"
    assert fixed("Dockerfile", f"{head}{after}\n") == f"{head}{after}\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("#!/bin/sh\npip install flask\n", "#!/bin/sh\npip install flask==3.0.0\n"),
        ("pip install flask\r\npip install six\r\n", "pip install flask==3.0.0\r\npip install six==1.16.0\r\n"),
        ("for p in flask six; do pip install $p; done", "for p in flask==3.0.0 six==1.16.0; do pip install $p; done"),
        ("pip install six>1 # why", "pip install six==1.16.0 # why"),
        ("pip install unheard-of", "pip install unheard-of"),
    ],
)
def test_a_script_by_itself(before: str, after: str) -> None:
    assert fixed("setup.sh", before) == after
    assert fixed("setup.sh", after) == after


def test_a_script_that_a_dockerfile_leads_to_stays() -> None:
    script = Path("a.sh")
    script.write_text("pip install flask\n")
    text = "FROM python:3.12\nCOPY a.sh /\nRUN /a.sh\n"
    assert fixed("Dockerfile", text, "--level=strict") == text
    assert script.read_text() == "pip install flask\n"


def test_what_is_looked_into(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.sh").write_text("pip install flask\n")
    Path("Dockerfile").write_text("FROM python:3.12\nCOPY a.sh /\nRUN /a.sh; sh $X\n")
    assert main(["--isolated", "--level=strict", "--show-files", "Dockerfile"]) == 0
    captured = capsys.readouterr()
    assert captured.out.split() == ["Dockerfile", "a.sh"]
    assert captured.err == "pinhook: Dockerfile:3: $X is a name that only the build knows, so it is not read\n"
    assert main(["--isolated", "--level=strict", "Dockerfile", "a.sh"]) == 1
    out = capsys.readouterr().out
    assert "a.sh:1:13: PIN001" in out
    assert "PIN012" not in out
    assert main(["--level=strict", "Dockerfile"]) == 1
    Path("pinhook.toml").write_text('[per-file-ignores]\n"a.sh" = ["PIN012"]\n')
    assert main(["--level=strict", "Dockerfile"]) == 0
