"""Scripts that are really written and run, by bash and by dash, with a pip that says what it is given."""

from __future__ import annotations

import os
import shutil
import subprocess
from functools import partial
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pinhook.dockerfile import find_commands
from pinhook.documents import DockerfileDocument
from pinhook.follow import follow_scripts
from pinhook.shell import SimpleCommand
from pinhook.source import Source, Span
from tests.follow.repositories import checked, repository_of
from tests.growth_inputs import count_calls

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NAMES = ("a", "b", "c", "d")
PIP = '#!/bin/sh\nprintf "<%s>" "$@" >> "$LOG"; echo >> "$LOG"\n'
WORDS = st.sampled_from(["flask", "six==1", '"x y"', "'a$1b'", '"$1"', "$2", '"$@"', "$V", '"${W}"', "${V:-u}", "n=$0"])
ARGUMENTS = st.lists(WORDS, min_size=3, max_size=4).map(" ".join)


def lines(callees: tuple[str, ...]) -> st.SearchStrategy[str]:
    """A line of a script, which may run some others with at least three arguments."""
    simple = [
        st.builds("pip install {}".format, ARGUMENTS),
        st.builds("{}={}".format, st.sampled_from("VW"), WORDS.filter(lambda word: "@" not in word)),
        st.builds("export {}={}".format, st.sampled_from("VW"), st.sampled_from(["e1", '"$1"', '"$W"'])),
        st.sampled_from(['shift; set -- "$@" z', "set -- p q r", "cd .", "true", "# pip install comment"]),
        st.builds("for i in k l; do pip install $i {}; done".format, WORDS),
        st.builds("f() {{ pip install {}; }}; f 1 2 3".format, ARGUMENTS),
    ]
    if callees:
        callee = st.sampled_from(callees)
        simple += [
            st.builds("./{} {}".format, callee, ARGUMENTS),
            st.builds("sh ./{} {}".format, callee, ARGUMENTS),
            st.builds("bash {} {}".format, callee, ARGUMENTS),
            st.builds(". ./{}".format, callee),
            st.builds(
                "V=p {}={} ./{} {}".format, st.sampled_from("VW"), st.sampled_from(["1", "$V"]), callee, ARGUMENTS
            ),
            st.builds("(exec ./{} {})".format, callee, ARGUMENTS),
            st.builds("if ./{} {}; then pip install then; fi".format, callee, ARGUMENTS),
            st.builds("env W=w nice ./{} {}".format, callee, ARGUMENTS),
        ]
    return st.one_of(simple)


@st.composite
def scripts(draw: st.DrawFn) -> dict[str, str]:
    """Scripts that run those after them in the alphabet."""
    found: dict[str, str] = {}
    for number, name in enumerate(NAMES):
        body = draw(st.lists(lines(NAMES[number + 1 :]), min_size=1, max_size=4))
        head = draw(st.sampled_from(["#!/bin/sh", "#!/bin/bash", "#!/usr/bin/env bash"]))
        found[name] = "\n".join([head, *body, ""])
    return found


