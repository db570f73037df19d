"""Credentials in URLs are never printed."""

from __future__ import annotations

from pathlib import Path

import pytest

from pinhook.__main__ import main
from pinhook.redact import redact
from pinhook.reporters import REPORTERS
from tests.growth_inputs import count_calls


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
        ("git+https:/u:SECRET@h/r", "git+https:/***@h/r"),
        ("git+https:u:SECRET@h/r", "git+https:***@h/r"),
        ("https:///u:SECRET@h/r", "https:///***@h/r"),
        ("HTTPS://u:SECRET@h/r", "HTTPS://***@h/r"),
        (r"https:\/\/u:SECRET@h\/r", r"https:\/\/***@h\/r"),
        (r"https:\u002f\u002Fu:SECRET@h/r", r"https:\u002f\u002F***@h/r"),
        (r"https\u003a//u\u003aSECRET\u0040h/r", r"https\u003a//***\u0040h/r"),
        (r"\u0068ttps:/u:SECRET@h/r", r"\u0068ttps:/***@h/r"),
        ('https:"//u:SECRET@h/r"', 'https:"//***@h/r"'),
        ("https:'//'u:'SECRET'@h/r", "https:'//'***'@h/r"),
        ("https:/`/u:SE^CRET@h", "https:/`/***@h"),
        ("https://u:\\SECRET@h", "https://***@h"),
        ("https://u:SECRET@h ssh://v:SECRET@h", "https://***@h ssh://***@h"),
        ("https:https://u:SECRET@h", "https:https://***@h"),
        ("https:x?u=https://u:SECRET@h", "https:x?u=https://***@h"),
        ('["a","https://u:SECRET@h","x@1"]', '["a","https://***@h","x@1"]'),
        ("https://h/x?auth=SECRET", "https://h/x?auth=***"),
        ("https://h/x?a=1&pw=SECRET&b=2", "https://h/x?a=1&pw=***&b=2"),
        ("https://h/x?passwd=SECRET", "https://h/x?passwd=***"),
        ("https://h/x?credential=SECRET", "https://h/x?credential=***"),
        ("https://h/x?X-Amz-Credential=SECRET", "https://h/x?X-Amz-Credential=***"),
        ("https://h/x#token=SECRET", "https://h/x#token=***"),
        ("https://h/x#egg=a&api_key=SECRET", "https://h/x#egg=a&api_key=***"),
        ("https://h/x?apikey=SECRET;v=1", "https://h/x?apikey=***;v=1"),
        ("https://h/x?token_id=SECRET", "https://h/x?token_id=***"),
        (r"https://h/x\u003ftoken\u003dSECRET", r"https://h/x\u003ftoken\u003d***"),
        ("'https://h/x?token=SECRET'", "'https://h/x?token=***'"),
        ("https://h/x?'token'=\"SECRET\"", "https://h/x?'token'=\"***\""),
    ],
)
def test_credentials_are_redacted(text: str, masked: str) -> None:
    assert redact(text) == masked
    assert redact(masked) == masked


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
        "git+file:///srv/r@v1",
        "git+ssh://git@h:22/r@v1",
        "git@h:o/r@v1",
        '["pip","install","https://h","x@v1"]',
        "https://h/x?ref=main&sha=1#egg=tokens&subdirectory=key",
        "https://h/x#sha256=0",
        "flask==1.0; sys_platform == 'x'",
        "COPY a@b c:/d@e",
        "'https://$USER:${TOKEN}@h/r'",
    ],
)
def test_text_without_credentials_stays(text: str) -> None:
    assert redact(text) == text


@pytest.mark.parametrize(
    "word", ["https:", "://", "://a@", "?token=", "?token=x", '"', '" , "', 'https:"', "\\u0040", "@", "? "]
)
def test_redaction_takes_linear_time(word: str) -> None:
    few, more = (count_calls(lambda count=count: redact(word * count)) for count in (200, 400))  # type: ignore[misc]
    assert more <= 2.2 * few + 20


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
def test_no_message_contains_a_secret(
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


@pytest.mark.parametrize("name", [reporter.name for reporter in REPORTERS])
@pytest.mark.parametrize(
    "line",
    [
        'RUN ["pip", "install", "git+https:\\/\\/u:SECRET@h\\/r"]',
        'RUN ["pip", "install", "git+https:\\u002f\\u002fu:SECRET@h/r"]',
        'RUN pip install git+https:"//u:SECRET@h/r"',
        "RUN pip install git+https:/u:SECRET@h/r",
        "RUN pip install git+https://u:SEC\\\nRET@h/r",
        "RUN pip install 'git+https://h/r?auth=SECRET'",
        "RUN pip install git+https://h/r?pw=SECRET",
        "RUN pip install git+https://h/r?passwd=SECRET",
        "RUN pip install git+https://h/r?credential=SECRET",
        "RUN pip install git+https://h/r#token=SECRET",
        "RUN pip install flask -i https://u:'SECRET'@h/simple",
        "ARG P=git+https:/u:SECRET@h/r\nRUN pip install $P",
        "RUN pip install https://h/x=https://u:SECRET@h/r=",
    ],
)
def test_no_format_contains_a_secret(
    name: str, line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("Dockerfile").write_text(f"FROM python\n{line}\nRUN pip install loose\n")
    main(["Dockerfile", "--level=hashes", f"--format={name}"])
    said = "".join(capfd.readouterr())
    assert "loose" in said
    assert not any(part in said for part in ("SECRET", "SEC", "RET"))
