"""The builds of a compose file, as far as its lines say so to one who reads no YAML."""

from __future__ import annotations

from pinhook.following.described import Described, UnclearError
from pinhook.light_re import regex
from pinhook.light_typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_COMMENT = regex(r"(?:^|(?<=\s))#.*")
_BUILD = regex(r"build:(?: +(?P<short>\S.*))?")
_KEY = regex(r"(?P<key>[\w-]+):(?: +(?P<value>\S.*))?")
_ITEM = regex(r"- +(?P<key>[\w.-]+)=(?P<value>\S+)")
# what brings builds in, or changes them, from where these lines do not stand
_UNCLEAR = regex(r"""(?:extends|include):|["'?].*\bbuild\b.*:|.*[{,]\s*["']?build["']?\s*:|\t""")
# fmt: off
_KEYS = frozenset({
    "additional_contexts", "args", "cache_from", "cache_to", "context", "dockerfile", "dockerfile_inline",
    "entitlements", "extra_hosts", "isolation", "labels", "network", "no_cache", "platforms", "privileged",
    "provenance", "pull", "sbom", "secrets", "shm_size", "ssh", "tags", "target", "ulimits",
})
# fmt: on


class _Line(NamedTuple):
    indent: int
    text: str


def read(text: str) -> Iterator[Described]:
    """The builds, at whatever depth ``build`` stands.

    build = "build:" context / "build:" newline *(key ":" value)

    Raises ``UnclearError`` for what these lines do not tell: a mapping in braces, an anchor that is merged into one,
    a service that extends another one, a build without a context, which may be that of another file.
    """
    lines = list(_lines(text))
    for at, line in enumerate(lines):
        if _UNCLEAR.match(line.text):
            raise UnclearError
        build = _BUILD.fullmatch(line.text)
        if build and build["short"]:
            yield Described(_unquoted(build["short"]), "Dockerfile", {})
        elif build:
            yield from _long(_block(lines, at))


def _lines(text: str) -> Iterator[_Line]:
    for line in text.splitlines():
        if text := _COMMENT.sub("", line).rstrip():
            stripped = text.lstrip(" ")
            yield _Line(len(text) - len(stripped), stripped)


def _block(lines: Sequence[_Line], at: int) -> list[_Line]:
    """The lines that are indented more than one that they follow."""
    end = next((end for end in range(at + 1, len(lines)) if lines[end].indent <= lines[at].indent), len(lines))
    return list(lines[at + 1 : end])


def _long(block: Sequence[_Line]) -> Iterator[Described]:
    values: dict[str, str] = {}
    named: dict[str, str] = {}
    for at, line in enumerate(block):
        if line.indent > block[0].indent:
            continue
        key = _KEY.fullmatch(line.text)
        if not key or key["key"] not in _KEYS or line.indent < block[0].indent:
            raise UnclearError
        values[key["key"]] = _unquoted(key["value"] or "")
        if key["key"] == "additional_contexts":
            named = dict(_pairs(_block(block, at), key["value"]))
    if "dockerfile_inline" in values:
        return
    if "context" not in values:
        raise UnclearError
    yield Described(values["context"], values.get("dockerfile", "Dockerfile"), named)


def _pairs(block: Sequence[_Line], value: str | None) -> Iterator[tuple[str, str]]:
    """What stands below ``additional_contexts``: a mapping, or a list of ``name=value``."""
    for line in block:
        pair = _ITEM.fullmatch(line.text) or _KEY.fullmatch(line.text)
        if not pair or not pair["value"]:
            raise UnclearError
        yield pair["key"], _unquoted(pair["value"])
    if value:
        raise UnclearError


def _unquoted(value: str) -> str:
    return value[1:-1] if value[:1] in {"'", '"'} and value[-1:] == value[:1] else value
