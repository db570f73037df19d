"""Properties of following: it raises nothing, and its findings in a file are also found by checking that file."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pinhook.repository.dockerignore import is_ignored, parse
from pinhook.rules import RULES
from pinhook.source import Source
from tests.checks import check, check_requirements_file
from tests.follow.repositories import repository_of

paths = st.sampled_from(
    [
        "r.txt",
        "./r.txt",
        "/app/r.txt",
        "a/r.txt",
        "../r.txt",
        ".",
        "/",
        "*",
        "a/",
        "$X",
        "$X/r.txt",
        "~",
        "[",
        "''",
        '"a b"',
        "-",
    ]
)
words = st.sampled_from(
    ["flask", "-r", "-c", "&&", "||", ";", "|", "(", ")", ">", ">>", "<<EOF", "if", "then", "fi", "{", "}"]
)
# fmt: off
programs = st.sampled_from([
    "pip install -r", "pip install -c", "uv pip sync", "uv sync", "cd", "pushd", "echo flask >", "tee", "cp", "mv",
    "git", "tar xf", "git clone", "cat", "sed -i", "curl -O", "pip-compile", "su - x -c", "bash -c",
    "PIP_CONSTRAINT=r.txt pip install",
])
# fmt: on
commands = st.builds("{} {} {}".format, programs, paths, st.one_of(words, paths, st.just("")))
runs = st.builds(
    "RUN {}{}".format,
    st.sampled_from(
        ["", "--mount=target=. ", "--mount=type=cache,target=/app ", "--mount=from=0,source=/,target=/app ", "--mount "]
    ),
    st.lists(commands, min_size=1, max_size=3).map(" && ".join),
)
copies = st.builds(
    "{} {}{} {}".format,
    st.sampled_from(["COPY", "ADD", "ONBUILD COPY"]),
    st.sampled_from(["", "", "--from=0 ", "--from=x ", "--parents ", "--exclude=* ", "--from=$X "]),
    paths,
    st.one_of(paths, st.builds("{} {}".format, paths, paths), st.just("")),
)
others = st.one_of(
    st.builds("{} {}".format, st.sampled_from(["WORKDIR", "FROM", "FROM python AS", "ARG", "ENV X", "SHELL"]), paths),
    st.sampled_from(
        ["COPY <<EOF r.txt\nflask\n$X\nEOF", "FROM 0", 'COPY ["r.txt", "."]', "COPY [1]", "COPY", "ADD a.tar ."]
    ),
)
dockerfiles = st.lists(st.one_of(runs, copies, others), max_size=8).map(
    lambda lines: "\n".join(["FROM python", *lines, ""])
)

FILES = {"r.txt": "flask\n-r a/r.txt\nsix==1\n", "a/r.txt": "-c ../r.txt\nx>1\n", ".dockerignore": "a\n!a/r.txt"}


@given(dockerfiles, st.sampled_from(["Dockerfile", "a/Dockerfile"]))
def test_it_raises_nothing_and_invents_nothing(text: str, dockerfile: str) -> None:
    repository = repository_of({**FILES, dockerfile: text}, dockerfile)
    report = check(Source(dockerfile, text), [rule.code for rule in RULES], repository=lambda: repository)
    for each in report.included:
        source = Source(each.source.path, FILES[each.source.path].replace("-c ", "-r "))
        own = {
            finding.place.span for finding in check_requirements_file(source, [rule.code for rule in RULES]).findings
        }
        assert {finding.place.span for finding in each.findings} <= own
        assert all(finding.related for finding in each.findings)


@given(st.text(st.sampled_from(list("ab*?[]^-!/\\.# \n")), max_size=20), st.sampled_from(["a", "a/b", "b.a", "a/b/a"]))
def test_ignore_files_are_read_whatever_they_hold(text: str, path: str) -> None:
    patterns = parse(text)
    assert isinstance(is_ignored(path, patterns), bool)
    assert is_ignored(path, (*patterns, *parse("**")))
    assert not is_ignored(path, (*patterns, *parse("!**")))
