"""Which options and variables of a command decide about versions."""

from __future__ import annotations

import pytest

from pinhook.fix.options import Choice, UnclearError, choice_of
from pinhook.fix.steps import read
from pinhook.source import Source

A, B = "https://example.org/a", "https://example.org/b"
PIP = Choice(strategy="unsafe-best-match")


@pytest.mark.parametrize(
    ("text", "choice"),
    [
        ("RUN pip install x", PIP),
        (f"RUN pip install -Ui {A} x", PIP._replace(default=A)),
        (f"RUN pip --no-cache-dir install x --index-u={A}", PIP._replace(default=A)),
        (f"RUN pip install --extra-index-url {A} --extra-index-url {B} x", PIP._replace(extra=(A, B))),
        (f"ENV PIP_INDEX_URL={A}\nRUN pip install x", PIP._replace(default=A)),
        (f"ENV PIP_INDEX_URL={A}\nRUN pip install -i {B} x", PIP._replace(default=B)),
        (f"RUN PIP_EXTRA_INDEX_URL='{A} {B}' pip install x", PIP._replace(extra=(A, B))),
        (f"ARG I={A}\nRUN pip install -i $I x", PIP._replace(default=A)),
        (f"RUN pip install -f {A} --trusted-host example.org x", PIP._replace(links=(A,), hosts=("example.org",))),
        ("RUN pip install --pre x", PIP._replace(prereleases=True)),
        ("RUN PIP_PRE=1 pip install x", PIP._replace(prereleases=True)),
        ("RUN PIP_PRE=0 pip install x", PIP),
        ("RUN pip install --uploaded-prior-to 2025-01-01 x", PIP._replace(cutoff="2025-01-01")),
        ("RUN python3.9 -m pip install x", PIP._replace(python="3.9")),
        ("RUN /usr/bin/pip3.9 install x", PIP._replace(python="3.9")),
        ("RUN pip install --python-version 3.8 --target t x", PIP._replace(python="3.8")),
        ("RUN pipx install --index-url=" + A + " x", PIP._replace(default=A)),
        ("RUN pipx runpip e install -i " + A + " x", PIP._replace(default=A)),
        ("RUN easy_install x", PIP),
        ("RUN uv pip install x", Choice()),
        (f"RUN uv pip install --default-index {A} --index b={B} x", Choice(default=A, extra=(B,))),
        ("RUN uv pip install --prerelease allow -p 3.10 x", Choice(prereleases=True, python="3.10")),
        (f"RUN uv pip install -i {A} -f{B} x", Choice(default=A, links=(B,))),
        (f"ENV UV_INDEX_URL={A} PIP_INDEX_URL={B}\nRUN uv pip install x", Choice(default=A)),
        ("RUN uv pip install --index-strategy unsafe-first-match x", Choice(strategy="unsafe-first-match")),
        ("RUN uv add --exclude-newer 2025-01-01 x", Choice(cutoff="2025-01-01")),
        ("RUN uv tool install --python python3.11 x", Choice(python="3.11")),
        ("RUN uv pip install --python /usr/bin/python3 x", Choice()),
        ("RUN uvx --pre x --index-url nothing", Choice(prereleases=True)),
        ("RUN uv run --with x y --pre", Choice()),
        ("RUN xvfb-run pip install x", PIP),
        (f"RUN $RUNNER pip install -i {A} x", PIP._replace(default=A)),
        (f"RUN xvfb-run pip install -i {A} x", PIP._replace(default=A)),
        (f"RUN xvfb-run uv pip install -i {A} x", Choice(default=A)),
        (f"RUN $RUNNER uv pip install -i {A} x", Choice(default=A)),
    ],
)
def test_choice(text: str, choice: Choice) -> None:
    [step] = [step for step in read(Source("Dockerfile", f"FROM x\n{text}")) if step.installation]
    assert choice_of(step) == choice


@pytest.mark.parametrize("text", ["RUN echo", "RUN echo 'a"])
def test_what_installs_nothing_chooses_nothing(text: str) -> None:
    [step] = read(Source("Dockerfile", f"FROM x\n{text}"))
    assert choice_of(step) == PIP


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("RUN pip install -i $URL x", "only the build knows the value of --index-url"),
        ("RUN pip install -i https://$TOKEN@example.org/simple x", "only the build knows the value of --index-url"),
        ("RUN pip install -f wheels x", "--find-links names a folder"),
        ("RUN pip install --extra-index-url file:///x x", "--extra-index-url names a folder"),
        ("RUN pip install --no-index x", "no index is asked"),
        ("ENV PIP_NO_INDEX=1\nRUN pip install x", "no index is asked"),
    ],
)
def test_unclear(text: str, reason: str) -> None:
    [step] = [step for step in read(Source("Dockerfile", f"FROM x\n{text}")) if step.installation]
    with pytest.raises(UnclearError, match=reason):
        choice_of(step)
