"""Images that the repository builds: by compose files and the setting ``images``."""

from __future__ import annotations

import pytest

from pinhook.fix.image.base import base_of
from pinhook.fix.image.built import image_settings
from pinhook.follow.declared_builds import built_images
from tests.follow.repositories import repository_of
from tests.growth_inputs import count_calls

BUILT = {"acme/base:1": "base/Dockerfile"}


def service(text: str) -> str:
    return f"services:\n  a: {{{text}}}\n"


@pytest.mark.parametrize(
    ("compose", "expected"),
    [
        (service("image: acme/base:1, build: base"), BUILT),
        (service("build: base, image: acme/base:1"), BUILT),
        (service("image: acme/base:1, build: ./base/"), BUILT),
        (service("image: acme/base:1, build: {context: base}"), BUILT),
        (service("image: acme/base:1, build: {context: ., dockerfile: base/Dockerfile}"), BUILT),
        (service("image: acme/base, build: base"), {"acme/base:latest": "base/Dockerfile"}),
        (service("image: 'localhost:5000/base', build: base"), {"localhost:5000/base:latest": "base/Dockerfile"}),
        (service("image: acme/base:1, build: {context: base, target: x}"), {}),
        (service("image: acme/base:1"), {}),
        (service("build: base"), {}),
        (service("image: [x], build: base"), {}),
        (service("image: 'acme/base:${V}', build: base"), {}),
        (service("image: acme/base:1, build: '${WHERE}'"), {}),
        (service("image: acme/base:1, build: {context: base, dockerfile: '$X'}"), {}),
        (service("image: acme/base:1, build: ../outside"), {}),
        (service("image: acme/base:1, build: 'https://example.org/x.git'"), {}),
        (service("image: acme/base:1, build: {dockerfile_inline: FROM x}"), {}),
        ("services:\n  a: &a {image: 'acme/base:1', build: base}\n  b: *a\n", BUILT),
        ("services:\n  a: {image: 'acme/base:1', build: base}\n  b: {image: 'acme/base:1', build: other}\n", {}),
        (
            "services:\n  a: {image: 'acme/base:1', build: base}\n  b: {image: x, build: {context: ., target: y}}\n",
            BUILT,
        ),
        ("services:\n  a: {image: 'acme/base:1', build: base}\n  b: {extends: {file: x, service: y}}\n", {}),
        ("include: [x]\n" + service("image: acme/base:1, build: base"), {}),
        ("nonsense: [", {}),
    ],
)
def test_compose(compose: str, expected: dict[str, str]) -> None:
    assert built_images(repository_of({"compose.yaml": compose, "base/Dockerfile": ""})) == expected


def test_an_unclear_file_hides_itself_only() -> None:
    files = {"compose.yaml": service("image: acme/base:1, build: base"), "x/compose.yaml": "include: [y]"}
    assert built_images(repository_of(files)) == BUILT


def test_files_that_disagree_build_nothing() -> None:
    one, other = service("image: acme/base:1, build: base"), service("image: acme/base:1, build: other")
    assert built_images(repository_of({"compose.yaml": one, "docker-compose.dev.yml": other})) == {}


@pytest.mark.parametrize(
    ("name", "dockerfile"),
    [
        ("acme/base:1", "base/Dockerfile"),
        ("docker.io/acme/base:1", "base/Dockerfile"),
        ("acme/base:2", ""),
        ("acme/base", ""),
        ("acme/tools:5", "tools/Dockerfile"),
        ("registry.example.org/tools", "x/Dockerfile"),
        ("acme/other", ""),
    ],
)
def test_names_and_settings(name: str, dockerfile: str) -> None:
    files = {"compose.yaml": service("image: 'docker.io/acme/base:1', build: base")}
    images = {"acme/tools": "tools/Dockerfile", "registry.example.org/tools:latest": "x/Dockerfile"}
    repository = repository_of(files)._replace(dockerfiles_by_image=images)
    assert base_of(name, [], image_settings({}, lambda: repository)).dockerfile == dockerfile


def test_the_setting_goes_before_compose_files() -> None:
    repository = repository_of({"compose.yaml": service("image: acme/base:1, build: base")})
    repository = repository._replace(dockerfiles_by_image={"acme/base:1": "other/Dockerfile"})
    assert base_of("acme/base:1", [], image_settings({}, lambda: repository)).dockerfile == "other/Dockerfile"


@pytest.mark.parametrize("name", ["python:3.12", "ubuntu:22.04", "arm64v8/debian:12", "acme/base@sha256:00", ""])
def test_the_repository_is_not_searched_for_what_it_cannot_build(name: str) -> None:
    def tree() -> None:
        raise AssertionError

    assert base_of(name, [], image_settings({}, tree)).dockerfile == ""  # type: ignore[arg-type]


def test_the_repository_is_searched_once() -> None:
    opened = []
    settings = image_settings({}, lambda: opened.append(1) or repository_of({}))  # type: ignore[func-returns-value]
    for number in range(5):
        base_of(f"acme/base:{number}", [], settings)
    assert len(opened) == 1


def test_an_image_of_a_row_of_the_user_is_not_followed() -> None:
    repository = repository_of({"compose.yaml": service("image: acme/base:1, build: base")})
    assert base_of("acme/base:1", [], image_settings({"acme/*": "3.9"}, lambda: repository)).dockerfile == ""


def test_many_services_take_linear_time() -> None:
    def calls(count: int) -> int:
        services = "".join(f"  s{number}: {{image: 'a:{number}', build: b{number}}}\n" for number in range(count))
        repository = repository_of({"compose.yaml": f"services:\n{services}"})
        return count_calls(lambda: built_images(repository))

    calls(1)  # imports PyYAML and compiles patterns
    assert calls(200) < 2.3 * calls(100)
