"""The builds that compose and bake files describe; what cannot be told for certain is not told at all."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pinhook.following import bake, compose
from pinhook.following.declared import PLAIN, declared
from pinhook.following.described import UnclearError
from tests.following.trees import LOOSE, reasons, tree_of

UNCLEAR = [None]


def built(reader: Any, text: str) -> list[Any]:
    try:
        return [(each.context, each.dockerfile, *([dict(each.named)] if each.named else [])) for each in reader(text)]
    except UnclearError:
        return UNCLEAR


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("services:\n  a:\n    build: ./api # why\n  b:\n    image: x\n", [("./api", "Dockerfile")]),
        ("a:\n  build:\n    context: 'a'\n\n    # all\n    dockerfile: \"b/c\"\n", [("a", "b/c")]),
        (
            "a:\n  build:\n    args:\n      context: x\n      build: y\n    context: .\n",
            [(".", "Dockerfile"), ("y", "Dockerfile")],
        ),
        ("a:\n  build:\n    args:\n    - X=1\n    context: .\n  ports:\n  - 1\n", UNCLEAR),
        ("a:\n  build:\n    args:\n      - X=1\n    context: .\n", [(".", "Dockerfile")]),
        (
            "a:\n  build:\n    additional_contexts:\n      x: ../x\n      y: docker-image://y\n    context: .\n",
            [(".", "Dockerfile", {"x": "../x", "y": "docker-image://y"})],
        ),
        (
            "a:\n  build:\n    context: .\n    additional_contexts:\n      - x=../x\n      - y=service:y\n",
            [(".", "Dockerfile", {"x": "../x", "y": "service:y"})],
        ),
        ("a:\n  build:\n    context: .\n    additional_contexts: {x: y}\n", UNCLEAR),
        ("a:\n  build:\n    context: .\n    additional_contexts:\n      - x\n", UNCLEAR),
        ("a:\n  build:\n    context: .\n    dockerfile_inline: |\n      FROM x\n", []),
        ("a:\n  build:\n    dockerfile: x\n", UNCLEAR),
        ("a:\n  build:\n    <<: *x\n    context: .\n", UNCLEAR),
        ("a:\n  build:\n    context: .\n    new_key: 1\n", UNCLEAR),
        ("a:\n  build:\n      context: .\n    dockerfile: x\n", UNCLEAR),
        ("a:\n  build:\n", UNCLEAR),
        ("a:\n  extends: b\n  build: .\n", UNCLEAR),
        ("include: [x.yaml]\na:\n  build: .\n", UNCLEAR),
        ("a: {build: .}\n", UNCLEAR),
        ("a: {image: x, 'build': {context: .}}\n", UNCLEAR),
        ("a:\n  'build': .\n", UNCLEAR),
        ("a:\n  ? build\n  : .\n", []),
        ("a:\n\tbuild: .\n", UNCLEAR),
        ("a:\n  command: npm run build\n  x: build:1\n", []),
        ("", []),
    ],
)
def test_compose(text: str, expected: list[Any]) -> None:
    assert built(compose.read, text) == expected


paths = st.sampled_from(
    [".", "./api", "../x", "a b", "api/", "docker/Dockerfile", "", "a#b", "a: b", "$X", "*x", "yes"]
)
builds = st.one_of(
    paths,
    st.fixed_dictionaries(
        {},
        optional={
            "context": paths,
            "dockerfile": paths,
            "args": st.dictionaries(st.sampled_from(["context", "X"]), paths, max_size=2) | st.lists(paths, max_size=2),
            "additional_contexts": st.dictionaries(st.sampled_from(["x", "y"]), paths, max_size=2),
            "dockerfile_inline": st.just("FROM x\nCOPY . .\n"),
            "target": paths,
        },
    ),
)
services = st.fixed_dictionaries(
    {},
    optional={
        "build": builds,
        "image": paths,
        "command": st.lists(paths, max_size=2),
        "environment": st.fixed_dictionaries({"context": paths}),
    },
)
files = st.builds(
    lambda services, flow, indent: yaml.dump({"services": services}, default_flow_style=flow, indent=indent),
    st.dictionaries(st.sampled_from("abc"), services, max_size=3),
    st.sampled_from([False, False, None, True]),
    st.sampled_from([2, 4]),
)


def by_yaml(text: str) -> list[Any]:
    """The builds as a reader of YAML finds them."""
    found: list[Any] = []
    for service in (yaml.safe_load(text)["services"] or {}).values():
        build = service.get("build")
        if isinstance(build, dict) and "dockerfile_inline" not in build:
            named = build.get("additional_contexts") or {}
            found.append((build.get("context"), build.get("dockerfile", "Dockerfile"), *([named] if named else [])))
        elif isinstance(build, str):
            found.append((build, "Dockerfile"))
    return found


@given(files)
def test_compose_files_are_read_as_yaml_or_not_at_all(text: str) -> None:
    found = built(compose.read, text)
    if found != UNCLEAR and all(PLAIN.fullmatch(path) for each in found for path in each[:2]):
        assert found == by_yaml(text)


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ({"target": {"a": {"context": "api"}}}, [("api", "Dockerfile")]),
        ({"target": {"a": {"dockerfile": "x", "contexts": {"b": "../b"}}}}, [(".", "x", {"b": "../b"})]),
        ({"target": {"a": {"dockerfile-inline": "FROM x"}}}, []),
        (
            {
                "target": {
                    "a": {"context": "api", "contexts": {"x": "1"}},
                    "b": {"inherits": ["a"], "dockerfile": "y", "contexts": {"z": "2"}},
                }
            },
            [("api", "Dockerfile", {"x": "1"}), ("api", "y", {"x": "1", "z": "2"})],
        ),
        ({"target": {"a": {"inherits": ["a"]}}}, UNCLEAR),
        ({"target": {"a": {"inherits": ["none"]}}}, UNCLEAR),
        ({"target": {"a": {"inherits": "a"}}}, UNCLEAR),
        ({"target": {"a": {"contexts": ["a"]}}}, UNCLEAR),
        ({"target": {"a": {"contexts": {"a": 1}}}}, UNCLEAR),
        ({"target": {"a": {"context": 1}}}, UNCLEAR),
        ({"target": {"a": {"matrix": {"x": ["1"]}, "context": "."}}}, UNCLEAR),
        ({"target": {"a": 1}}, UNCLEAR),
        ({"target": []}, UNCLEAR),
        ({"group": {}}, []),
        ([], UNCLEAR),
    ],
)
def test_bake_json(document: Any, expected: list[Any]) -> None:
    assert built(bake.read_json, json.dumps(document)) == expected


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000])
def test_what_is_not_json(text: str) -> None:
    assert built(bake.read_json, text) == UNCLEAR


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('target "a" {\n  context = "api" # why\n}\n', [("api", "Dockerfile")]),
        ('target "a" {\r\n  dockerfile = "x" // why\r\n}\r\n', [(".", "x")]),
        ('target "a" {\n  args = {\n    context = "x"\n  }\n}\n', [(".", "Dockerfile")]),
        ('target "a" {\n  tags = ["x:${TAG}"]\n  context = "api"\n}\n', [("api", "Dockerfile")]),
        (
            'target "a" {\n  contexts = {\n    x = "../x"\n    "y" = "docker-image://y"\n  }\n}\n',
            [(".", "Dockerfile", {"x": "../x", "y": "docker-image://y"})],
        ),
        (
            'target "a" {\n  context = "x"\n}\ntarget "b" {\n  inherits = ["a"]\n  dockerfile = "y"\n}\n',
            [("x", "Dockerfile"), ("x", "y")],
        ),
        ('# target "a" {\n// target\n', []),
        ('group "a" {\n  targets = ["b"]\n}\n', []),
        ('target "a" {\n  context = "${X}"\n}\n', UNCLEAR),
        ('target "a" {\n  context = X\n}\n', UNCLEAR),
        ('target "a" {\n  context = "x" == X ? "a" : "b"\n}\n', UNCLEAR),
        ('target "a" {\n  matrix = {\n    x = ["1"]\n  }\n}\n', UNCLEAR),
        ('target "a" {\n  contexts = {\n    x = Y\n  }\n}\n', UNCLEAR),
        ('target "a" { context = "x" }\ntarget "b" {\n  context = "y"\n}\n', UNCLEAR),
        ('target "a" {\n  dockerfile-inline = <<EOT\nFROM x\nEOT\n}\n', UNCLEAR),
        ('target "a" {\n  dockerfile-inline = "FROM x"\n}\n', []),
    ],
)
def test_bake_hcl(text: str, expected: list[Any]) -> None:
    assert built(bake.read_hcl, text) == expected


def folders(files: dict[str, str], dockerfile: str = "api/Dockerfile") -> list[str]:
    return [each.folder for each in declared(tree_of({dockerfile: "", **files}, dockerfile))]


def test_paths_are_those_of_the_describing_file() -> None:
    assert folders({"compose.yaml": "a:\n  build: api\n"}) == ["api"]
    assert folders({"api/compose.yaml": "a:\n  build: .\n"}) == ["api"]
    assert folders({"x/docker-compose.dev.yml": "a:\n  build: ../api/\n"}) == ["api"]
    assert folders({"compose.yaml": "a:\n  build: ../api\n"}) == []
    assert folders({"compose.yaml": "a:\n  build: /api\n"}) == []
    assert folders({"compose.yaml": "a:\n  build: $API\nb:\n  build: api\n"}) == []
    assert folders({"docker-bake.json": '{"target": {"a": {"context": "api"}}}'}) == ["api"]
    assert folders({"api/docker-bake.json": '{"target": {"a": {}}}'}) == ["api"]
    assert folders({"ci/docker-bake.hcl": 'target "a" {\n  context = "api"\n}\n'}) == ["api"]
    assert folders({"values.yaml": "a:\n  build: api\n", "bake.json": "["}) == []


NAMED = "FROM python\nCOPY --from=shared r.txt .\nRUN pip install -r r.txt\n"
SHARED = "a:\n  build:\n    context: api\n    additional_contexts:\n      {}\n"
OUTSIDE = "comes from outside of the repository"


@pytest.mark.parametrize(
    ("dockerfile", "compose_file", "expected"),
    [
        (NAMED, SHARED.format("shared: lib"), "lib/r.txt"),
        (NAMED, SHARED.format("Shared: ./lib/"), "lib/r.txt"),
        (NAMED, SHARED.format("shared: docker-image://x"), OUTSIDE),
        (NAMED, SHARED.format("shared: ../lib"), OUTSIDE),
        (NAMED, SHARED.format("other: lib"), OUTSIDE),
        (NAMED, SHARED.format("shared: lib") + SHARED.format("shared: api"), OUTSIDE),
        (NAMED, "a:\n  build: api\n", OUTSIDE),
        (NAMED.replace("shared", "example.org/x:1"), SHARED.format("shared: lib"), OUTSIDE),
        (NAMED.replace("r.txt .", "*.txt ./"), SHARED.format("shared: lib"), "lib/r.txt"),
        (NAMED.replace("r.txt .", "sub/ ./"), SHARED.format("shared: lib"), "lib/sub/r.txt"),
        (
            "FROM python\nRUN --mount=from=shared,target=/x pip install -r /x/r.txt\n",
            SHARED.format("shared: lib"),
            "lib/r.txt",
        ),
        (
            "FROM python AS shared\nCOPY r.txt /\nFROM python\nCOPY --from=shared r.txt .\nRUN pip install -r r.txt\n",
            SHARED.format("other: lib"),
            "api/r.txt",
        ),
    ],
)
def test_named_contexts(dockerfile: str, compose_file: str, expected: str) -> None:
    files = {
        "api/Dockerfile": dockerfile,
        "api/r.txt": LOOSE,
        "lib/r.txt": LOOSE,
        "lib/sub/r.txt": LOOSE,
        "compose.yaml": compose_file,
    }
    assert reasons(files, "api/Dockerfile") == [expected]


def test_an_ignore_file_of_a_named_context() -> None:
    files = {"api/Dockerfile": NAMED, "lib/r.txt": LOOSE, "compose.yaml": SHARED.format("shared: lib")}
    assert reasons({**files, ".dockerignore": "*", "api/.dockerignore": "*"}, "api/Dockerfile") == ["lib/r.txt"]
    [reason] = reasons({**files, "lib/.dockerignore": "*.txt"}, "api/Dockerfile")
    assert reason == "is kept out of the build by .dockerignore"
