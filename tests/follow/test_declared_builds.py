"""The builds in compose files. If one of them is uncertain, there are none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pinhook.follow import yaml_document
from pinhook.follow.compose import UnclearError, parse_compose
from pinhook.follow.declared_builds import declared
from tests.follow.repositories import LOOSE, reasons, repository_of
from tests.growth_inputs import count_calls

if TYPE_CHECKING:
    from collections.abc import Callable

UNCLEAR = [None]


def built(text: str, *, is_override: bool = False) -> list[Any]:
    """The builds of some services, each as its context, its Dockerfile and, where it has some, its other contexts."""
    try:
        found = list(parse_compose(text, is_override=is_override))
    except UnclearError:
        return UNCLEAR
    return [(each.context, each.dockerfile, *([dict(each.named)] if each.named else [])) for each in found]


def services_of(text: str) -> str:
    return "services:\n" + "".join(f"  {line}\n" for line in text.splitlines())


@pytest.mark.parametrize(
    ("services", "expected"),
    [
        ("a:\n  build: ./api # why\nb:\n  image: x\n", [("./api", "Dockerfile")]),
        ("a:\n  build:\n    context: 'a'\n\n    # all\n    dockerfile: \"b/c\"\n", [("a", "b/c")]),
        ("a:\n  build:\n    args:\n      context: x\n      build: y\n    context: .\n", [(".", "Dockerfile")]),
        ("a:\n  build:\n    args:\n    - X=1\n    context: .\n  ports:\n  - 1\n", [(".", "Dockerfile")]),
        (
            "a:\n  build:\n    additional_contexts:\n      x: ../x\n      y: docker-image://y\n    context: .\n",
            [(".", "Dockerfile", {"x": "../x", "y": "docker-image://y"})],
        ),
        (
            "a:\n  build:\n    context: .\n    additional_contexts:\n      - x=../x\n      - y=service:y\n",
            [(".", "Dockerfile", {"x": "../x", "y": "service:y"})],
        ),
        ("a:\n  build:\n    context: .\n    additional_contexts: {x: y}\n", [(".", "Dockerfile", {"x": "y"})]),
        (
            "a:\n  build:\n    context: .\n    additional_contexts: {1: y, [x]: z, x: [1]}\n",
            [(".", "Dockerfile", {"1": "y"})],
        ),
        ("a:\n  build:\n    context: .\n    dockerfile_inline: |\n      FROM x\n", []),
        ("a:\n  build:\n    dockerfile: x\n", [(".", "x")]),
        ("a:\n  build: {}\n", [(".", "Dockerfile")]),
        ("a:\n  build: {context: ., new_key: 1}\n", [(".", "Dockerfile")]),
        ("a: {build: .}\n", [(".", "Dockerfile")]),
        ("a: {image: x, 'build': {context: .}}\n", [(".", "Dockerfile")]),
        ("a:\n  ? build\n  : .\n", [(".", "Dockerfile")]),
        ("a:\n  build: >-\n    .\n", [(".", "Dockerfile")]),
        ("a: &a\n  build: x\nb:\n  <<: *a\nc: *a\n", [("x", "Dockerfile")] * 3),
        ("a: &a\n  build: {context: x}\nb:\n  <<: [{image: y}, *a]\n", [("x", "Dockerfile")] * 2),
        ("a: &a\n  build: x\nb:\n  build: y\n  <<: *a\n", [("x", "Dockerfile"), ("y", "Dockerfile")]),
        (
            "a:\n  build: &a\n    context: x\nb:\n  build:\n    <<: *a\n    dockerfile: y\n",
            [("x", "Dockerfile"), ("x", "y")],
        ),
        ("a: &a\n  <<: *a\n  build: x\n", [("x", "Dockerfile")]),
        ("<<: {a: {build: x}}\n", [("x", "Dockerfile")]),
        # what is no build
        ("a:\n  command: |\n    build: .\n", []),
        ("a:\n  command: npm run build\n  x: build:1\n", []),
        ("a:\n  environment:\n    build: .\n", []),
        ("a:\n  build:\n", []),
        ("a:\n  build: null\n", []),
        ("a:\n  build: [x]\n", []),
        ("a: 1\nb: [build]\n", []),
        ("a:\n  extends: b\nb:\n  build: .\n", [(".", "Dockerfile")]),
        ("a:\n  extends: {service: b}\n", []),
        # what another file says, or nobody
        ("a:\n  extends: b\n  build: {target: x}\nb:\n  build: .\n", UNCLEAR),
        ("a:\n  extends: {file: x.yaml, service: b}\n  build: .\n", UNCLEAR),
        ("a:\n  build: {context: [x]}\n", UNCLEAR),
        ("a:\n  build: {context: ., dockerfile: {x: y}}\n", UNCLEAR),
        ("a:\n  build:\n    <<: *x\n    context: .\n", UNCLEAR),
        ("a:\n  build:\n      context: .\n    dockerfile: x\n", UNCLEAR),
        ("a:\n\tbuild: .\n", UNCLEAR),
        ("a: !!python/object/apply:os.system [exit]\n", []),
        ("a:\n  build: !!python/name:os.system .\n", [(".", "Dockerfile")]),
    ],
)
def test_services(services: str, expected: list[Any]) -> None:
    assert built(services_of(services)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("include: [x.yaml]\nservices: {a: {build: .}}\n", UNCLEAR),
        ("x-a: &a {build: x}\nservices: {a: *a}\n", [("x", "Dockerfile")]),
        ("x-services: {a: {build: x}}\nbuild: y\n", []),
        ("a:\n  build: .\n", []),  # the format of 2014, which docker compose refuses
        ("services:\n", []),
        ("services: [a]\n", []),
        ("- services\n", []),
        ("services", []),
        ("", []),
        ("# nothing\n", []),
        ("---\n...\n", []),
        ("services: {a: {build: x}}\n---\nservices: {a: {build: y}}\n", [("x", "Dockerfile")]),
        ("%YAML 1.1\n---\nservices: {a: {build: x}}\n", [("x", "Dockerfile")]),
        ("services: {", UNCLEAR),
        ("\0", UNCLEAR),
        ('"\\UFFFFFFFF"', UNCLEAR),
        ("%YAML " + "9" * 5000 + ".1\n---\na", UNCLEAR),
        ("[" * 100_000, UNCLEAR),
        ("- " * 60_000, UNCLEAR),
        ("? " * 60_000, UNCLEAR),
        ('"' * 199_999, []),
        ("x: " + '"' * 199_990, UNCLEAR),
        ("a: " + "x" * 200_000, UNCLEAR),
        (" build: x\n" * 15_000, []),
        ("services: {" + "a: " * 50_000 + "}", UNCLEAR),
        ("services:\n" + "".join(f"  s{number}: {{build: .}}\n" for number in range(1001)), UNCLEAR),
    ],
    ids=lambda value: value[:20] if isinstance(value, str) else "",
)
def test_documents(text: str, expected: list[Any]) -> None:
    assert built(text) == expected


def test_an_override_file_has_the_contexts_of_another_one() -> None:
    assert built("services: {a: {build: {dockerfile: x}}}", is_override=True) == UNCLEAR
    assert built("services: {a: {build: {context: x}}}", is_override=True) == [("x", "Dockerfile")]
    files = {"compose.yaml": "services: {a: {build: api}}"}
    assert folders(files) == ["api"]
    assert folders({**files, "compose.override.yaml": "services: {a: {build: {target: x}}}"}) == []


def laughs(count: int, form: str) -> str:
    """Anchors, each of which has the one before it twice."""
    lines = "".join(f"l{each + 1}: &l{each + 1} {form.replace('L', f'*l{each}')}\n" for each in range(count))
    return f"l0: &l0 {{build: x}}\n{lines}services: {{a: *l{count}}}\n"


@pytest.mark.parametrize("form", ["[L, L]", "{a: L, b: L}", "{<<: [L, L]}", "{<<: L, build: {<<: [L, L]}}"])
def test_aliases_are_not_expanded(form: str) -> None:
    counts = [count_calls(lambda count=count: built(laughs(count, form))) for count in (10, 10, 20, 40)]  # type: ignore[misc]
    assert counts[3] - counts[2] <= 2.2 * (counts[2] - counts[1])


GROWING: dict[str, Callable[[int], str]] = {
    "services": lambda count: "services:\n" + "".join(f"  s{each}: {{build: .}}\n" for each in range(count)),
    "services that merge one": lambda count: (
        f"x: &x {{{', '.join(f'k{each}: 1' for each in range(count))}}}\nservices:\n"
        + "".join(f"  s{each}: {{<<: *x}}\n" for each in range(count))
    ),
    "builds that share their contexts": lambda count: (
        f"x: &x {{{', '.join(f'k{each}: .' for each in range(count))}}}\nservices:\n"
        + "".join(f"  s{each}: {{build: {{additional_contexts: *x}}}}\n" for each in range(count))
    ),
    "anchors": lambda count: "".join(f"a{each}: &a{each} [*a{max(0, each - 1)}]\n" for each in range(1, count)),
    "brackets": lambda count: "[" * count,
    "quotes": lambda count: '"' * count,
    "lines": lambda count: " build\n" * count,
}


@pytest.mark.parametrize("name", GROWING)
def test_twice_the_compose_file_takes_twice_the_calls(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_document, "_LOADER", yaml.SafeLoader)  # its calls are counted; those in libyaml are not
    texts = [GROWING[name](count) for count in (50, 50, 100, 200)]
    _, few, more, most = (count_calls(lambda text=text: built(text)) for text in texts)  # type: ignore[misc]
    assert most - more <= 2.2 * max(more - few, 50)


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
            found.append(
                (build.get("context", "."), build.get("dockerfile", "Dockerfile"), *([named] if named else []))
            )
        elif isinstance(build, str):
            found.append((build, "Dockerfile"))
    return found


@given(files)
def test_compose_files_are_read_as_yaml(text: str) -> None:
    assert built(text) == by_yaml(text)


def folders(files: dict[str, str], dockerfile: str = "api/Dockerfile") -> list[str]:
    return [each.folder for each in declared(repository_of({dockerfile: "", **files}, dockerfile))]


@pytest.mark.parametrize(
    ("path", "build", "expected"),
    [
        ("compose.yaml", "api", ["api"]),
        ("compose.yaml", "./api/", ["api"]),
        ("api/compose.yaml", ".", ["api"]),
        ("x/docker-compose.dev.yml", "../api/", ["api"]),
        ("compose.yaml", "{context: ., dockerfile: api/Dockerfile}", [""]),
        ("compose.yaml", "{context: services, dockerfile: ../api/Dockerfile}", ["services"]),
        ("compose.yaml", "../api", []),
        ("compose.yaml", "..api", []),
        ("compose.yaml", "/api", []),
        ("compose.yaml", "https://example.org/api.git", []),
        ("compose.yaml", "git@example.org:api", []),
        ("values.yaml", "api", []),
        ("compose.json", "api", []),
    ],
)
def test_paths_are_those_of_the_compose_file(path: str, build: str, expected: list[str]) -> None:
    assert folders({path: f"services: {{a: {{build: {build}}}}}"}) == expected


def test_a_path_that_a_variable_has_may_be_that_of_this_dockerfile() -> None:
    assert folders({"compose.yaml": "services: {a: {build: $API}, b: {build: api}}"}) == []
    assert folders({"compose.yaml": "services: {a: {build: x}, b: {build: api}}"}) == ["api"]
    assert folders({"a/compose.yaml": "services: {", "compose.yaml": "services: {b: {build: api}}"}) == []


NAMED = "FROM python\nCOPY --from=shared r.txt .\nRUN pip install -r r.txt\n"
SHARED = "services:\n  a:\n    build:\n      context: api\n      additional_contexts: {{{}}}\n"
OUTSIDE = "comes from outside of the repository"


@pytest.mark.parametrize(
    ("dockerfile", "compose_file", "expected"),
    [
        (NAMED, SHARED.format("shared: lib"), "lib/r.txt"),
        (NAMED, SHARED.format("Shared: ./lib/"), "lib/r.txt"),
        (NAMED, SHARED.format("shared: docker-image://x"), OUTSIDE),
        (NAMED, SHARED.format("shared: ../lib"), OUTSIDE),
        (NAMED, SHARED.format("other: lib"), OUTSIDE),
        (
            NAMED,
            SHARED.format("shared: lib") + SHARED.format("shared: api").partition("\n")[2].replace("a:", "b:"),
            OUTSIDE,
        ),
        (NAMED, "services: {a: {build: api}}", OUTSIDE),
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
    assert reason == "is excluded from the build context by .dockerignore"
