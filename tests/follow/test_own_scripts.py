"""The fast test whether a Dockerfile may run a script that it writes itself. It may be wrong in one direction only."""

from __future__ import annotations

import pytest

from pinhook import dockerfile
from pinhook.documents.own_scripts import may_run_own_script
from pinhook.source import Source

INSTALL = "pip install flask"


def may_run(text: str) -> bool:
    return may_run_own_script(dockerfile.parse(Source("Dockerfile", f"FROM python:3.12\n{text}\n")))


@pytest.mark.parametrize(
    "text",
    [
        f"RUN echo '{INSTALL}' > /s.sh && sh /s.sh",
        f"RUN echo '{INSTALL}' > /s && chmod +x /s && /s",
        f"RUN printf '{INSTALL}' | tee /s.sh\nRUN /s.sh",
        f"RUN cat > /s <<EOF\n{INSTALL}\nEOF\nCMD /s",
        f"COPY <<EOF /s\n{INSTALL}\nEOF\nRUN /s",
        f"RUN echo '{INSTALL}' > /s.txt && sh -e /s.txt",
        f"RUN echo '{INSTALL}' > /s.list && . /s.list",
        f"RUN curl -o x https://example.org/x; echo '{INSTALL}' > /s && /s",
        f"RUN grep -q x /y && echo '{INSTALL}' > /s && /s",
        f"RUN (sed s/a/b/ /x; echo '{INSTALL}') > /s && /s",
        f"RUN sed s/a/b/ /x | cat - > /s; echo '{INSTALL}' >> /s && /s",
        f"RUN echo '{INSTALL}; curl https://example.org/x' > /s && sh /s",
        f'RUN echo "{INSTALL} && git clone https://example.org/x" > /s && sh /s',
        f"RUN printf '%s\\n' '{INSTALL}' '; sed s/a/b/ x' > /s && sh /s",
        f"RUN echo '{INSTALL}' > /s.conf && chmod +x /s.conf && /s.conf",
        f"RUN echo '{INSTALL}' > /s.conf\nRUN /s.conf",
        f"RUN echo '{INSTALL}' > /s.txt && chmod +x /s.txt && \\\n  /s.txt",
        f'RUN echo "{INSTALL}" > /s.conf\nCMD ["/s.conf"]',
        f"RUN D=/x && echo '{INSTALL}' > $D && sh $D",
    ],
)
def test_it_misses_none(text: str) -> None:
    assert may_run(text)


@pytest.mark.parametrize(
    "text",
    [
        f"RUN {INSTALL} > /dev/null",
        f"RUN curl -L https://example.org/yq > /usr/bin/yq && chmod +x /usr/bin/yq && yq && {INSTALL}",
        f"RUN curl -L \\\n  https://example.org/yq \\\n  > /usr/bin/yq && yq && {INSTALL}",
        f"RUN sed s/a/b/ x > y && y && {INSTALL}",
        f"RUN echo x > /etc/apt/sources.list.d/x.list && apt-get update -o x.list && {INSTALL}",
        f"RUN echo x > requirements.txt && cp requirements.txt /x && {INSTALL} -r requirements.txt",
        f"RUN echo x > /s && chmod +x /s && {INSTALL}",
    ],
)
def test_what_is_no_script_or_cannot_be_read(text: str) -> None:
    assert not may_run(text)
