"""No credentials of a URL are printed."""

from __future__ import annotations

from pathlib import Path

import pytest

from pinhook.__main__ import main
from pinhook.masking import mask


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("git+https://user:token@host/r@v1", "git+https://***@host/r@v1"),
        ("git+https://token@host/r", "git+https://***@host/r"),
        ("https://user:p@ss@host/x.whl", "https://***@host/x.whl"),
        ("https://user:$TOKEN@host/x.whl", "https://***@host/x.whl"),
        ("https://${TOKEN:-secret}@host/r", "https://***@host/r"),
        ("write https://a:b@h/r or https://c@h/r", "write https://***@h/r or https://***@h/r"),
        ("https://h/x.zip?private_token=abc&ref=v1#sha256=0", "https://h/x.zip?private_token=***&ref=v1#sha256=0"),
        ("https://h/x.zip?X-Amz-Signature=abc", "https://h/x.zip?X-Amz-Signature=***"),
    ],
)
def test_credentials_are_masked(text: str, masked: str) -> None:
    assert mask(text) == masked
    assert mask(masked) == masked


@pytest.mark.parametrize(
    "text",
    [
        "flask==1.0",
        "https://h/x.whl",
        "https://h/r@v1",
        "git+ssh://git@h/r.git",
        "git+https://${TOKEN}@h/r",
        "git+https://$USER:$TOKEN@h/r",
        "flask @ git+https://h/r@main",
    ],
)
def test_what_gives_nothing_away_stays(text: str) -> None:
    assert mask(text) == text


SECRET = "https://me:hunter2@host/"


@pytest.mark.parametrize(
    "arguments",
    [
        [SECRET],
        [SECRET, "--format=json"],
        [SECRET, "--format=junit"],
        ["Dockerfile", f"--format={SECRET}"],
        ["Dockerfile", f"--select={SECRET}"],
        ["Dockerfile", f"--allow={SECRET}"],
        ["Dockerfile", f"--config={SECRET}"],
        ["Dockerfile", f"--output-file={SECRET}"],
        ["Dockerfile", f"--{SECRET}"],
        [f"--explain={SECRET}"],
        ["Dockerfile"],
        ["Dockerfile", "--show-settings"],
    ],
)
def test_no_message_tells_a_secret(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("Dockerfile").write_text("FROM python\n")
    if len(arguments) == 1 or "--show-settings" in arguments:
        Path("pinhook.toml").write_text(f'allow = ["{SECRET}"]\n"{SECRET}" = 1\n')
    try:
        code = main(arguments)
    except SystemExit as stop:
        code = int(stop.code or 0)
    said = "".join(capfd.readouterr())
    assert code == 2
    assert "https://***@host/" in said
    assert "hunter2" not in said
