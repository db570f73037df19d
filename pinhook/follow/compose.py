"""The builds of a compose file: ``services.*.build`` of the Compose Specification."""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

MAX_MERGED = 50
"""Maximum number of mappings that ``<<`` merges into one."""

MAX_SERVICES = 1_000
"""Maximum number of services of a file."""

MAX_CONTEXTS = 100
"""Maximum number of additional contexts of a build."""


class ComposeBuild(NamedTuple):
    """A build, with its paths as written. ``named`` maps the names of its additional contexts to their values."""

    context: str
    dockerfile: str
    named: Mapping[str, str]
    image: str = ""
    target: str = ""


class UnclearError(ValueError):
    """A compose file that may have builds other than those that can be read from it."""


def parse_compose(text: str, *, is_override: bool = False) -> Iterator[ComposeBuild]:
    """The builds of the services.

    Raises ``UnclearError`` if it is not YAML, and for builds that depend on other files: ``include``, ``extends``, and,
    in an override file, a build without a context (its context is in the file that it is merged with).
    """
    from pinhook.follow.yaml_document import parse_yaml  # takes as long as reading a Dockerfile

    try:
        document = parse_yaml(text)
    except ValueError as error:
        raise UnclearError from error
    if _get(document, "include") is not None:
        raise UnclearError
    for _, service in _items(_get(document, "services"), MAX_SERVICES):
        extended = _get(service, "extends")
        if _get(extended, "file") is not None:
            raise UnclearError
        image = _get(service, "image")
        for build in _builds(_get(service, "build"), is_partial=is_override or extended is not None):
            yield build._replace(image=image if isinstance(image, str) else "")


def _builds(build: Any, *, is_partial: bool) -> Iterator[ComposeBuild]:
    """The build of a service, if it has one. ``is_partial``: it may be merged with another one."""
    if isinstance(build, str):
        yield ComposeBuild(build, "Dockerfile", {})
    elif isinstance(build, dict):
        context, dockerfile = _get(build, "context"), _get(build, "dockerfile")
        if is_partial and context is None:
            raise UnclearError
        if _get(build, "dockerfile_inline") is None:
            yield ComposeBuild(
                "." if context is None else _string(context),
                "Dockerfile" if dockerfile is None else _string(dockerfile),
                dict(_contexts(_get(build, "additional_contexts"))),
                target=str(_get(build, "target") or ""),
            )


def _contexts(value: Any) -> Iterator[tuple[str, str]]:
    """The names and values of ``additional_contexts``: a mapping, or a list of ``name=value``."""
    if isinstance(value, list):
        pairs = [each.partition("=")[::2] for each in value[:MAX_CONTEXTS] if isinstance(each, str)]
    else:
        pairs = _items(value, MAX_CONTEXTS)
    yield from ((name, each) for name, each in pairs if isinstance(name, str) and isinstance(each, str))


def _string(value: Any) -> str:
    if not isinstance(value, str):
        raise UnclearError
    return value


def _get(value: Any, key: str) -> Any:
    """The value of a key; ``None`` if it is missing or ``value`` is not a mapping."""
    return next((each[key] for each in _with_merged(value) if key in each), None)


def _items(value: Any, most: int) -> list[tuple[Any, Any]]:
    """The keys and values of a mapping, merged ones included."""
    whole: dict[Any, Any] = {}
    for each in _with_merged(value):
        if len(each) > most:
            raise UnclearError
        whole = {**each, **whole}
    whole.pop("<<", None)
    return list(whole.items())


def _with_merged(value: Any) -> list[dict[Any, Any]]:
    """A mapping and those that ``<<`` merges into it, each once. There may be cycles and shared mappings."""
    found: list[dict[Any, Any]] = []
    seen: set[int] = set()
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict) and id(each) not in seen:
            seen.add(id(each))
            found.append(each)
            merged = each.get("<<")
            waiting += reversed(merged) if isinstance(merged, list) else [merged]
        if len(seen) > MAX_MERGED or len(waiting) > MAX_MERGED:
            raise UnclearError
    return found
