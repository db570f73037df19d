"""No report controls a terminal or a CI system, or contains a secret, whatever is in the Dockerfile."""

from __future__ import annotations

import json
import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pinhook.reporters import REPORTERS
from pinhook.reporters.reporter import FileError, Outcome, Style
from pinhook.rules import RULES
from pinhook.source import Source
from tests.checks import check
from tests.reporters.runs import HOSTILE, render, report, with_fixes

ALL = [rule.code for rule in RULES]
FORMATS = [reporter.name for reporter in REPORTERS]
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")

# how GitHub's runner looks for commands (src/Runner.Common/ActionCommand.cs), and those of Azure and TeamCity
COMMAND = re.compile(r"^\s*::(?P<command>.*?)::(?P<data>.*)|##\w*\[", re.MULTILINE)
OURS = re.compile(r"(error|warning|notice) file=[^:,\r\n]*(,(line|col|endLine|endColumn)=\d+)*,title=[^:,\r\n]*")

HOSTILE_TEXT = st.lists(
    st.sampled_from(
        [
            "::",
            "error",
            " file=x",
            "##",
            "#",
            "[",
            "]",
            "vso",
            "\n",
            "\r",
            "\x1b[1m",
            "%",
            "%0A",
            ",",
            ":",
            "a",
            "\udc80",
        ]
    )
).map("".join)


def assert_is_harmless(name: str, text: str) -> None:
    assert not CONTROL.search(text)
    for command in COMMAND.finditer(text):
        assert name == "github"
        assert command["command"], command
        assert OURS.fullmatch(command["command"]), command
        assert not re.search(r"%(?!25|0D|0A)", command["data"])


@pytest.mark.parametrize("name", FORMATS)
def test_a_hostile_run(name: str) -> None:
    assert_is_harmless(name, render(name, HOSTILE))
    assert_is_harmless(name, render(name, with_fixes(HOSTILE)))


@pytest.mark.parametrize("name", FORMATS)
@given(path=HOSTILE_TEXT, word=HOSTILE_TEXT, rest=HOSTILE_TEXT)
def test_any_text(name: str, path: str, word: str, rest: str) -> None:
    outcome = Outcome((report(path, f"{rest}⟦{word}⟧{rest}"), report(path, "ok")), (FileError(path, word),))
    text = render(name, with_fixes(outcome))
    assert_is_harmless(name, text)
    assert_is_harmless(name, render(name, outcome))
    if name in {"json", "sarif", "gitlab"}:
        json.loads(text)
    if name == "junit":
        ET.fromstring(text)


def test_no_command_is_added_to_those_of_the_findings() -> None:
    commands = [line for line in render("github", HOSTILE).splitlines() if line.lstrip().startswith("::")]
    assert len(commands) == sum(1 for _ in HOSTILE.findings) + len(HOSTILE.file_errors)


SECRETS = r"""
FROM python
ARG URL=https://me:hunter2@host/simple
RUN pip install -i https://me:hunter2@host/simple flask
RUN pip install git+https://hunter2@host/repository 'x @ git+https://me:hunter2@host/r' \
    https://host/x.zip?token=hunter2 git+https://me:hunter2@host/r@
RUN pip install "git+https://me:hunter2@\
host/r" # pinhook: ignore
RUN pip install flask>=https://me:hunter2@host -i https://me:hunter2@host && pip install --req https://me:hunter2@host
RUN pip install git+https://me:hunter2\
@host/repository git+https://\
hunter2@host/repository
ARG TOKEN=hunter2
RUN pip install git+https://$TOKEN@host/repository x @ git+https://hunter2@host/repository
RUN PIP_INDEX_URL=https://hunter2@host/simple pip install flask
RUN pip install -r https://hunter2@host/requirements.txt $URL "$URL/${URL}" HTTPS://me:hunter2@host/x
RUN for each in https://me:hunter2@host/a.zip git+https://hunter2@host/b; do pip install $each; done
# pinhook: ignore[PIN001] see https://me:hunter2@host/
RUN pip install flask
# pinhook: ignore[PIN001: https://me:hunter2@host/]
RUN pip install flask
RUN pip install flask -i https://me:hun\
ter2@host/simple
RUN pip install "https://me:hunter2@host
"""


@pytest.mark.parametrize("name", FORMATS)
def test_no_secret_is_printed(name: str) -> None:
    outcome = Outcome((check(Source("Dockerfile", SECRETS), ALL),))
    text = render(name, outcome, Style(color=True))
    assert sum(1 for _ in outcome.findings) > 5
    assert "hunter2" not in text
    assert "***" in text
