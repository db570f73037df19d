"""What is found in the scripts that a Dockerfile runs: ways of writing, of running, and of passing words.

⟦ ⟧ is around each word that is reported, in the Dockerfile or in the script.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest

from pinhook.rules import Level, rules_of_level
from pinhook.source import Source
from tests.checks import check, check_script
from tests.follow.repositories import repository_of
from tests.marks import mark, unmark

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pinhook.check import Report

STRICT = [rule.code for rule in rules_of_level(Level.STRICT)]
FROM = "FROM python:3.13\n"
Files = dict[str, str]


def report_on(files: Files, *, is_strict: bool) -> Report:
    """The report on the Dockerfile among some files; at the level default no repository may be opened."""
    repository = repository_of(files)
    opened = (lambda: repository) if is_strict else None
    return check(Source("Dockerfile", files["Dockerfile"]), STRICT if is_strict else None, repository=opened)


def found_in(files: Files, *, is_strict: bool) -> Files:
    """The files with ⟦ ⟧ around each word that is reported."""
    report = report_on(files, is_strict=is_strict)
    spans = {each.source.path: [finding.place.span for finding in each.findings] for each in (report, *report.included)}
    return {path: mark(text, sorted(set(spans.get(path, [])))) for path, text in files.items()}


def assert_found(marked: Files, *, is_strict: bool) -> None:
    plain = {path: unmark(text)[0] for path, text in marked.items()}
    assert found_in(plain, is_strict=is_strict) == marked


# how the script comes to be: the instructions, or the file of the repository and the instruction that copies it

WRITTEN: dict[str, Callable[[str], str]] = {
    "copy": lambda body: f"COPY <<'EOF' /s.sh\n{body}\nEOF\n",
    "add": lambda body: f"ADD <<'EOF' /s.sh\n{body}\nEOF\n",
    "copy with tabs": lambda body: "COPY --chmod=755 <<-'EOF' /s.sh\n" + body.replace("pip", "\tpip") + "\n\tEOF\n",
    "copy into a folder": lambda body: f"COPY <<'s.sh' /\n{body}\ns.sh\n",
    "copy to the working directory": lambda body: f"WORKDIR /\nCOPY <<'EOF' s.sh\n{body}\nEOF\n",
    "cat": lambda body: f"RUN cat > /s.sh <<'EOF'\n{body}\nEOF\n",
    "cat, the other way round": lambda body: f"RUN cat <<'EOF' > /s.sh\n{body}\nEOF\n",
    "cat in a script": lambda body: f"RUN <<A\ncat > /s.sh <<'B'\n{body}\nB\nA\n",
    "tee": lambda body: f"RUN tee /s.sh <<'EOF'\n{body}\nEOF\n",
    "tee, quiet": lambda body: f"RUN tee /s.sh > /dev/null <<'EOF'\n{body}\nEOF\n",
    "echo": lambda body: "RUN " + " && ".join(f"echo '{line}' >> /s.sh" for line in body.splitlines()) + "\n",
    "echo, at first without what was there": lambda body: (
        f"RUN echo x > /s.sh\nRUN echo '#!/bin/sh' > /s.sh; echo '{body.partition(chr(10))[2]}' >> /s.sh\n"
    ),
    "printf": lambda body: "RUN printf '%s\\n' " + " ".join(f"'{line}'" for line in body.splitlines()) + " > /s.sh\n",
    "printf with escapes": lambda body: "RUN printf '" + body.replace("\n", "\\n") + "\\n' > /s.sh\n",
    "printf in pieces": lambda body: (
        "RUN " + "; ".join(f"printf '{piece} ' >> /s.sh" for piece in body.replace("\n", "\\n").split(" ")) + "\n"
    ),
    "of another stage": lambda body: f"COPY <<'EOF' /s.sh\n{body}\nEOF\nFROM a AS b\nCOPY --from=0 /s.sh /s.sh\n",
    "of the stage below": lambda body: f"FROM a AS x\nCOPY <<'EOF' /s.sh\n{body}\nEOF\nFROM x\n",
}
OF_REPOSITORY = {
    "copy": "COPY s.sh /s.sh\n",
    "copy a folder": "COPY . /\n",
    "add": "ADD s.sh /\n",
    "with a pattern": "COPY *.sh /\n",
    "to the working directory": "WORKDIR /\nCOPY s.sh .\n",
    "by way of a stage": "COPY s.sh /x/s.sh\nFROM a AS b\nCOPY --from=0 /x/ /\n",
}

# how it is run; ARGS are its arguments

RUN = {
    "path": "RUN /s.sh ARGS",
    "sh": "RUN sh /s.sh ARGS",
    "bash with options": "RUN bash -eux -o pipefail /s.sh ARGS",
    "exec form": 'RUN ["sh", "-e", "/s.sh", JSON]',
    "exec form of a path": 'RUN ["/s.sh", JSON]',
    "command of the image": "CMD /s.sh ARGS",
    "entry point": 'ENTRYPOINT ["/s.sh", JSON]',
    "health check": "HEALTHCHECK CMD /s.sh ARGS",
    "on build": "ONBUILD RUN /s.sh ARGS",
    "source": 'SHELL ["/bin/bash", "-c"]\nRUN source /s.sh ARGS',
    "exec": "RUN exec /s.sh ARGS",
    "wrappers": "RUN sudo -E env A=1 timeout 30 nice /s.sh ARGS",
    "nested shells": "RUN bash -c 'sh -c \"/s.sh ARGS\"'",
    "chmod": "RUN chmod +x /s.sh && /s.sh ARGS || exit 1",
    "working directory": "WORKDIR /\nRUN ./s.sh ARGS",
    "change of directory": "WORKDIR /x\nRUN cd .. && ./s.sh ARGS",
    "search path": "ENV PATH=/opt/bin:/:$PATH\nRUN s.sh ARGS",
    "loop": 'RUN for f in /s.sh /t.sh; do sh "$f" ARGS; done',
    "subshell": "RUN (cd /; sh s.sh ARGS)",
    "condition": "RUN if [ -f /s.sh ]; then /s.sh ARGS; fi",
    "function": "RUN f() { /s.sh ARGS; }; f",
    "here-document": "RUN <<END bash\n/s.sh ARGS\nEND",
    "background": "RUN /s.sh ARGS & wait",
    "by another script": "COPY <<'T' /t.sh\n/s.sh ARGS\nT\nRUN sh /t.sh",
}

# what is installed: the line of the script, the arguments, and what is before

WORDS = {
    "of the script": ("pip install ⟦flask⟧ six==1", "", ""),
    "of the arguments": ('pip install "$1"', "⟦flask⟧", ""),
    "of all arguments": ('pip install "$@"', "⟦flask⟧ six==1 ⟦django⟧", ""),
    "of the environment": ('pip install "$P"', "", "ENV P=⟦flask⟧\n"),
}


def run_by(way: str, words: str) -> str:
    json = ", ".join(f'"{word}"' if "⟦" not in word else f'⟦"{word[1:-1]}"⟧' for word in words.split())
    text = RUN[way].replace("ARGS", words).replace(", JSON", f", {json}" if json else "")
    return text.replace('⟦"', '"⟦').replace('"⟧', '⟧"') + "\n"


@pytest.mark.parametrize(
    ("writing", "way", "word"),
    [
        *itertools.product(WRITTEN, ("path", "sh"), WORDS),
        *itertools.product(("copy", "cat", "echo"), RUN, WORDS),
    ],
)
def test_scripts_that_the_dockerfile_writes(writing: str, way: str, word: str) -> None:
    line, arguments, before = WORDS[word]
    written = WRITTEN[writing](f"#!/bin/sh\n{line}")
    assert_found({"Dockerfile": FROM + written + before + run_by(way, arguments)}, is_strict=False)


@pytest.mark.parametrize(
    ("copying", "way", "word"),
    [*itertools.product(OF_REPOSITORY, ("path", "sh"), WORDS), *itertools.product(("copy",), RUN, WORDS)],
)
def test_scripts_of_the_repository(copying: str, way: str, word: str) -> None:
    line, arguments, before = WORDS[word]
    marked = {
        "Dockerfile": FROM + OF_REPOSITORY[copying] + before + run_by(way, arguments),
        "s.sh": f"#!/bin/sh\n{line}",
    }
    assert_found(marked, is_strict=True)
    plain = {path: unmark(text)[0] for path, text in marked.items()}
    assert found_in(plain, is_strict=False) == plain


COPY = FROM + "COPY . /\n"


def files(text: str) -> Files:
    """Some files from one text, in which a line with ``==`` and a name begins each but the first, the Dockerfile."""
    dockerfile, *others = text.split("\n== ")
    return {
        "Dockerfile": dockerfile + "\n",
        **{name: body for name, _, body in (each.partition("\n") for each in others)},
    }


@pytest.mark.parametrize(
    "text",
    [
        # which language
        f"{COPY}RUN /a\n== a\n#!/bin/bash\npip install ⟦x⟧",
        f"{COPY}RUN /a\n== a\n#!/usr/bin/env -S bash -e\npip install ⟦x⟧",
        f"{COPY}RUN /a\n== a\n#! /bin/dash\npip install ⟦x⟧",
        f"{COPY}RUN /a\n== a\npip install ⟦x⟧",
        f"{COPY}RUN /a\n== a\n#!/usr/bin/env python3\npip install x",
        f"{COPY}RUN /a\n== a\n#!/usr/bin/perl\npip install x",
        f"{COPY}RUN sh /a\n== a\n#!/usr/bin/env python3\npip install ⟦x⟧",
        f"{COPY}RUN python /a\n== a\npip install x",
        f"{COPY}RUN /a\n== a\n#!/bin/sh\r\npip install ⟦x⟧\r\n",
        # braces are bash's
        f"{COPY}RUN /a\n== a\n#!/bin/bash\npip install {{⟦x⟧,⟦y⟧}}",
        # sourced scripts and variables
        f"{COPY}RUN . /a && pip install $P\n== a\nP=⟦x⟧",
        f"{COPY}RUN P=⟦x⟧ && . /a\n== a\npip install $P",
        f"{COPY}RUN P=x && . /a; pip install $P\n== a\nP=x==1",
        f"{COPY}RUN P=⟦x⟧ && sh /a; pip install $P\n== a\nP=x==1",
        f"{COPY}RUN export P=⟦x⟧ && /a\n== a\npip install $P",
        f"{COPY}RUN P=⟦x⟧ /a\n== a\npip install $P",
        f"{COPY}RUN . /a; f ⟦x⟧\n== a\nf() {{ pip install $1; }}",
        f"{COPY}RUN . /a\n== a\nf() {{ pip install x; }}",
        f"{COPY}RUN . /a; pip install ⟦y⟧\n== a\nreturn; pip install ⟦x⟧",
        f"{COPY}RUN sh /a; pip install ⟦y⟧\n== a\nexit; pip install ⟦x⟧",
        f"{COPY}ARG P=⟦x⟧\nRUN /a\n== a\npip install $P",
        f"{COPY}ARG P\nRUN /a\n== a\npip install $P",
        # scripts that run scripts
        f"{COPY}RUN /a ⟦x⟧\n== a\n/b $1 y==1\n== b\npip install $@",
        f"{COPY}RUN cd /d && ./a\n== d/a\n. ./b\n== d/b\npip install ⟦x⟧",
        f"{COPY}RUN cd /d && ./a\n== d/a\ncd .. && ./b\n== b\npip install ⟦x⟧",
        f"{COPY}RUN /a\n== a\n/b; pip install ⟦x⟧\n== b\n/a; pip install ⟦y⟧",
        f'{COPY}RUN /a\n== a\npip install ⟦x⟧; "$0"; /a; exec /a 1',
        f"{COPY}RUN /a\n== a\n. /a; . /a; pip install ⟦x⟧",
        # where a script is
        f'{COPY}RUN /d/a\n== d/a\ncd "$(dirname "$0")"; ./b\n== d/b\npip install ⟦x⟧',
        f"{COPY}RUN cd d && ./a\n== d/a\n. $(dirname $0)/b\n== d/b\npip install ⟦x⟧",
        f'{COPY}RUN bash /d/a\n== d/a\nsource "${{0%/*}}/b"\n== d/b\npip install ⟦x⟧',
        # folders
        f"{COPY}RUN run-parts /d\n== d/a\npip install ⟦x⟧\n== d/b.sh\npip install y\n== d/e/f\npip install z",
        f"{COPY}RUN run-parts --arg=⟦z⟧ /d\n== d/a\npip install $1",
        f"{FROM}COPY <<A /d/a\npip install ⟦x⟧\nA\nRUN run-parts --verbose /d",
        # where it is
        f"{COPY}WORKDIR /d\nRUN ./a\n== d/a\npip install ⟦x⟧",
        f"{COPY}WORKDIR /d\nRUN sh a\n== d/a\npip install ⟦x⟧",
        f"{COPY}WORKDIR /d\nRUN a\n== d/a\npip install x",
        f"{COPY}RUN cd $D && ./a\n== d/a\npip install x",
        f"{FROM}COPY a /usr/local/bin/\nRUN a\n== a\npip install ⟦x⟧",
        f"{FROM}COPY bin /usr/bin\nRUN a\n== bin/a\npip install ⟦x⟧",
        f"{FROM}COPY a /opt/a\nRUN a\n== a\npip install x",
        f"{FROM}COPY a /opt/a\nENV PATH $PATH:/opt\nRUN a\n== a\npip install ⟦x⟧",
        f"{FROM}COPY a /opt/a\nRUN PATH=/opt:$PATH && a\n== a\npip install ⟦x⟧",
        f"{FROM}RUN --mount=type=bind,source=d,target=/m /m/a\n== d/a\npip install ⟦x⟧",
        f"{FROM}RUN --mount=source=a,target=/m sh /m\n== a\npip install ⟦x⟧",
        f"{FROM}RUN --mount=type=cache,target=/d /d/a\n== d/a\npip install x",
        f"{FROM}RUN /a\n== a\npip install x",
        f"{COPY}RUN curl -o /a https://example.org/a && sh /a\n== a\npip install x",
        f"{COPY}RUN sed -i s/x/y/ /a && sh /a\n== a\npip install x",
        f"{COPY}RUN rm /a; sh /a\n== a\npip install x",
        f"{COPY}RUN sh /a\n== a\npip install x\n== .dockerignore\na",
        # a finding that has no word
        f"{COPY}RUN /a\n== a\npip install ⟦'⟧x",
        # requirements files after a script
        f"{COPY}RUN /a\n== a\npip install -r /r.txt\n== r.txt\n⟦x⟧\n",
        # and wrappers of an unknown kind
        f'{COPY}RUN /a pip install ⟦x⟧\n== a\nexec "$@"',
        f'{COPY}RUN /a pip install x\n== a\necho "$@"',
        f"{COPY}RUN retry 3 bash /a ⟦x⟧\n== a\npip install $1",
    ],
)
def test_repositories(text: str) -> None:
    assert_found(files(text), is_strict=True)


@pytest.mark.parametrize(
    "text",
    [
        # here-documents are expanded once when they are written, and then once more
        "COPY <<EOF /a\npip install ⟦x⟧ \\$1\nEOF\nRUN sh /a ⟦y⟧",
        "ENV P=⟦x⟧\nCOPY <<EOF /a\npip install $P\nEOF\nENV P=y\nRUN sh /a",
        "ENV P=x\nCOPY <<'EOF' /a\npip install $P\nEOF\nENV P=⟦y⟧\nRUN sh /a",
        "RUN P=⟦x⟧; cat > /a <<EOF\npip install $P\nEOF\nRUN sh /a",
        "RUN P=x; cat > /a <<'EOF'\npip install $P\nEOF\nRUN P=⟦y⟧ sh /a",
        'RUN echo "pip install \\$1" > /a; sh /a ⟦x⟧',
        # the last one that wrote it
        "RUN echo pip install x > /a\nRUN echo pip install ⟦y⟧ > /a\nRUN sh /a",
        "RUN echo pip install ⟦x⟧ > /a\nRUN sh /a; echo pip install ⟦y⟧ > /a\nRUN sh /a",
        "RUN echo pip install x > /a\nRUN wget -O /a https://example.org\nRUN sh /a",
        "RUN echo pip install x > /a\nFROM b\nRUN sh /a",
        "RUN echo pip install x > /a\nRUN cat /a; chmod +x /a",
        "RUN sh /a; echo pip install x > /a",
        # one instruction
        "RUN echo pip install ⟦x⟧ > a && chmod 755 a && ./a",
        "RUN cd /tmp && echo pip install ⟦x⟧ > a && cd / && sh tmp/a",
        # a script writes a script
        "COPY <<'EOF' /a\necho \"pip install $1\" > /b\nEOF\nRUN sh /a ⟦x⟧ && sh /b",
        # comments say what to leave out
        "COPY <<EOF /a\n# pinhook: ignore\npip install x\npip install ⟦y⟧\nEOF\nRUN sh /a",
        "COPY <<EOF /a\npip install x # pinhook: ignore\nEOF\nRUN sh /a",
        "# pinhook: ignore\nCOPY <<EOF /a\npip install x\nEOF\nRUN sh /a",
        "COPY <<EOF /a\npip install x\nEOF\n# pinhook: ignore\nRUN sh /a",
        # no shell
        "COPY <<EOF /a\n#!/usr/bin/env python3\npip install x\nEOF\nRUN /a",
        "COPY <<EOF /a.py\npip install x\nEOF\nRUN python /a.py",
        # what cannot be read
        "COPY <<EOF /a\npip install x ⟦'⟧\nEOF\nRUN sh /a",
    ],
)
def test_dockerfiles(text: str) -> None:
    assert_found({"Dockerfile": f"{FROM}{text}\n"}, is_strict=False)


def test_a_finding_in_a_script_of_the_repository() -> None:
    texts = {"Dockerfile": f"{COPY}RUN /a\nRUN sh /a\n", "a": "pip install flask\npip install six>=1\n"}
    report = report_on(texts, is_strict=True)
    assert report.findings == ()
    [included] = report.included
    first, second = included.findings
    assert (first.code, first.name, first.original_code, first.target) == ("PIN012", "loose-script", "PIN001", "flask")
    assert first.message == "flask is not pinned; write flask==<version>"
    assert [(each.place.source.path, each.place.span, each.message) for each in first.related] == [
        ("Dockerfile", (30, 32), "run here")
    ]
    assert (second.code, second.original_code) == ("PIN012", "PIN004")


@pytest.mark.parametrize(
    ("comment", "targets"),
    [
        ("# pinhook: ignore", ["six"]),
        ("# pinhook: ignore[PIN012] it is ours", ["six"]),
        ("# pinhook: ignore[PIN001] it is ours", ["six"]),
        ("# pinhook: ignore[PIN002]", ["flask", "six"]),
        ("# pinhook: ignore-file", []),
    ],
)
def test_ignore_comments_in_a_script(comment: str, targets: list[str]) -> None:
    texts = {"Dockerfile": f"{COPY}RUN /a\n", "a": f"{comment}\npip install flask\npip install six\n"}
    report = report_on(texts, is_strict=True)
    assert [finding.target for each in report.included for finding in each.findings] == targets


def test_an_ignore_comment_at_the_command_that_runs_a_script() -> None:
    texts = {"Dockerfile": f"{COPY}# pinhook: ignore[PIN012]\nRUN /a\n", "a": "pip install flask\n"}
    report = report_on(texts, is_strict=True)
    assert [each.findings for each in report.included] == [()]
    assert [each.finding.target for included in report.included for each in included.suppressed] == ["flask"]


def reasons(text: str) -> Iterator[str]:
    for each in report_on(files(text), is_strict=True).followed:
        yield f"{each.name} {each.reason or each.path or 'is here'}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{COPY}RUN /a.sh\n== a.sh\n", ["/a.sh a.sh"]),
        (f"{COPY}RUN /a.sh; sh /a.sh\n== a.sh\n", ["/a.sh a.sh", "/a.sh a.sh"]),
        (f"{FROM}RUN echo pip > /a.sh; sh /a.sh\n", ["/a.sh is here"]),
        (f"{COPY}RUN wget -O a.sh https://example.org; sh ./a.sh", ["./a.sh is written by the build"]),
        (f"{COPY}RUN sh /a", ["/a is not put into the image by the Dockerfile"]),
        (f"{COPY}RUN sh $A", ["$A is a name that only the build knows"]),
        (f"{COPY}RUN make; /opt/x; . /venv/bin/activate", []),
    ],
)
def test_what_became_of_scripts(text: str, expected: list[str]) -> None:
    assert list(reasons(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "pip install ⟦flask⟧",
        "#!/bin/sh\npip install ⟦flask⟧ $1 six==1",
        "#!/bin/bash -e\nfor p in ⟦flask⟧ six==1; do pip install $p; done",
        "f() { pip install ⟦flask⟧; }",
        '[ -n "$1" ] && pip install ⟦flask⟧',
        "# pinhook: ignore\npip install flask\npip install ⟦six⟧ # why\npip install x # pinhook: ignore[PIN001] ours",
        "#!/usr/bin/env python3\npip install flask",
        "pip install ⟦six>=1⟧",
        ". /lib.sh; ./x.sh; pip install ⟦flask⟧",
        "\r\npip install ⟦flask⟧\r\n",
        "cat > x <<EOF\npip install flask\nEOF\npip install ⟦'⟧",
    ],
)
def test_a_script_by_itself(text: str) -> None:
    plain, _ = unmark(text)
    report = check_script(Source("setup.sh", plain))
    assert mark(plain, [finding.place.span for finding in report.findings]) == text
    assert {finding.code for finding in report.findings} <= {"PIN001", "PIN004", "PIN006"}
