"""The options and variables of a command that influence its versions."""

from __future__ import annotations

import pytest

from pinhook.fix.given_options import UndecidableOptionsError
from pinhook.fix.index_options import IndexOptions, index_options_of
from pinhook.fix.steps import steps_of
from tests.checks import document_of

A, B = "https://example.org/a", "https://example.org/b"
PIP = IndexOptions(strategy="unsafe-best-match")


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
        ("RUN pip install --uploaded-prior-to 2025-01-01 x", PIP._replace(cutoff="2025-01-01T00:00:00Z")),
        ("RUN pip install --uploaded-prior-to '2025-01-01 12:00:00' x", PIP._replace(cutoff="2025-01-01T12:00:00Z")),
        ("RUN uv add --exclude-newer 2025-01-01T12:00:00+01:00 x", IndexOptions(cutoff="2025-01-01T12:00:00+01:00")),
        ("RUN pip install --only-binary=:all: x", PIP._replace(only_wheels=(":all:",))),
        ("RUN pip install --only-binary a,b --only-binary c x", PIP._replace(only_wheels=("a", "b", "c"))),
        ("RUN pip install --only-binary :all: --only-binary :none: x", PIP),
        ("RUN PIP_ONLY_BINARY=:all: pip install x", PIP._replace(only_wheels=(":all:",))),
        ("ENV PIP_PREFER_BINARY=0\nRUN pip install x", PIP),
        ("RUN uv pip install --no-build x", IndexOptions(only_wheels=(":all:",))),
        ("RUN pip install --no-deps x", PIP._replace(no_deps=True)),
        ("ARG PIP_NO_DEPS=1\nRUN pip install x", PIP._replace(no_deps=True)),
        ("RUN pip install --no-binary=:none: x", PIP),
        ("RUN pip install --no-binary=a,b x", PIP._replace(no_wheels=("a", "b"))),
        ("ENV PIP_NO_BINARY=:all:\nRUN pip install x", PIP._replace(no_wheels=(":all:",))),
        ("RUN uv add --no-binary x", IndexOptions(no_wheels=(":all:",))),
        ("RUN uv pip install --resolution highest x", IndexOptions()),
        (f"ENV PIP_INDEX_URL={A} PIP_PLATFORM=any PIP_CONFIG_FILE=x\nRUN pip --isolated install x", PIP),
        ("ENV PIP_CONFIG_FILE=/dev/null PIP_INDEX_URL=\nRUN pip install x", PIP),
        (f"RUN pipx install --pip-args='--pre -i {A}' x", PIP._replace(default=A, prereleases=True)),
        ("RUN python3.9 -m pip install x", PIP._replace(python="3.9")),
        ("RUN /usr/bin/pip3.9 install x", PIP._replace(python="3.9")),
        ("RUN uv pip install --python-version 3.8 --target t x", IndexOptions(python="3.8")),
        ("RUN pipx install --index-url=" + A + " x", PIP._replace(default=A)),
        ("RUN pipx runpip e install -i " + A + " x", PIP._replace(default=A)),
        ("RUN easy_install x", PIP),
        ("RUN uv pip install x", IndexOptions()),
        (f"RUN uv pip install --default-index {A} --index b={B} x", IndexOptions(default=A, extra=(B,))),
        ("RUN uv pip install --prerelease allow -p 3.10 x", IndexOptions(prereleases=True, python="3.10")),
        (f"RUN uv pip install -i {A} -f{B} x", IndexOptions(default=A, links=(B,))),
        (f"ENV UV_INDEX_URL={A} PIP_INDEX_URL={B}\nRUN uv pip install x", IndexOptions(default=A)),
        ("RUN uv pip install --index-strategy unsafe-first-match x", IndexOptions(strategy="unsafe-first-match")),
        ("RUN uv add --exclude-newer 2025-01-01 x", IndexOptions(cutoff="2025-01-01")),
        ("RUN uv tool install --python python3.11 x", IndexOptions(python="3.11")),
        ("RUN uv pip install --python /usr/bin/python3 x", IndexOptions()),
        ("RUN uvx --pre x --index-url nothing", IndexOptions(prereleases=True)),
        ("RUN uv run --with x y --pre", IndexOptions()),
        ("RUN xvfb-run pip install x", PIP),
        (f"RUN $RUNNER pip install -i {A} x", PIP._replace(default=A)),
        (f"RUN xvfb-run pip install -i {A} x", PIP._replace(default=A)),
        (f"RUN xvfb-run uv pip install -i {A} x", IndexOptions(default=A)),
        (f"RUN $RUNNER uv pip install -i {A} x", IndexOptions(default=A)),
    ],
)
def test_index_options(text: str, choice: IndexOptions) -> None:
    [step] = [step for step in steps_of(document_of(f"FROM x\n{text}").parsed) if step.installation]
    assert index_options_of(step) == choice


@pytest.mark.parametrize("text", ["RUN echo", "RUN echo 'a"])
def test_what_installs_nothing_chooses_nothing(text: str) -> None:
    [step] = steps_of(document_of(f"FROM x\n{text}").parsed)
    assert index_options_of(step) == PIP