def run(files: dict[str, str], command: str, shell: str, folder: Path) -> list[str]:
    """What pip is given when the scripts are run; ``#!/bin/sh`` is what ``sh`` is, dash or bash."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "bin").mkdir(parents=True)
    (folder / "w").mkdir()
    (folder / "bin" / "sh").symlink_to(shutil.which(shell) or "")
    own = {f"w/{name}": body.replace("#!/bin/sh", f"#!{folder}/bin/sh") for name, body in files.items()}
    for path, text in {"bin/pip": PIP, **own}.items():
        (folder / path).write_text(text)
        (folder / path).chmod(0o755)
    environment = {"PATH": f"{folder / 'bin'}:{os.environ['PATH']}", "LOG": str(folder / "log"), "V": "v", "W": "w"}
    arguments = [shell, "-c", command]
    subprocess.run(arguments, cwd=folder / "w", env=environment, stderr=subprocess.DEVNULL, check=False, timeout=60)
    log = folder / "log"
    text = log.read_text() if log.exists() else ""
    text = text.replace(f"{folder}/w/", "./")  # as bash's exec has it
    return text.replace(f"n={shell}>", "n=$0>").splitlines()  # pinhook does not know what runs the first one


def followed(files: dict[str, str], command: str, shell: str, *, is_copied: bool) -> list[str]:
    """What pinhook says that pip is given."""
    head = f'FROM a\nSHELL ["{shell}", "-c"]\nENV V=v W=w\nWORKDIR /w\n'
    if is_copied:
        written = "COPY . .\n"
    else:
        written = "".join(f"COPY <<'EOF' {name}\n{text}EOF\n" for name, text in files.items())
    text = f"{head}{written}RUN {command}\n"
    document = DockerfileDocument(Source("Dockerfile", text))
    repository = repository_of({"Dockerfile": text, **(files if is_copied else {})})
    part = document.part_with_scripts(in_repository=is_copied) or Span(0, 0)  # empty: no script installs anything
    follower = follow_scripts(document, part, in_repository=is_copied, open_repository=lambda: repository)
    return [
        "".join(f"<{word}>" for word in item.arguments[1:])
        for each in find_commands(document.parsed)
        for item in follower.simple_commands_of(each)
        if isinstance(item, SimpleCommand) and str(item.arguments[0]) == "pip"
    ]


COMMANDS = st.sampled_from(
    ["./a 1 2 3", "sh ./a 1 2 3", "bash a x 'y  z' w", "set -- 1 2 3; . ./a", "cd ../w && V=n ./a 1 2 3"]
)


def assert_alike(files: dict[str, str], command: str, shell: str, folder: Path, *, is_copied: bool) -> None:
    expected = run(files, command, shell, folder)
    found = followed(files, command, shell, is_copied=is_copied)
    assert sorted(set(found)) == sorted(set(expected)), f"{command} in {shell}"


@pytest.mark.parametrize("shell", ["bash", "dash"])
@given(files=scripts(), command=COMMANDS, is_copied=st.booleans())
@settings(max_examples=25)
def test_pip_is_given_what_pinhook_says(
    files: dict[str, str], command: str, is_copied: bool, shell: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    assert_alike(files, command, shell, tmp_path_factory.getbasetemp() / "run", is_copied=is_copied)


@pytest.mark.slow
@pytest.mark.parametrize("shell", ["bash", "dash"])
@given(files=scripts(), command=COMMANDS, is_copied=st.booleans())
@settings(max_examples=2000)
def test_some_thousands(
    files: dict[str, str], command: str, is_copied: bool, shell: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    assert_alike(files, command, shell, tmp_path_factory.getbasetemp() / "run", is_copied=is_copied)


# what it costs

SCRIPT = "pip install flask\n"


def numbered(count: int, text: str) -> str:
    return "".join(text.replace("N", str(number)) for number in range(count))


DOCKERFILES: dict[str, Callable[[int], str]] = {
    "scripts": lambda count: numbered(count, "COPY <<EOF /N.sh\npip install a\nEOF\nRUN sh /N.sh\n"),
    "scripts that are written by commands": lambda count: numbered(count, "RUN echo pip install a > /N.sh; sh /N.sh\n"),
    "runs of one script": lambda count: "COPY <<EOF /s\npip install a\nEOF\n" + "RUN sh /s\n" * count,
    "runs in one instruction": lambda count: "COPY <<EOF /s\npip install a\nEOF\nRUN " + "sh /s;" * count + "\n",
    "one long script": lambda count: f"COPY <<EOF /s\n{SCRIPT * count}EOF\nRUN sh /s\n",
    "scripts that run the next one": lambda count: (
        numbered(count, "COPY <<EOF /N.sh\npip install a; sh /N1.sh\nEOF\n") + "RUN sh /0.sh\n"
    ),
    "a script that runs itself": lambda count: (
        f"COPY <<'EOF' /s\n{SCRIPT * count}/s; /s $1; /s $1 2; /s $$\nEOF\nRUN /s\n"
    ),
    "a long script that is run as often": lambda count: f"COPY <<EOF /s\n{SCRIPT * count}EOF\n" + "RUN sh /s\n" * count,
    "names that are no scripts": lambda count: "COPY . /usr/bin\n" + "RUN " + "; ".join(["a"] * count) + "; pip x\n",
    "a folder": lambda count: numbered(count, "COPY <<EOF /d/sN\npip install a\nEOF\n") + "RUN run-parts /d\n",
}


@pytest.mark.parametrize("name", DOCKERFILES)
def test_twice_as_much_takes_twice_the_calls(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pinhook.budget.MIN_UNITS", 0)
    monkeypatch.setattr("pinhook.follow.layers.MAX_LAYERS", 10)
    monkeypatch.setattr("pinhook.follow.written_files.MAX_LAYERS", 10)
    texts = [f"FROM a\n{DOCKERFILES[name](count)}" for count in (40, 80, 160)]
    checked({"Dockerfile": texts[0]}, codes=("PIN001", "PIN012"))  # what is imported and compiled once
    check = partial(checked, codes=("PIN001", "PIN012"))
    few, more, most = (count_calls(lambda text=text: check({"Dockerfile": text})) for text in texts)  # type: ignore[misc]
    assert most - more <= 2.3 * (more - few)


def test_a_script_that_runs_itself_is_no_finding() -> None:
    text = "FROM a\nCOPY <<'EOF' /s\npip install a==1\n/s; exec /s; . /s; /s $1 2; sh /s \"$@\" x\nEOF\nRUN /s\n"
    assert checked({"Dockerfile": text}, codes=("PIN001", "PIN006", "PIN012")).findings == ()
