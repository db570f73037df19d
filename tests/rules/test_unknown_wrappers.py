"""Shell code after an unknown command, and text that only looks like it. ⟦ ⟧ marks the findings."""

from __future__ import annotations

import pytest

from pinhook.source import Source
from tests.checks import check
from tests.marks import unmark

RUNS = [
    "RUN ssh-agent sh -c 'ssh-add /k && pip install ⟦flask⟧'",
    "RUN retry bash -c 'pip install ⟦flask⟧ six==1.17.0'",
    'RUN retry 3 bash -lc "pip install ⟦flask⟧"',
    "RUN mise exec -- bash -c 'pip install ⟦flask⟧'",
    "RUN /entrypoint.sh bash -eo pipefail -c 'pip install ⟦flask⟧'",
    "RUN ./x /bin/sh -c 'pip install ⟦flask⟧'",
    "RUN retry dash -c 'pip install ⟦flask⟧'",
    "RUN retry zsh -c 'pip install ⟦flask⟧'",
    "RUN retry eval 'pip install ⟦flask⟧'",
    "RUN retry su -c 'pip install ⟦flask⟧' user",
    "RUN retry su - user -c 'pip install ⟦flask⟧'",
    "RUN retry sudo bash -c 'pip install ⟦flask⟧'",
    "RUN retry sudo -E env A=1 nice -n 5 bash -c 'pip install ⟦flask⟧'",
    "RUN sudo retry bash -c 'pip install ⟦flask⟧'",
    "RUN retry bash -c 'retry bash -c \"pip install ⟦flask⟧\"'",
    "RUN retry sh <<EOF\npip install ⟦flask⟧\nEOF",
    "RUN retry sh -s <<< 'pip install ⟦flask⟧'",
    "RUN echo 'pip install ⟦flask⟧' | retry sh",
    "RUN echo a | retry sh -c 'pip install ⟦flask⟧'",
    "RUN retry sh -c 'pip install ⟦flask⟧' | tee log",
    "RUN A=1 retry bash -c 'pip install ⟦flask⟧'",
    "RUN ! retry bash -c 'pip install ⟦flask⟧' || exit 1",
    "RUN if retry bash -c 'pip install ⟦flask⟧'; then :; fi",
    "RUN $(which retry) bash -c 'pip install ⟦flask⟧'",
    "RUN $SHELL -c 'pip install ⟦flask⟧'",
    "RUN \"${SHELL}\" -ec 'pip install ⟦flask⟧'",
    "RUN ${SHELL:-/bin/sh} -c 'pip install ⟦flask⟧'",
    "RUN script -c 'pip install ⟦flask⟧' /dev/null",
    "RUN script -qec 'pip install ⟦flask⟧' /dev/null",
    "RUN script /dev/null -q --command='pip install ⟦flask⟧'",
    "RUN nix-shell -p python3 --run 'pip install ⟦flask⟧'",
    "RUN nix-shell --command 'pip install ⟦flask⟧'",
    "RUN nix develop -c bash -c 'pip install ⟦flask⟧'",
    "RUN fish -c 'pip install ⟦flask⟧'",
    'CMD ["/entrypoint.sh", "bash", "-c", "pip install ⟦flask⟧"]',
    'ENTRYPOINT ["tini", "--", "retry", "sh", "-c", "pip install ⟦flask⟧"]',
]

OTHERS = [
    "RUN echo sh -c 'pip install x'",
    "RUN printf '%s' sh -c 'pip install x'",
    "RUN git commit -m \"bash -c 'pip install x'\"",
    "RUN git commit -m x bash -c 'pip install x'",
    "RUN apt-get install bash -c 'pip install x'",
    "RUN sudo apt-get install -y bash -c 'pip install x'",
    "RUN chsh -s /bin/bash -c 'pip install x'",
    "RUN chsh -s /bin/bash root && useradd -s /bin/bash x",
    "RUN usermod -s /bin/bash x <<< 'pip install x'",
    "RUN grep -r sh -c 'pip install x'",
    "RUN which bash -c 'pip install x'",
    "RUN ln -s /bin/bash -c 'pip install x'",
    "RUN docker run x bash -c 'pip install x'",
    "RUN retry bash script.sh 'pip install x'",
    "RUN retry bash script.sh -c 'pip install x'",
    "RUN retry --shell=bash 'pip install x'",
    "RUN retry bash -c 'echo pip install x'",
    "RUN script log",
    "RUN nix-shell --run",
    "RUN $OTHER -c 'pip install x'",
    "RUN pip config set a sh -c 'pip install x'",
    'CMD ["echo", "bash", "-c", "pip install x"]',
]


@pytest.mark.parametrize("marked", [*RUNS, *OTHERS])
@pytest.mark.parametrize("head", ["FROM python\n", 'FROM python\nSHELL ["/bin/bash", "-c"]\n'])
def test_shells_behind_unknown_commands(marked: str, head: str) -> None:
    text, spans = unmark(head + marked + "\n")
    assert [finding.place.span for finding in check(Source("Dockerfile", text)).findings] == spans
