"""A second command among the arguments of an install command: one finding on its first word, none after it."""

from __future__ import annotations

import pytest

from pinhook.source import Source
from tests.checks import check
from tests.marks import mark, unmark

SECOND = r"""
pip install six==1.17.0 \⏎ ⟦pip⟧ install idna==3.7 -> pip starts a second pip install; write && before it
pip install six==1.17.0 ⟦pip3⟧ install -r r.txt -> pip3 starts a second pip install; write && before it
pip install -r r.txt ⟦pip⟧ install idna -> pip starts a second pip install; write && before it
pip install --upgrade pip==24.0 ⟦pip⟧ install idna -> pip starts a second pip install; write && before it
pip install six==1.17.0 ⟦/venv/bin/pip⟧ install idna -> /venv/bin/pip starts a second pip install; write && before it
pip install six==1.17.0 "⟦$VENV/bin/pip⟧" install x -> $VENV/bin/pip starts a second pip install; write && before it
pip install six==1.17.0 ⟦python⟧ -m pip install idna -> python starts a second pip install; write && before it
python3 -m pip install six==1.17.0 ⟦python3⟧ -m pip install x -> python3 starts a second pip install; write && before it
pip install six==1.17.0 ⟦sudo⟧ -H pip install idna -> sudo starts a second pip install; write && before it
pip install six==1.17.0 ⟦pip⟧ uninstall -y wheel -> pip starts a second pip uninstall; write && before it
pip install six==1.17.0 ⟦pip⟧ config set global.x y -> pip starts a second pip config set; write && before it
uv pip install six==1.17.0 ⟦uv⟧ pip install idna -> uv starts a second uv pip install; write && before it
uv pip sync r.txt ⟦uv⟧ pip install idna -> uv starts a second uv pip install; write && before it
uv add six==1.17.0 ⟦uv⟧ add idna -> uv starts a second uv add; write && before it
pipx install six==1.17.0 ⟦pipx⟧ install idna -> pipx starts a second pipx install; write && before it
pip install six==1.17.0 ⟦uv⟧ tool install ruff -> uv starts a second uv tool install; write && before it
pip install six==1.17.0 \⏎# why && \⏎ ⟦apt-get⟧ install -y curl -> apt-get starts another command, apt-get install; …
pip install six==1.17.0 ⟦X=1⟧ apt-get -qq update -> X=1 starts another command, apt-get -qq update; write && before it
pip install six==1.17.0 \⏎ ⟦cd⟧ /app -> cd starts another command, cd /app; write && before it
pip install six==1.17.0 ⟦rm⟧ -rf /root/.cache -> rm starts another command, rm -rf; write && before it
pip install six==1.17.0 ⟦git⟧ clone https://example.org/x -> git starts another command, git clone; write && before it
pip install six==1.17.0 ⟦python⟧ setup.py develop -> python starts another command, python setup.py; write && before it
pip install six==1.17.0 \⏎ ⟦RUN⟧ pip install x -> RUN is a word of this command; write && in place of RUN
pip install six==1.17.0 \⏎ ⟦COPY⟧ . /app -> COPY is a word of this command; remove the \ in front of it
"""
PACKAGES = """
pip install -c c.txt pip wheel
pip install -c c.txt -U pip setuptools wheel uv build twine
pip install -c c.txt uv pip wheel
pip install -c c.txt pip download-tool
pip install -c c.txt install pip
pip install -c c.txt cd uv sh ./package
pip install -c c.txt cd -U
pip install -c c.txt sh -c d.txt
pip install -c c.txt python pip-tools
pip install -c c.txt apt-get yarn npm
pip install -c c.txt run add sudo env time
pip install -c c.txt docker wget cmake ninja make
pip install -t cd /app
uvx ruff==0.6.0 cd /srv
uv run --with six==1.17.0 pip show six
pipx run black==24.1.0 pip install
"""


def checked(run: str) -> tuple[str, list[tuple[str, str]]]:
    text = f"FROM x\nRUN {run}\n"
    findings = check(Source("Dockerfile", text)).findings
    marked = mark(text, [finding.place.span for finding in findings])
    return marked.removeprefix("FROM x\nRUN ").rstrip(), [(finding.code, finding.message) for finding in findings]


@pytest.mark.parametrize("case", SECOND.strip().splitlines())
def test_the_first_word_of_a_second_command_is_reported(case: str) -> None:
    marked, message = case.replace("⏎", "\n").split(" -> ")
    found, [(code, said)] = checked(unmark(marked)[0])
    assert (found, code) == (marked, "PIN005")
    assert said.startswith(message.removesuffix("…"))


@pytest.mark.parametrize("case", PACKAGES.strip().splitlines())
def test_packages_that_are_called_like_commands(case: str) -> None:
    assert checked(case) == (case, [])
