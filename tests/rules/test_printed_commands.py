"""Install commands that ``echo`` or ``printf`` prints for a shell, and aliases. ⟦ ⟧ marks the findings."""

from __future__ import annotations

import pytest

from pinhook.source import Source
from tests.checks import check
from tests.marks import unmark

ANY = [
    'RUN eval "$(echo pip install ⟦flask⟧)"',
    "RUN eval `echo pip install ⟦flask⟧`",
    "RUN eval $(echo pip) install ⟦flask⟧",
    "RUN $(echo pip install) ⟦flask⟧",
    "RUN `echo pip install` ⟦flask⟧",
    'RUN "$(echo pip)" install ⟦flask⟧',
    "RUN pip install $(echo ⟦flask⟧ six==1.17.0)",
    'RUN pip install "$(echo ⟦flask⟧)"',
    "RUN x=$(echo ⟦flask⟧); pip install $x",
    "RUN x=⟦flask⟧; pip install $(echo $x)",
    "RUN pip install six==$(echo 1.17.0)",
    "RUN pip install $(printf '%s ' ⟦flask⟧ six==1.17.0)",
    'RUN sh -c "$(echo pip install ⟦flask⟧)"',
    "RUN printf 'pip install\\x20⟦flask⟧' | sh",
    "RUN printf 'pip install\\040⟦flask⟧' | sh",
    "RUN . /dev/stdin <<EOF\npip install ⟦flask⟧\nEOF",
    "RUN pip install $(cat r.txt) $(echo `cat r.txt`) $(echo flask > log)",
    "RUN echo $(echo pip install flask)",
    "RUN uvx ⟦pip⟧ install ⟦flask⟧",
    "RUN uvx pip@24.0 install ⟦flask⟧ six==1.17.0",
    "RUN uvx --from pip==24.0 pip install ⟦flask⟧",
    "RUN uv tool run pip@24.0 install ⟦flask⟧",
    "RUN uv tool run --quiet pip==24.0 install ⟦flask⟧",
    "RUN pipx run pip==24.0 install ⟦flask⟧",
    "RUN pipx run --spec pip==24.0 pip install ⟦flask⟧",
    "RUN uvx ruff@0.6.0 check && uvx pip@24.0 list && pipx run ruff==0.6.0 check pip install",
    "RUN <<EOF\nalias p='pip install'\nalias q=p\np ⟦flask⟧\nq ⟦six⟧\nEOF",
    "RUN <<EOF\nalias pip='pip install'\nf() { pip ⟦flask⟧; }\nf\nunalias pip\npip six\nEOF",
    "RUN alias p='pip install'; p flask",
]

BASH = [
    "RUN . <(echo pip install ⟦flask⟧)",
    "RUN source <(printf 'pip install ⟦flask⟧\\n')",
    "RUN bash <(echo pip install ⟦flask⟧)",
    "RUN bash -ex <(echo pip install ⟦flask⟧) a",
    "RUN sh < <(echo pip install ⟦flask⟧)",
    "RUN x=1; . <(echo 'x=⟦flask⟧'); pip install $x",
    "RUN echo -e 'pip install\\x20⟦flask⟧' | bash",
    "RUN . <(echo -e 'pip install\\n\\tpip install\\x20⟦flask⟧')",
    "RUN bash <(curl https://example.org/pip.sh) && source venv/bin/activate",
    "RUN cat <(echo pip install flask)",
    "RUN <<EOF\n#!/bin/bash\nshopt -s expand_aliases\nalias p='pip install'\np ⟦flask⟧\nEOF",
    "RUN <<EOF\n#!/bin/bash\nalias p='pip install'\np flask\nEOF",
]


@pytest.mark.parametrize("marked", [*ANY, *BASH])
def test_printed_commands(marked: str) -> None:
    head = 'FROM python\nSHELL ["/bin/bash", "-c"]\n' if marked in BASH else "FROM python\n"
    text, spans = unmark(head + marked + "\n")
    findings = [finding for finding in check(Source("Dockerfile", text)).findings if finding.code == "PIN001"]
    assert [finding.place.span for finding in findings] == spans


@pytest.mark.parametrize("operator", [":-", "-"])
def test_a_value_that_only_the_build_knows_is_not_empty_for_sure(operator: str) -> None:
    report = check(Source("Dockerfile", f"RUN x=$(cmd); pip install ${{x{operator}six==1}}\n"))
    assert (report.findings, report.unknown_targets) == ((), 1)