@pytest.mark.parametrize(
    ("text", "caveat", "choice"),
    [
        ("RUN pip install -f wheels x", "--find-links names a folder", PIP),
        ("RUN pip install --extra-index-url file:///x x", "--extra-index-url names a folder", PIP),
        ("RUN pip install --extra-index-url $URL x", "only the build knows the value of --extra-index-url ($URL)", PIP),
        (f"RUN pip install -f $F --extra-index-url {A} x", "the value of --find-links ($F)", PIP._replace(extra=(A,))),
    ],
)
def test_further_sources_that_cannot_be_asked(text: str, caveat: str, choice: IndexOptions) -> None:
    [step] = [step for step in steps_of(document_of(f"FROM x\n{text}").parsed) if step.installation]
    options = index_options_of(step)
    assert caveat in options.caveats[0]
    assert options._replace(caveats=()) == choice


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("RUN pip install -i $URL x", "only the build knows the value of --index-url"),
        ("RUN pip install -i https://$TOKEN@example.org/simple x", "only the build knows the value of --index-url"),
        ("RUN uv pip install -f wheels x", "--find-links names a folder"),
        ("RUN uv pip install --extra-index-url file:///x x", "--extra-index-url names a folder"),
        ("RUN pip install -i file:///x x", "--index-url names a folder"),
        ("RUN pip install --no-index x", "no index is used"),
        ("ENV PIP_NO_INDEX=1\nRUN pip install x", "no index is used"),
        ("RUN pip install --index-url https://$USER:${TOKEN}@example.org x", r"--index-url \(\$USER, \${TOKEN}\)"),
        ("ENV PIP_INDEX_URL=$URL\nRUN pip install x", r"the value of PIP_INDEX_URL \(\$URL\)"),
        ('RUN pipx install --pip-args="-i $URL" x', r"the value of --pip-args \(\$URL\)"),
        ("RUN pip install -i https://[::1 x", "--index-url has a value that is not a URL"),
        ("RUN pip install -i https://example.org:x x", "--index-url has a value that is not a URL"),
        ("RUN pip install --uploaded-prior-to=P7DX x", "--uploaded-prior-to has a value that is neither .*: P7DX"),
        ("RUN pip install --uploaded-prior-to=P7D x", "neither a date nor a date with a time"),
        ("RUN uv pip install --exclude-newer '7 days' x", "neither a date nor a date with a time"),
        ("RUN uv pip install --exclude-newer 2024-02-31 x", "neither a date nor a date with a time"),
        ("RUN pip install --uploaded-prior-to=$DAY x", "neither a date nor a date with a time: "),
        ("RUN uv pip install --index-strategy best x", "--index-strategy has the value best"),
        ("RUN uv pip install --prerelease disallow x", "--prerelease has the value disallow"),
        ("RUN pip install --trusted-host a/b x", "--trusted-host has the value a/b"),
        ("RUN pip install --no-binary $P x", "only the build knows the value of --no-binary"),
        ("RUN pip install --no-binary a/b x", "--no-binary=a/b influences"),
        ("ENV UV_NO_BINARY=1\nRUN uv pip install x", "--no-binary=1 influences"),
        ("RUN uv add --no-binary-package x x", "--no-binary-package influences"),
        ("RUN pip install --no-binary=x --only-binary=:all: x", "--no-binary beside --only-binary influences"),
        ("RUN pip install --only-binary $P x", "only the build knows the value of --only-binary"),
        ("RUN pip install --only-binary a/b x", "--only-binary=a/b influences"),
        ("RUN pip install --platform linux_x86_64 --no-deps x", "--platform influences"),
        ("RUN pip install --prefer-binary x", "--prefer-binary influences"),
        ("ENV PIP_PREFER_BINARY=1\nRUN pip install x", "--prefer-binary influences"),
        ("RUN pip install --abi cp38 x", "--abi influences"),
        ("RUN pip install --implementation pp x", "--implementation influences"),
        ("RUN pip install --python-version 3.8 --target t x", "--python-version influences"),
        ("ENV PIP_PYTHON_VERSION=3.8\nRUN pip install x", "--python-version influences"),
        ("ENV PIP_PLATFORM=any\nRUN pip install x", "--platform influences"),
        ("RUN pip install --ignore-requires-python x", "--ignore-requires-python influences"),
        ("RUN PIP_IGNORE_REQUIRES_PYTHON=yes pip install x", "--ignore-requires-python influences"),
        ("RUN pip install --all-releases :all: x", "--all-releases influences"),
        ("RUN uv pip install --resolution lowest x", "--resolution influences"),
        ("ENV UV_RESOLUTION=lowest\nRUN uv pip install x", "--resolution influences"),
        ("RUN uv pip install --overrides o.txt x", "--overrides? influences"),
        ("RUN uv pip install --torch-backend cpu x", "--torch-backend influences"),
        ("RUN UV_PYTHON_PLATFORM=windows uv pip install x", "--python-platform influences"),
        ("ENV PIP_CONFIG_FILE=/p.conf\nRUN pip install x", "PIP_CONFIG_FILE=/p.conf may name another index"),
        ("ENV UV_CONFIG_FILE=/u.toml\nRUN uv pip install x", "UV_CONFIG_FILE=/u.toml may name another index"),
        ("RUN easy_install -i https://example.org x", "easy_install may look elsewhere"),
    ],
)
def test_undecidable(text: str, reason: str) -> None:
    [step] = [step for step in steps_of(document_of(f"FROM x\n{text}").parsed) if step.installation]
    with pytest.raises(UndecidableOptionsError, match=reason):
        index_options_of(step)
