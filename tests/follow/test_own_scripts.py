"""The fast test where a Dockerfile may run a script that it writes itself. It may be wrong in one direction only."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pinhook import dockerfile
from pinhook.documents import DockerfileDocument
from pinhook.documents.own_scripts import part_with_own_scripts
from pinhook.source import Source, Span
from tests.checks import check

INSTALL = "pip install flask"


def part_of(text: str) -> str | None:
    text = f"FROM python:3.12\n{text}\n"
    part = part_with_own_scripts(dockerfile.parse(Source("Dockerfile", text)))
    return text[part.start : part.end] if part else None


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
        f'RUN echo "{INSTALL}" > /s.conf\nCMD ["sh", "/s.conf"]',
        f'RUN echo "{INSTALL}" > /s.conf\nCMD ["sh","-e","/s.conf"]',
        f'RUN echo "{INSTALL}" > /s.conf\nENV S=/s.conf\nRUN sh $S',
        f"RUN echo '{INSTALL}' > /s.txt\nFROM b\nCOPY --from=0 /s.txt /s\nRUN /s",
        f"RUN D=/x && echo '{INSTALL}' > $D && sh $D",
        f"RUN echo '{INSTALL}' > /s && cat <<EOF > /t && sh /t\n#!/s\nEOF",
    ],
)
def test_it_misses_none(text: str) -> None:
    assert part_of(text)


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
        f"RUN echo x > s && {INSTALL}\n# s is read by the next command\nRUN cat s",
        f"RUN {INSTALL}>=$VERSION && x",
    ],
)
def test_what_is_no_script_or_cannot_be_read(text: str) -> None:
    assert not part_of(text)


@pytest.mark.parametrize("text", ["# a > b\n", "# a | tee b", f"# {INSTALL} <<EOF > b && b"])
def test_a_file_without_instructions_has_none(text: str) -> None:
    assert part_with_own_scripts(dockerfile.parse(Source("Dockerfile", text))) is None


WRITE = f"RUN echo '{INSTALL}' > /s"


@pytest.mark.parametrize(
    ("before", "part", "after"),
    [
        ("RUN a", f"{WRITE}\nRUN b\nRUN sh /s -x", "RUN c"),
        ("RUN a", f"{WRITE} && /s", "RUN c"),
        ("RUN s", f"{WRITE} && /s", "RUN c"),
        ("# s\nRUN a", f"{WRITE} && /s", "RUN c"),
        ("RUN a", f"COPY <<s /\n{INSTALL}\ns\nCMD /s", "RUN c"),
        ("RUN a", f"{WRITE}\nCOPY --from=a /s /t\nRUN /t", ""),
        ("RUN a", f"{WRITE}\nRUN echo sh /s > /t\nRUN sh /t", ""),
        ("RUN a", f"RUN echo sh /s > /t\n{WRITE}\nRUN sh /t", ""),
        ("RUN a", f"RUN echo sh /u > /t\nRUN echo sh /s > /u\n{WRITE}\nRUN sh /t", ""),
        ("ENV V=/s", f"RUN echo '$V' > /t\n{WRITE}\nRUN sh /t", ""),
        ("RUN a", f"{WRITE}\nENV V=/s\nRUN $V", ""),
        ("ENV V=/s", f"{WRITE}\nRUN $V", ""),
        ("ENV V=https://example.org/s/t", f"{WRITE} && /s", "RUN c"),
        ("RUN a", f"RUN echo '{INSTALL}' > /d/s && run-parts /d\nRUN c", ""),
        ("RUN a", f"RUN echo '{INSTALL}' > $D && $D\nRUN c", ""),
    ],
)
def test_from_the_first_instruction_that_writes_one_to_the_last_that_runs_one(
    before: str, part: str, after: str
) -> None:
    assert (part_of(f"{before}\n{part}\n{after}".rstrip()) or "").rstrip() == part


PIECES = [
    "FROM a\n",
    "RUN ",
    "COPY ",
    "<<E /s\n",
    "E\n",
    "ENV V=/s\n",
    "# s > t\n",
    f"echo {INSTALL} > /s",
    "sh /s",
    " && ",
]
PIECES += ["\n", "| tee /s\n", "> $D", "ONBUILD ", 'CMD ["/s"]', "\\\n", "/s.txt", "'", "run-parts /d", ">", "<<"]


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_the_part_is_inside_of_the_file(text: str) -> None:
    part = part_with_own_scripts(dockerfile.parse(Source("Dockerfile", text)))
    assert part is None or 0 <= part.start < part.end <= len(text)


PATHS = ["/s", "/d/s", "s", "/t.sh", "t.sh", "/d/u.txt", "u.txt"]
BODIES = [INSTALL, "echo a", "$V", "pip install $V", *(f"{how}{path}" for path in PATHS for how in ("", "sh ", ". "))]
WRITING = ["RUN echo '{body}' > {path}", "COPY <<E {path}\n{body}\nE", "RUN cat > {path} <<E\n{body}\nE"]
WRITING += ["RUN printf '{body}' | tee {path}", "RUN echo '#!/bin/sh' > {path} && echo '{body}' >> {path}"]
RUNNING = [
    "RUN sh {path}",
    "RUN chmod +x {path} && {path}",
    'CMD ["sh", "{path}"]',
    "RUN . {path}",
    "ENV V={path}",
    "RUN $V",
]
RUNNING += [
    "RUN sh $V",
    "COPY --from=0 {path} {other}",
    "RUN run-parts /d",
    "# {path}",
    "ENTRYPOINT {path}",
    "WORKDIR /d",
]
RUNNING += ["RUN bash -c 'sh {path}'", "ONBUILD RUN sh {path}", "RUN cp {path} {other}", "RUN {body}", "FROM b"]
LINES = st.builds(
    str.format,
    st.sampled_from([*WRITING, *WRITING, *RUNNING]),
    path=st.sampled_from(PATHS),
    other=st.sampled_from(PATHS),
    body=st.sampled_from(BODIES),
)


@given(st.lists(LINES, min_size=2, max_size=8).map("\n".join))
def test_following_the_part_finds_as_much_as_following_everything(text: str) -> None:
    source = Source("Dockerfile", f"FROM a\n{text}\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DockerfileDocument, "part_with_scripts", lambda *_, **__: Span(0, len(source.text)))
        expected = check(source).findings
    assert [(each.code, each.span) for each in check(source).findings] == [(e.code, e.span) for e in expected]
